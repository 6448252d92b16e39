"""The design of a sweep as its file holds it: values of parameters, and which points belong together."""

from dataclasses import dataclass, field

import h5py
import numpy

from .problems import Problem, reading

SALTELLI, MORRIS = "saltelli", "morris"


_OF_POINTS = ("point", "block", "exchanged", "replicates", "stopped")


@dataclass
class Design:
    """Points of a sweep.

    Attributes
    ----------
    kind : str
        As in the sweep file.
    factors, units, distributions : list of str
        Parameters, their units, and what their values are drawn from.
    values : numpy.ndarray
        [point, factor]
    arms : list of list of str
        [factor] Arms in which it varies; empty: all.
    groups : numpy.ndarray of int
        [unit, row] Points that count together: a base sample of Saltelli's design (A, AB of each factor, BA of each where
        there is one, B), a trajectory of Morris's; a single point otherwise.
    changed, sign : numpy.ndarray or None
        [trajectory, step] Of Morris's design, which factor each step moves, and whether up (1) or down (-1).
    step : float or None
        Of Morris's design, how far, as a share of the factor's quantiles.
    """

    kind: str
    factors: list
    units: list
    distributions: list
    values: numpy.ndarray
    arms: list
    groups: numpy.ndarray
    changed: numpy.ndarray | None = field(default=None)
    sign: numpy.ndarray | None = field(default=None)
    step: float | None = field(default=None)

    @property
    def has_pairs(self):
        """bool: Whether Saltelli's design has BA, for indices of pairs."""
        return self.kind == SALTELLI and self.groups.shape[1] == 2 * len(self.factors) + 2

    def moving(self, arms):
        """Indices of factors that take several values in at least one of the arms."""
        return [index for index, own in enumerate(self.arms)
                if (self.values[:, index] != self.values[0, index]).any() and (not own or set(own) & set(arms))]


def read_columns(path, data, texts=("factor", "unit", "arms"), numbers=()):
    """Variables of the group `/design`, checked.

    Parameters
    ----------
    path : path-like
        For messages.
    data : h5py.File
    texts, numbers : sequence of str
        Names of those that are wanted besides `value`.

    Returns
    -------
    dict
        Lists of str, arrays, and `value`: [point, factor] finite numbers.

    Raises
    ------
    Problem
        Where the group or a variable is not there, is damaged, or has another shape.
    """
    if "design" not in data:
        raise Problem(f"{path}: found no group /design, expected the file of a sweep; the file is damaged or of run")
    group, numbers = data["design"], ("value", *numbers)
    missing = [name for name in (*texts, *numbers) if name not in group]
    if missing:
        raise Problem(f"{path}: /design lacks {', '.join(missing)}; the file is damaged or of another build")
    found = {}
    for name in texts:
        with reading(path, f"/design/{name}"):
            found[name] = [str(text) for text in group[name].asstr()[:]]
    for name in numbers:
        with reading(path, f"/design/{name}"):
            found[name] = numpy.asarray(group[name][:], dtype=float)
    values = found["value"]
    if values.ndim != 2 or values.shape[1] != len(found["factor"]):
        raise Problem(f"{path}: /design/value has the shape {values.shape}, expected points by "
                      f"{len(found['factor'])} factors")
    for name, variable in found.items():
        count = values.shape[0 if name in _OF_POINTS else 1]
        if name != "value" and len(variable) != count:
            raise Problem(f"{path}: /design/{name} has {len(variable)} values, expected {count}")
    for row, column in numpy.argwhere(~numpy.isfinite(values)):
        raise Problem(f"{path}: /design/value of {found['factor'][column]} at point {row} is {values[row, column]}, "
                      "expected a number")
    return found


def read_design(path):
    """Read the design of a sweep's file.

    Parameters
    ----------
    path : path-like
        A file that `results.Results` has opened as a sweep's.

    Returns
    -------
    Design

    Raises
    ------
    Problem
        Where the file has one point, or no design that can be understood.
    """
    with reading(path, "/design"), h5py.File(path, "r") as data:
        texts = read_columns(path, data, ("factor", "unit", "distribution", "arms", "block", "exchanged"))
        values, kind = texts["value"], str(data.attrs["design"])
        text = str(data["sweep/text"].asstr()[()])
    if len(values) < 2 or not texts["factor"]:
        raise Problem(f"{path}: found one point, expected a design in which parameters vary ('vary' and 'design' in the sweep "
                      "file)")
    arms = [names.split() for names in texts["arms"]]
    design = Design(kind, texts["factor"], texts["unit"], texts["distribution"], values, arms,
                    numpy.arange(len(values))[:, None])
    if kind == SALTELLI:
        design.groups = _samples(path, design, texts["block"], texts["exchanged"])
    if kind == MORRIS:
        _add_trajectories(path, design, text)
    return design


def _samples(path, design, blocks, exchanged):
    """Rows of each base sample of Saltelli's design, in the order A, AB of each factor, BA of each, B."""
    numbers = numpy.cumsum([block == "A" for block in blocks]) - 1
    second = "BA" in blocks
    expected = [("A", ""), *(("AB", name) for name in design.factors),
                *(("BA", name) for name in design.factors if second), ("B", "")]
    column = {key: index for index, key in enumerate(expected)}
    groups = numpy.full((max(0, numbers[-1] + 1), len(expected)), -1)
    for point, (number, key) in enumerate(zip(numbers, zip(blocks, exchanged))):
        if number < 0 or key not in column:
            raise Problem(f"{path}: point {point} of /design is '{key[0]}' with '{key[1]}' exchanged, which no row of "
                          "Saltelli's design is")
        groups[number, column[key]] = point
    if (groups < 0).any() or groups.size != len(blocks):
        raise Problem(f"{path}: /design is no whole design of Saltelli, expected {len(expected)} rows for each base sample")
    return groups


def _add_trajectories(path, design, text):
    """Which factor each step of Morris's trajectories moves, and which way."""
    rows = len(design.factors) + 1
    if len(design.values) % rows:
        raise Problem(f"{path}: found {len(design.values)} points, expected trajectories of {rows} for {rows - 1} factors")
    design.groups = numpy.arange(len(design.values)).reshape(-1, rows)
    moves = numpy.diff(design.values[design.groups], axis=1)
    if ((moves != 0).sum(2) > 1).any():
        raise Problem(f"{path}: a step in /design moves several factors, expected Morris's trajectories, which move one")
    design.changed = numpy.where((moves != 0).any(2), numpy.argmax(moves != 0, axis=2), -1)
    for steps in design.changed:
        _name_steps_that_move_nothing(path, steps, rows - 1)
    design.sign = numpy.where(moves.sum(2) < 0, -1, 1)
    design.step = _step(path, text)


def _name_steps_that_move_nothing(path, steps, factors):
    """Whole numbers and discrete values may stay as they are: such steps belong to the factors that are left, all without
    effect, so that it does not matter to which."""
    missing = sorted(set(range(factors)) - set(steps))
    still = numpy.flatnonzero(steps < 0)
    if len(missing) != len(still):
        raise Problem(f"{path}: a trajectory in /design moves a factor twice, expected Morris's trajectories, which move each "
                      "once")
    steps[still] = missing


def _step(path, text):
    """``levels / (2 (levels - 1))`` of the sweep file's design, as a share of quantiles."""
    import yaml

    try:
        levels = yaml.safe_load(text)["design"].get("levels", 4)
        if not (isinstance(levels, int) and levels >= 2):
            raise TypeError(f"levels is '{levels}'")
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        words = " ".join(str(error).split())
        raise Problem(f"{path}: /sweep/text does not say how many levels Morris's design has ({words})") from None
    return levels / (2 * (levels - 1))
