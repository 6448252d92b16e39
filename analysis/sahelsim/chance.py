"""What parameters do and what chance does, kept apart by replicates. Arrays only.

Replicate k has the same random numbers at every point: a run is ``y(p, k) = f(p) + h(k) + r(p, k)``, where f is the mean over
all courses of chance, h what chance does at all points alike, and r what it does at this point only.
"""

from collections import namedtuple

import numpy
from scipy import stats

from .statistics import LEVEL

FEWEST_FOR_REPLICATES = 3  # from which on they say how much hangs on them
Components = namedtuple("Components", "mean between common own chance_share low high noise_of_mean")


def product(one, other):
    """Mean product over all pairs of different replicates: what the product of the two expectations is, without bias.

    ``sum over k != l of a(k) b(l) / (n (n - 1)) = (sum a sum b - sum ab) / (n (n - 1))``, a U-statistic: Hoeffding (1948),
    "A class of statistics with asymptotically normal distribution", Annals of Mathematical Statistics 19:293-325. Of a square
    it is ``mean^2 - s^2 / n``: the variance that chance gives the mean is subtracted. It stays unbiased where replicates
    share random numbers between points, since two different ones never do.

    Parameters
    ----------
    one, other : array_like
        [..., replicate]

    Returns
    -------
    numpy.ndarray
        [...] The plain product where there is one replicate.
    """
    one, other = numpy.asarray(one, dtype=float), numpy.asarray(other, dtype=float)
    n = one.shape[-1]
    if n == 1:
        return (one * other)[..., 0]
    return (one.sum(-1) * other.sum(-1) - (one * other).sum(-1)) / (n * (n - 1))


def fullest_block(known):
    """The rows and columns of the largest table without gaps, as far as leaving out the emptiest columns finds it.

    Columns are taken from the fullest on; for each number of them the rows that have all of these count.

    Parameters
    ----------
    known : array_like of bool
        [unit, replicate]

    Returns
    -------
    tuple of numpy.ndarray of int
        Units and replicates, upwards; empty where nothing is known.
    """
    known = numpy.asarray(known, dtype=bool)
    order = numpy.argsort(-known.sum(0), kind="stable")
    filled = numpy.logical_and.accumulate(known[:, order], axis=1)
    best = int(numpy.argmax(filled.sum(0) * numpy.arange(1, known.shape[1] + 1)))
    return numpy.flatnonzero(filled[:, best]), numpy.sort(order[: best + 1])


def components(values, independent=None, level=LEVEL, draws=20000, seed=1):
    """Variance of single runs, split into that of parameters and that of chance.

    Mean squares of points, replicates and residuals in the two-way layout without repetition: ``between = (MSp - MSe) / K``,
    ``common = (MSk - MSe) / P``, ``own = MSe`` for P points and K replicates (Searle, Casella & McCulloch 1992, "Variance
    components", chapter 4). By the law of total variance the share of chance is ``(common + own) / (between + common + own)``.
    Its interval is a generalized one: each mean square is replaced by ``df MS / chi2(df)`` (Hamada & Weerahandi 2000,
    "Measurement system assessment via generalized inference", Journal of Quality Technology 32:241-253), exact in large
    numbers for normal components, and an approximation for others.

    Parameters
    ----------
    values : array_like
        [point, replicate] without gaps.
    independent : int, optional
        How many of the points count as independent of each other (all).
    level : float, optional
    draws : int, optional
    seed : int, optional

    Returns
    -------
    Components
        mean; between, common and own, the variances; chance_share with low and high; noise_of_mean, the share of the variance
        of the means over replicates that is chance's, ``own / K`` of it. NaN for what can't be told: with one replicate all
        but the mean and between, which then holds chance too.
    """
    values = numpy.asarray(values, dtype=float)
    points, replicates = values.shape
    mean = float(values.mean())
    if min(points, replicates) < 2:
        return Components(mean, float(values.var(ddof=1)) if points > 1 else numpy.nan, *[numpy.nan] * 6)
    centred = values - mean
    of_points, of_replicates = centred.mean(1), centred.mean(0)
    parts = of_points, of_replicates, centred - of_points[:, None] - of_replicates
    rounding = 1e-12 * numpy.abs(values).max()
    of_points, of_replicates, residual = (numpy.where(numpy.abs(part) > rounding, part, 0.0) for part in parts)
    freedom = points - 1, replicates - 1, (points - 1) * (replicates - 1)
    squares = replicates * (of_points**2).sum(), points * (of_replicates**2).sum(), (residual**2).sum()
    if squares[0] + squares[1] + squares[2] == 0:
        return Components(mean, 0.0, 0.0, 0.0, *[numpy.nan] * 4)
    means = [square / number for square, number in zip(squares, freedom)]
    generator = numpy.random.default_rng(seed)
    likely = (min(freedom[0], (independent or points) - 1), *freedom[1:])
    drawn = [square * number / generator.chisquare(number, draws) for square, number in zip(means, likely)]
    low, high = numpy.quantile(_share(*drawn, points, replicates), [0.5 - level / 2, 0.5 + level / 2])
    noise = means[2] / means[0] if means[0] > 0 else 1.0
    return Components(mean, float((means[0] - means[2]) / replicates), float(max(0, means[1] - means[2]) / points),
                      float(means[2]), float(_share(*means, points, replicates)), float(low), float(high),
                      float(min(1.0, noise)))


def _share(of_points, of_replicates, rest, points, replicates):
    between = numpy.maximum(0, of_points - rest) / replicates
    chance = numpy.maximum(0, of_replicates - rest) / points + rest
    return chance / (between + chance)


def jackknife_variance(without):
    """Variance of an estimate over replicates, by leaving out each: ``(n - 1) / n sum (t(-k) - mean)^2``.

    Efron & Stein (1981), "The jackknife estimate of variance", Annals of Statistics 9:586-596.

    Parameters
    ----------
    without : array_like
        [replicate, ...] The estimate without each replicate.

    Returns
    -------
    numpy.ndarray
        [...]
    """
    without = numpy.asarray(without, dtype=float)
    n = len(without)
    return (n - 1) / n * ((without - without.mean(0)) ** 2).sum(0)


def few_replicates(replicates, level=LEVEL):
    """By what the variance over few replicates counts more: ``(t / z)^2``, the quantiles at (1 + level) / 2 of Student's t with
    replicates - 1 degrees of freedom and of the normal distribution."""
    upper = 0.5 + level / 2
    return (stats.t.ppf(upper, replicates - 1) / stats.norm.ppf(upper)) ** 2


def widened(estimate, ends, variance_of_units, without, level=LEVEL):
    """An interval that counts units only, made to count replicates too.

    Ends move away from the estimate by ``sqrt(1 + f variance_of_replicates / variance_of_units)``, where the former is that
    by the jackknife and f is `few_replicates`: as if chance of both added up, which is a little too wide, since both contain
    that of single runs (cf. `statistics.two_way`).

    Parameters
    ----------
    estimate, variance_of_units : array_like
        [...]
    ends : array_like
        [..., 2]
    without : array_like
        [replicate, ...] The estimate without each replicate.

    Returns
    -------
    numpy.ndarray
        [..., 2]
    """
    estimate, ends = numpy.asarray(estimate, dtype=float)[..., None], numpy.asarray(ends, dtype=float)
    of_units = numpy.asarray(variance_of_units, dtype=float)
    of_replicates = few_replicates(len(without), level) * jackknife_variance(without)
    ratio = numpy.divide(of_replicates, of_units, out=numpy.zeros_like(of_units * of_replicates), where=of_units > 0)
    return estimate + (ends - estimate) * numpy.sqrt(1 + ratio)[..., None]
