"""The patient rule induction method (PRIM): boxes of parameters in which an arm wins. Arrays only.

Friedman & Fisher (1999), "Bump hunting in high-dimensional data", Statistics and Computing 9:123-143; for policies Bryant &
Lempert (2010), "Thinking inside the box: a participatory, computer-assisted approach to scenario discovery", Technological
Forecasting and Social Change 77:34-49.
"""

from collections import namedtuple
from dataclasses import dataclass

import numpy
from scipy import stats

SHARE = 0.05  # of a box's points that one step takes away or gives back
LEAST_SHARE, LEAST_POINTS = 0.05, 5  # of all points, in the smallest box
SUPPORTED = 0.05  # quasi-p-value up to which a restriction is called supported by itself

Quality = namedtuple("Quality", "points wins mass coverage density youden")
HeldOut = namedtuple("HeldOut", "density low high inside base restricted fits")


@dataclass(frozen=True)
class Box:
    """Ends of each factor, both within the box; infinite where the factor isn't restricted.

    Ends are values of points, so that another scale of a factor (its logarithm, say) gives the same box.
    """

    low: numpy.ndarray
    high: numpy.ndarray

    @classmethod
    def whole(cls, factors):
        """The box of everything."""
        return cls(numpy.full(factors, -numpy.inf), numpy.full(factors, numpy.inf))

    @property
    def restricted(self):
        """numpy.ndarray of bool: [factor]"""
        return numpy.isfinite(self.low) | numpy.isfinite(self.high)

    def holds(self, points):
        """Which points lie in it, [point]."""
        return ((points >= self.low) & (points <= self.high)).all(1)

    def replaced(self, side, factor, value):
        """The box with another end; side 0 is the low one."""
        ends = [self.low.copy(), self.high.copy()]
        ends[side][factor] = value
        return Box(*ends)

    def released(self, factor):
        """The box without its restriction of a factor."""
        return self.replaced(0, factor, -numpy.inf).replaced(1, factor, numpy.inf)


def quality(inside, wins):
    """What a set of points is worth.

    Parameters
    ----------
    inside, wins : numpy.ndarray of bool
        [point]

    Returns
    -------
    Quality
        points and wins in it; mass, its share of all points; coverage, its share of all wins; density, the share of wins
        among its points; youden, coverage less its share of all points that don't win (0 for any set drawn at random, 1 for
        one that holds all wins and nothing else). Youden (1950), "Index for rating diagnostic tests", Cancer 3:32-35.
    """
    points, held = int(inside.sum()), int((inside & wins).sum())
    won, lost = int(wins.sum()), int((~wins).sum())
    coverage = held / won if won else numpy.nan
    return Quality(points, held, points / len(wins), coverage, held / points if points else numpy.nan,
                   coverage - (points - held) / lost if won and lost else numpy.nan)


def least_points(count):
    """Points in the smallest box that is looked at."""
    return max(LEAST_POINTS, int(numpy.ceil(LEAST_SHARE * count)))


def _thresholds(ordered, count):
    """The lowest value that stays in each column when `count` points go from below; the next one where values are tied."""
    found = ordered[count].copy()
    for column in numpy.flatnonzero(found == ordered[0]):
        above = ordered[:, column] > ordered[0, column]
        found[column] = ordered[above.argmax(), column] if above.any() else numpy.nan
    return found


def peel(points, wins, share=SHARE):
    """The peeling trajectory: from the box of everything, step by step without the points that win least.

    Each step takes `share` of the box's points (more where values are tied) from the low or high side of one factor: where
    the density rises most for each point that is taken, ``(density' - density) / (n - n')`` (the "lenient" criterion, that
    of Friedman & Fisher where nothing is tied: Kwakkel & Jaxa-Rozen 2016, "Improving scenario discovery for handling
    heterogeneous uncertainties and multinomial classified outcomes", Environmental Modelling & Software 79:311-321).

    Parameters
    ----------
    points : numpy.ndarray
        [point, factor]
    wins : numpy.ndarray of bool
        [point]
    share : float, optional

    Returns
    -------
    list of Box
        At first the box of everything, at last one of density 1 or of `least_points`.
    """
    box, least, signs = Box.whole(points.shape[1]), least_points(len(points)), (1.0, -1.0)
    found, values, won = [box], points, wins
    while len(values) > least and not won.all():
        count, density = max(1, int(share * len(values))), won.mean()
        best = None
        for side, sign in enumerate(signs):
            turned = sign * values
            ends = _thresholds(numpy.sort(turned, axis=0), count)
            stays = turned >= ends
            left = stays.sum(0)
            with numpy.errstate(invalid="ignore", divide="ignore"):
                gain = ((won.astype(float) @ stays) / left - density) / (len(values) - left)
            gain[(left < least) | (left == len(values))] = -numpy.inf
            factor = int(gain.argmax())
            if numpy.isfinite(gain[factor]) and (best is None or gain[factor] > best[0]):
                best = gain[factor], side, factor, sign * ends[factor], stays[:, factor]
        if best is None:
            break
        _, side, factor, end, stays = best
        box, values, won = box.replaced(side, factor, end), values[stays], won[stays]
        found.append(box)
    return found


def paste(box, points, wins, share=SHARE):
    """Give back what was peeled too much: widen the ends of a box as long as its density doesn't fall.

    Friedman & Fisher (1999), section 8.2.

    Parameters
    ----------
    box : Box
    points : numpy.ndarray
        [point, factor]
    wins : numpy.ndarray of bool
        [point]
    share : float, optional

    Returns
    -------
    Box
    """
    while True:
        inside = box.holds(points)
        best = None
        for factor in numpy.flatnonzero(box.restricted):
            for side, sign in enumerate((1, -1)):
                wider = _widened(box, points, inside, side, sign, factor, max(1, int(share * inside.sum())))
                density = wins[wider.holds(points)].mean() if wider else -1
                if density >= wins[inside].mean() and (best is None or density > best[0]):
                    best = density, wider
        if best is None:
            return box
        box = best[1]


def _widened(box, points, inside, side, sign, factor, count):
    """The box with the next `count` points on one side, None where its end is open; open where no point is left there."""
    end = (box.low, box.high)[side][factor]
    if not numpy.isfinite(end):
        return None
    open_box = box.replaced(side, factor, sign * -numpy.inf)
    beyond = open_box.holds(points) & ~inside
    values = numpy.sort(sign * points[beyond, factor])[::-1]
    return box.replaced(side, factor, sign * values[count - 1]) if len(values) > count else open_box


def quasi_p(box, points, wins):
    """How easily each restriction's rise in density would come by chance.

    The probability of so many wins or more among the box's points, if they were drawn at random from those of the box
    without this restriction: ``P(Binomial(n, density without it) >= wins)``. "Quasi", since the restriction was searched
    for: a search finds low values by chance too. Bryant & Lempert (2010), section 3.3.

    Parameters
    ----------
    box : Box
    points : numpy.ndarray
        [point, factor]
    wins : numpy.ndarray of bool
        [point]

    Returns
    -------
    numpy.ndarray
        [factor] NaN where the factor isn't restricted.
    """
    inside = box.holds(points)
    found = numpy.full(points.shape[1], numpy.nan)
    for factor in numpy.flatnonzero(box.restricted):
        without = wins[box.released(factor).holds(points)].mean()
        found[factor] = stats.binom.sf(wins[inside].sum() - 1, inside.sum(), without)
    return found


def simplified(box, points, wins):
    """The box without restrictions that it is no worse without, by the Youden index; the most harmful first.

    In place of Friedman & Fisher's (1999, section 8.3) removal of redundant inputs, which compares densities.

    Returns
    -------
    Box
    """
    while box.restricted.any():
        factors = numpy.flatnonzero(box.restricted)
        without = [quality(box.released(factor).holds(points), wins).youden for factor in factors]
        best = int(numpy.argmax(without))
        if not without[best] >= quality(box.holds(points), wins).youden:
            break
        box = box.released(factors[best])
    return box


def best_by_youden(trajectory, points, wins):
    """Which box of a trajectory has the highest Youden index; the larger of equal ones."""
    return int(numpy.argmax([quality(box.holds(points), wins).youden for box in trajectory]))


def nearest_mass(mass):
    """A rule that chooses the box of a trajectory whose mass is nearest to the given one."""
    return lambda trajectory, points, wins: int(numpy.argmin([abs(box.holds(points).mean() - mass) for box in trajectory]))


def search(points, wins, choose=best_by_youden, share=SHARE):
    """Peel, choose a box of the trajectory, paste, and drop restrictions that do nothing.

    Returns
    -------
    tuple of (Box, list of Box, int)
        The box, the trajectory, and which of it was chosen.
    """
    trajectory = peel(points, wins, share)
    chosen = choose(trajectory, points, wins)
    return simplified(paste(trajectory[chosen], points, wins, share), points, wins), trajectory, chosen


def search_p(points, wins, permutations=199, seed=1, share=SHARE, choose=best_by_youden):
    """How often a search as wide finds as good a box where there is nothing to find.

    Wins are dealt out anew over the points; the p-value is ``(1 + permutations as good) / (1 + permutations)`` for the
    Youden index of the box of the trajectory that `choose` takes, the highest one unless told otherwise. Unlike
    quasi-p-values it counts that the box was searched for. Phipson & Smyth (2010), Statistical Applications in Genetics and
    Molecular Biology 9:39.

    Returns
    -------
    float
    """
    def best(won):
        trajectory = peel(points, won, share)
        return quality(trajectory[choose(trajectory, points, won)].holds(points), won).youden

    generator, observed = numpy.random.default_rng(seed), best(wins)
    return (1 + sum(best(generator.permutation(wins)) >= observed - 1e-12 for _ in range(permutations))) / (1 + permutations)


def held_out(points, wins, choose=best_by_youden, folds=5, repeats=10, seed=1, share=SHARE):
    """What a box is worth on points that had no part in finding it.

    Repeated cross-validation: the search is made without a fold of the points, and the box it finds is tried on that fold.

    Returns
    -------
    HeldOut
        density among the held-out points in the boxes; low, high, its 90 % interval by Clopper & Pearson (1934), Biometrika
        26:404-413, for the mean count of a repeat (approximate, since repeats use the same points); inside, that count;
        base, share of wins of all points; restricted [factor], share of the searches that restrict the factor, of all fits.
    """
    from sklearn.model_selection import RepeatedStratifiedKFold

    folds = int(min(folds, wins.sum(), (~wins).sum()))
    parts = RepeatedStratifiedKFold(n_splits=folds, n_repeats=repeats, random_state=seed).split(points, wins)
    inside = held = 0.0
    restricted = numpy.zeros(points.shape[1])
    for kept, tried in parts:
        box, _, _ = search(points[kept], wins[kept], choose, share)
        found = box.holds(points[tried])
        inside, held = inside + found.sum() / repeats, held + (found & wins[tried]).sum() / repeats
        restricted += box.restricted / (folds * repeats)
    low, high = proportion_interval(held, inside)
    return HeldOut(held / inside if inside else numpy.nan, low, high, inside, wins.mean(), restricted, folds * repeats)


def proportion_interval(successes, trials, level=0.9):
    """Interval of a share by Clopper & Pearson; NaN without trials. Counts need not be whole numbers."""
    if not trials:
        return numpy.nan, numpy.nan
    tail = (1 - level) / 2
    low = stats.beta.ppf(tail, successes, trials - successes + 1) if successes > 0 else 0.0
    high = stats.beta.isf(tail, successes + 1, trials - successes) if successes < trials else 1.0
    return float(low), float(high)
