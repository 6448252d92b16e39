"""Hand-made files of sweeps for tests of scenario discovery."""

import h5py
import made_up
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


def add_targets(path, simulated, figures, **columns):
    """The group /targets.

    Parameters
    ----------
    simulated : numpy.ndarray
        [arm, point, replicate, target]
    figures : list of (float, float)
        low and high of each.
    columns
        As `made_up.put_targets` takes them.
    """
    low, high = numpy.array(figures, dtype=float).T
    with h5py.File(path, "r+") as data:
        made_up.put_targets(data, simulated.reshape(numpy.prod(simulated.shape[:3]), len(figures)), low=low, high=high,
                            target=[f"target-{number}" for number in range(len(figures))], **columns)
    return path
