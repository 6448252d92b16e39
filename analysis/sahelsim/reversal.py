"""Is a ranking turned round at some points, beyond chance? Arrays of differences by point and replicate only.

Differences are so turned that the arm is better where they are above 0.
"""

from collections import namedtuple

import numpy
from scipy import special, stats

ALPHA = 0.05
_DRAWS = 9999

PointEffects = namedtuple("PointEffects", "mean error freedom z")
Reversal = namedtuple("Reversal", "points side other ties p_together p_single p_better p_worse expected expected_low "
                                  "expected_high p_signs shared better_points worse_points detectable verdict "
                                  "p_reversal p_main p_opposite")


def _prior(variances, freedom):
    """Prior variance and its degrees of freedom, by the moments of the logarithm; infinite where variances are alike."""
    logs = numpy.log(variances) - special.digamma(freedom / 2) + numpy.log(freedom / 2)
    excess = logs.var(ddof=1) - special.polygamma(1, freedom / 2).mean() if len(logs) > 1 else 0.0
    if not excess > 0:
        return numpy.exp(logs.mean()), numpy.inf
    half = _inverse_trigamma(excess)
    return numpy.exp(logs.mean() + special.digamma(half) - numpy.log(half)), 2 * half


def _inverse_trigamma(value):
    """By Newton's steps on 1/trigamma, as in Smyth (2004), appendix."""
    found = 0.5 + 1 / value
    for _ in range(50):
        trigamma = special.polygamma(1, found)
        step = trigamma * (1 - trigamma / value) / special.polygamma(2, found)
        found += step
        if abs(step) < 1e-10 * found:
            break
    return found


def point_effects(differences):
    """Mean difference at each point, with an error that borrows strength from all points.

    A few replicates tell little of a point's own variance, so that some points would look sure by chance. Variances are
    drawn towards a common one: ``s~^2 = (d0 s0^2 + d s^2) / (d0 + d)`` with ``d0 + d`` degrees of freedom, d0 and s0
    fitted to the variances of all points. Smyth (2004), "Linear models and empirical Bayes methods for assessing
    differential expression in microarray experiments", Statistical Applications in Genetics and Molecular Biology
    3:3, sections 4 and 6.

    Parameters
    ----------
    differences : numpy.ndarray
        [point, replicate] NaN where there is no pair; a pair at each point at least.

    Returns
    -------
    PointEffects
        mean [point]; error, its standard error; freedom; z, the normal deviate that is as unlikely as t. All but the mean
        are NaN where no point has two pairs.
    """
    known = ~numpy.isnan(differences)
    count = known.sum(1)
    mean = numpy.where(known, differences, 0).sum(1) / count
    freedom = count - 1.0
    squares = numpy.where(known, (differences - mean[:, None]) ** 2, 0).sum(1)
    several = freedom > 0
    if not several.any():
        return PointEffects(mean, *[numpy.full(len(mean), numpy.nan)] * 3)
    variances = squares[several] / freedom[several]
    if (variances > 0).any():
        # Replicates that agree by chance have no logarithm of a variance.
        floor = 1e-5 * numpy.median(variances[variances > 0])
        common, weight = _prior(numpy.maximum(variances, floor), freedom[several])
        moderated = (numpy.full(len(mean), common) if numpy.isinf(weight)
                     else (weight * common + squares) / (weight + freedom))
    else:
        weight, moderated = 0.0, numpy.zeros(len(mean))
    error, freedom = numpy.sqrt(moderated / count), numpy.minimum(weight + freedom, freedom.sum())
    with numpy.errstate(divide="ignore", invalid="ignore"):
        t = numpy.where(mean == 0, 0.0, mean / error)
    return PointEffects(mean, error, freedom, numpy.sign(t) * stats.norm.isf(stats.t.sf(numpy.abs(t), freedom)))


def shared_chance(differences):
    """Correlation between points of what chance does, since a replicate has the same random numbers at each.

    From the variance V of the replicates' means of differences that are centred and scaled by point: (V - 1/n) / (1 - 1/n)
    for n points, no less than 0.

    Parameters
    ----------
    differences : numpy.ndarray
        [point, replicate]

    Returns
    -------
    float
    """
    known = ~numpy.isnan(differences)
    kept = known.sum(1) > 1
    cells, known = differences[kept], known[kept]
    if len(cells) < 2:
        return 0.0
    count = known.sum(1, keepdims=True)
    centred = numpy.where(known, cells - numpy.where(known, cells, 0).sum(1, keepdims=True) / count, 0)
    scale = numpy.sqrt((centred**2).sum(1, keepdims=True) / (count - 1))
    uneven = scale[:, 0] > 0
    if uneven.sum() < 2:
        return 0.0
    scaled, points = centred[uneven] / scale[uneven], known[uneven].sum(0)
    means = (scaled.sum(0) / numpy.maximum(points, 1))[points > 0]
    share = 1 / points[points > 0].mean()
    # Centring by point takes one degree of freedom from the replicates.
    variance = (means**2).sum() / max(1, len(means) - 1)
    return float(numpy.clip((variance - share) / (1 - share), 0, 1)) if share < 1 else 0.0


def _squares(z):
    """Sums of squares of the deviates above and below 0, [..., 2]."""
    return numpy.stack([(numpy.maximum(z, 0) ** 2).sum(-1), (numpy.minimum(z, 0) ** 2).sum(-1)], -1)


def one_sided_p(square, points, shared=0.0, seed=1):
    """P-value of "no effect is above 0", from the sum of squares of the deviates above 0.

    ``sum over h = 1..n of Binomial(h; n, 1/2) P(chi^2_h >= Q)``: the mixture that the sum has if every effect is 0, which is
    the least favourable case. Gail & Simon (1985), "Testing for qualitative interactions between treatment effects and
    patient subsets", Biometrics 41:361-372. Where points share chance, the mixture is drawn (9999 times) from normal
    deviates with that correlation.

    Parameters
    ----------
    square : float
    points : int
    shared : float, optional
        `shared_chance`
    seed : int, optional

    Returns
    -------
    float
    """
    if points == 0 or square <= 0:
        return 1.0
    if shared == 0:
        counts = numpy.arange(1, points + 1)
        return float(stats.binom.pmf(counts, points, 0.5) @ stats.chi2.sf(square, counts))
    hits = sum(int((_squares(draw)[:, 0] >= square).sum()) for draw in _draws(points, shared, seed))
    return (1 + hits) / (1 + _DRAWS)


def _draws(points, shared, seed):
    """Normal deviates [draw, point] with a correlation between points, in blocks that fit into memory."""
    generator = numpy.random.default_rng(seed)
    block = max(1, int(2e6 / points))
    for first in range(0, _DRAWS, block):
        size = min(block, _DRAWS - first)
        yield (numpy.sqrt(shared) * generator.standard_normal((size, 1))
               + numpy.sqrt(1 - shared) * generator.standard_normal((size, points)))


def together_p(z, shared=0.0, seed=1):
    """P-value of "all effects have the same sign", by all points together.

    Gail & Simon's test of qualitative interaction: `one_sided_p` of the smaller sum of squares, over n - 1 points, since
    one point at least has the other sign.

    Parameters
    ----------
    z : numpy.ndarray
        [point]

    Returns
    -------
    float
    """
    return one_sided_p(float(_squares(z).min()), len(z) - 1, shared, seed)


def single_p(z):
    """P-value of "all effects have the same sign", by the surest point of each sign.

    ``(n - 1) P(Z >= min(max z, -min z))``: the range test of Piantadosi & Gail (1993), "A comparison of the power of two
    tests for qualitative interactions", Statistics in Medicine 12:1239-1248, with Bonferroni's bound, which holds for points
    that share chance too.

    Returns
    -------
    float
    """
    return float(min(1.0, (len(z) - 1) * stats.norm.sf(min(z.max(), -z.min())))) if len(z) > 1 else 1.0


def _signs_by_chance(effects, shared, seed):
    """How many means lie on the other side, in each draw, if the effect were the overall mean everywhere."""
    overall = effects.mean.mean()
    with numpy.errstate(divide="ignore", invalid="ignore"):
        ratio = numpy.where(effects.error > 0, abs(overall) / effects.error, numpy.inf)
    counts = numpy.concatenate([(draw < -ratio).sum(1) for draw in _draws(len(ratio), shared, seed)])
    return counts


def reverses(differences, seed=1):
    """Whether the ranking of two arms is turned round at some points, beyond chance.

    Two tests of "everywhere the same sign", each at 0.025: `single_p` and `together_p`. That there is an effect at
    all is tested in each direction by `one_sided_p` and by the surest point (Holm), at 0.0125 each. Apart from that
    the means on the other side of the overall mean are counted and held against what an equal effect everywhere would give.

    Parameters
    ----------
    differences : numpy.ndarray
        [point, replicate] above 0 where the arm is better; NaN where there is no pair.

    Returns
    -------
    Reversal
        points; side: 1 if the overall mean is above 0, else -1; other: number of means on the other side; ties: of means
        that are 0; p_together, p_single; p_better, p_worse: of "nowhere better", "nowhere worse"; expected, expected_low,
        expected_high: means on the other side under an equal effect, mean and middle nine tenths; p_signs, of as many or
        more; shared, the correlation of chance between points; better_points, worse_points [point]: significantly so by
        themselves, corrected for all points by Holm (one-sided 0.025); detectable: the effect that a single point would show
        with a probability of 0.8, at the median point; verdict: "untested", "undetermined", "holds", "differs" (no
        reversal is shown, but more signs than chance gives) or "unclear"; p_reversal, of "everywhere the same sign" by
        both tests (Bonferroni); p_main, p_opposite, of "no effect in the overall direction", "in the other" likewise.
    """
    from .statistics import holm

    effects = point_effects(differences)
    count, side = len(effects.mean), 1 if effects.mean.mean() >= 0 else -1
    other, ties = int((side * effects.mean < 0).sum()), int((effects.mean == 0).sum())
    if numpy.isnan(effects.z).any():
        none = numpy.zeros(count, bool)
        return Reversal(count, side, other, ties, *[numpy.nan] * 9, none, none, numpy.nan, "untested", *[numpy.nan] * 3)
    shared = shared_chance(differences)
    p_better, p_worse = (one_sided_p(float(square), count, shared, seed) for square in _squares(effects.z))
    together, single = together_p(effects.z, shared, seed), single_p(effects.z)
    chance = _signs_by_chance(effects, shared, seed)
    p_signs = (1 + (chance >= other).sum()) / (1 + len(chance))
    above, below = (holm(stats.norm.sf(sign * effects.z)) for sign in (1, -1))
    low, high = numpy.quantile(chance, [0.05, 0.95])
    reach = stats.t.isf(ALPHA / 2 / count, effects.freedom) + stats.t.ppf(0.8, effects.freedom)
    # Two directions with two tests each.
    shown = {1: min(1.0, 4 * min(p_better, above.min())), -1: min(1.0, 4 * min(p_worse, below.min()))}
    p_reversal = min(1.0, 2 * min(together, single))
    return Reversal(count, side, other, ties, together, single, p_better, p_worse, chance.mean(), low, high, p_signs, shared,
                    above < ALPHA / 2, below < ALPHA / 2, float(numpy.median(reach * effects.error)),
                    _verdict(p_reversal, shown[side], shown[-side], p_signs), p_reversal, shown[side], shown[-side])


def _verdict(p_reversal, p_main, p_opposite, p_signs):
    if p_reversal < ALPHA:
        return "undetermined"
    if min(p_main, p_opposite) >= ALPHA:
        return "unclear"
    return "differs" if min(p_opposite, p_signs) < ALPHA else "holds"


def corrected(reversals):
    """Answers for several arms, with p_reversal and p_main corrected for their number by Holm, and verdicts by these.

    What speaks against "holds" (more signs than chance gives, an effect in the other direction) is not corrected: it would
    make that easier to say.

    Parameters
    ----------
    reversals : list of Reversal
        An arm each; those that are untested don't count.

    Returns
    -------
    list of Reversal
    """
    from .statistics import holm

    p_reversal, p_main = (holm([getattr(one, name) for one in reversals]) for name in ("p_reversal", "p_main"))
    return [one if one.verdict == "untested" else
            one._replace(p_reversal=turned, p_main=main, verdict=_verdict(turned, main, one.p_opposite, one.p_signs))
            for one, turned, main in zip(reversals, p_reversal.tolist(), p_main.tolist())]


def undetected_share(found, points, level=0.95):
    """The largest share of points that may be reversed, with `found` of them seen so.

    The upper end of a one-sided interval by Clopper & Pearson (1934), Biometrika 26:404-413; with none found
    ``1 - (1 - level)^(1/n)``, about 3/n (Hanley & Lippman-Hand 1983, "If nothing goes wrong, is everything all right?",
    Journal of the American Medical Association 249:1743-1745). It takes points as drawn at random and a reversal as seen
    where there is one.

    Returns
    -------
    float
    """
    return 1.0 if found >= points else float(stats.beta.ppf(level, found + 1, points - found))
