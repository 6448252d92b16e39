"""Distributions of what varies in a sweep, as its file describes them: from values to the unit cube and back."""

import re
from dataclasses import dataclass, field

import numpy
from scipy import stats

from .problems import Problem

_NUMBER = r"([-+]?(?:inf|\d+\.?\d*(?:e[-+]?\d+)?))"
_ENDS = rf"{_NUMBER} \.\.\. {_NUMBER}"
_FORMS = (
    (rf"uniform {_ENDS}", lambda low, high: stats.uniform(low, high - low)),
    (rf"log_uniform {_ENDS}", stats.loguniform),
    (rf"triangular {_ENDS} with mode {_NUMBER}",
     lambda low, high, mode: stats.triang((mode - low) / (high - low), low, high - low)),
    (rf"beta {_ENDS} with alpha {_NUMBER} and beta {_NUMBER}",
     lambda low, high, alpha, beta: stats.beta(alpha, beta, low, high - low)),
    (rf"normal with mean {_NUMBER} and deviation {_NUMBER}", stats.norm),
    (rf"normal with mean {_NUMBER} and deviation {_NUMBER}, within {_ENDS}",
     lambda mean, deviation, low, high: _cut_normal(mean, deviation, low, high)),
    (rf"normal with mean {_NUMBER} and deviation {_NUMBER}, above {_NUMBER}",
     lambda mean, deviation, low: _cut_normal(mean, deviation, low, numpy.inf)),
    (rf"normal with mean {_NUMBER} and deviation {_NUMBER}, below {_NUMBER}",
     lambda mean, deviation, high: _cut_normal(mean, deviation, -numpy.inf, high)),
)


def _cut_normal(mean, deviation, low, high):
    return stats.truncnorm((low - mean) / deviation, (high - mean) / deviation, mean, deviation)


@dataclass(frozen=True)
class Levels:
    """Single values with their shares of 0 ... 1, in the order of the sweep file, with the methods of scipy's distributions.

    A level's place in 0 ... 1 is the middle of its share.
    """

    values: numpy.ndarray
    shares: numpy.ndarray

    def ppf(self, u):
        """The level that probability `u` falls into."""
        reached = numpy.cumsum(self.shares)[:-1]
        return self.values[numpy.searchsorted(reached, u, side="right")]

    def cdf(self, values):
        """The middle of the share of the nearest level."""
        nearest = numpy.abs(numpy.asarray(values)[..., None] - self.values).argmin(-1)
        return (numpy.cumsum(self.shares) - self.shares / 2)[nearest]


@dataclass(frozen=True)
class Prior:
    """What is thought of a parameter before figures are looked at.

    Attributes
    ----------
    name, unit : str
    description : str
        As `/design/distribution` has it: ``"triangular 30 ... 200 with mode 90"``.
    low, high : float
        Least and largest value, in the parameter's unit.
    whole : bool
        Whether drawn values are rounded to whole numbers.
    """

    name: str
    unit: str
    description: str
    low: float
    high: float
    whole: bool
    distribution: object = field(repr=False, compare=False)

    def to_unit(self, values):
        """Probability of a value no larger, 0 ... 1; of levels the middle of their share."""
        return numpy.clip(self.distribution.cdf(values), 0, 1)

    def from_unit(self, u):
        """The value up to which probability `u` is reached, rounded where values are whole."""
        # A normal without ends is infinite at 0 and 1.
        edge = 0.0 if numpy.isfinite([self.low, self.high]).all() else 1e-9
        values = self.distribution.ppf(numpy.clip(u, edge, 1 - edge))
        values = numpy.clip(values, self.low, self.high)
        return numpy.round(values) if self.whole else values


def parse(text):
    """The distribution that a description names.

    Parameters
    ----------
    text : str
        As the program writes it into `/design/distribution`.

    Returns
    -------
    scipy.stats frozen distribution, or Levels
        None for "listed", of which nothing is known but the points.

    Raises
    ------
    Problem
        For what is no description.
    """
    if text == "listed":
        return None
    for form, make in _FORMS:
        found = re.fullmatch(form, text)
        if found:
            return make(*map(float, found.groups()))
    levels = re.fullmatch(r"(?:always|one of) (.+)", text)
    parts = [re.fullmatch(rf"{_NUMBER}(?: \(weight {_NUMBER}\))?", part) for part in levels[1].split(", ")] if levels else []
    if not parts or not all(parts):
        raise Problem(f"found the distribution '{text}', expected one of docs/sweeps.md")
    values, weights = (numpy.array([float(part[group] or 1) for part in parts]) for group in (1, 2))
    return Levels(values, weights / weights.sum())


def make(name, unit, description, values, drawn=True):
    """The prior of a factor.

    Parameters
    ----------
    name, unit, description : str
    values : array_like
        [point] Values that the design has.
    drawn : bool, optional
        Whether they were drawn at random, so that they are all whole only where the program rounds them. Grids have whole
        values without that.

    Returns
    -------
    Prior or None
        None where the description is "listed".
    """
    distribution = parse(description)
    if distribution is None:
        return None
    values = numpy.asarray(values, dtype=float)
    if isinstance(distribution, Levels):
        return Prior(name, unit, description, float(distribution.values.min()), float(distribution.values.max()), False,
                     distribution)
    low, high = distribution.support()
    # A continuous distribution never draws a whole number by itself.
    whole = drawn and len(values) > 0 and bool((values == numpy.round(values)).all())
    return Prior(name, unit, description, float(low), float(high), whole, distribution)


def to_unit(priors, values):
    """Points in the parameters' units as points of the unit cube, [point, factor] both."""
    return numpy.stack([prior.to_unit(values[:, index]) for index, prior in enumerate(priors)], -1)


def from_unit(priors, points):
    """Points of the unit cube in the parameters' units, [point, factor] both."""
    return numpy.stack([prior.from_unit(points[:, index]) for index, prior in enumerate(priors)], -1)


def snap(priors, points):
    """Points of the unit cube, moved to where their values lie that are whole numbers or levels."""
    points = numpy.array(points)
    for index, prior in enumerate(priors):
        if prior.whole or isinstance(prior.distribution, Levels):
            points[:, index] = prior.to_unit(prior.from_unit(points[:, index]))
    return points
