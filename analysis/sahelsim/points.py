"""The points of a sweep that have runs, and the parameters that vary between them."""

from dataclasses import dataclass

import h5py
import numpy

from .design import read_columns
from .problems import Problem, reading

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
        found = read_columns(path, data, numbers=["point"])
    place = {point: row for row, point in enumerate(found["point"].tolist())}
    missing = [point for point in results.points.tolist() if point not in place]
    if missing:
        raise Problem(f"{path}: /design has no point {missing[0]}, of which there are runs")
    values = found["value"][[place[point] for point in results.points.tolist()]]
    varies = (values != values[:1]).any(0)
    kept = numpy.flatnonzero(varies)
    texts = [[found[name][column] for column in kept] for name in ("factor", "unit", "arms")]
    return Design(*texts, values[:, kept], str(results.attrs.get("design", "")),
                  [name for name, varied in zip(found["factor"], varies) if not varied])
