"""Posterior draws by approximate Bayesian computation, with regression on summaries.

It takes arrays and knows nothing of result files.
"""

from dataclasses import dataclass

import numpy
from scipy.special import expit, logit

_EDGE = 1e-6
FEWEST = 200  # proposals that are kept for the regression


@dataclass(frozen=True)
class Draws:
    """Draws from the posterior.

    Attributes
    ----------
    points : numpy.ndarray
        [draw, factor] in the unit cube, all of the same weight; one that weighs much comes several times.
    kept : int
        Proposals near the observed figures, of which they were drawn.
    effective : float
        Effective number of these, ``(sum w)^2 / sum w^2``.
    tolerance : float
        Distance of the farthest that was kept, in standard deviations of the summaries.
    """

    points: numpy.ndarray
    kept: int
    effective: float
    tolerance: float


def summaries(points, simulated):
    """As many summaries as factors: what a linear regression on the simulated figures expects each factor to be.

    With as many summaries as figures next to no proposal would be near in all of them; expectations of the factors lose
    least of what the figures say of them. Fearnhead & Prangle (2012), "Constructing summary statistics for approximate
    Bayesian computation", Journal of the Royal Statistical Society B 74:419-474.

    Parameters
    ----------
    points : array_like
        [proposal, factor]
    simulated : array_like
        [proposal, figure]

    Returns
    -------
    numpy.ndarray
        [1 + figure, factor] Coefficients: an intercept, and a slope for each figure.
    """
    design = numpy.column_stack([numpy.ones(len(simulated)), simulated])
    return numpy.linalg.lstsq(design, points, rcond=None)[0]


def systematic(weights, draws, generator):
    """Systematic resampling: a comb with `draws` teeth and one random offset over the cumulated weights.

    Parameters
    ----------
    weights : array_like
        With sum 1.
    draws : int
    generator : numpy.random.Generator

    Returns
    -------
    numpy.ndarray of int
        [draw] Each index ``floor(draws * weight)`` or ``ceil(draws * weight)`` times, in expectation ``draws * weight``.
    """
    teeth = (generator.random() + numpy.arange(draws)) / draws
    return numpy.minimum(numpy.searchsorted(numpy.cumsum(weights), teeth, side="right"), len(weights) - 1)


def approximate(points, simulated, observed, draws, share=0.02, seed=1):
    """Posterior draws from proposals of the prior and the figures that they gave.

    The share of proposals whose summaries are nearest to those of the observed figures is kept, weighted by Epanechnikov's
    kernel ``1 - (d / d_max)^2`` and moved along a weighted linear regression of the factors on the summaries to where the
    figures would be the observed ones: Beaumont, Zhang & Balding (2002), "Approximate Bayesian computation in population
    genetics", Genetics 162:2025-2035. On the logit scale, so that none leaves the prior's range (as in Csillery, Francois &
    Blum 2012, Methods in Ecology and Evolution 3:475-479). With the simulated figures as noisy as the observed ones are
    thought to be, the draws are those of the posterior under these errors, but for what the kernel blurs (Wilkinson 2013,
    Statistical Applications in Genetics and Molecular Biology 12:129-141).

    Parameters
    ----------
    points : array_like
        [proposal, factor] in the unit cube, spread as the prior is.
    simulated : array_like
        [proposal, figure] With the errors of observation.
    observed : array_like
        [figure]
    draws : int
    share : float, optional
        Of proposals that are kept, and no fewer than `FEWEST` where there are as many.
    seed : int, optional

    Returns
    -------
    Draws
        By systematic resampling, so that each comes ``draws * weight`` times, rounded up or down: Kitagawa (1996), "Monte
        Carlo filter and smoother for non-Gaussian nonlinear state space models", Journal of Computational and Graphical
        Statistics 5:1-25.
    """
    generator = numpy.random.default_rng(seed)
    points = logit(numpy.clip(points, _EDGE, 1 - _EDGE))
    simulated, observed = numpy.asarray(simulated, dtype=float), numpy.asarray(observed, dtype=float)
    varies = simulated.std(0) > 0
    simulated, observed = simulated[:, varies], observed[varies]
    coefficients = summaries(points, simulated)
    found = coefficients[0] + simulated @ coefficients[1:]
    at = coefficients[0] + observed @ coefficients[1:]
    spread = found.std(0)
    away = numpy.sqrt((((found - at) / numpy.where(spread > 0, spread, 1)) ** 2).sum(1))
    count = min(len(points), max(FEWEST, round(share * len(points)), draws))
    near = numpy.argsort(away, kind="stable")[:count]
    tolerance = float(away[near[-1]])
    weights = 1 - (away[near] / tolerance) ** 2 if tolerance > 0 else numpy.ones(count)
    weights = numpy.maximum(weights, 1e-12) / numpy.maximum(weights, 1e-12).sum()
    root = numpy.sqrt(weights)[:, None]
    shift = (found[near] - at) / numpy.where(spread > 0, spread, 1)
    design = numpy.column_stack([numpy.ones(count), shift])
    slopes = numpy.linalg.lstsq(root * design, root * points[near], rcond=None)[0][1:]
    adjusted = expit(points[near] - shift @ slopes)
    chosen = generator.permutation(systematic(weights, draws, generator))
    return Draws(adjusted[chosen], count, float(1 / (weights**2).sum()), tolerance)
