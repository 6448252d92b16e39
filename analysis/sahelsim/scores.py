"""Scores of forecasts that are made of runs. They take arrays and know nothing of files.

Each forecast is an ensemble: values that count alike. Scores of `crps`, `ignorance` and `interval_score` are losses, less is
better; `log_score` is a logarithm of a probability or density, more is better.
"""

from collections import namedtuple

import numpy
from scipy import stats

LEVEL = 0.9  # of ranges and intervals
# Lower edges of the bins of the VIEWS challenge: 0, 1-2, 3-5, 6-10, 11-25, 26-50, 51-100, 101-250, 251-500, 501-1000, more.
VIEWS_EDGES = (0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
LogScore = namedtuple("LogScore", "score best")


def crps(ensemble, observed, fair=False):
    """Continuous ranked probability score: how far a forecast lies from what came, in its unit.

    ``mean |x_i - y| - 1/2 mean |x_i - x_j|``, the integral of the squared distance of the distribution functions (Hersbach
    2000, "Decomposition of the continuous ranked probability score for ensemble prediction systems", Weather and Forecasting
    15:559-570; Gneiting & Raftery 2007, Journal of the American Statistical Association 102:359-378, eq. 21). The second
    mean is over all m^2 pairs, or if `fair` over the m (m - 1) of different members, which gives what an ensemble of any
    size from the same distribution gives on average (Ferro 2014, "Fair scores for ensemble forecasts", Quarterly Journal of the
    Royal Meteorological Society 140:1917-1923).

    Parameters
    ----------
    ensemble : array_like
        [..., member]
    observed : array_like
        [...]
    fair : bool, optional

    Returns
    -------
    numpy.ndarray
        [...] NaN if `fair` and there is one member.
    """
    members = numpy.sort(numpy.asarray(ensemble, dtype=float), axis=-1)
    m = members.shape[-1]
    if fair and m < 2:
        return numpy.full(members.shape[:-1], numpy.nan)
    distance = numpy.abs(members - numpy.asarray(observed, dtype=float)[..., None]).mean(-1)
    # The sum of |x_i - x_j| over all pairs of sorted members is 2 sum (2 i - m - 1) x_i.
    spread = (members * (2 * numpy.arange(1, m + 1) - m - 1)).sum(-1) * 2
    return distance - spread / (2 * m * (m - 1 if fair else m))


def ignorance(ensemble, observed, edges=VIEWS_EDGES):
    """Ignorance score in bits, over bins.

    ``-log2 ((n_k + 1) / (m + K))``, with n_k of m members in the bin of the observed value: one member more in each of the K
    bins keeps it finite. Bins and the added members as in the VIEWS prediction challenge 2023/24 (Hegre et al. 2025, Journal
    of Peace Research; arXiv:2407.11045). Roulston & Smith (2002), Monthly Weather Review 130:1653-1660.

    Parameters
    ----------
    ensemble : array_like
        [..., member] 0 or more.
    observed : array_like
        [...] 0 or more.
    edges : array_like, optional
        Lower edges of the bins; the last bin is open.

    Returns
    -------
    numpy.ndarray
        [...]
    """
    ensemble = numpy.asarray(ensemble, dtype=float)
    bins = len(edges)
    of_observed = numpy.digitize(observed, edges)
    hits = (numpy.digitize(ensemble, edges) == of_observed[..., None]).sum(-1)
    return -numpy.log2((hits + 1) / (ensemble.shape[-1] + bins))


def interval_score(low, high, observed, level=LEVEL):
    """Interval score: the width of an interval, and what lies outside it times 2 over its chance to.

    ``(u - l) + 2/a (l - y) [y < l] + 2/a (y - u) [y > u]`` with a = 1 - level: Gneiting & Raftery (2007), Journal of the
    American Statistical Association 102:359-378, eq. 43; at 90 % in the VIEWS prediction challenge 2023/24.

    Parameters
    ----------
    low, high, observed : array_like
        [...]
    level : float, optional
        Probability that the interval claims.

    Returns
    -------
    numpy.ndarray
        [...]
    """
    low, high, observed = (numpy.asarray(each, dtype=float) for each in (low, high, observed))
    times = 2 / (1 - level)
    return high - low + times * (numpy.maximum(low - observed, 0) + numpy.maximum(observed - high, 0))


def central_range(ensemble, level=LEVEL):
    """Quantiles (1 - level)/2 and (1 + level)/2 of what an ensemble is drawn from: where a further member would lie.

    The i-th of n sorted members stands at i / (n + 1), below which a further one falls with that probability, whatever the
    distribution (Hyndman & Fan 1996, "Sample quantiles in statistical packages", American Statistician 50:361-365,
    definition 6). With members at the ends of the scale, ranges of few would hold too few further ones. Fewer members than
    `fewest` have no such range: then it goes from the lowest to the highest, and holds (n - 1) / (n + 1).

    Parameters
    ----------
    ensemble : array_like
        [..., member] Infinite members are allowed; an end between one and a number is the outer of the two.
    level : float, optional

    Returns
    -------
    numpy.ndarray
        [2, ...]
    """
    ensemble = numpy.asarray(ensemble, dtype=float)
    if numpy.isfinite(ensemble).all():
        return numpy.quantile(ensemble, [0.5 - level / 2, 0.5 + level / 2], axis=-1, method="weibull")
    members = numpy.sort(ensemble, axis=-1)
    n = members.shape[-1]
    low = max(int(numpy.floor((0.5 - level / 2) * (n + 1) + 1e-9)), 1)
    return numpy.stack([members[..., low - 1], members[..., n - low]])


def fewest(level=LEVEL):
    """The least number of members whose lowest and highest hold a further one with that probability."""
    return int(numpy.ceil((1 + level) / (1 - level) - 1e-9))


def log_score(simulated, low, high, error, lowest=-numpy.inf):
    """Logarithm of the probability of an observed value, with the runs' distribution and the error of observation.

    The runs' distribution is the mixture of normal distributions around the simulated values x_i:
    ``ln (1/n sum phi((y - x_i) / s) / s)`` for a value y, and ``ln (1/n sum (Phi((b - x_i) / s) - Phi((a - x_i) / s)))``
    for an interval from a to b. Gneiting & Raftery (2007), section 4.1. Figures that are off by a factor go in as logarithms.

    Parameters
    ----------
    simulated : array_like
        [run]
    low, high : float
        Ends of the observed interval, equal for a value; may be infinite.
    error : float
        Standard deviation s of the observation, above 0.
    lowest : float, optional
        The least that a run can give.

    Returns
    -------
    LogScore
        score, and best, the highest that any runs could reach with this error.
    """
    x = numpy.asarray(simulated, dtype=float)
    score = numpy.logaddexp.reduce(_log_scores(x, low, high, error)) - numpy.log(len(x))
    return LogScore(float(score), _best(low, high, error, lowest))


def _log_scores(x, low, high, error):
    return stats.norm.logpdf(low, x, error) if low == high else _log_mass(low - x, high - x, error)


def _best(low, high, error, lowest):
    """Of a run in the middle of the interval, or as near to it as a run can be."""
    if numpy.isinf(high) or numpy.isinf(low) and numpy.isinf(lowest):
        return 0.0
    middle = lowest if numpy.isinf(low) else low + (high - low) / 2
    return float(_log_scores(numpy.array([max(middle, lowest)]), low, high, error)[0])


def _log_mass(low, high, error):
    """ln (Phi(high / error) - Phi(low / error)), taken from the tail that loses no digits."""
    swap = low > 0
    low, high = numpy.where(swap, -high, low) / error, numpy.where(swap, -low, high) / error
    upper, lower = stats.norm.logcdf(high), stats.norm.logcdf(low)
    with numpy.errstate(divide="ignore"):
        return upper + numpy.log1p(-numpy.exp(lower - upper))


def predictive_range(simulated, error, level=LEVEL):
    """Central range of what would be observed of a further run.

    Of the sum of a further run, as in `central_range`, and a normal error: over 199 evenly spaced quantiles of each.

    Parameters
    ----------
    simulated : array_like
        [run]
    error : float
        Standard deviation of the observation.
    level : float, optional

    Returns
    -------
    tuple of float
        Lower and upper end.
    """
    levels = (numpy.arange(199) + 0.5) / 199
    further = numpy.quantile(numpy.asarray(simulated, dtype=float), levels, method="weibull")
    values = further[:, None] + stats.norm.ppf(levels) * error
    return tuple(float(end) for end in central_range(values.ravel(), level))
