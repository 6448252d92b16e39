"""How much a figure holds against a point: implausibility, as in history matching. Arrays only.

Craig, Goldstein, Seheult & Smith (1997), "Pressure matching for hydrocarbon reservoirs", Case Studies in Bayesian
Statistics 3:37-93; Vernon, Goldstein & Bower (2010), "Galaxy formation: a Bayesian uncertainty analysis", Bayesian Analysis
5:619-669; with stochastic models Andrianakis et al. (2015), PLoS Computational Biology 11:e1003968.
"""

from dataclasses import dataclass

import numpy

from .scales import scale_of

# A distribution with one peak has 95 % of its mass within 3 standard deviations: Pukelsheim (1994), "The three sigma rule",
# The American Statistician 48:88-91.
CUTOFF = 3.0
# Standard deviation on the scale of the target of what the model misses whatever its parameters: some 10 %, a judgement.
DISCREPANCY = 0.1


@dataclass(frozen=True)
class Figure:
    """A target on the scale on which it is compared."""

    target: object
    scale: object
    low: float
    high: float
    error: float
    discrepancy: float

    @property
    def variance(self):
        """float: Of the observation, and of what the model lacks."""
        return self.error**2 + self.discrepancy**2


def figure_of(target, discrepancy=DISCREPANCY):
    """Put a target on its scale.

    Parameters
    ----------
    target : targets.Target
        Of which quantity, low, high and error are looked at.
    discrepancy : float, optional
        On the scale.
    """
    scale = scale_of(target.quantity)
    middle = target.low if numpy.isinf(target.high) else (target.low + target.high) / 2
    return Figure(target, scale, float(scale.forward(target.low)), float(scale.forward(target.high)),
                  scale.error(middle, target.error), discrepancy)


def of_replicates(values):
    """Mean and variance of each point's replicates.

    Parameters
    ----------
    values : array_like
        [point, replicate] NaN where there is no run.

    Returns
    -------
    means, variances, counts : numpy.ndarray
        [point] NaN for means of no run, and for variances of fewer than two.
    """
    known = ~numpy.isnan(values)
    counts = known.sum(1)
    sums = numpy.where(known, values, 0).sum(1)
    means = numpy.divide(sums, counts, out=numpy.full(len(values), numpy.nan), where=counts > 0)
    squares = numpy.where(known, (values - means[:, None]) ** 2, 0).sum(1)
    variances = numpy.divide(squares, counts - 1, out=numpy.full(len(values), numpy.nan), where=counts > 1)
    return means, variances, counts


def distance(values, low, high):
    """How far values lie outside an interval: below 0 where they are lower, above where they are higher, 0 inside."""
    values = numpy.asarray(values, dtype=float)
    return numpy.minimum(values - low, 0) + numpy.maximum(values - high, 0)


def implausibility(means, low, high, variance):
    """``I(x) = |z - E f(x)| / sqrt(V(x))``, with the distance to the interval where z is one.

    Parameters
    ----------
    means : array_like
        [point] What is expected.
    low, high : float
        What was observed; high may be infinite.
    variance : array_like
        [point] Sum of the variances of emulator (or of the mean of the runs), observation, replicates and discrepancy.

    Returns
    -------
    numpy.ndarray
        [point]
    """
    away = numpy.abs(distance(means, low, high))
    return numpy.divide(away, numpy.sqrt(variance), out=numpy.where(away > 0, numpy.inf, 0.0),
                        where=numpy.asarray(variance) > 0)


def of_points(simulated, figures):
    """The same of points that were run, without an emulator.

    What the mean of k runs doesn't know of the point's mean is ``s^2 / k``, and history is one run about it: ``s^2`` more.
    Of a point with one run neither is known, and both count as 0.

    Parameters
    ----------
    simulated : numpy.ndarray
        [point, replicate, target] NaN for what there is not.
    figures : list of Figure
        [target]

    Returns
    -------
    numpy.ndarray
        [point, target] NaN where the point has no run that answers the target.
    """
    found = numpy.full((simulated.shape[0], len(figures)), numpy.nan)
    for index, figure in enumerate(figures):
        means, variances, counts = of_replicates(figure.scale.forward(simulated[..., index]))
        known = counts > 0
        chance = numpy.nan_to_num(variances[known]) * (1 + 1 / counts[known])
        found[known, index] = implausibility(means[known], figure.low, figure.high, chance + figure.variance)
    return found
