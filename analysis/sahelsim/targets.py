"""Figures of reports that a result file compares its runs with: what is read of them, and what the runs give."""

from dataclasses import dataclass

import numpy
import pandas
import xarray

from .problems import Problem, reading
from .scales import is_class

TEXTS = ("label", "role", "quantity", "observer", "places", "actors", "source", "source_place", "note", "answer",
         "first_day", "last_day")
NUMBERS = ("low", "high", "observation_error", "area_share")
ANSWERED, CALIBRATION, VALIDATION = "answered", "calibration", "validation"
ROLES = (CALIBRATION, VALIDATION)
REASONS = {
    "no_counterpart": "the model has nothing of the kind", "other_period": "the runs don't cover the period",
    "other_places": "not all places are simulated", "no_number": "the source gives no number",
    "no_runs": "no run that is done gives it",
}


@dataclass(frozen=True)
class Target:
    """A figure that runs answer; `low` and `high` are of the simulated country's part, in the quantity's unit."""

    name: str
    label: str
    quantity: str
    observer: str
    source: str
    last_day: str
    low: float
    high: float
    error: float


@dataclass
class Targets:
    """Figures of reports, and what the runs give for each.

    Attributes
    ----------
    table : pandas.DataFrame
        As `read_table` gives it.
    simulated : xarray.DataArray
        [arm, point, replicate, target], what the observer would have recorded of each run, in the target's unit; NaN where
        the run doesn't answer the target or isn't done.
    """

    table: pandas.DataFrame
    simulated: xarray.DataArray


def read(results, role=None):
    """The targets of the files, and what their runs give.

    Parameters
    ----------
    results : results.Results
    role : str, optional
        Only targets of this role; of others no figure is read, neither observed nor simulated.

    Returns
    -------
    Targets or None
        None where the files have none.

    Raises
    ------
    Problem
        Where some of several files have targets and others don't, where they differ, or where the group is damaged.
    """
    tables = [None if group is None else read_table(path, group, role) for path, group in results.groups("targets")]
    if all(table is None for table in tables):
        return None
    for path, table in zip(results.paths, tables):
        if table is None or not table.drop(columns="answer").equals(tables[0].drop(columns="answer")):
            raise Problem(f"{path} and {results.paths[0]} differ in /targets: they compare their runs with different "
                          "figures")
    columns = None if role is None else tables[0]["column"].tolist()
    return Targets(tables[0], results.of_runs("targets/simulated", {"target": list(tables[0].index)}, columns))


def read_roles(path, group):
    """The role of each target, by its name, in the file's order.

    Returns
    -------
    dict of str to str
    """
    found = _columns(path, group, ("target", "role"), (), slice(None))
    if len(found["target"]) != len(found["role"]):
        raise Problem(f"{path}: /targets/role has {len(found['role'])} texts, expected {len(found['target'])}")
    for name, role in zip(found["target"], found["role"]):
        if role not in ROLES:
            raise Problem(f"{path}: /targets/role of {name}: found '{role}', expected {' or '.join(ROLES)}")
    return dict(zip(found["target"], found["role"]))


def read_table(path, group, role=None):
    """The group `/targets` without what runs give.

    Parameters
    ----------
    path : str
        For messages.
    group : h5py.Group
    role : str, optional
        Only targets of this role; of others only names and roles are read.

    Returns
    -------
    pandas.DataFrame
        A row for each target, in the file's order, with its id (`target`) as index. Columns: the texts and numbers of the
        group (docs/data-dictionary.md); `column`, its place in the file; and `expected_low`, `expected_high`: the part of
        the figure that belongs to the simulated country, in the figure's own unit (classes have no parts); NaN where the
        source gives no number, infinite for "at least".
    """
    roles = read_roles(path, group)
    places = [place for place, own in enumerate(roles.values()) if role in (None, own)]
    # An empty choice by list is none to HDF5.
    found = _columns(path, group, TEXTS, NUMBERS, places or slice(0, 0))
    with reading(path, "/targets"):
        table = pandas.DataFrame({"target": [name for name, own in roles.items() if role in (None, own)], "column": places,
                                  **found}).set_index("target")
    share = numpy.where([is_class(quantity) for quantity in table["quantity"]], 1.0, table["area_share"])
    for end in ("low", "high"):
        table[f"expected_{end}"] = share * table[end]
    return table


def _columns(path, group, texts, numbers, where):
    missing = [name for name in (*texts, *numbers) if name not in group]
    if missing:
        raise Problem(f"{path}: /targets lacks {', '.join(missing)}; the file is damaged or of another build")
    with reading(path, "/targets"):
        return {**{name: [str(text) for text in group[name].asstr()[where]] for name in texts},
                **{name: group[name][where].astype(float) for name in numbers}}


def unanswered(row):
    """Why there is nothing to compare a target with, or "".

    Parameters
    ----------
    row : mapping
        A row of the table.
    """
    if row["answer"] != ANSWERED:
        return REASONS.get(row["answer"], row["answer"].replace("_", " "))
    return REASONS["no_number"] if numpy.isnan(row["low"]) or numpy.isnan(row["high"]) else ""


def fault(row):
    """What is wrong with the figure of a target that is answered, or "".

    Parameters
    ----------
    row : mapping
        A row of the table.
    """
    error, share, low, high = (row[name] for name in ("observation_error", "area_share", "low", "high"))
    if not 0 <= error < numpy.inf:
        return f"its error of observation is {error:g}, expected 0 or more"
    if not 0 < share < numpy.inf:
        return f"its area_share is {share:g}, expected more than 0"
    if not (0 <= low <= high and low < numpy.inf):
        return f"its figure goes from {low:g} to {high:g}, expected 0 or more, low before high"
    return ""


def usable(path, table):
    """The targets of a table that runs answer and that have a figure.

    Returns
    -------
    list of Target

    Raises
    ------
    Problem
        Where one has a figure that can't be.
    """
    found = []
    for name, row in table.iterrows():
        if unanswered(row):
            continue
        if fault(row):
            raise Problem(f"{path}: /targets: '{name}' can't be used: {fault(row)}")
        found.append(Target(name, row["label"], row["quantity"], row["observer"], row["source"], row["last_day"],
                            float(row["expected_low"]), float(row["expected_high"]), float(row["observation_error"])))
    return found


def quantiles(targets, arm, levels=(0.05, 0.5, 0.95)):
    """Quantiles over all runs of an arm that are done.

    Parameters
    ----------
    targets : Targets
    arm : str
    levels : sequence of float

    Returns
    -------
    numpy.ndarray
        [target, level], NaN where no run answers.
    """
    values = targets.simulated.sel(arm=arm).values.reshape(-1, len(targets.table))
    found = numpy.full((values.shape[1], len(levels)), numpy.nan)
    for index, column in enumerate(values.T):
        known = column[~numpy.isnan(column)]
        if len(known):
            found[index] = numpy.quantile(known, levels)
    return found
