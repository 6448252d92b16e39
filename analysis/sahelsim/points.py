"""What a sweep's file says of its points: values of parameters, and what the targets' observers would have recorded."""

from dataclasses import dataclass

import h5py
import numpy

from .problems import DAMAGE, Problem, reading

# Half of the least that a quantity can be, for logarithms: counts are whole numbers, shares are told in percent.
_HALF_COUNT, _HALF_SHARE = 0.5, 0.005
_SHARES = {"state_agents"}
_TEXTS = {"arm", "factor", "unit", "arms", "target", "label", "role", "quantity", "answer", "last_day"}


@dataclass(frozen=True)
class Design:
    """Parameters that vary.

    Attributes
    ----------
    factors, units, arms : list of str
        Of each factor; arms in which it varies, "" for all.
    values : numpy.ndarray
        [point, factor]
    kind : str
        As in the sweep file: latin_hypercube, grid ...
    constant : list of str
        Factors that have one value at all points and are left out.
    """

    factors: list
    units: list
    arms: list
    values: numpy.ndarray
    kind: str
    constant: list


@dataclass(frozen=True)
class Targets:
    """Figures of reports that runs of the file answer.

    Attributes
    ----------
    names, labels, last_days : list of str
    low, high, error, half : numpy.ndarray
        [target] The figure, as far as it belongs to the country, the standard deviation of its logarithm (of classes of the
        class), and half of the least that it can be.
    classes : numpy.ndarray of bool
        [target]
    simulated : numpy.ndarray
        [arm, point, replicate, target] NaN for runs that are not done.
    """

    names: list
    labels: list
    last_days: list
    low: numpy.ndarray
    high: numpy.ndarray
    error: numpy.ndarray
    half: numpy.ndarray
    classes: numpy.ndarray
    simulated: numpy.ndarray

    def chosen(self, kept):
        """Only some of them; `kept` is [target] of bool."""
        texts = [[text for text, keep in zip(texts, kept) if keep] for texts in (self.names, self.labels, self.last_days)]
        return Targets(*texts, *[each[..., kept] for each in (self.low, self.high, self.error, self.half, self.classes,
                                                              self.simulated)])


def _read(group, names, path):
    """Datasets of a group by name, texts as lists."""
    found = {}
    for name in names:
        if name not in group:
            raise Problem(f"{path}: found no variable {group.name}/{name}, expected the file of a sweep by this version")
        try:
            data = group[name]
            found[name] = [str(text) for text in data.asstr()[:]] if name in _TEXTS else data[:].astype(float)
        except DAMAGE as error:
            words = " ".join(str(error).split())
            raise Problem(f"{path}: {group.name}/{name} can't be read; the file is damaged ({words})") from None
    return found


def _check_lengths(found, names, length, path):
    """One number or text of each: points, factors, targets or runs."""
    for name in names:
        if numpy.shape(found[name])[:1] != (length,):
            raise Problem(f"{path}: {name} has the shape {numpy.shape(found[name])}, expected {length} of them; the file is "
                          "damaged")


def read_design(results):
    """The design of a sweep's file.

    Parameters
    ----------
    results : results.Results

    Returns
    -------
    Design
        Points in the order of `results.points`.
    """
    path = results.paths[0]
    with reading(path, "/design"), h5py.File(path, "r") as data:
        if "design" not in data:
            raise Problem(f"{path}: found no group /design, expected the file of a sweep")
        found = _read(data["design"], ["point", "factor", "unit", "arms", "value"], path)
    _check_lengths(found, ["unit", "arms"], len(found["factor"]), path)
    if numpy.shape(found["value"]) != (len(found["point"]), len(found["factor"])):
        raise Problem(f"{path}: /design/value has the shape {numpy.shape(found['value'])}, expected {len(found['point'])} "
                      f"points by {len(found['factor'])} factors; the file is damaged")
    place = {point: row for row, point in enumerate(found["point"].tolist())}
    missing = [point for point in results.points.tolist() if point not in place]
    if missing:
        raise Problem(f"{path}: /design has no point {missing[0]}, of which there are runs")
    values = numpy.asarray(found["value"], dtype=float)[[place[point] for point in results.points.tolist()]]
    for row, column in numpy.argwhere(~numpy.isfinite(values)):
        raise Problem(f"{path}: /design/value of {found['factor'][column]} at point {results.points[row]} is "
                      f"{values[row, column]}, expected a number")
    varies = (values != values[:1]).any(0)
    kept = numpy.flatnonzero(varies)
    texts = [[found[name][column] for column in kept] for name in ("factor", "unit", "arms")]
    return Design(*texts, values[:, kept], str(results.attrs.get("design", "")),
                  [name for name, varied in zip(found["factor"], varies) if not varied])


def read_targets(results):
    """Calibration targets with a figure that runs of the file answer; those for validation are not looked at.

    Parameters
    ----------
    results : results.Results

    Returns
    -------
    Targets or None
        None where the file has none.
    """
    path = results.paths[0]
    with reading(path, "/targets"), h5py.File(path, "r") as data:
        if "targets" not in data:
            return None
        columns = ["target", "label", "role", "quantity", "answer", "last_day", "low", "high", "observation_error",
                   "area_share"]
        found = _read(data["targets"], [*columns, "simulated"], path)
        runs = _read(data, ["arm", "point", "replicate"], path)
    _check_lengths(found, columns, len(found["target"]), path)
    if numpy.shape(found["simulated"]) != (len(runs["arm"]), len(found["target"])):
        raise Problem(f"{path}: /targets/simulated has the shape {numpy.shape(found['simulated'])}, expected "
                      f"{len(runs['arm'])} runs by {len(found['target'])} targets; the file is damaged")
    role, answer, quantities = (numpy.array(found[name], dtype=str) for name in ("role", "answer", "quantity"))
    share = numpy.where(quantities == "presence_class", 1.0, found["area_share"])
    low, high, error = found["low"] * share, found["high"] * share, found["observation_error"]
    usable = (role == "calibration") & (answer == "answered") & ~numpy.isnan(low)
    for name, each in (("low", low < 0), ("high", ~(high >= low)), ("observation_error", ~(error >= 0))):
        wrong = numpy.flatnonzero(usable & each)
        if len(wrong):
            raise Problem(f"{path}: /targets/{name} of {found['target'][wrong[0]]} is {found[name][wrong[0]]}, which no "
                          "figure can have")
    whole = Targets(found["target"], found["label"], found["last_day"], low, high, error,
                    numpy.where(numpy.isin(quantities, list(_SHARES)), _HALF_SHARE, _HALF_COUNT),
                    quantities == "presence_class", _by_run(found["simulated"], runs, results))
    kept = whole.chosen(usable & ~numpy.isnan(whole.simulated).all((0, 1, 2)))
    return kept if kept.names else None


def _by_run(simulated, runs, results):
    """[run, target] as [arm, point, replicate, target], NaN for runs that are not done."""
    found = numpy.full(results.done.shape + simulated.shape[1:], numpy.nan)
    arm = {name: number for number, name in enumerate(results.arms)}
    place = (numpy.array([arm[name] for name in runs["arm"]], dtype=int),
             numpy.searchsorted(results.points, runs["point"]), numpy.searchsorted(results.replicates, runs["replicate"]))
    found[place] = simulated
    found[~results.done] = numpy.nan
    return found
