"""History matching: which points can't give the observed figures, and points spread over those that are left.

Implausibility itself, with the literature: `implausibility.py`.
"""

from dataclasses import dataclass

import numpy
from scipy.stats import qmc
from sklearn.cluster import KMeans

_FIRST = 2**13  # points of a Sobol sequence that are looked at first, and that levels have
_MOST = 2**16  # at most, before steps take over
_FEW = 64  # points of the Sobol sequence that must be left for them alone to say how much is left: 0.1 %
_LEVEL = 0.1  # share of points that a level keeps
_LEAST_SHARE = 1e-12
_MOVES, _STEPS = 6, 60  # accepted moves of each point, and steps at most


@dataclass(frozen=True)
class Region:
    """What is left of the unit cube.

    Attributes
    ----------
    points : numpy.ndarray
        [point, factor] Spread evenly at random over what is left.
    measures : numpy.ndarray
        [point] Their implausibility.
    share : float
        Of the cube.
    share_error : float
        Standard error of its natural logarithm; NaN where it comes of levels, whose points hang together.
    levels : int
        How many intermediate cutoffs it took; 0: the share was told by points spread over the whole cube.
    least : float
        Smallest implausibility that was seen.
    """

    points: numpy.ndarray
    measures: numpy.ndarray
    share: float
    share_error: float
    levels: int
    least: float


def _walk(points, values, archive, measure, limit, generator):
    """Move points about within what has a measure up to `limit`, which keeps an even spread over it even.

    Differential evolution Markov chains: ``x + g (a - b) + e`` for a, b of a fixed archive, whose differences have the
    region's own scale and direction; every tenth step with g = 1, which leads from one part of it to another. Ter Braak
    (2006), Statistics and Computing 16:239-249.
    """
    points, values = points.copy(), values.copy()
    usual = 2.38 / numpy.sqrt(2 * points.shape[1])
    moves = 0.0
    for step in range(_STEPS):
        one, other = (archive[generator.integers(0, len(archive), len(points))] for _ in range(2))
        factor = 1.0 if step % 10 == 9 else usual * generator.uniform(0.3, 1.0)
        proposed = points + factor * (one - other) + generator.normal(0, 1e-5, points.shape)
        inside = ((proposed >= 0) & (proposed <= 1)).all(1)
        found = numpy.full(len(points), numpy.inf)
        if inside.any():
            found[inside] = measure(proposed[inside], limit)
        moved = found <= limit
        points[moved], values[moved] = proposed[moved], found[moved]
        moves += moved.mean()
        if moves >= _MOVES:
            break
    return points, values


def sample(measure, factors, cutoff, size, seed=1):
    """Points spread evenly over what is not ruled out, and how much that is.

    First by rejection: the points of a scrambled Sobol sequence over the unit cube that are left, up to 65536. Where fewer
    than 64 of them are, by cutoffs that come down level by level, each to what a tenth of the points meets, with Markov
    chains between (Drovandi, Nott & Pagendam 2021, SIAM/ASA Journal on Uncertainty Quantification 9:1034-1063; Au & Beck
    2001, Probabilistic Engineering Mechanics 16:263-277). The share is then the product of the levels' shares. Where points
    are too few for `size`, chains that start from them give more.

    Parameters
    ----------
    measure : callable
        Takes points [point, factor] and a limit, gives [point]: the implausibility exactly where it is no larger than the
        limit, and anything above the limit elsewhere.
    factors : int
    cutoff : float
    size : int
        How many points are wanted.
    seed : int, optional

    Returns
    -------
    Region
        Without points where nothing is left.
    """
    generator = numpy.random.default_rng(seed)
    sequence = qmc.Sobol(factors, seed=generator)
    kept, seen = [], 0
    while seen < _MOST and (seen == 0 or sum(map(len, kept)) < max(size, _FEW)):
        batch = sequence.random(_FIRST if seen == 0 else seen)
        kept.append(batch[measure(batch, cutoff) <= cutoff])
        seen += len(batch)
    points = numpy.concatenate(kept)
    if len(points) < _FEW:
        return _by_levels(measure, factors, cutoff, size, generator)
    share = len(points) / seen
    error = float(numpy.sqrt((1 - share) / (share * seen)))
    return _fill(points, measure, cutoff, size, generator, share, error, 0)


def _by_levels(measure, factors, cutoff, size, generator):
    points = qmc.Sobol(factors, seed=generator).random(_FIRST)
    values = measure(points, numpy.inf)
    share, levels, least = 1.0, 0, float(values.min())
    while True:
        limit = max(cutoff, float(numpy.quantile(values, _LEVEL)))
        inside = values <= limit
        share *= inside.mean()
        if limit <= cutoff:
            return _fill(points[inside], measure, cutoff, size, generator, share, numpy.nan, levels)
        if share < _LEAST_SHARE or not inside.any():
            break
        levels += 1
        archive = points[inside]
        chosen = generator.choice(numpy.flatnonzero(inside), _FIRST)
        points, values = _walk(points[chosen], values[chosen], archive, measure, limit, generator)
        best = float(values.min())
        # Levels that hardly come down have arrived where the measure is least.
        if best > cutoff and numpy.quantile(values, _LEVEL) > limit - 1e-3 * cutoff:
            least = min(least, best)
            break
        least = min(least, best)
    return Region(numpy.empty((0, factors)), numpy.empty(0), 0.0, numpy.nan, levels, least)


def _fill(points, measure, cutoff, size, generator, share, error, levels):
    """Bring points that are left to the wanted number."""
    if len(points) > size:
        points = points[numpy.sort(generator.choice(len(points), size, replace=False))]
    values = measure(points, cutoff)
    if len(points) < size:
        chosen = generator.integers(0, len(points), size - len(points))
        more, of_more = _walk(points[chosen], values[chosen], points, measure, cutoff, generator)
        points, values = numpy.concatenate([points, more]), numpy.concatenate([values, of_more])
    return Region(points, values, float(share), error, levels, float(values.min()))


def spread_out(points, count, seed=1):
    """Choose points that fill the region which all of them lie in.

    The points nearest to the centres of as many clusters (k-means): Lekivetz & Jones (2015), "Fast flexible space-filling
    designs for nonrectangular regions", Quality and Reliability Engineering International 31:829-837.

    Parameters
    ----------
    points : array_like
        [point, factor]
    count : int
        No more than there are different points are chosen.
    seed : int, optional

    Returns
    -------
    numpy.ndarray of int
        Indices, upwards.
    """
    points = numpy.asarray(points, dtype=float)
    _, first = numpy.unique(points, axis=0, return_index=True)
    if len(first) <= count:
        return numpy.sort(first)
    different = points[first]
    centres = KMeans(count, n_init=1, random_state=seed).fit(different).cluster_centers_
    free, chosen = numpy.ones(len(first), dtype=bool), []
    for centre in centres:
        away = numpy.where(free, ((different - centre) ** 2).sum(1), numpy.inf)
        chosen.append(int(away.argmin()))
        free[chosen[-1]] = False
    return numpy.sort(first[chosen])
