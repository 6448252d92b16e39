"""Estimators of the patterns that reports and the literature find in armed conflicts.

They take arrays and know nothing of result files; test_patterns.py checks each against known answers.
"""

from dataclasses import dataclass

import numpy
from scipy import optimize, special, stats


# Sizes of battles


@dataclass(frozen=True)
class Tail:
    """A discrete power law P(x) = x**-exponent / zeta(exponent, start) for x >= start."""
    exponent: float
    start: int
    size: int  # observations from start on
    distance: float  # Kolmogorov and Smirnov's, between the observations from start on and the law


def tail_exponent(values, start):
    """The exponent with the highest likelihood: maximum of -n ln zeta(a, start) - a sum(ln x).

    Clauset, Shalizi & Newman (2009), "Power-law distributions in empirical data", SIAM Review 51, eq. 3.5.
    """
    mean_log = numpy.log(values).mean()
    found = optimize.minimize_scalar(lambda a: numpy.log(special.zeta(a, start)) + a * mean_log,
                                     bounds=(1.01, 20), method="bounded", options={"xatol": 1e-6})
    return float(found.x)


def tail_distance(values, exponent, start):
    """Largest distance between the observed and the fitted share of values up to x; values are at least start."""
    levels, counts = numpy.unique(values, return_counts=True)
    observed = numpy.cumsum(counts) / len(values)
    fitted = 1 - special.zeta(exponent, levels + 1.0) / special.zeta(exponent, start)
    return float(numpy.abs(observed - fitted).max())


def fit_tail(values, least=100):
    """The power law that fits best: of all starts that leave `least` values, that with the smallest distance.

    Clauset, Shalizi & Newman (2009), sections 3.3 and 3.1.
    """
    values = numpy.sort(numpy.asarray(values))
    fits = []
    for start in numpy.unique(values[values > 0]):
        tail = values[numpy.searchsorted(values, start):]
        if len(tail) < least or tail[0] == tail[-1]:
            break
        exponent = tail_exponent(tail, start)
        fits.append(Tail(exponent, int(start), len(tail), tail_distance(tail, exponent, start)))
    return min(fits, key=lambda fit: fit.distance)


def heavier_than_exponential(values, start):
    """How far a power law beats an exponential tail from start on, in standard deviations; below 0 the latter wins.

    Vuong's normalised log likelihood ratio, as in Clauset, Shalizi & Newman (2009), section 5 and appendix C. The
    exponential of whole numbers is P(x) = (1 - q) q**(x - start), with q from the mean.
    """
    tail = numpy.asarray(values)
    tail = tail[tail >= start]
    exponent = tail_exponent(tail, start)
    excess = tail.mean() - start
    power_law = -exponent * numpy.log(tail) - numpy.log(special.zeta(exponent, start))
    exponential = (tail - start) * numpy.log(excess / (1 + excess)) - numpy.log(1 + excess)
    ratios = power_law - exponential
    return float(ratios.sum() / (ratios.std() * numpy.sqrt(len(tail))))


# Events in places and weeks: arrays of counts [place, week]


def variance_to_mean(counts):
    """Variance of the counts of all places and weeks over their mean; 1 where events are independent and everywhere
    as frequent."""
    return float(counts.var() / counts.mean())


def variance_to_mean_within(counts):
    """The same with each count's distance taken from the mean of its place: what is left once places may differ."""
    return float(((counts - counts.mean(axis=1, keepdims=True))**2).mean() / counts.mean())


def next_week(counts):
    """By place, how many pairs of weeks in a row: [place, event in the first week, event in the second]."""
    active = numpy.asarray(counts) > 0
    first, second = active[:, :-1], active[:, 1:]
    return numpy.stack([numpy.stack([(one & other).sum(axis=1) for other in (~second, second)], axis=1)
                        for one in (~first, first)], axis=1)


def odds_ratio(pairs):
    """Odds of an event in the week after one with an event over those after one without, over all places."""
    table = pairs.sum(axis=0)
    return float(table[1, 1] * table[0, 0] / (table[1, 0] * table[0, 1]))


def odds_ratio_within(pairs):
    """The same odds ratio within places: Mantel & Haenszel (1959), sum(a d / n) / sum(b c / n) over places."""
    weights = 1 / pairs.sum(axis=(1, 2))
    agreeing = pairs[:, 1, 1] * pairs[:, 0, 0] * weights
    opposed = pairs[:, 1, 0] * pairs[:, 0, 1] * weights
    return float(agreeing.sum() / opposed.sum())


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


def first_below(series, level):
    """Position of the first value below the level; -1 if there is none."""
    below = numpy.asarray(series) < level
    return int(below.argmax()) if below.any() else -1
