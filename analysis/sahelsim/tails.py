"""Tails of the sizes of events: the discrete power law, how well it fits, and what it is compared with.

Clauset, Shalizi & Newman (2009), "Power-law distributions in empirical data", SIAM Review 51:661-703. Arrays only.
"""

from collections import namedtuple
from dataclasses import dataclass

import numpy
from scipy import optimize, special, stats

LEAST = 100  # observations that a tail must have
_EXPONENTS = (1.01, 20.0)
_TABLE = 4096
Ratio = namedtuple("Ratio", "statistic p")


@dataclass(frozen=True)
class Tail:
    """A discrete power law P(x) = x**-exponent / zeta(exponent, start) for x >= start."""

    exponent: float
    start: int
    size: int  # observations from start on
    distance: float  # Kolmogorov and Smirnov's, between the observations from start on and the law


def tail_exponents(mean_logs, starts):
    """Exponents with the highest likelihood: maxima of -ln zeta(a, start) - a mean(ln x), eq. 3.5.

    Parameters
    ----------
    mean_logs : array_like
        [tail] Means of ln x from each start on.
    starts : array_like
        [tail]

    Returns
    -------
    numpy.ndarray
        [tail] Between 1.01 and 20, to 1e-6: golden sections of the concave likelihoods, all tails at once.
    """
    mean_logs, starts = numpy.asarray(mean_logs, dtype=float), numpy.asarray(starts, dtype=float)

    def loss(a):
        return numpy.log(special.zeta(a, starts)) + a * mean_logs

    golden = (numpy.sqrt(5) - 1) / 2
    low, high = (numpy.full(mean_logs.shape, end) for end in _EXPONENTS)
    for _ in range(36):
        left, right = high - golden * (high - low), low + golden * (high - low)
        lower = loss(left) < loss(right)
        low, high = numpy.where(lower, low, left), numpy.where(lower, right, high)
    return (low + high) / 2


def fit_tail(values, least=LEAST):
    """The power law that fits best: of all starts that leave `least` values, that with the smallest distance.

    Sections 3.1 and 3.3.

    Parameters
    ----------
    values : array_like
        Whole numbers; those below 1 do not count.
    least : int, optional

    Returns
    -------
    Tail or None
        None where fewer values, or only one size, are left.
    """
    values = numpy.asarray(values)
    levels, counts = numpy.unique(values[values > 0], return_counts=True)
    sizes = counts[::-1].cumsum()[::-1]
    # A tail of one size is none.
    able = max(0, min(int((sizes >= least).sum()), len(levels) - 1))
    if able == 0:
        return None
    logs = (counts * numpy.log(levels))[::-1].cumsum()[::-1]
    exponents = tail_exponents(logs[:able] / sizes[:able], levels[:able])
    observed = 1 - numpy.append(sizes[1:], 0) / sizes[:able, None]
    # A float, since whole numbers of 64 bits overflow in the function's power.
    beyond = special.zeta(exponents[:, None], levels + 1.0) / special.zeta(exponents, levels[:able] * 1.0)[:, None]
    # Over all whole numbers: between two sizes that were observed the law rises and the observed shares don't, so that the
    # largest distance is at a size or just before the next one.
    before = special.zeta(exponents[:, None], levels * 1.0) / special.zeta(exponents, levels[:able] * 1.0)[:, None]
    lower = numpy.append(numpy.zeros((able, 1)), observed[:, :-1], axis=1)
    apart = numpy.maximum(numpy.abs(observed - (1 - beyond)), numpy.abs(lower - (1 - before)))
    distances = numpy.where(levels >= levels[:able, None], apart, 0).max(1)
    best = int(distances.argmin())
    return Tail(float(exponents[best]), int(levels[best]), int(sizes[best]), float(distances[best]))


def draw(exponent, start, size, generator):
    """Whole numbers from a discrete power law, by inversion: the largest x with P(X >= x) >= u.

    Parameters
    ----------
    exponent : float
    start, size : int
    generator : numpy.random.Generator

    Returns
    -------
    numpy.ndarray
        [size] Floats, since the law has no largest value.
    """
    whole = special.zeta(exponent, start)
    table = special.zeta(exponent, start + numpy.arange(_TABLE, dtype=float)) / whole
    u = 1 - generator.random(size)
    found = start + numpy.searchsorted(-table, -u, side="right") - 1.0
    # Beyond the table zeta(a, x) is (x - 1/2)**(1 - a) / (a - 1) to eight digits.
    far = u < table[-1]
    found[far] = numpy.floor((u[far] * whole * (exponent - 1)) ** (-1 / (exponent - 1)) + 0.5)
    return numpy.minimum(found, 1e15)


def tail_p(values, fit, least=LEAST, resamples=199, seed=1):
    """P-value of the power law: how often data drawn from it fit it worse than the observed ones do. Section 4.1.

    Drawn data have the observed values below the fitted start, drawn with replacement, and the law above it, in the observed
    proportion by chance; to each the law is fitted anew, with its start. (1 + those with a distance as large) / (1 +
    resamples). Below 0.1 the law is a doubtful description; a large value doesn't prove it.

    Parameters
    ----------
    values : array_like
    fit : Tail
        Of these values.
    least, resamples, seed : int, optional

    Returns
    -------
    float
    """
    values = numpy.asarray(values)
    values = values[values > 0]
    body, generator = values[values < fit.start], numpy.random.default_rng(seed)
    as_far = 0
    for _ in range(resamples):
        above = generator.binomial(len(values), fit.size / len(values)) if len(body) else len(values)
        drawn = [draw(fit.exponent, fit.start, above, generator)]
        if above < len(values):
            drawn.append(generator.choice(body, len(values) - above))
        again = fit_tail(numpy.concatenate(drawn), least)
        as_far += again is not None and again.distance >= fit.distance
    return (1 + as_far) / (1 + resamples)


def likelihood_ratio(values, start, other):
    """The power law against another law from start on: Vuong's normalised log likelihood ratio, section 5, appendix C.

    Parameters
    ----------
    values : array_like
        Whole numbers.
    start : int
    other : str
        "exponential", P(x) = (1 - q) q**(x - start), or "lognormal", a lognormal rounded to whole numbers, from start on.

    Returns
    -------
    Ratio
        statistic, in standard deviations: above 0 the power law is the likelier, below 0 the other; p, two-sided, of no
        difference between them: where it is large, these data can't tell.
    """
    tail = numpy.asarray(values, dtype=float)
    tail = tail[tail >= start]
    exponent = tail_exponents([numpy.log(tail).mean()], [start])[0]
    power_law = -exponent * numpy.log(tail) - numpy.log(special.zeta(exponent, start))
    ratios = power_law - {"exponential": _exponential, "lognormal": _lognormal}[other](tail, start)
    spread = ratios.std() * numpy.sqrt(len(tail))
    statistic = float(ratios.sum() / spread) if spread > 0 else 0.0
    return Ratio(statistic, float(special.erfc(abs(statistic) / numpy.sqrt(2))))


def _exponential(tail, start):
    """Log likelihood of each value; the best q follows from the mean."""
    excess = tail.mean() - start
    return special.xlogy(tail - start, excess / (1 + excess)) - numpy.log(1 + excess)


def _lognormal(tail, start):
    """Log likelihood of each value at the best mean and deviation of the logarithm."""
    levels, where = numpy.unique(tail, return_inverse=True)
    counts = numpy.bincount(where)
    # In logarithms the ends of what is rounded to each value, and of all that is rounded to start or more.
    low, high, first = numpy.log(levels - 0.5), numpy.log(levels + 0.5), numpy.log(start - 0.5)

    def each(place):
        mean, spread = place[0], numpy.exp(place[1])
        upper, lower = stats.norm.logsf(low, mean, spread), stats.norm.logsf(high, mean, spread)
        with numpy.errstate(divide="ignore"):
            mass = upper + numpy.log(-numpy.expm1(lower - upper))
        return mass - stats.norm.logsf(first, mean, spread)

    def loss(place):
        total = counts @ each(place)
        return -total if numpy.isfinite(total) else 1e300

    logs = numpy.log(tail)
    places = [(logs.mean(), numpy.log(logs.std() + 1e-3)), (0.0, numpy.log(1.5)), (-5.0, numpy.log(3.0))]
    found = [optimize.minimize(loss, place, method="Nelder-Mead", bounds=[(-60, 30), (-5, 3)],
                               options={"xatol": 1e-5, "fatol": 1e-7, "maxiter": 2000}) for place in places]
    return each(min(found, key=lambda one: one.fun).x)[where]
