"""Runs judged by a list of patterns: numbers only."""

import warnings

import numpy
import pandas

from . import scores
from .measures import Measures, Unanswered
from .pattern_measures import BY_NAME

IN_BAND, OUTSIDE, NO_BAND, UNANSWERED = "in_band", "outside", "no_band", "unanswered"
_COLUMNS = ["pattern", "pattern_label", "measure", "label", "band_low", "band_high", "runs", "median", "range_low",
            "range_high",
            "share_in_band", "verdict", "reason", "source", "basis"]


def judge(runs, patterns, seed=1):
    """Measure each pattern in each run.

    Parameters
    ----------
    runs : runs.Runs
    patterns : list of pattern_list.Pattern
    seed : int, optional
        Of bootstraps.

    Returns
    -------
    pandas.DataFrame
        A row for each measure: median and 90 % range of the runs in which it is known (`runs`), the share of these inside the
        band, and the verdict "in_band" or "outside" by the median, "no_band", or "unanswered" with the reason.
    """
    measures = Measures(runs, seed)
    rows = [_row(measures, pattern, one) for pattern in patterns for one in pattern.measures]
    return pandas.DataFrame(rows, columns=_COLUMNS)


def _row(measures, pattern, one):
    row = dict.fromkeys(_COLUMNS, numpy.nan)
    row.update(pattern=pattern.id, pattern_label=pattern.label, measure=one.name, label=one.label, band_low=one.low,
               band_high=one.high, runs=0, verdict=UNANSWERED, reason=one.reason, source=one.source, basis=one.basis)
    if not one.name:
        return row
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # empty slices, which are NaN and said to be unknown
            values = numpy.asarray(BY_NAME[one.name](measures, **one.options), dtype=float)
    except Unanswered as reason:
        return {**row, "reason": str(reason)}
    values = values[~numpy.isnan(values)]
    if len(values) == 0:
        return {**row, "reason": "no run has what it is measured by"}
    return {**row, "reason": "", **_describe(values, one)}


def _describe(values, one):
    # Infinite stands for never, between which and a number there is nothing.
    method = "linear" if numpy.isfinite(values).all() else "inverted_cdf"
    low, high = scores.central_range(values)
    median = numpy.quantile(values, 0.5, method=method)
    banded = one.low == one.low
    inside = (values >= one.low) & (values <= one.high)
    verdict = NO_BAND if not banded else IN_BAND if one.low <= median <= one.high else OUTSIDE
    return {"runs": len(values), "median": median, "range_low": low, "range_high": high, "verdict": verdict,
            "share_in_band": float(inside.mean()) if banded else numpy.nan}
