"""Elementary effects of Morris: how strongly, which way and how unevenly each parameter moves an outcome. Arrays only."""

from collections import namedtuple

import numpy

from .chance import FEWEST_FOR_REPLICATES, product, widened
from .statistics import LEVEL, bca_interval

FEWEST_FOR_INTERVAL = 5
Effects = namedtuple("Effects", "mu_star mu sigma mu_star_interval mu_interval noise chance_alone square square_interval")


def elementary_effects(values, changed, sign, step):
    """Elementary effects of trajectories.

    ``EE(i) = (y after the step of factor i - y before it) / (sign step)``. Morris (1991), "Factorial sampling plans for
    preliminary computational experiments", Technometrics 33:161-174.

    Parameters
    ----------
    values : array_like
        [trajectory, row, replicate], a row more than factors.
    changed : array_like of int
        [trajectory, step] The factor that each step changes; each once.
    sign : array_like
        [trajectory, step] 1 where it goes up, -1 where down.
    step : float
        How far it goes, as a share of the factor's quantiles.

    Returns
    -------
    numpy.ndarray
        [trajectory, factor, replicate] In the outcome's unit for a move over all quantiles.
    """
    values = numpy.asarray(values, dtype=float)
    effects = numpy.diff(values, axis=1) / (numpy.asarray(sign, dtype=float)[..., None] * step)
    return numpy.take_along_axis(effects, numpy.argsort(changed, axis=1)[..., None], axis=1)


def summarize(effects, resamples=9999, level=LEVEL, seed=1):
    """Strength, direction and unevenness of factors, with what chance does kept apart.

    Of the means over replicates EE: ``mu_star = mean |EE|``, ``mu = mean EE``, ``sigma = sd EE`` over trajectories.
    Campolongo, Cariboni & Saltelli (2007), "An effective screening design for sensitivity analysis of large models",
    Environmental Modelling & Software 22:1509-1518. The variance s^2 / n that chance gives EE is subtracted from sigma^2.
    From mu_star nothing can be subtracted without bias; instead ``chance_alone = sqrt(2 / pi) sqrt(s^2 / n)`` is what mu_star
    would be on average without any effect (the mean of a folded normal distribution). `square`, the mean of EE^2 less s^2 / n,
    is 0 on average exactly where a factor has no effect.

    Intervals are by the bootstrap over trajectories (BCa), widened by what the jackknife over replicates says, from three
    replicates on.

    Parameters
    ----------
    effects : array_like
        [trajectory, factor, replicate]
    resamples, seed : int, optional
    level : float, optional

    Returns
    -------
    Effects
        [factor] each, intervals [factor, 2]; intervals NaN below five trajectories; with one replicate noise, chance_alone,
        square and its interval are NaN, and sigma holds chance. noise is s / sqrt(n).
    """
    effects = numpy.asarray(effects, dtype=float)
    _, factors, replicates = effects.shape
    deviation = effects.mean(-1).std(0, ddof=1)
    noise = numpy.full(factors, numpy.nan)
    square, square_ends = noise, numpy.full((factors, 2), numpy.nan)
    star, star_ends = _estimate(effects, _sizes, resamples, level, seed)
    star_ends = numpy.maximum(0, star_ends)
    mean, mean_ends = _estimate(effects, _means, resamples, level, seed)
    if replicates > 1:
        noise = numpy.sqrt((effects.var(-1, ddof=1) / replicates).mean(0))
        deviation = numpy.sqrt(numpy.maximum(0, deviation**2 - noise**2))
        square, square_ends = _estimate(effects, _squares, resamples, level, seed)
    return Effects(star, mean, deviation, star_ends, mean_ends, noise, numpy.sqrt(2 / numpy.pi) * noise, square, square_ends)


def _sizes(effects):
    return numpy.abs(effects.mean(-1))


def _means(effects):
    return effects.mean(-1)


def _squares(effects):
    return product(effects, effects)


def _estimate(effects, of_trajectories, resamples, level, seed):
    """Mean over trajectories of what `of_trajectories` makes of them, [factor], and its interval, [factor, 2]."""
    each, replicates = of_trajectories(effects), effects.shape[-1]
    mean = each.mean(0)
    if len(each) < FEWEST_FOR_INTERVAL:
        return mean, numpy.full((len(mean), 2), numpy.nan)
    ends = bca_interval(each.T, level, resamples, seed)
    if replicates < FEWEST_FOR_REPLICATES:
        return mean, ends
    without = [of_trajectories(numpy.delete(effects, one, axis=-1)).mean(0) for one in range(replicates)]
    return mean, widened(mean, ends, each.var(0, ddof=1) / len(each), without, level)
