"""Scores of forecasts give worked and published answers, and no forecast gains by saying other than what it believes."""

import sys
from pathlib import Path

import h5py
import numpy
import pytest

pytest.importorskip("scipy")
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from made_up import put_targets
from scipy import integrate, stats

sys.path.insert(0, str(Path(__file__).parents[2] / "analysis"))
from sahelsim import scores  # noqa: E402
from sahelsim.scorecard import scorecard  # noqa: E402

pytestmark = pytest.mark.analysis


@pytest.fixture
def random():
    return numpy.random.default_rng(1)


# CRPS


def test_crps_by_hand():
    """Members 1, 2, 4 and 3 observed: mean distance 4/3; pairs lie 1, 3 and 2 apart, 12 in nine, 12 in six."""
    assert scores.crps([1, 2, 4], 3) == pytest.approx(4 / 3 - 12 / 9 / 2)
    assert scores.crps([1, 2, 4], 3, fair=True) == pytest.approx(4 / 3 - 12 / 6 / 2)
    assert scores.crps([5], 3) == 2
    assert numpy.isnan(scores.crps([5], 3, fair=True))


def test_crps_is_the_area_between_the_distribution_and_the_step():
    members = numpy.array([0.3, 1.7, 2.0, 5.5])

    def squared(x):
        return ((members <= x).mean() - (x >= 2.4)) ** 2

    area = sum(integrate.quad(squared, *ends)[0] for ends in zip([0, 0.3, 1.7, 2.0, 2.4, 5.5], [0.3, 1.7, 2.0, 2.4, 5.5, 6]))
    assert scores.crps(members, 2.4) == pytest.approx(area)


@pytest.mark.parametrize("observed", [-1.0, 0.0, 2.5])
def test_crps_of_normal_ensembles_goes_to_its_closed_form(observed):
    """Gneiting & Raftery (2007): s (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi))."""
    mean, spread = 0.5, 2.0
    z = (observed - mean) / spread
    closed = spread * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / numpy.sqrt(numpy.pi))
    members = stats.norm.ppf((numpy.arange(4000) + 0.5) / 4000, mean, spread)
    assert scores.crps(members, observed) == pytest.approx(closed, abs=1e-3)


def test_fair_crps_does_not_depend_on_the_size_of_the_ensemble(random):
    observed = random.normal(size=40_000)
    fair, plain = ([scores.crps(random.normal(size=(40_000, size)), observed, each).mean() for size in (3, 30)]
                   for each in (True, False))
    assert fair[0] == pytest.approx(fair[1], abs=0.01)
    assert plain[0] > plain[1] + 0.1


# The others


def test_ignorance_by_hand():
    """Bins 0, 1-2, 3-5, ...: 2 of 4 members share the bin of 4, and each of 11 bins has one more."""
    assert scores.ignorance([0, 3, 5, 700], 4) == pytest.approx(-numpy.log2(3 / 15))
    assert scores.ignorance([0, 3, 5, 700], 2000) == pytest.approx(-numpy.log2(1 / 15))
    assert scores.ignorance([0] * 1000, 0) == pytest.approx(-numpy.log2(1001 / 1011))
    assert scores.ignorance([[0, 1], [1000, 1001]], [2, 1001]) == pytest.approx([-numpy.log2(2 / 13)] * 2)


def test_interval_score_by_hand():
    """90 %: what lies outside costs twenty times."""
    assert scores.interval_score(10, 30, [20, 7, 31]) == pytest.approx([20, 20 + 20 * 3, 20 + 20])
    assert scores.interval_score(0, 1, 3, level=0.5) == pytest.approx(1 + 4 * 2)


def test_log_score_by_hand():
    found = scores.log_score([0.0, 1.0], 1.0, 1.0, 0.5)
    assert found.score == pytest.approx(numpy.log((stats.norm.pdf(1, 0, 0.5) + stats.norm.pdf(1, 1, 0.5)) / 2))
    assert found.best == pytest.approx(stats.norm.logpdf(0, 0, 0.5))
    assert scores.log_score([1.0], 1.0, 1.0, 0.5).score == pytest.approx(found.best)


def test_log_score_of_intervals_is_the_logarithm_of_their_probability():
    assert scores.log_score([2.0], 2.0, numpy.inf, 0.3).score == pytest.approx(numpy.log(0.5))
    found = scores.log_score([0.0], -1.0, 1.0, 1.0)
    assert found.score == pytest.approx(numpy.log(0.6826894921))
    assert found.best == pytest.approx(found.score)
    assert scores.log_score([0.0], -numpy.inf, numpy.inf, 1.0) == (pytest.approx(0), 0)
    far = [scores.log_score([x], 40.0, numpy.inf, 1.0).score for x in (0.0, 80.0)]
    assert far[0] == pytest.approx(stats.norm.logsf(40)) and far[1] == pytest.approx(0)


def test_predictive_range_of_equal_runs_is_that_of_the_error():
    low, high = scores.predictive_range([3.0] * 7, 0.5)
    assert (low, high) == pytest.approx((3 - 0.5 * 1.645, 3 + 0.5 * 1.645), abs=0.02)


@pytest.mark.parametrize("name", ["crps", "ignorance", "interval", "log"])
def test_scores_are_proper(name, random):
    """Who says the distribution that observations come from scores better on average than who says another."""
    observed = random.poisson(random.gamma(2, 10, 4000))
    levels = (numpy.arange(400) + 0.5) / 400
    truth = stats.nbinom.ppf(levels, 2, 1 / 11)
    noise = random.normal(0, 3, 400)

    def mean(members):
        every = numpy.broadcast_to(members, (len(observed), len(members)))
        if name == "crps":
            return scores.crps(every, observed).mean()
        if name == "ignorance":
            return scores.ignorance(every, observed).mean()
        if name == "interval":
            return scores.interval_score(*scores.central_range(members), observed).mean()
        return -numpy.mean([scores.log_score(members, y, y, 3.0).score for y in observed[:400] + noise])

    others = [truth * 1.5, truth * 0.6, truth + 10, numpy.full(400, 20.0), stats.poisson.ppf(levels, 20)]
    assert all(mean(truth) < mean(other) for other in others)


whole = arrays(float, st.integers(1, 12), elements=st.integers(0, 1500))


@settings(max_examples=80, deadline=None, database=None)
@given(whole, st.integers(0, 1500), st.integers(-50, 50))
def test_what_scores_have_in_common(members, observed, shift):
    crps = scores.crps(members, observed)
    assert -1e-9 <= crps <= numpy.abs(members - observed).mean() + 1e-9
    assert scores.crps(members + shift, observed + shift) == pytest.approx(crps, abs=1e-6)
    assert scores.crps(members * 3, observed * 3) == pytest.approx(3 * crps, abs=1e-6)
    assert scores.crps(members[::-1], observed) == crps
    assert 0 < scores.ignorance(members, observed) <= numpy.log2(len(members) + 11)
    low, high = scores.central_range(members)
    assert scores.interval_score(low, high, observed) >= high - low
    found = scores.log_score(members, observed, observed, 2.0)
    assert found.score <= found.best + 1e-9


@settings(max_examples=60, deadline=None, database=None)
@given(whole, st.floats(-100, 1600), st.floats(0, 800), st.floats(0.1, 50))
def test_probabilities_of_intervals_lie_between_0_and_1(members, low, width, error):
    found = scores.log_score(members, low, low + width + 0.1, error)
    assert found.score <= 1e-9 and found.score <= found.best + 1e-6


# Ranges


class KnownTargets:
    """Figures of reports and what runs give for them, as sahelsim.runs.Runs shows them."""

    paths = ["made-up.h5"]

    def __init__(self, simulated, observed, error):
        self._data = h5py.File("made-up.h5", "w", driver="core", backing_store=False)
        put_targets(self._data, simulated, target=[f"t{number}" for number in range(len(observed))], low=observed,
                    high=observed, observation_error=error)

    def has(self, name):
        return name in self._data

    def group(self, name):
        return self._data[name]

    def texts(self, name):
        return list(self._data[name].asstr())

    def series(self, name):
        return self._data[name][:]


@pytest.mark.parametrize("count", [20, 50])
def test_nine_of_ten_figures_lie_inside_the_range_of_few_runs(random, count):
    """Figures that are further runs, and such with the error that is told of them."""
    figures, error = 1000, 0.1
    simulated = random.lognormal(5, 0.3, (count, figures))
    true = random.lognormal(5, 0.3, figures)
    exact = scorecard(KnownTargets(simulated, true, error)).roles.iloc[0]
    assert exact["share_inside"] == pytest.approx(0.9, abs=0.025)
    seen = scorecard(KnownTargets(simulated, true * random.lognormal(0, error, figures), error)).roles.iloc[0]
    assert seen["share_inside_with_error"] == pytest.approx(0.9, abs=0.025)


def test_ranges_of_few_members():
    """Nineteen hold a further one between the lowest and the highest in 18 of 20; fewer can't."""
    assert scores.fewest() == 19 and scores.fewest(0.5) == 3
    assert list(scores.central_range(numpy.arange(19))) == [0, 18]
    assert list(scores.central_range(numpy.arange(5))) == [0, 4]
    assert scores.central_range(numpy.arange(39)) == pytest.approx([1, 37])
    assert list(scores.central_range([*range(38), numpy.inf])) == [1, 37]
    assert list(scores.central_range([*range(17), numpy.inf, numpy.inf])) == [0, numpy.inf]
