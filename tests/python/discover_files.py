"""Hand-made files of sweeps for tests of scenario discovery."""

import h5py
import numpy

TEXT = h5py.string_dtype("utf-8")


def write_sweep(path, outcomes, values, arms=("force", "talks"), *, factors=None, branch="", status=None, design="random"):
    """A file with summaries only.

    Parameters
    ----------
    outcomes : dict of str to numpy.ndarray
        [arm, point, replicate]
    values : numpy.ndarray
        [point, factor]
    status : numpy.ndarray of int, optional
        [arm, point, replicate] 1 for runs that are done.
    """
    shape = next(iter(outcomes.values())).shape
    runs = numpy.indices(shape).reshape(3, -1)
    factors = factors or [f"factor.{name}" for name in "abcdefgh"[:values.shape[1]]]
    with h5py.File(path, "w") as data:
        data.attrs.update(schema_version=1, seed=7, source="sahelsim test", sweep="made", start="2017-01-01",
                          end="2019-12-31", summary_start="2017-01-01", summary_end="2019-12-31", branch=branch,
                          design=design, git_hash="x")
        data["run"] = numpy.arange(runs.shape[1])
        data["arm"] = numpy.array([arms[index] for index in runs[0]], dtype=TEXT)
        data["point"], data["replicate"] = runs[1].astype("i4"), runs[2].astype("i4")
        data["status"] = numpy.ones(runs.shape[1], "i1") if status is None else status.reshape(-1).astype("i1")
        for arm in arms:
            data.create_group(f"arms/{arm}")
        data["summary/run"] = numpy.arange(runs.shape[1])
        data["summary/run"].make_scale("run")
        for name, cells in outcomes.items():
            variable = data.create_dataset(f"summary/{name}", data=cells.reshape(-1))
            variable.attrs.update(long_name=name.replace("_", " "), units="person", kind="flow")
            variable.dims[0].attach_scale(data["summary/run"])
        data["design/point"] = numpy.arange(len(values), dtype="i4")
        data["design/factor"] = numpy.array(factors, dtype=TEXT)
        data["design/unit"] = numpy.array(["1"] * len(factors), dtype=TEXT)
        data["design/arms"] = numpy.array([""] * len(factors), dtype=TEXT)
        data["design/value"] = values
    return path


def add_targets(path, simulated, figures, *, roles=None, answers=None, quantities=None, last_days=None, error=0.2,
                share=1.0):
    """The group /targets.

    Parameters
    ----------
    simulated : numpy.ndarray
        [arm, point, replicate, target]
    figures : list of (float, float)
        low and high of each.
    """
    count = len(figures)
    texts = {"target": [f"target-{number}" for number in range(count)],
             "label": [f"Target {number}" for number in range(count)], "role": roles or ["calibration"] * count,
             "quantity": quantities or ["deaths"] * count,
             "answer": answers or ["answered"] * count, "last_day": last_days or ["2017-12-31"] * count}
    with h5py.File(path, "r+") as data:
        for name, each in texts.items():
            data[f"targets/{name}"] = numpy.array(each, dtype=TEXT)
        data["targets/low"], data["targets/high"] = numpy.array(figures, dtype=float).T
        data["targets/observation_error"] = numpy.full(count, error)
        data["targets/area_share"] = numpy.full(count, share)
        data["targets/simulated"] = simulated.reshape(numpy.prod(simulated.shape[:3]), count)
    return path
