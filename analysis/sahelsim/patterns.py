"""Statistics of patterns that reports and the literature find in armed conflicts.

They take arrays and know nothing of files. Sizes of events are in tails.py.
"""

import numpy
from scipy import stats

# Events in places and weeks: arrays of counts [place, week]


def variance_to_mean(counts):
    """Variance of the counts of all places and weeks over their mean; 1 where events are independent and everywhere
    as frequent."""
    return float(counts.var() / counts.mean()) if counts.any() else numpy.nan


def variance_to_mean_within(counts):
    """The same with each count's distance taken from the mean of its place: what is left once places may differ."""
    return float(((counts - counts.mean(axis=1, keepdims=True))**2).mean() / counts.mean())


def next_week(counts):
    """By place, how many pairs of weeks in a row: [place, event in the first week, event in the second]."""
    active = numpy.asarray(counts) > 0
    return _pairs(active[:, :-1], active[:, 1:])


def next_to(counts, neighbours):
    """By place, how many weeks: [place, event in a neighbouring place in the week before, event in the place].

    Parameters
    ----------
    counts : array_like
        [place, week]
    neighbours : array_like of bool
        [place, place] Whether the second place is a neighbour of the first.

    Returns
    -------
    numpy.ndarray
        [place, 2, 2]
    """
    active = numpy.asarray(counts) > 0
    nearby = (numpy.asarray(neighbours, dtype=int) @ active.astype(int)) > 0
    return _pairs(nearby[:, :-1], active[:, 1:])


def _pairs(first, second):
    return numpy.stack([numpy.stack([(one & other).sum(axis=1) for other in (~second, second)], axis=1)
                        for one in (~first, first)], axis=1)


def odds_ratio(pairs):
    """Odds of an event in the week after one with an event over those after one without, over all places; NaN where a week
    of one kind is missing."""
    table = pairs.sum(axis=0)
    below = table[1, 0] * table[0, 1]
    return float(table[1, 1] * table[0, 0] / below) if below else numpy.nan


def odds_ratio_within(pairs):
    """The same odds ratio within places: Mantel & Haenszel (1959), Journal of the National Cancer Institute 22:719-748:
    sum(a d / n) / sum(b c / n) over places."""
    weights = 1 / pairs.sum(axis=(1, 2))
    agreeing = pairs[:, 1, 1] * pairs[:, 0, 0] * weights
    opposed = pairs[:, 1, 0] * pairs[:, 0, 1] * weights
    return float(agreeing.sum() / opposed.sum()) if opposed.any() else numpy.nan


# Chains of events


def chain_lengths(causes, sides):
    """Links of each chain in which every event is the cause of the next and the acting side changes at every link.

    causes: [event] the earlier event that provoked it, -1 if none did; sides: [event] the side that acted, -1 if none
    did or if the event is not to count. No event is in two chains: the longest is taken first, then the longest of what
    is left, as `sahelsim trace --longest` does. In a forest that is to let each event go on with its longest way down.
    """
    causes, sides = numpy.asarray(causes), numpy.asarray(sides)
    before = sides[causes]  # of the last event where there is no cause, which isn't looked at
    links = (causes >= 0) & (sides >= 0) & (before >= 0) & (before != sides)
    down = numpy.zeros(len(causes), int)
    next_of = numpy.full(len(causes), -1)
    for event in numpy.flatnonzero(links)[::-1]:
        cause = causes[event]
        if down[event] + 1 >= down[cause]:
            down[cause], next_of[cause] = down[event] + 1, event
    goes_on = numpy.zeros(len(causes), bool)
    goes_on[next_of[next_of >= 0]] = True
    return down[(down > 0) & ~goes_on]


# Relations of series


def rank_correlation(one, other):
    """Spearman's; 0 where one of the two doesn't vary."""
    one, other = numpy.ravel(one), numpy.ravel(other)
    if one.min() == one.max() or other.min() == other.max():
        return 0.0
    return float(stats.spearmanr(one, other).correlation)


def rank_correlation_within(one, other):
    """Spearman's of values that are compared within rows only: of ranks within each row, less their mean, over all rows.

    Parameters
    ----------
    one, other : array_like
        [row, column]

    Returns
    -------
    float
        0 where one of the two varies within no row.
    """
    one, other = (stats.rankdata(each, axis=1) for each in (one, other))
    one, other = (each - each.mean(1, keepdims=True) for each in (one, other))
    scale = numpy.sqrt((one**2).sum() * (other**2).sum())
    return float((one * other).sum() / scale) if scale > 0 else 0.0


def after_over_before(times, moments, days, first, last):
    """Events in the days after moments over those in the days before them, against the same of any day.

    ``(sum A_m / sum B_m) / (sum A_d / sum B_d)`` over moments m and over days d: a series that grows has more events after
    any day than before it. Ratios of sums, since the mean of ratios of small counts is too high.

    Parameters
    ----------
    times : array_like of int
        Days of events.
    moments : array_like of int
        Days that part two windows; they count in neither. Those whose windows were not observed whole are left out.
    days : int
        Length of each window.
    first, last : int
        Days that were observed, and of which those with whole windows are any day.

    Returns
    -------
    float
        NaN where no moment has whole windows, or nothing happened before moments or in the windows of any day.
    """
    times, moments = numpy.asarray(times, dtype=int), numpy.asarray(moments, dtype=int)
    moments = moments[(moments - days >= first) & (moments + days <= last)]
    if len(moments) == 0:
        return numpy.nan
    seen = times[(times >= first) & (times <= last)]
    until = numpy.append(0, numpy.bincount(seen - first, minlength=last - first + 1).cumsum())  # before each day

    def ratio(of):
        before = (until[of - first] - until[of - days - first]).sum()
        return (until[of + days + 1 - first] - until[of + 1 - first]).sum() / before if before else numpy.nan

    return float(ratio(moments) / (ratio(numpy.arange(first + days, last - days + 1)) or numpy.nan))


def first_below(series, level):
    """Position of the first value below the level; -1 if there is none."""
    below = numpy.asarray(series) < level
    return int(below.argmax()) if below.any() else -1
