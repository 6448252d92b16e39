"""Numbers as people read them."""

import os
import sys
from pathlib import Path

import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCES / "analysis"))
from sahelsim.sensitivity_analysis import SOBOL  # noqa: E402
from sahelsim.sensitivity_words import index, sentence  # noqa: E402
from sahelsim.text import number, percent, short, signed  # noqa: E402

pytestmark = pytest.mark.analysis

INFINITE = float("inf")


@pytest.mark.parametrize("form", [number, short, percent, index])
def test_what_there_is_not_and_what_has_no_end(form):
    assert [form(value) for value in (float("nan"), INFINITE, -INFINITE)] == ["-", "infinite", "-infinite"]


def test_signs():
    assert [signed(value) for value in (12.34, -12.34, 0, INFINITE, -INFINITE)] == [
        "+12.3", "-12.3", "0", "+infinite", "-infinite"]


@pytest.mark.parametrize(("value", "as_number", "as_short"), [
    (0.012345, "0.0123", "0.0123"), (999.6, "1,000", "1,000"), (12_345, "12,300", "12.3k"), (-2_500_000, "-2,500,000", "-2.50M"),
])
def test_three_digits_count(value, as_number, as_short):
    assert (number(value), short(value)) == (as_number, as_short)


@pytest.mark.parametrize(("total", "low", "high", "words"), [
    (0.8, 0.5, 1.2, "p1 80 % (90 % interval 50 to 120 %)"),
    (1.08, 0.49, 1.77, "p1 108 % (about all; 90 % interval 49 to 177 %)"),
    (1.44, 1.1, 1.9, "p1 144 % (no share can be more than all; 90 % interval 110 to 190 %)"),
    (1.08, float("nan"), float("nan"), "p1 108 % (about all)"),
    (0.8, float("nan"), float("nan"), "p1 80 %."),
])
def test_a_share_of_more_than_all_is_said_to_be_about_all(total, low, high, words):
    summary = {"label": "Deaths", "constant": False, "chance_share": float("nan"), "unit": "person", "points": 9}
    row = {"factor": "p1", "total": total, "total_low": low, "total_high": high, "told": "yes"}
    assert words in sentence(summary, [row], SOBOL)
