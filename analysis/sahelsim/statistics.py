"""Statistics of paired runs. They take arrays and know nothing of result files.

Differences are arm less reference, one a pair of runs that share their random numbers.
"""

import warnings
from collections import namedtuple

import numpy
from scipy import stats

LEVEL = 0.9  # of intervals
TwoWay = namedtuple("TwoWay", "mean error freedom between within")


def _constant(rows):
    return (rows == rows[..., :1]).all(-1)


def bca_interval(rows, level=LEVEL, resamples=9999, seed=1):
    """Intervals of means by the bootstrap, bias-corrected and accelerated.

    Ends are the quantiles ``Phi(z0 + (z0 + z) / (1 - a (z0 + z)))`` of the means of resampled rows, for z the quantiles of
    the normal distribution at (1 - level)/2 and (1 + level)/2; z0 says which share of the resampled means lies below the
    mean, a is the skewness of the jackknifed means divided by 6. Efron (1987), "Better bootstrap confidence intervals",
    Journal of the American Statistical Association 82:171-185; `scipy.stats.bootstrap`.

    Parameters
    ----------
    rows : array_like
        [row, pair] A row for each quantity; all are resampled with the same draws.
    level : float, optional
    resamples : int, optional
    seed : int, optional

    Returns
    -------
    numpy.ndarray
        [row, 2] Lower and upper end; both the value itself in rows of equal values. Student's t where the bootstrap has no
        answer, as in rows that differ by rounding only.
    """
    rows = numpy.atleast_2d(numpy.asarray(rows, dtype=float))
    ends = numpy.repeat(rows[:, :1], 2, axis=1)
    uneven = ~_constant(rows)
    if uneven.any():
        batch = max(1, int(4e6 / max(1, uneven.sum() * rows.shape[1])))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it has no answer, which the answer shows
            found = stats.bootstrap((rows[uneven],), numpy.mean, axis=-1, vectorized=True, confidence_level=level,
                                    n_resamples=resamples, batch=batch, method="BCa",
                                    random_state=numpy.random.default_rng(seed)).confidence_interval
        ends[uneven] = numpy.stack([found.low, found.high], axis=-1)
        unknown = numpy.isnan(ends).any(1)
        ends[unknown] = t_interval(rows[unknown].T, level).T
    return ends


def t_interval(rows, level=LEVEL):
    """Intervals of means by Student's t: ``mean -+ t(n - 1) s / sqrt(n)``.

    For bands over time, where the bootstrap would take long.

    Parameters
    ----------
    rows : array_like
        [pair, ...]

    Returns
    -------
    numpy.ndarray
        [2, ...]
    """
    rows = numpy.asarray(rows, dtype=float)
    n = len(rows)
    half = stats.t.ppf(0.5 + level / 2, n - 1) * rows.std(0, ddof=1) / numpy.sqrt(n)
    return numpy.stack([rows.mean(0) - half, rows.mean(0) + half])


def sign_flip_p(rows, flips=19999, seed=1):
    """Two-sided p-values of no difference, by flipping the signs of differences at random.

    If the arm changed nothing, each difference would be as likely as its negative. The p-value is the share of sign patterns
    whose mean is as far from 0 as the observed one: of all 2^n patterns up to n = 14, else (1 + those as far) / (1 + flips)
    of random ones. Fisher (1935), "The design of experiments", section 21; Phipson & Smyth (2010), "Permutation p-values
    should never be zero", Statistical Applications in Genetics and Molecular Biology 9:39.

    Parameters
    ----------
    rows : array_like
        [row, pair]

    Returns
    -------
    numpy.ndarray
        [row]
    """
    rows = numpy.atleast_2d(numpy.asarray(rows, dtype=float))
    n = rows.shape[1]
    observed = numpy.abs(rows.sum(1))
    # Sums of the same numbers in another order differ in the last bits.
    bar = observed - 1e-9 * (numpy.abs(rows).sum(1) + 1e-300)
    if n <= 14:
        signs = 1.0 - 2.0 * ((numpy.arange(2**n)[:, None] >> numpy.arange(n)) & 1)
        return (numpy.abs(signs @ rows.T) >= bar).mean(0)
    generator, hits = numpy.random.default_rng(seed), numpy.zeros(len(rows))
    block = max(1, int(2e6 / n))
    for first in range(0, flips, block):
        signs = 1.0 - 2.0 * generator.integers(0, 2, (min(block, flips - first), n), dtype=numpy.int8)
        hits += (numpy.abs(signs @ rows.T) >= bar).sum(0)
    return (1 + hits) / (1 + flips)


def smallest_p(n, flips=19999):
    """The smallest p-value that `sign_flip_p` can give with n pairs."""
    return 2.0 ** (1 - n) if n <= 14 else 1 / (1 + flips)


def holm(p):
    """P-values corrected for their number, so that one false alarm among all of them is as unlikely as with one.

    ``max over j <= i of min(1, (m - j + 1) p(j))`` for p sorted upwards. Holm (1979), "A simple sequentially rejective
    multiple test procedure", Scandinavian Journal of Statistics 6:65-70.

    Parameters
    ----------
    p : array_like
        [test] NaN where there is no test.

    Returns
    -------
    numpy.ndarray
        [test]
    """
    from statsmodels.stats.multitest import multipletests

    corrected = numpy.array(p, dtype=float)
    known = ~numpy.isnan(corrected)
    if known.any():
        corrected[known] = multipletests(corrected[known], method="holm")[1]
    return corrected


def equivalence_p(mean, error, freedom, margin):
    """P-value of "the mean difference is as large as the margin", by two one-sided t tests (TOST).

    The larger of ``P(T >= (margin - mean) / error)``'s and ``P(T >= (margin + mean) / error)``'s; below 0.05 exactly if the
    90 % interval by Student's t lies within -+ margin. Schuirmann (1987), "A comparison of the two one-sided tests procedure
    and the power approach", Journal of Pharmacokinetics and Biopharmaceutics 15:657-680.

    Parameters
    ----------
    mean, error : float
        Mean difference and its standard error.
    freedom : float
        Degrees of freedom.
    margin : float
        In the unit of the difference, above 0.

    Returns
    -------
    float
    """
    if error == 0:
        return 0.0 if abs(mean) < margin else 1.0
    return float(stats.t.sf((margin - abs(mean)) / error, freedom))


def paired_probability(differences, sign):
    """Share of pairs in which the arm has the better value; ties count half.

    ``P(sign d > 0) + P(d = 0) / 2``: the probability of superiority of paired data. Grissom & Kim (2012), "Effect sizes for
    research", chapter 5.

    Parameters
    ----------
    differences : array_like
    sign : int
        1 if more is better, -1 if less is.

    Returns
    -------
    float
    """
    differences = numpy.asarray(differences)
    return float((sign * differences > 0).mean() + 0.5 * (differences == 0).mean())


def worst_tenth(values, sign, share=0.1):
    """Mean of the worst tenth of the runs (expected shortfall).

    The mean of the worst ``share n`` values, of which the last counts in part where that is no whole number; the worst value
    itself for n up to 10. Acerbi & Tasche (2002), "On the coherence of expected shortfall", Journal of Banking & Finance
    26:1487-1503, section 4.

    Parameters
    ----------
    values : array_like
    sign : int
        1 if low values are the worst, -1 if high ones are.

    Returns
    -------
    float
    """
    worst_first = numpy.sort(sign * numpy.asarray(values, dtype=float))
    count = max(1.0, share * len(worst_first))
    weights = numpy.clip(count - numpy.arange(len(worst_first)), 0, 1)
    return float(sign * (weights @ worst_first) / count)


def correlation(one, other):
    """Pearson's correlation of two arms over their pairs, within points; NaN where an arm never varies.

    How much of what chance does, it does to both arms alike: the variance of the difference is
    ``var(one) + var(other) - 2 r sd(one) sd(other)``, so that pairs are worth having where r is above 0.

    Parameters
    ----------
    one, other : array_like
        [point, replicate] NaN where a pair is missing. Means of points are taken out where points have several pairs.

    Returns
    -------
    float
    """
    one, other = numpy.array(one, dtype=float), numpy.array(other, dtype=float)
    known = ~numpy.isnan(one + other)
    weight = known / numpy.maximum(known.sum(1, keepdims=True), 1)
    if (known.sum(1) > 1).any():
        known &= known.sum(1, keepdims=True) > 1
        one, other = (each - (numpy.where(weight > 0, each, 0) * weight).sum(1, keepdims=True) for each in (one, other))
    one, other = one[known], other[known]
    if len(one) < 2:
        return numpy.nan
    one, other = one - one.mean(), other - other.mean()
    scale = numpy.sqrt((one @ one) * (other @ other))
    return float(numpy.clip(one @ other / scale, -1, 1)) if scale > 0 else numpy.nan


def _additive_residuals(cells, known, sweeps=200):
    """What is left of a table when effects of rows and columns are taken out (least squares, by turns)."""
    left = numpy.where(known, cells, 0.0)
    scale = numpy.abs(left).max()
    for _ in range(sweeps):
        before = left
        for axis in (1, 0):
            count = numpy.maximum(known.sum(axis, keepdims=True), 1)
            left = numpy.where(known, left - left.sum(axis, keepdims=True) / count, 0.0)
        if numpy.abs(left - before).max() <= 1e-10 * scale:
            break
    return left


def two_way(cells):
    """Mean difference over points and replicates, with an error that counts the chance of both.

    Replicate k has the same random numbers at every point, so that cells of a table of points and replicates are alike both
    along rows and along columns. The variance of the mean is ``V = Vp + Vr - Vpr``: that of point means, that of replicate
    means, less that of cells, which both contain (and no less than Vp and Vr). In a full table these are the mean squares of
    points, replicates and residuals over the number of cells. Searle, Casella & McCulloch (1992), "Variance components",
    chapter 4; for tables with gaps Cameron, Gelbach & Miller (2011), "Robust inference with multiway clustering", Journal of
    Business & Economic Statistics 29:238-249. Degrees of freedom: Satterthwaite (1946), Biometrics Bulletin 2:110-114.

    Parameters
    ----------
    cells : array_like
        [point, replicate] Differences; NaN where a pair is missing. Points and replicates without a pair are left out.
        Points count alike, however many pairs they have.

    Returns
    -------
    TwoWay
        mean; error, its standard error; freedom; between, the standard deviation between points of the difference itself,
        with the chance of replicates taken out; within, the standard deviation of pairs within a point. NaN for what can't
        be told: all but the mean with one point or one replicate.
    """
    cells = numpy.asarray(cells, dtype=float)
    known = ~numpy.isnan(cells)
    cells, known = (each[known.any(1)][:, known.any(0)] for each in (cells, known))
    points, replicates = known.shape
    counts = known.sum(1)
    means = numpy.where(known, cells, 0).sum(1) / counts
    mean = means.mean()
    rest = known.sum() - points - replicates + 1
    if min(points, replicates) < 2 or rest < 1:
        return TwoWay(mean, *[numpy.nan] * 4)
    weights = known / (points * counts[:, None])
    deviations = numpy.where(known, cells - mean, 0) * weights
    noise = (_additive_residuals(cells, known) ** 2).sum() / rest
    by_point = points / (points - 1) * (deviations.sum(1) ** 2).sum()
    by_replicate = replicates / (replicates - 1) * (deviations.sum(0) ** 2).sum()
    by_cell = noise * (weights**2).sum()
    variance = max(by_point + by_replicate - by_cell, by_point, by_replicate)
    spread = by_point**2 / (points - 1) + by_replicate**2 / (replicates - 1) + by_cell**2 / rest
    freedom = max(1.0, variance**2 / spread) if spread > 0 else float(rest)
    between = max(0.0, means.var(ddof=1) - (noise / counts).mean())
    left = numpy.where(known, cells - means[:, None], 0)
    within = (left**2).sum() / max(1, (counts - 1).sum())
    return TwoWay(float(mean), float(numpy.sqrt(variance)), float(freedom), float(numpy.sqrt(between)),
                  float(numpy.sqrt(within)))


def two_way_interval(found, level=LEVEL):
    """Interval of `two_way`'s mean: ``mean -+ t(freedom) error``."""
    half = stats.t.ppf(0.5 + level / 2, found.freedom) * found.error
    return found.mean - half, found.mean + half


def front(costs):
    """Which options no other option beats.

    An option is beaten by one that is no worse in any outcome and better in at least one (Pareto).

    Parameters
    ----------
    costs : array_like
        [..., option, outcome] Lower is better.

    Returns
    -------
    numpy.ndarray of bool
        [..., option]
    """
    costs = numpy.asarray(costs, dtype=float)
    mine, others = costs[..., :, None, :], costs[..., None, :, :]
    return ~((others <= mine).all(-1) & (others < mine).any(-1)).any(-1)
