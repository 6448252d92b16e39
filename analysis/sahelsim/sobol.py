"""Sobol's indices: which share of an outcome's variance each parameter carries. Arrays only."""

from collections import namedtuple
from itertools import combinations

import numpy

from .chance import FEWEST_FOR_REPLICATES, product, widened
from .statistics import LEVEL

Indices = namedtuple("Indices", "variance first total second uncorrected_total first_interval total_interval second_interval")


def _plain_product(one, other):
    return one.mean(-1) * other.mean(-1)


def _terms(a, ab, b, ba, multiply):
    """What each sample adds to the estimators, [sample, term]: variance, first orders, total effects, pairs."""
    samples = len(a)
    columns = [(multiply(a, a) + multiply(b, b))[:, None] * samples / (2 * samples - 1)]
    first, total = multiply(b[:, None], ab - a[:, None]), multiply(a[:, None] - ab, a[:, None] - ab) / 2
    if ba is None:
        return numpy.concatenate([*columns, first, total], axis=1)
    first = (first + multiply(a[:, None], ba - b[:, None])) / 2
    total = (total + multiply(b[:, None] - ba, b[:, None] - ba) / 2) / 2
    apart = multiply(a, b)
    pairs = [multiply(ba[:, i], ab[:, j]) - apart for i, j in combinations(range(ab.shape[1]), 2)]
    return numpy.concatenate([*columns, first, total, numpy.reshape(pairs, (-1, samples)).T], axis=1)


def _indices(sums, factors):
    """Indices, [..., term], of sums of terms: first orders, total effects, and what pairs add to these."""
    with numpy.errstate(divide="ignore", invalid="ignore"):
        shares = sums[..., 1:] / sums[..., :1]
    first, pairs = shares[..., :factors], shares[..., 2 * factors:]
    if pairs.shape[-1]:
        one, other = numpy.array(list(combinations(range(factors), 2))).T
        shares[..., 2 * factors:] = pairs - first[..., one] - first[..., other]
    return shares


def sobol_indices(a, ab, b, ba=None, resamples=1000, level=LEVEL, seed=1):
    """First-order and total indices, of pairs too, of the mean over courses of chance.

    Of base samples j, with E over them and V the variance of the outcome over A and B:

    - first order ``S(i) = E[f(B) (f(AB_i) - f(A))] / V``: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010),
      "Variance based sensitivity analysis of model output", Computer Physics Communications 181:259-270, table 2 (b)
    - total ``T(i) = E[(f(A) - f(AB_i))^2] / (2 V)``: Jansen (1999), "Analysis of variance designs for model output", Computer
      Physics Communications 117:35-43; table 2 (f) of the former
    - pairs ``S(ij) = E[f(BA_i) f(AB_j) - f(A) f(B)] / V - S(i) - S(j)``: Saltelli (2002), "Making best use of model evaluations
      to compute sensitivity indices", Computer Physics Communications 145:280-297. Where there is BA, first and total indices
      are the mean of the two estimates that AB and BA give.

    f is the mean over all courses of chance, of which replicates are a sample: every product is taken between different
    replicates (`chance.product`), so that noise adds to no index, whether replicates share random numbers between points or
    not. Means over the samples are taken out of each replicate first. With one replicate, noise counts as the parameters'.

    Intervals are percentiles of the bootstrap over base samples (Archer, Saltelli & Sobol 1997, Journal of Statistical
    Computation and Simulation 58:99-120), widened by what the jackknife over replicates says, from three replicates on. Samples
    of a Sobol sequence are more even than independent ones, so that these intervals are rather too wide.

    Parameters
    ----------
    a, b : array_like
        [sample, replicate]
    ab, ba : array_like
        [sample, factor, replicate] A with the factor from B; B with the factor from A.
    resamples, seed : int, optional
    level : float, optional

    Returns
    -------
    Indices
        variance, that of parameters; first, total, uncorrected_total [factor], the last as if the noise of means were the
        parameters'; second [pair] in the order of `itertools.combinations`; intervals [..., 2]. Indices are NaN where the
        variance of parameters is not above 0 in all but (1 - level)/2 of resamples: then chance may be all there is.
    """
    a, ab, b = (numpy.asarray(each, dtype=float) for each in (a, ab, b))
    middle = (a.mean(0) + b.mean(0)) / 2
    a, ab, b = a - middle, ab - middle, b - middle
    ba = None if ba is None else numpy.asarray(ba, dtype=float) - middle
    samples, factors, replicates = ab.shape
    terms = _terms(a, ab, b, ba, product)
    found = _indices(terms.mean(0), factors)
    uncorrected = _indices(_terms(a, ab, b, ba, _plain_product).mean(0), factors)[factors: 2 * factors]
    weights = numpy.random.default_rng(seed).multinomial(samples, numpy.full(samples, 1 / samples), resamples)
    drawn = weights @ terms / samples
    tail = 0.5 - level / 2
    variance = float(terms[:, 0].mean())
    if variance <= 0 or numpy.quantile(drawn[:, 0], tail) <= 0:
        unknown = numpy.full(found.shape, numpy.nan)
        return Indices(variance, *_parts(unknown, factors), *[numpy.full(factors, numpy.nan)],
                       *_parts(numpy.stack([unknown, unknown], -1), factors))
    drawn = _indices(drawn, factors)
    ends = numpy.quantile(drawn, [tail, 1 - tail], axis=0).T
    if replicates >= FEWEST_FOR_REPLICATES:
        kept = [numpy.arange(replicates) != one for one in range(replicates)]
        without = [_indices(_terms(a[:, keep], ab[..., keep], b[:, keep], None if ba is None else ba[..., keep],
                                   product).mean(0), factors) for keep in kept]
        ends = widened(found, ends, drawn.var(0), without, level)
    return Indices(variance, *_parts(found, factors), uncorrected, *_parts(ends, factors))


def _parts(values, factors):
    """First orders, total effects and pairs."""
    return values[:factors], values[factors: 2 * factors], values[2 * factors:]
