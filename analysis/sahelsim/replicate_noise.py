"""The chance of runs at one point: how large it is, how it goes with the mean, and what of it all points share."""

from dataclasses import dataclass

import numpy

_FEWEST_FOR_TREND = 10  # points


@dataclass(frozen=True)
class Noise:
    """Variance of one run about its point's mean: ``exp(a + b m)`` for the mean m.

    Attributes
    ----------
    coefficients : tuple of float
        a, b; a is -inf where runs of a point are all alike.
    ends : tuple of float
        Least and largest mean that it was fitted to; beyond them it stays.
    of_means : numpy.ndarray or None
        [point] Variance of what is left of chance in the means over replicates, without what all points share.
    is_nugget : bool
        Whether it is the white noise of an emulator, for want of replicates.
    """

    coefficients: tuple
    ends: tuple
    of_means: numpy.ndarray | None
    is_nugget: bool = False

    def variance(self, means):
        """Variance of one run where the mean is so, [point]."""
        a, b = self.coefficients
        return numpy.exp(a + b * numpy.clip(means, *self.ends))


def of_nugget(variance):
    """The same noise everywhere."""
    return Noise((float(numpy.log(max(variance, 1e-300))), 0.0), (-numpy.inf, numpy.inf), None, True)


def fit(means, variances, counts, shared=0.0):
    """How the chance of runs goes with the mean.

    Variances of few runs are blurred, so that a line through all of them is drawn: a generalised linear model of the sample
    variances with gamma errors, logarithmic link, and degrees of freedom as weights (Smyth 1989, "Generalized linear models
    with varying dispersion", Journal of the Royal Statistical Society B 51:47-60). With fewer than ten points, their mean.

    Parameters
    ----------
    means, variances : array_like
        [point] Over replicates; variances are unbiased ones, NaN where a point has one run.
    counts : array_like of int
        [point] Replicates.
    shared : float, optional
        Share of the variance that all points have in common.

    Returns
    -------
    Noise or None
        None where no point has two runs.
    """
    means, variances, counts = (numpy.asarray(each, dtype=float) for each in (means, variances, counts))
    several = (counts > 1) & ~numpy.isnan(variances)
    if not several.any():
        return None
    found = means[several], variances[several], counts[several] - 1
    ends = float(found[0].min()), float(found[0].max())
    average = float((found[1] * found[2]).sum() / found[2].sum())
    coefficients = (float(numpy.log(average)) if average > 0 else -numpy.inf, 0.0)
    if several.sum() >= _FEWEST_FOR_TREND and average > 0 and ends[1] > ends[0]:
        coefficients = _trend(*found) or coefficients
    noise = Noise(coefficients, ends, None)
    return Noise(coefficients, ends, noise.variance(means) * (1 - shared) / counts)


def _trend(means, variances, freedom):
    """a and b; None where the search for them has no answer."""
    import warnings

    import statsmodels.api as statsmodels

    # Zeros have no logarithm, and their deviance no bound; a thousandth of the mean says as much.
    variances = numpy.maximum(variances, 1e-3 * variances.mean())
    centre, spread = means.mean(), means.std()
    design = numpy.stack([numpy.ones(len(means)), (means - centre) / spread], -1)
    model = statsmodels.GLM(variances, design, statsmodels.families.Gamma(statsmodels.families.links.log()),
                            var_weights=freedom / 2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = model.fit()
    if not found.converged or not numpy.isfinite(found.params).all():
        return None
    slope = found.params[1] / spread
    return float(found.params[0] - slope * centre), float(slope)


def shared_part(table):
    """Which share of the chance of runs is the same at all points.

    Replicate k has the same random numbers at every point of a sweep. In ``y = point + replicate + rest`` the variance of
    replicates is ``max(0, (MSr - MSe) / points)`` (two-way analysis of variance: Searle, Casella & McCulloch 1992, "Variance
    components", chapter 4).

    Parameters
    ----------
    table : array_like
        [point, replicate] NaN where there is no run. Replicates that some point lacks are left out.

    Returns
    -------
    float
        0 ... 1; 0 with fewer than two points or replicates.
    """
    table = numpy.asarray(table, dtype=float)
    table = table[~numpy.isnan(table).all(1)]
    table = table[:, ~numpy.isnan(table).any(0)]
    points, replicates = table.shape
    if min(points, replicates) < 2:
        return 0.0
    effects = table.mean(0) - table.mean()
    rest = table - table.mean(1, keepdims=True) - effects
    of_rest = (rest**2).sum() / ((points - 1) * (replicates - 1))
    of_replicates = max(0.0, (points * (effects**2).sum() / (replicates - 1) - of_rest) / points)
    whole = of_rest + of_replicates
    return float(of_replicates / whole) if whole > 0 else 0.0
