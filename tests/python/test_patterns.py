"""The estimators of patterns give known answers."""

import sys
from pathlib import Path

import numpy
import pytest

pytest.importorskip("scipy")

sys.path.insert(0, str(Path(__file__).parents[2] / "analysis"))
from sahelsim import patterns, tails  # noqa: E402

pytestmark = pytest.mark.analysis


def power_law(random, exponent, start, size):
    """Whole numbers drawn by inversion from a table of the law up to a million."""
    levels = numpy.arange(start, 1_000_000)
    weights = levels**-float(exponent)
    shares = numpy.cumsum(weights)
    return levels[numpy.searchsorted(shares, random.random(size) * shares[-1])]


@pytest.fixture
def random():
    return numpy.random.default_rng(1)


@pytest.mark.parametrize("exponent", [1.8, 2.5, 3.2])
def test_the_exponent_of_a_power_law_is_found(random, exponent):
    fit = tails.fit_tail(power_law(random, exponent, 1, 20_000), least=500)
    assert fit.exponent == pytest.approx(exponent, abs=0.1)
    assert fit.distance < 0.01


def test_the_distance_is_the_largest_over_all_whole_numbers():
    """Two sizes far apart: the law has passed the observed share long before the second."""
    from scipy import special

    values = numpy.repeat([1, 40], 100)
    fit = tails.fit_tail(values, least=100)
    every = numpy.arange(1, 5000)
    law = 1 - special.zeta(fit.exponent, every + 1.0) / special.zeta(fit.exponent, 1.0)
    observed = (values[:, None] <= every).mean(0)
    assert fit.start == 1 and fit.distance == pytest.approx(numpy.abs(law - observed).max())


def test_the_start_of_a_tail_is_found(random):
    body = random.integers(1, 10, 5_000)
    fit = tails.fit_tail(numpy.concatenate([body, power_law(random, 2.5, 10, 5_000)]))
    assert 9 <= fit.start <= 12
    assert fit.exponent == pytest.approx(2.5, abs=0.1)


def test_heavy_and_light_tails_are_told_apart(random):
    assert tails.likelihood_ratio(power_law(random, 2.5, 1, 5_000), 1, "exponential").statistic > 5
    assert tails.likelihood_ratio(random.geometric(0.3, 5_000), 1, "exponential").statistic < -5
    assert tails.fit_tail(random.poisson(10, 5_000)).exponent > 5


def test_independent_events_vary_as_much_as_their_mean(random):
    counts = random.poisson(0.7, (50, 1000))
    assert patterns.variance_to_mean(counts) == pytest.approx(1, abs=0.03)
    assert patterns.variance_to_mean_within(counts) == pytest.approx(1, abs=0.03)
    pairs = patterns.next_week(counts)
    assert patterns.odds_ratio(pairs) == pytest.approx(1, abs=0.05)
    assert patterns.odds_ratio_within(pairs) == pytest.approx(1, abs=0.05)


def test_differences_between_places_are_told_from_clustering_in_time(random):
    counts = random.poisson(numpy.linspace(0.05, 3, 50)[:, None], (50, 1000))
    assert patterns.variance_to_mean(counts) > 1.3
    assert patterns.variance_to_mean_within(counts) == pytest.approx(1, abs=0.03)
    pairs = patterns.next_week(counts)
    assert patterns.odds_ratio(pairs) > 3
    assert patterns.odds_ratio_within(pairs) == pytest.approx(1, abs=0.05)


def test_odds_after_a_week_with_an_event():
    """Eight pairs: 3 from event to event, 1 to none, 1 from none to event, 3 to none; odds 3 against 1/3."""
    pairs = patterns.next_week(numpy.array([[2, 1, 5, 1, 0, 0, 0, 0, 1]]))
    assert pairs.tolist() == [[[3, 1], [1, 3]]]
    assert patterns.odds_ratio(pairs) == pytest.approx(9)
    assert patterns.odds_ratio_within(pairs) == pytest.approx(9)


def test_chains_are_counted_once_and_only_while_the_side_changes():
    #  0 (a) - 1 (b) - 2 (a) - 3 (b) - 4 (a)   four links
    #              \_ 5 (c)                    what is left of a branch is no chain
    #  6 (a) - 7 (a) - 8 (b)                   one link: the first two are of one side
    #  9 (b) - 10 (none) - 11 (a)              no link
    causes = [-1, 0, 1, 2, 3, 1, -1, 6, 7, -1, 9, 10]
    sides = [0, 1, 0, 1, 0, 2, 0, 0, 1, 1, -1, 0]
    assert sorted(patterns.chain_lengths(causes, sides)) == [1, 4]


def test_the_longer_branch_is_followed():
    causes = [-1, 0, 0, 1, 3]
    sides = [0, 1, 1, 0, 1]
    assert list(patterns.chain_lengths(causes, sides)) == [3]


def test_no_causes_no_chains():
    assert len(patterns.chain_lengths([-1, -1], [0, 1])) == 0


def test_ranks_are_correlated():
    assert patterns.rank_correlation([1, 2, 3, 4], [1, 10, 100, 1000]) == pytest.approx(1)
    assert patterns.rank_correlation([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)
    assert patterns.rank_correlation([1, 2, 3, 4], [0, 0, 0, 0]) == 0


def test_the_first_value_below_a_level():
    assert patterns.first_below([0.2, 0.1, -0.1, 0.3], 0) == 2
    assert patterns.first_below([0.2, 0.1], 0) == -1


# Power laws, tested and compared


def test_a_power_law_is_not_doubted_and_a_lognormal_is(random):
    values = tails.draw(2.5, 3, 1500, random)
    fit = tails.fit_tail(values)
    assert fit.exponent == pytest.approx(2.5, abs=0.15)
    assert tails.tail_p(values, fit, resamples=99) > 0.1
    lognormal = numpy.floor(random.lognormal(1.5, 0.8, 3000) + 0.5)
    assert tails.tail_p(lognormal, tails.fit_tail(lognormal, 500), 500, resamples=99) < 0.1
    exponential = random.geometric(0.1, 3000)
    assert tails.tail_p(exponential, tails.fit_tail(exponential, 1500), 1500, resamples=99) < 0.1


def test_p_values_of_power_laws_are_spread_evenly(random):
    found = []
    for _ in range(20):
        values = tails.draw(2.3, 1, 400, random)
        found.append(tails.tail_p(values, tails.fit_tail(values, 200), 200, resamples=39))
    assert 0.3 < numpy.mean(found) < 0.8


def test_draws_follow_the_law(random):
    from scipy import special

    values = tails.draw(1.9, 2, 40_000, random)
    assert values.min() == 2
    for x in (3, 10, 100, 10_000):
        share = special.zeta(1.9, x) / special.zeta(1.9, 2)
        assert (values >= x).mean() == pytest.approx(share, abs=4 * numpy.sqrt(share / 40_000))


def test_the_likelier_law_wins(random):
    lognormal = numpy.floor(random.lognormal(2, 0.6, 4000) + 0.5)
    against = tails.likelihood_ratio(lognormal, 1, "lognormal")
    assert against.statistic < -5 and against.p < 0.001
    either = tails.likelihood_ratio(tails.draw(2.5, 1, 3000, random), 1, "lognormal")
    assert either.statistic > -2
    assert tails.likelihood_ratio(random.geometric(0.2, 3000), 1, "exponential").p < 0.001


def test_too_few_values_have_no_tail():
    assert tails.fit_tail([1, 2, 3]) is None
    assert tails.fit_tail([2] * 500) is None
    assert tails.fit_tail([]) is None


# Neighbours, windows, ranks within rows


def test_events_near_an_active_neighbour():
    """Places 0 and 1 are neighbours; 2 is alone. 1 follows 0 by a week."""
    counts = numpy.array([[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [1, 0, 1, 0, 1, 0]])
    neighbours = numpy.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], bool)
    pairs = patterns.next_to(counts, neighbours)
    assert pairs[1].tolist() == [[3, 0], [0, 2]]
    assert pairs[2].tolist() == [[3, 2], [0, 0]]


def test_neighbours_without_ties_leave_odds_alone(random):
    counts = random.poisson(0.5, (30, 800))
    ring = numpy.roll(numpy.eye(30, dtype=bool), 1, 0)
    assert patterns.odds_ratio_within(patterns.next_to(counts, ring)) == pytest.approx(1, abs=0.05)
    follows = counts + numpy.roll(numpy.roll(counts, 1, 0), 1, 1)
    assert patterns.odds_ratio_within(patterns.next_to(follows, ring)) > 1.5


def test_odds_of_what_never_happens_are_unknown():
    assert numpy.isnan(patterns.odds_ratio(patterns.next_week(numpy.zeros((3, 9)))))
    assert numpy.isnan(patterns.odds_ratio_within(patterns.next_week(numpy.zeros((3, 9)))))
    assert numpy.isnan(patterns.variance_to_mean(numpy.zeros((3, 9))))


def test_ranks_within_rows_leave_differences_between_rows_out():
    one, other = numpy.array([[1, 2, 3], [11, 12, 13]]), numpy.array([[9, 8, 7], [90, 80, 70]])
    assert patterns.rank_correlation_within(one, other) == pytest.approx(-1)
    assert patterns.rank_correlation_within(one, -other) == pytest.approx(1)
    assert patterns.rank_correlation_within(one, numpy.ones((2, 3))) == 0


def test_after_over_before_by_hand():
    """One event a day but for days 5 to 8, after the loss of day 4; any of days 4 to 16 has four days on either side."""
    times = [day for day in range(21) if not 5 <= day <= 8]
    after = [sum(day in times for day in range(d + 1, d + 5)) for d in range(4, 17)]
    before = [sum(day in times for day in range(d - 4, d)) for d in range(4, 17)]
    assert patterns.after_over_before(times, [10], 4, 0, 20) == pytest.approx((4 / 1) / (sum(after) / sum(before)))
    assert patterns.after_over_before(times, [10, 12, 1], 4, 0, 20) == pytest.approx(
        ((4 + 4) / (1 + 3)) / (sum(after) / sum(before)))
    assert patterns.after_over_before(times, [4], 4, 0, 20) == 0
    assert numpy.isnan(patterns.after_over_before(times, [3, 17], 4, 0, 20))  # windows that were not seen whole
    assert numpy.isnan(patterns.after_over_before([15], [10], 4, 0, 20))  # nothing before
    assert numpy.isnan(patterns.after_over_before([], [10], 4, 0, 20))


@pytest.mark.parametrize("factor", [1, 0.5])
def test_growth_and_small_counts_do_not_look_like_an_answer_to_a_loss(random, factor):
    """Events that double each year and five losses at any dates, after each of which so many of the events happen."""
    found = []
    for _ in range(400):
        moments = random.choice(numpy.arange(1, 9) * 200, 5, replace=False) + random.integers(0, 20)
        rate = 0.05 * 2 ** (numpy.arange(2000) / 365)
        for moment in moments:
            rate[moment + 1:moment + 91] *= factor
        times = numpy.repeat(numpy.arange(2000), random.poisson(rate))
        found.append(patterns.after_over_before(times, moments, 90, 0, 1999))
    assert numpy.mean(found) == pytest.approx(factor, abs=0.04)
