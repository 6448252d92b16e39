"""Posterior draws of a calibration: proposals from what history matching leaves, figures from the last wave's emulators."""

from dataclasses import dataclass

import numpy

from . import history_matching, posterior, priors
from .implausibility import distance
from .problems import Problem

_PROPOSALS, _EACH = 20000, 5  # points of the region, and simulated sets of figures of each


@dataclass(frozen=True)
class PosteriorDraws:
    """Draws, and what the emulators make of them.

    Attributes
    ----------
    points : numpy.ndarray
        [draw, factor] in the unit cube.
    values : numpy.ndarray
        [draw, factor] in the parameters' units.
    kept, effective, tolerance
        See `posterior.Draws`.
    left_share : float
        Share of draws that history matching doesn't rule out; less than 1, since the regression may move some out.
    targets : list of int
        Indices of the targets that took part.
    foretold : numpy.ndarray
        [draw, target] What a run at each draw would give, on the targets' scales.
    """

    points: numpy.ndarray
    values: numpy.ndarray
    kept: int
    effective: float
    tolerance: float
    left_share: float
    targets: list
    foretold: numpy.ndarray


def _residuals(fitted, data, figures, targets):
    """Standardised errors of single runs of the last wave, [run, target]: how targets go together by chance.

    Deviations of runs from their point's mean, stretched by ``sqrt(r / (r - 1))`` for what the mean takes of them; with one
    replicate a point the emulator's own left-out errors have no run that all targets share, and targets go their own ways.
    """
    simulated = data.waves[-1].simulated
    columns = []
    for index in targets:
        values = figures[index].scale.forward(simulated[..., index])
        counts = (~numpy.isnan(values)).sum(1, keepdims=True)
        means = numpy.nansum(values, 1, keepdims=True) / numpy.maximum(counts, 1)
        deviations = numpy.where(counts > 1, values - means, numpy.nan) * numpy.sqrt(counts / numpy.maximum(counts - 1, 1))
        spread = numpy.sqrt(fitted[index].emulator.noise.variance(means))
        columns.append((deviations / numpy.where(spread > 0, spread, 1)).ravel())
    table = numpy.stack(columns, -1)
    return table[~numpy.isnan(table).any(1)]


def _noisy(means, variances, replicate_variances, residuals, errors, generator):
    """One run each: what emulators don't know, the chance of runs, and errors of these variances added, [run, target]."""
    found = means + numpy.sqrt(variances + errors) * generator.standard_normal(means.shape)
    if len(residuals) >= 50:
        chance = residuals[generator.integers(0, len(residuals), len(means))]
    else:
        chance = generator.standard_normal(means.shape)
    return found + numpy.sqrt(replicate_variances) * chance


def draw(calibration, count):
    """Draw from the posterior.

    Proposals are spread evenly over what history matching leaves, which is the prior without what can't be; runs are far too
    few to be proposals themselves. The figures of each are drawn from the last wave's emulators with all errors that the
    implausibility counts, the chance of runs by drawing whole runs anew, so that it need not be normal and figures that go
    together stay together. Intervals and "at least" figures are compared by the distance to them.

    Parameters
    ----------
    calibration : calibration.Calibration
    count : int

    Returns
    -------
    PosteriorDraws

    Raises
    ------
    Problem
        Where nothing is left or no emulator is usable.
    """
    settings, data, fitted = calibration.settings, calibration.data, calibration.fitted[-1]
    targets = [index for index, one in enumerate(fitted) if one.used]
    if len(calibration.left.points) == 0:
        raise Problem("--posterior: no point of the parameters' space is left, so that there is nothing to draw from")
    if not targets:
        raise Problem("--posterior: no emulator of the last wave can be used, so that there is nothing to draw by")
    generator = numpy.random.default_rng(settings.seed)
    region = history_matching.sample(calibration.screens.measure, len(data.priors), settings.cutoff, _PROPOSALS,
                                     settings.seed + 1)
    points = priors.snap(data.priors, region.points)
    figures = [calibration.figures[index] for index in targets]
    means, variances, replicate_variances = _predict(fitted, targets, points)
    residuals = _residuals(fitted, data, calibration.figures, targets)
    errors = numpy.array([figure.variance for figure in figures])
    simulated = numpy.concatenate([_distances(_noisy(means, variances, replicate_variances, residuals, errors, generator),
                                              figures) for _ in range(_EACH)])
    found = posterior.approximate(numpy.tile(points, (_EACH, 1)), simulated, numpy.zeros(len(targets)), count,
                                  seed=settings.seed)
    values = priors.from_unit(data.priors, found.points)
    inside = calibration.screens.measure(found.points, settings.cutoff) <= settings.cutoff
    of_draws = _predict(fitted, targets, priors.snap(data.priors, found.points))
    foretold = _noisy(*of_draws, residuals, 0.0, generator)
    return PosteriorDraws(found.points, values, found.kept, found.effective, found.tolerance, float(inside.mean()), targets,
                          foretold)


def _predict(fitted, targets, points):
    parts = [fitted[index].emulator.predict(points) for index in targets]
    return tuple(numpy.stack(each, -1) for each in zip(*parts))


def _distances(values, figures):
    return numpy.stack([distance(values[:, index], figure.low, figure.high) for index, figure in enumerate(figures)], -1)
