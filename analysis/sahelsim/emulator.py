"""Emulators: Gaussian processes that stand for the simulator where it has not been run, and tests of how well they do.

They take arrays and know nothing of result files. Points lie in the unit cube.
"""

import warnings
from dataclasses import dataclass

import numpy
from scipy import linalg, stats
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, Matern, WhiteKernel

from .replicate_noise import Noise, of_nugget

FEWEST_BEYOND = 5  # points beyond the number of parameters, without which a linear mean alone takes all of them
LEVEL = 0.9
LEAST_COVERAGE, ALPHA = 0.8, 0.01
_BLOCK = 4096
_MANY = 120  # points, beyond which one search for the hyperparameters has to do: each takes seconds


@dataclass(frozen=True)
class Diagnostics:
    """How well an emulator foretells points that it was not given.

    Attributes
    ----------
    points : int
    explained : float
        ``1 - sum (y - m)^2 / sum (y - mean y)^2`` for m foretold: 1 is perfect, 0 no better than the mean.
    coverage : float
        Share of points inside their 90 % intervals.
    largest : float
        Largest standardised error, ``|y - m| / sd``.
    fails : bool
        Whether fewer points than `LEAST_COVERAGE` lie inside, and that by more than chance (binomial test, p < `ALPHA`).
    """

    points: int
    explained: float
    coverage: float
    largest: float
    fails: bool


def diagnose(outputs, means, variances):
    """Compare points with what was foretold of them.

    Bastos & O'Hagan (2009), "Diagnostics for Gaussian process emulators", Technometrics 51:425-438.

    Parameters
    ----------
    outputs, means, variances : array_like
        [point] What came out, and the mean and variance that were foretold.

    Returns
    -------
    Diagnostics
    """
    outputs, means = numpy.asarray(outputs, dtype=float), numpy.asarray(means, dtype=float)
    errors = numpy.abs(outputs - means) / numpy.sqrt(numpy.maximum(variances, 1e-300))
    inside = int((errors <= stats.norm.ppf(0.5 + LEVEL / 2)).sum())
    total = ((outputs - outputs.mean()) ** 2).sum()
    coverage = inside / len(outputs)
    chance = stats.binomtest(inside, len(outputs), LEVEL, alternative="less").pvalue
    return Diagnostics(len(outputs), float(1 - ((outputs - means) ** 2).sum() / total) if total > 0 else numpy.nan,
                       coverage, float(errors.max()), coverage < LEAST_COVERAGE and chance < ALPHA)


@dataclass(frozen=True)
class Emulator:
    """A fitted emulator; see `fit`.

    Attributes
    ----------
    left_out : Diagnostics
        Each point foretold from all others.
    residuals : numpy.ndarray
        [point] Standardised errors of these.
    noise : replicate_noise.Noise
    """

    process: GaussianProcessRegressor
    centre: float
    spread: float
    nugget: float  # variance of white noise, in the output's unit
    level_variance: float  # of the chance that all points share
    noise: Noise
    left_out: Diagnostics
    residuals: numpy.ndarray

    def predict(self, points):
        """Foretell the simulator's mean output.

        Parameters
        ----------
        points : array_like
            [point, factor] in the unit cube.

        Returns
        -------
        mean : numpy.ndarray
            [point]
        variance : numpy.ndarray
            [point] Of the mean: what the emulator does not know.
        replicate_variance : numpy.ndarray
            [point] Of one run about the mean.
        """
        points = _centred(points)
        parts = [self.process.predict(points[first:first + _BLOCK], return_std=True)
                 for first in range(0, len(points), _BLOCK)]
        mean, deviation = (numpy.concatenate(each) for each in zip(*parts))
        mean = self.centre + self.spread * mean
        variance = numpy.maximum(self.spread**2 * deviation**2 - (self.nugget if self.noise.is_nugget else 0), 0)
        return mean, variance + self.level_variance, self.noise.variance(mean)


def _centred(points):
    return 2 * numpy.asarray(points, dtype=float) - 1


def _kernel(factors):
    """A line with a vague prior, what bends about it, and white noise."""
    line = ConstantKernel(10.0, "fixed") * DotProduct(1.0, "fixed")
    bends = ConstantKernel(0.5, (1e-3, 1e2)) * Matern(numpy.full(factors, 2.0), (0.15, 50.0), nu=2.5)
    return line + bends + WhiteKernel(0.1, (1e-6, 2.0))


def _leave_one_out(process, outputs):
    """Mean and variance of each point given all others, at the hyperparameters of all.

    ``m = y - [K^-1 y] / [K^-1]ii``, ``v = 1 / [K^-1]ii``: Rasmussen & Williams (2006), "Gaussian processes for machine
    learning", equation 5.12; Dubrule (1983), Mathematical Geology 15:687-699.
    """
    inverse = linalg.cho_solve((process.L_, True), numpy.eye(len(outputs)))
    diagonal = numpy.diag(inverse)
    return outputs - inverse @ outputs / diagonal, 1 / diagonal


def fit(points, outputs, noise=None, level_variance=0.0, seed=1):
    """Fit an emulator of one output.

    ``y(x) = b0 + b x + z(x) + e``: a linear mean whose coefficients have a vague normal prior (Rasmussen & Williams 2006,
    section 2.7), a Gaussian process z with a Matern 5/2 covariance that has a length of its own in each factor, and white
    noise. Variances and lengths maximise the likelihood. With several replicates a point, the chance that is left in each
    point's mean is known and the white noise is what the rest misses, a part of what the emulator does not know; with one
    it is the chance of runs (stochastic kriging: Ankenman, Nelson & Staum 2010, Operations Research 58:371-382).

    Parameters
    ----------
    points : array_like
        [point, factor] in the unit cube.
    outputs : array_like
        [point] Means over replicates.
    noise : replicate_noise.Noise, optional
        Of the replicates; None with one a point.
    level_variance : float, optional
        Variance of a chance that all points have in common, as replicates with the same random numbers do.
    seed : int, optional
        Of a second start of the search, which is made with few points.

    Returns
    -------
    Emulator or None
        None where all outputs are alike, of which nothing can be learned.
    """
    points, outputs = _centred(points), numpy.asarray(outputs, dtype=float)
    centre, spread = outputs.mean(), outputs.std()
    if not spread > 1e-9 * max(1.0, abs(centre)):
        return None
    scaled = (outputs - centre) / spread
    alpha = numpy.full(len(points), 1e-8) if noise is None else noise.of_means / spread**2 + 1e-8
    process = GaussianProcessRegressor(_kernel(points.shape[1]), alpha=alpha, n_restarts_optimizer=int(len(points) <= _MANY),
                                       random_state=seed)
    with warnings.catch_warnings():
        # Lengths at their upper bound are factors that do nothing.
        warnings.simplefilter("ignore", ConvergenceWarning)
        process.fit(points, scaled)
    nugget = float(process.kernel_.k2.noise_level) * spread**2
    means, variances = _leave_one_out(process, scaled)
    residuals = (scaled - means) / numpy.sqrt(variances)
    return Emulator(process, centre, spread, nugget, level_variance, of_nugget(nugget) if noise is None else noise,
                    diagnose(scaled, means, variances), residuals)
