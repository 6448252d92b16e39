"""The scorecard: what reports say against what the runs give for it. Numbers only.

Figures other than classes are compared by their logarithms, since observers miss or double shares of what there was.
"""

from dataclasses import dataclass

import numpy
import pandas

from . import scores
from .problems import Problem
from .scales import is_class, least
from .targets import NUMBERS, REASONS, ROLES, TEXTS, fault, read_table, unanswered

INSIDE, LOW, HIGH = "inside", "runs_low", "runs_high"


@dataclass
class Scorecard:
    """What came of it.

    Attributes
    ----------
    targets : pandas.DataFrame
        A row for each target, those that runs answer first within each role, the worst of them first; see
        docs/tutorial-validate.md for the columns.
    roles : pandas.DataFrame
        A row for each role: how many single figures are inside, with the interval of their share, and how many intervals
        and bounds, which are inside when a part of them is and therefore more often than nine times of ten; mean scores
        and widths.
    """

    targets: pandas.DataFrame
    roles: pandas.DataFrame


def has_targets(runs):
    """Whether the files say what reports have of their runs."""
    return runs.has("targets/simulated") and bool(runs.texts("targets/target"))


def scorecard(runs, roles=ROLES):
    """Score the runs against every target of the roles.

    Parameters
    ----------
    runs : runs.Runs
    roles : sequence of str, optional

    Returns
    -------
    Scorecard
    """
    if not has_targets(runs):
        raise Problem(f"{runs.paths[0]}: the file has no targets (group /targets): it is of an older build, or its "
                      "scenario has none")
    about = read_table(runs.paths[0], runs.group("targets"))
    simulated = runs.series("targets/simulated").astype(float)
    if simulated.shape[1:] != (len(about),):
        raise Problem(f"{runs.paths[0]}: /targets/simulated: found {simulated.shape[1:]} targets, expected {len(about)}")
    rows = [_row(target, simulated[:, index])
            for index, target in enumerate(about.reset_index().to_dict("records")) if target["role"] in roles]
    table = pandas.DataFrame(rows, columns=["target", *TEXTS, "reason", *NUMBERS, "observed_low", "observed_high", "runs",
                                            "median", "range_low", "range_high", "with_error_low", "with_error_high", "verdict",
                                            "verdict_with_error", "score", "best", "lost", "relative_width"])
    order = table["role"].map({role: number for number, role in enumerate(ROLES)})
    table = table.assign(order=order).sort_values(["order", "lost"], ascending=[True, False], kind="stable",
                                                  na_position="last").drop(columns="order").reset_index(drop=True)
    return Scorecard(table, pandas.DataFrame([_summary(role, table[table["role"] == role]) for role in roles]))


def _row(target, simulated):
    known = simulated[~numpy.isnan(simulated)]
    row = {**target, "reason": _reason(target, known),
           "observed_low": target["expected_low"], "observed_high": target["expected_high"], "runs": len(known)}
    if row["reason"]:
        return {**row, "runs": 0}
    return {**row, **_score(target, known, row["observed_low"], row["observed_high"])}


def _reason(target, known):
    """Why a target is left out, or ""."""
    if unanswered(target):
        return unanswered(target)
    if target["observation_error"] == 0:
        return "its error of observation is 0, expected more than 0"
    return fault(target) or ("" if len(known) else REASONS["no_runs"])


def _score(target, simulated, low, high):
    error, classes = target["observation_error"], is_class(target["quantity"])
    to, back = (numpy.asarray, float) if classes else (_logarithm, numpy.exp)
    # Nothing can be off by a factor from 0: a simulated 0 counts as half of the least figure, an observed 0 as less than it.
    smallest = 0.0 if classes else least(target["quantity"])
    x = to(numpy.maximum(simulated, smallest / 2) if not classes else simulated)
    ends = (to(low), to(high)) if high > 0 or classes else (-numpy.inf, to(smallest))
    found = scores.log_score(x, *map(float, ends), error, -numpy.inf if classes else float(numpy.log(smallest / 2)))
    own = scores.central_range(simulated)
    wide = [float(back(end)) for end in scores.predictive_range(x, error)]
    # What is said to be less than the least figure is inside wherever the range reaches below it.
    top = max(high, smallest) if high == 0 and not classes else high
    median = float(numpy.median(simulated))
    return {"median": median, "range_low": own[0], "range_high": own[1], "with_error_low": wide[0],
            "with_error_high": wide[1],
            "verdict": _verdict(own, low, high), "verdict_with_error": _verdict(wide, low, top),
            "score": found.score, "best": found.best, "lost": found.best - found.score,
            "relative_width": (own[1] - own[0]) / median if median > 0 and not classes else numpy.nan}


def _logarithm(value):
    with numpy.errstate(divide="ignore"):
        return numpy.log(value)


def _verdict(ends, low, high):
    """Whether a range of the runs holds the observed figure, or a part of the observed interval."""
    return LOW if ends[1] < low else HIGH if ends[0] > high else INSIDE


def _summary(role, rows):
    from statsmodels.stats.proportion import proportion_confint

    answered = rows[rows["reason"] == ""]
    # An observed 0 says "less than one".
    single = (answered["observed_low"] == answered["observed_high"]) & ((answered["observed_high"] > 0) |
                                                                        answered["quantity"].map(is_class))
    figures, intervals = answered[single], answered[~single]
    summary = {"role": role, "targets": len(rows), "answered": len(answered), "figures": len(figures),
               "intervals": len(intervals)}
    for name, column in (("inside", "verdict"), ("inside_with_error", "verdict_with_error")):
        count = int((figures[column] == INSIDE).sum())
        low = high = share = numpy.nan
        if len(figures):
            low, high = proportion_confint(count, len(figures), 1 - scores.LEVEL, "wilson")
            share = count / len(figures)
        summary.update({name: count, f"share_{name}": share, f"{name}_low": low, f"{name}_high": high,
                        f"intervals_{name}": int((intervals[column] == INSIDE).sum())})
    widths = answered["relative_width"].dropna()
    summary.update(mean_score=answered["score"].mean(), mean_lost=answered["lost"].mean(),
                   relative_width=widths.mean(), widths=len(widths),
                   unanswered={reason: int(count) for reason, count in
                               rows.loc[rows["reason"] != "", "reason"].value_counts(sort=True).items()})
    return summary
