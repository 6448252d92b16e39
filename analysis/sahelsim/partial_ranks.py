"""Partial rank correlations: which parameters go with an outcome, up or down, the others held. Arrays only."""

from collections import namedtuple

import numpy
from scipy import stats

from .chance import FEWEST_FOR_REPLICATES, few_replicates
from .statistics import LEVEL

Correlations = namedtuple("Correlations", "coefficient low high p explained")


def _left(values, others):
    """What is left of columns when those of others and a constant are fitted by least squares."""
    others = numpy.column_stack([numpy.ones(len(values)), others])
    return values - others @ numpy.linalg.lstsq(others, values, rcond=None)[0]


def fewest_points(factors):
    """How many points partial correlations of so many factors need at least."""
    return factors + 4


def partial_rank_correlations(factors, outcomes, level=LEVEL):
    """Partial rank correlation coefficients (PRCC).

    Pearson's correlation of what is left of the ranks of factor and outcome when the ranks of the other factors are fitted to
    both. Marino, Hogue, Ray & Kirschner (2008), "A methodology for performing global uncertainty and sensitivity analysis in
    systems biology", Journal of Theoretical Biology 254:178-196. p: t test of ``r sqrt(df / (1 - r^2))`` with
    ``df = n - 2 - (factors - 1)``. Interval: Fisher's z with the variance ``(1 + r^2 / 2) / (n - 3 - (factors - 1))`` of rank
    correlations (Bonett & Wright 2000, Psychometrika 65:23-28).

    Parameters
    ----------
    factors : array_like
        [point, factor]
    outcomes : array_like
        [point, outcome]

    Returns
    -------
    Correlations
        coefficient, low, high, p [factor, outcome]; explained [outcome], the share of the variance of the outcome's ranks that
        the ranks of all factors explain together. NaN where factor or outcome is the same at all points, or where a factor
        follows from the others.
    """
    ranks = stats.rankdata(factors, axis=0)
    outcomes = numpy.asarray(outcomes, dtype=float)
    targets = stats.rankdata(outcomes, axis=0) - (len(outcomes) + 1) / 2
    points, count = ranks.shape
    freedom = points - count - 1
    found = numpy.full((count, targets.shape[1]), numpy.nan)
    moving = (targets != targets[:1]).any(0)
    for factor in range(count):
        both = _left(numpy.column_stack([ranks[:, factor], targets]), numpy.delete(ranks, factor, axis=1))
        own, rest = both[:, 0], both[:, 1:]
        spread = ((ranks[:, factor] - ranks[:, factor].mean()) ** 2).sum()
        usable = moving & ((rest**2).sum(0) > 1e-9 * (targets**2).sum(0))
        if own @ own > 1e-9 * spread > 0:
            found[factor, usable] = own @ rest[:, usable] / numpy.sqrt(own @ own * (rest[:, usable] ** 2).sum(0))
            found[factor, moving & ~usable] = 0.0
    found = numpy.clip(found, -1, 1)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.t.sf(numpy.abs(found) * numpy.sqrt(freedom / (1 - found**2)), freedom)
        half = stats.norm.ppf(0.5 + level / 2) * numpy.sqrt((1 + found**2 / 2) / (freedom - 1))
        low, high = numpy.tanh(numpy.arctanh(found) - half), numpy.tanh(numpy.arctanh(found) + half)
        explained = 1 - (_left(targets, ranks) ** 2).sum(0) / (targets**2).sum(0)
    return Correlations(found, low, high, p, explained)


def correlations_of_means(factors, values, level=LEVEL):
    """`partial_rank_correlations` of means over replicates, with the chance of replicates counted.

    Replicates share random numbers between points, so that all points may lean the same way by chance. From three replicates
    on, the variance of Fisher's z is multiplied by 1 + v / u, and the t value divided by the root of it: v is the variance
    over replicates of the outcome's slope on the factor's ranks (the mean's, times `chance.few_replicates`), u the variance
    over points of the same slope of the means, both of a linear regression on the ranks of all factors.

    Parameters
    ----------
    factors : array_like
        [point, factor]
    values : array_like
        [point, replicate]

    Returns
    -------
    Correlations
        [factor] each; explained, a number.
    """
    values = numpy.asarray(values, dtype=float)
    found = partial_rank_correlations(factors, values.mean(1, keepdims=True), level)
    r, low, high, p = (each[:, 0] for each in found[:4])
    if values.shape[1] >= FEWEST_FOR_REPLICATES:
        freedom = len(values) - len(r) - 1
        wider = 1 + _ratio_of_slopes(stats.rankdata(factors, axis=0), values, freedom, level)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            half = stats.norm.ppf(0.5 + level / 2) * numpy.sqrt((1 + r**2 / 2) / (freedom - 1) * wider)
            low, high = numpy.tanh(numpy.arctanh(r) - half), numpy.tanh(numpy.arctanh(r) + half)
            p = 2 * stats.t.sf(numpy.abs(r) * numpy.sqrt(freedom / (1 - r**2) / wider), freedom)
    return Correlations(r, low, high, p, found.explained[0])


def _ratio_of_slopes(ranks, values, freedom, level):
    """Variance of slopes over replicates in that over points, [factor]; 0 where replicates do not differ."""
    residual = (_left(values.mean(1), ranks) ** 2).sum() / freedom
    found, replicates = numpy.zeros(ranks.shape[1]), values.shape[1]
    for factor in range(ranks.shape[1]):
        own = _left(ranks[:, factor], numpy.delete(ranks, factor, axis=1))
        square = own @ own
        if square > 1e-9 * len(own):
            slopes = own @ values / square
            of_replicates = slopes.var(ddof=1) / replicates
            if of_replicates > 1e-18 * (slopes**2).mean():
                found[factor] = few_replicates(replicates, level) * of_replicates * square / max(residual, 1e-300)
    return found
