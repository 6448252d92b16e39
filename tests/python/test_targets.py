"""Figures of reports in result files: what is read of them, and what is wrong with them."""

import os
import sys
from pathlib import Path

import made_up
import numpy
import pytest

sys.path.insert(0, str(Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2])) / "analysis"))
from sahelsim import targets  # noqa: E402
from sahelsim.problems import Problem  # noqa: E402
from sahelsim.results import Results  # noqa: E402

pytestmark = pytest.mark.analysis

SIMULATED = numpy.column_stack([numpy.arange(100.0, 112), numpy.arange(12.0), numpy.full(12, numpy.nan)])


def read(*paths):
    results = Results(paths)
    try:
        return targets.read(results)
    finally:
        results.close()


def with_targets(path, change=None, simulated=SIMULATED, **options):
    def put(data):
        made_up.targets(data, simulated)
        if change:
            change(data)

    return made_up.write(path, change=put, **options)


def test_figures_and_what_runs_give_are_read(tmp_path):
    def fail(data):
        data["status"][3] = 3

    found = read(with_targets(tmp_path / "one.h5"), with_targets(tmp_path / "other.h5", fail, SIMULATED + 5, name="other"))
    assert list(found.table.index) == ["killed-2017", "battles-2017", "songs"]
    row = found.table.loc["killed-2017"]
    assert (row["role"], row["answer"], row["source_place"]) == ("calibration", "answered", "table 1")
    assert (row["expected_low"], row["expected_high"]) == pytest.approx((90, 270))
    assert found.table.loc["battles-2017", "expected_high"] == numpy.inf
    assert numpy.isnan(found.table.loc["songs", "expected_low"])
    assert found.simulated.dims == ("arm", "point", "replicate", "target")
    assert found.simulated.sel(arm="usual", point=0, replicate=4, target="battles-2017") == 4
    assert numpy.isnan(found.simulated.sel(arm="other", point=0, replicate=3)).all()
    assert int(found.simulated.sel(arm="other", target="killed-2017").notnull().sum()) == 11


def test_quantiles_are_of_runs_that_answer(tmp_path):
    found = read(with_targets(tmp_path / "one.h5"))
    ends = targets.quantiles(found, "usual")
    assert ends[0] == pytest.approx(numpy.quantile(SIMULATED[:, 0], [0.05, 0.5, 0.95]))
    assert numpy.isnan(ends[2]).all()


def test_a_file_without_targets_has_none(tmp_path):
    assert read(made_up.write(tmp_path / "none.h5")) is None


@pytest.mark.parametrize(("change", "words"), [
    (lambda data: data["targets/low"].__setitem__(0, 7.0), "different figures"),
    (lambda data: data.__delitem__("targets"), "different figures"),
    (lambda data: data.__delitem__("targets/role"), "damaged"),
    (lambda data: (data.__delitem__("targets/low"), data["targets"].create_dataset("low", data=[1.0])), "damaged"),
    (lambda data: data.__delitem__("targets/simulated"), "damaged"),
    (lambda data: (data.__delitem__("targets/simulated"), data["targets"].create_dataset("simulated", data=[1.0])), "shape"),
])
def test_targets_that_differ_or_are_damaged_are_refused(tmp_path, change, words):
    with pytest.raises(Problem, match=words):
        read(with_targets(tmp_path / "one.h5"), with_targets(tmp_path / "wrong.h5", change, name="wrong"))
