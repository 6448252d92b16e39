"""Arms against a reference by month and by cercle: the numbers of figures."""

import numpy

from . import statistics
from .comparison import FEWEST_FOR_INTERVAL

_CERCLE_RESAMPLES = 999


def so_far(series, outcome):
    """A series that ends at the number of the tables: the sum so far of flows; stocks as they are; of shares whether it has
    happened."""
    if outcome.share:
        return (series > 0).cumsum("time").clip(0, 1).where(series.notnull())
    return series.cumsum("time", skipna=False) if outcome.kind == "flow" else series


def band(pairs, difference):
    """Mean difference over the pairs by month, with a 90 % interval by Student's t.

    Parameters
    ----------
    pairs : comparison.Pairs
    difference : numpy.ndarray
        [point, replicate, month], as `pairs.difference` gives it.

    Returns
    -------
    mean : numpy.ndarray
        [month]
    ends : numpy.ndarray or None
        [2, month]; None where there are too few pairs.
    """
    if pairs.way == "crossed":
        found = [statistics.two_way(difference[..., month]) for month in range(difference.shape[-1])]
        ends = numpy.array([statistics.two_way_interval(one) for one in found]).T
        return numpy.array([one.mean for one in found]), ends if pairs.count >= FEWEST_FOR_INTERVAL else None
    rows = difference[pairs.known]
    return rows.mean(0), statistics.t_interval(rows) if pairs.count >= FEWEST_FOR_INTERVAL else None


def by_cercle(results, pairs, outcome, seed):
    """Mean differences by cercle, as `pairs.means` gives them; None where the files have none or cercles don't add up."""
    values = None if outcome.share else results.by_cercle(outcome)
    return None if values is None else pairs.means(pairs.difference(values.values), seed, resamples=_CERCLE_RESAMPLES)
