"""Numbers as people read them."""

import os
import sys
from pathlib import Path

import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCES / "analysis"))
from sahelsim.sensitivity_words import index  # noqa: E402
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
