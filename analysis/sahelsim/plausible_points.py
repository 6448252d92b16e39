"""Which points of a sweep the targets rule out: implausibility as in history matching. Arrays only.

Craig, Goldstein, Seheult & Smith (1997), "Pressure matching for hydrocarbon reservoirs", in: Case studies in Bayesian
statistics III, Springer, 37-93; Vernon, Goldstein & Bower (2010), "Galaxy formation: a Bayesian uncertainty analysis",
Bayesian Analysis 5:619-669.
"""

import numpy

CUTOFF = 3.0  # a unimodal distribution has 95 % of its mass within 3 standard deviations: Pukelsheim (1994), below
DISCREPANCY = 0.2  # standard deviation of the natural logarithm


def implausibility(simulated, low, high, error, classes, half, discrepancy=DISCREPANCY):
    """How many standard deviations each point's mean lies from each figure.

    ``|log mean - log figure| / sqrt(error^2 + variance of log mean + discrepancy^2)``, with the variance over replicates
    ``s^2 / (k mean^2)`` (delta method). A figure that is a range counts by its nearer end, and 0 within it. Where the mean
    or the low end of the figure is 0, whose logarithm there is not, `half` is added to both. Classes are compared as they
    are, without logarithms. Pukelsheim (1994), "The three sigma rule", The American Statistician 48:88-91, is why 3 is the
    usual cutoff.

    Parameters
    ----------
    simulated : numpy.ndarray
        [point, replicate, target] NaN for what there is not.
    low, high, error : numpy.ndarray
        [target] The figure (high may be infinite) and the standard deviation of its logarithm, of classes of the class.
    classes : numpy.ndarray of bool
        [target]
    half : numpy.ndarray
        [target] Half of the least that the quantity can be: 0.5 for counts.
    discrepancy : float, optional
        Standard deviation of what the model misses even at its best point, on the same scale.

    Returns
    -------
    numpy.ndarray
        [point, target] NaN where the point has no run that answers the target.
    """
    known = ~numpy.isnan(simulated)
    count = known.sum(1)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        mean = numpy.where(known, simulated, 0).sum(1) / numpy.where(count, count, numpy.nan)
        spread = numpy.where(known, (simulated - mean[:, None]) ** 2, 0).sum(1) / (count - 1)
        variance = numpy.where(count > 1, spread / count, 0)
        added = numpy.where(~classes & ((mean == 0) | (low == 0)), half, 0)
        at, lower, upper = (numpy.where(classes, each, numpy.log(each + added)) for each in (mean, low, high))
        distance = numpy.maximum(0, numpy.maximum(lower - at, at - upper))
        deviation = numpy.sqrt(error**2 + variance / numpy.where(classes, 1, mean + added) ** 2 + discrepancy**2)
        found = numpy.where(distance == 0, 0, distance / deviation)
    return numpy.where(numpy.isnan(mean), numpy.nan, found)
