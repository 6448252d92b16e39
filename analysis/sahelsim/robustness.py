"""Tables of regret and robustness over points. Arrays only; nothing is put into one number."""

from collections import namedtuple

import numpy

Regret = namedtuple("Regret", "mean worst mean_regret p90_regret max_regret best mean_by_chance max_by_chance")


def regret(costs):
    """How much worse each arm is than the best arm of the same point.

    ``cost(arm, point) - min over arms of cost(arm, point)``. Savage (1951), "The theory of statistical decision", Journal of
    the American Statistical Association 46:55-67.

    Parameters
    ----------
    costs : numpy.ndarray
        [arm, point, ...] Lower is better.

    Returns
    -------
    numpy.ndarray
        The same shape.
    """
    return costs - costs.min(0)


def regret_table(cells, draws=200, seed=1):
    """What each arm comes to over the points, and how much of its regret chance would make of arms that are alike.

    By chance: the replicates' deviations from the mean of their point and arm, drawn anew with replacement (for all arms
    alike, since replicates are pairs) and multiplied by sqrt(k / (k - 1)), give means of arms that don't differ; the regret
    of these is chance's. The best of several uncertain means is the one that was lucky, so that regrets are too high, the
    largest most of all (Smith & Winkler 2006, "The optimizer's curse", Management Science 52:311-322).

    Parameters
    ----------
    cells : numpy.ndarray
        [arm, point, replicate] Costs, lower is better; NaN where a run is missing in one arm or in all.

    Returns
    -------
    Regret
        Each [arm]: mean over points; worst, the highest cost of a point; mean, 90th percentile and maximum of regret; best,
        the share of points in which the arm is best (arms that are equally good share it); mean and maximum of regret by
        chance, NaN with one replicate a point.
    """
    known = ~numpy.isnan(cells).any(0)
    count = known.sum(1)
    filled = numpy.where(known, cells, 0)
    costs = filled.sum(2) / count
    regrets = regret(costs)
    lead = regrets == 0
    best = (lead / lead.sum(0)).mean(1)
    mean_by_chance = max_by_chance = numpy.full(len(cells), numpy.nan)
    if (count > 1).all():
        mean_by_chance, max_by_chance = _by_chance(filled - costs[..., None], known, draws, seed)
    return Regret(costs.mean(1), costs.max(1), regrets.mean(1), numpy.quantile(regrets, 0.9, axis=1), regrets.max(1), best,
                  mean_by_chance, max_by_chance)


def _by_chance(deviations, known, draws, seed):
    """Mean over draws of the mean and the maximum of regret of arms that are alike, each [arm]."""
    generator = numpy.random.default_rng(seed)
    count = known.sum(1)
    found = numpy.zeros((2, len(deviations)))
    for _ in range(draws):
        # Each known replicate of a point is drawn as often as a multinomial says.
        weights = generator.multinomial(count, known / count[:, None])
        noise = numpy.einsum("apr,pr->ap", deviations, weights) / numpy.sqrt(count * (count - 1))
        regrets = regret(noise)
        found += numpy.stack([regrets.mean(1), regrets.max(1)]) / draws
    return found


def domain(values, threshold, below):
    """Share of points in which each arm reaches what is asked for: Starr's domain criterion.

    Starr (1963), "Product design and decision theory", Prentice-Hall; Herman, Reed, Zeff & Characklis (2015), "How should
    robustness be defined for water systems planning under change?", Journal of Water Resources Planning and Management
    141:04015012.

    Parameters
    ----------
    values : numpy.ndarray
        [arm, point]
    threshold : float
    below : bool
        Whether less than the threshold is asked for, or more.

    Returns
    -------
    numpy.ndarray
        [arm]
    """
    return ((values < threshold) if below else (values > threshold)).mean(1)
