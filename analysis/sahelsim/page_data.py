"""The numbers behind a page, for programs: docs/report-page.md describes their shape."""

import json

import numpy

from . import tables
from .comparison import Pairs
from .series import band, by_cercle, so_far

LAYOUT = 1
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_DIGITS = 5  # of series and maps, which are to be drawn; tables have all


def data(results, comparison, scenarios):
    """Everything that the page shows in numbers, and the series and maps that its figures are drawn from.

    Parameters
    ----------
    results : results.Results
    comparison : comparison.Comparison
    scenarios : list of provenance.Scenario

    Returns
    -------
    dict
        Of texts, finite numbers, None, lists and dicts.
    """
    settings = comparison.settings
    arms = [settings.reference, *settings.arms]
    titles = {one.arm: one for one in scenarios}
    return {
        "page_layout": LAYOUT,
        "comparison": tables.document(results, comparison),
        "arms": [{"name": arm, "title": titles[arm].title, "description": titles[arm].description,
                  "runs": int(results.done[results.arms.index(arm)].sum())} for arm in arms],
        "outcomes": [_outcome(one) for one in settings.outcomes],
        "months": None if not results.has_series else [str(month) for month in results.months],
        "quantiles": list(QUANTILES),
        "series": {one.name: _series(results, settings, one) for one in settings.outcomes} if results.has_series else None,
        "cercles": _cercles(results),
        "by_cercle": _by_cercle(results, settings),
    }


def as_json(document):
    """A document as JSON that may stand in a `script` element: no `<`, `>` or `&` in it."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _outcome(one):
    return {"name": one.name, "label": one.label, "unit": one.unit, "kind": one.kind, "better": one.better, "share": one.share}


def _plain(values):
    """Numbers with as many digits as a drawing needs, None for what there is not."""
    values = numpy.asarray(values, dtype=float)
    if values.ndim > 1:
        return [_plain(row) for row in values]
    return [None if not numpy.isfinite(value) else int(value) if value.is_integer() else float(f"{value:.{_DIGITS}g}")
            for value in values.tolist()]


def _series(results, settings, outcome):
    """Of each arm quantiles and mean over its runs by month, and of each but the reference its mean difference."""
    values = results.monthly(outcome)
    whole = so_far(values, outcome)
    if outcome.share:
        values = whole
    found = {}
    for arm in [settings.reference, *settings.arms]:
        number = results.arms.index(arm)
        runs = values.values[number][results.done[number]]
        found[arm] = {"mean": _plain(runs.mean(0))}
        if not outcome.share:
            found[arm]["quantiles"] = _plain(numpy.quantile(runs, QUANTILES, axis=0))
        if arm != settings.reference:
            pairs = Pairs(results, arm, settings.reference)
            mean, ends = band(pairs, pairs.difference(whole.values))
            low, high = (None, None) if ends is None else map(_plain, ends)
            found[arm]["difference"] = {"mean": _plain(mean), "low": low, "high": high}
    return found


def _cercles(results):
    if not results.has_cercles:
        return None
    cercles = results.cercles
    return [{"name": name, "region": region, "longitude": float(east), "latitude": float(north)}
            for name, region, east, north in zip(*cercles)]


def _by_cercle(results, settings):
    """Of each outcome and arm the mean over its runs in each cercle, and its mean difference with an interval."""
    if not results.has_cercles:
        return None
    found = {}
    for outcome in settings.outcomes:
        values = None if outcome.share else results.by_cercle(outcome)
        if values is None:
            continue
        found[outcome.name] = {arm: {"mean": _plain(_mean_of_runs(results, values, arm))}
                               for arm in [settings.reference, *settings.arms]}
        for arm in settings.arms:
            means = by_cercle(results, Pairs(results, arm, settings.reference), outcome, settings.seed)
            found[outcome.name][arm]["difference"] = {name: _plain(means[name]) for name in ("mean", "low", "high")}
    return found


def _mean_of_runs(results, values, arm):
    number = results.arms.index(arm)
    return values.values[number][results.done[number]].mean(0)
