"""Points are not ruled out for the chance of the one course of events that happened."""

import json
import os
import sys
from pathlib import Path

import numpy
import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path[:0] = [str(SOURCES / "analysis"), str(Path(__file__).parent)]
from discover_files import add_targets, write_sweep  # noqa: E402
from sahelsim.discover import main  # noqa: E402

pytestmark = pytest.mark.analysis

POINTS, REPLICATES, TARGETS, ERROR = 2, 20, 600, 0.1


def counts(rng, shape):
    """Few events, as those of a single place."""
    return rng.poisson(5, shape).astype(float)


def totals(rng, shape):
    """Courses of events that differ by half from each other."""
    return 200 * numpy.exp(rng.normal(-0.4**2 / 2, 0.4, shape))


def share_ruled_out(folder, draw, shift=1.0):
    """By one target each, of histories that are runs of the model themselves; `shift` times as large for a model that is not
    perfect."""
    rng = numpy.random.default_rng(1)
    history = shift * draw(rng, TARGETS) * numpy.exp(rng.normal(0, ERROR, TARGETS))
    killed = 500 + rng.normal(0, 20, (2, POINTS, REPLICATES))
    file = write_sweep(folder / "true.h5", {"civilians_killed": killed}, numpy.array([[0.2], [0.8]]))
    add_targets(file, draw(rng, (2, POINTS, REPLICATES, TARGETS)), list(zip(history, history)), error=ERROR)
    said = folder / "said.json"
    assert main([str(file), "--discrepancy", "0", "--cutoff", "3", "--outcomes", "civilians_killed", "--json", str(said)]) == 0
    found = json.loads(said.read_text(encoding="utf-8"))["targets"]["ruled_out_by"]
    assert len(found) == TARGETS
    return sum(found) / (POINTS * TARGETS)


@pytest.mark.parametrize("draw", [counts, totals])
def test_the_true_point_is_seldom_ruled_out(tmp_path, draw):
    assert share_ruled_out(tmp_path, draw) < 0.03


@pytest.mark.parametrize("draw", [counts, totals])
def test_a_point_that_is_far_off_is_ruled_out(tmp_path, draw):
    assert share_ruled_out(tmp_path, draw, shift=20.0) > 0.6
