"""What a sweep's file says of its points: values of parameters, and what the targets' observers would have recorded."""

from dataclasses import dataclass

import h5py
import numpy

from .problems import Problem


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


def _read(group, names, path):
    """Datasets of a group by name, texts as lists."""
    found = {}
    for name in names:
        if name not in group:
            raise Problem(f"{path}: found no variable {group.name}/{name}, expected the file of a sweep by this version")
        try:
            data = group[name]
            found[name] = [str(text) for text in data.asstr()[:]] if data.dtype.kind == "O" else data[:]
        except (OSError, UnicodeDecodeError, TypeError) as error:
            words = " ".join(str(error).split())
            raise Problem(f"{path}: {group.name}/{name} can't be read; the file is damaged ({words})") from None
    return found


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
    with h5py.File(path, "r") as data:
        if "design" not in data:
            raise Problem(f"{path}: found no group /design, expected the file of a sweep")
        found = _read(data["design"], ["point", "factor", "unit", "arms", "value"], path)
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
