"""Figures of reports that a result file compares its runs with, as a table and an array."""

from dataclasses import dataclass

import numpy
import pandas
import xarray

from .problems import DAMAGE, Problem

TEXTS = ("label", "role", "quantity", "observer", "places", "actors", "source", "source_place", "note", "answer", "first_day",
         "last_day")
NUMBERS = ("low", "high", "observation_error", "area_share")
ANSWERED, CALIBRATION, VALIDATION = "answered", "calibration", "validation"


@dataclass
class Targets:
    """Figures of reports, and what the runs give for each.

    Attributes
    ----------
    table : pandas.DataFrame
        A row for each target, in the file's order, with its id (`target`) as index. Columns: the texts and numbers of the
        group `/targets` (docs/data-dictionary.md), and `expected_low`, `expected_high`: the part of the figure that belongs
        to the simulated country, in the figure's own unit; NaN where the source gives no number, infinite for "at least".
    simulated : xarray.DataArray
        [arm, point, replicate, target], what the observer would have recorded of each run, in the target's unit; NaN where
        the run doesn't answer the target or isn't done.
    """

    table: pandas.DataFrame
    simulated: xarray.DataArray


def read(results):
    """The targets of the files, and what their runs give.

    Parameters
    ----------
    results : results.Results

    Returns
    -------
    Targets or None
        None where the files have none.

    Raises
    ------
    Problem
        Where some of several files have targets and others don't, where they differ, or where the group is damaged.
    """
    tables = [_table(path, group) for path, group in results.groups("targets")]
    if all(table is None for table in tables):
        return None
    for path, table in zip(results.paths, tables):
        if table is None or not table.drop(columns="answer").equals(tables[0].drop(columns="answer")):
            raise Problem(f"{path} and {results.paths[0]} differ in /targets: they compare their runs with different figures")
    simulated = results.of_runs("targets/simulated", {"target": list(tables[0].index)})
    return Targets(tables[0], simulated)


def _table(path, group):
    if group is None:
        return None
    try:
        columns = {name: [str(text) for text in group[name].asstr()[:]] for name in ("target", *TEXTS)}
        columns |= {name: group[name][:].astype(float) for name in NUMBERS}
        table = pandas.DataFrame(columns).set_index("target")
    except DAMAGE as error:
        raise Problem(f"{path}: /targets can't be read; the file is damaged ({' '.join(str(error).split())})") from None
    for end in ("low", "high"):
        table[f"expected_{end}"] = table["area_share"] * table[end]
    return table


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
