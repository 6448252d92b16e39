"""Sensitivity: each statistic gives answers that are known, and noise of replicates biases none."""

import itertools
import os
import sys
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

sys.path.insert(0, str(Path(os.environ["SAHELSIM_SCENARIOS"]).parent / "analysis"))
from sahelsim.chance import components, few_replicates, fullest_block, jackknife_variance, product, widened  # noqa: E402
from sahelsim.morris import elementary_effects, summarize  # noqa: E402
from sahelsim.partial_ranks import correlations_of_means, partial_rank_correlations  # noqa: E402
from sahelsim.sobol import sobol_indices  # noqa: E402
from sensitivity_files import g_function, g_indices, hypercube, ishigami, ishigami_indices, morris, saltelli  # noqa: E402

pytestmark = pytest.mark.analysis


def blocks_of(points, values):
    """A, AB, B and BA, [sample, (factor,) replicate], of values [point, replicate]."""
    factors = len(points.names)
    rows = values.reshape(-1, points.blocks.index("B") + 1, values.shape[-1])
    ba = rows[:, 1 + factors: -1] if rows.shape[1] > factors + 2 else None
    return rows[:, 0], rows[:, 1: 1 + factors], rows[:, -1], ba


def indices(points, values, **options):
    return sobol_indices(*blocks_of(points, values), **{"resamples": 200, **options})


# Sobol indices


def test_indices_of_the_ishigami_function():
    variance, first, total = ishigami_indices()
    points = saltelli(2048, 3)
    found = indices(points, ishigami(points.values)[:, None])
    assert found.variance == pytest.approx(variance, rel=0.01)
    assert found.first == pytest.approx(first, abs=0.02) and found.total == pytest.approx(total, abs=0.02)
    for values, ends in ((first, found.first_interval), (total, found.total_interval)):
        assert (ends[:, 0] <= values + 1e-3).all() and (values - 1e-3 <= ends[:, 1]).all()
    assert found.uncorrected_total == pytest.approx(found.total)


def test_indices_of_pairs():
    points = saltelli(1024, 3, pairs=True)
    found = indices(points, ishigami(points.values)[:, None])
    _, first, total = ishigami_indices()
    # Only the first and third act together: pairs are (1, 2), (1, 3), (2, 3).
    assert found.second == pytest.approx([0, total[2], 0], abs=0.03)
    assert found.first == pytest.approx(first, abs=0.02) and found.total == pytest.approx(total, abs=0.02)
    assert found.second_interval[1, 0] > 0.1 and (found.second_interval[[0, 2], 0] < 0).all()


def test_indices_of_the_g_function():
    a = numpy.array([0, 1, 4.5, 9, 99, 99, 99, 99])
    variance, first, total = g_indices(a)
    points = saltelli(4096, 8)
    found = indices(points, g_function(points.values, a)[:, None])
    assert found.variance == pytest.approx(variance, rel=0.03)
    assert found.first == pytest.approx(first, abs=0.02) and found.total == pytest.approx(total, abs=0.015)


def noisy(values, replicates, rng, own=3.0, common=4.0):
    """Runs with noise that all points share and noise of their own."""
    return values[:, None] + common * rng.normal(size=replicates) + own * rng.normal(size=(len(values), replicates))


def test_noise_of_replicates_biases_no_index():
    points, rng = saltelli(512, 3), numpy.random.default_rng(3)
    clean = indices(points, ishigami(points.values)[:, None])
    found = [indices(points, noisy(ishigami(points.values), 4, rng), resamples=50) for _ in range(40)]
    of = {name: numpy.mean([getattr(one, name) for one in found], axis=0) for name in found[0]._fields
          if name in ("variance", "first", "total", "uncorrected_total")}
    assert of["variance"] == pytest.approx(clean.variance, rel=0.02)
    assert of["first"] == pytest.approx(clean.first, abs=0.012) and of["total"] == pytest.approx(clean.total, abs=0.012)
    # Uncorrected, noise of variance 9 / 4 adds to the variance and, of the mean squared difference, to the total.
    assert of["uncorrected_total"] == pytest.approx((clean.total * clean.variance + 9 / 4) /
                                                       (clean.variance + 9 / 4), abs=0.012)


def test_a_parameter_without_effect_is_not_made_one_by_noise():
    points, rng = saltelli(128, 3), numpy.random.default_rng(5)
    alarms = sum(indices(points, noisy(10 * points.values[:, 0], 4, rng)).total_interval[1, 0] > 0 for _ in range(60))
    assert alarms <= 6  # one in twenty at most on average
    one = indices(points, noisy(10 * points.values[:, 0], 4, rng))
    assert one.total_interval[0, 0] > 0.5 and one.total[0] == pytest.approx(1, abs=0.15)


def test_noise_alone_has_no_indices():
    points, rng = saltelli(64, 2), numpy.random.default_rng(1)
    found = indices(points, rng.normal(size=(len(points.values), 3)))
    assert numpy.isnan(found.total).all() and numpy.isnan(found.total_interval).all() and numpy.isnan(found.first).all()
    assert numpy.isnan(indices(points, numpy.ones((len(points.values), 2))).first).all()


def test_what_all_runs_of_a_replicate_share_changes_nothing():
    points, rng = saltelli(64, 2), numpy.random.default_rng(1)
    values = noisy(points.values @ [1, 2], 3, rng, own=0.3, common=0)
    one, other = indices(points, values), indices(points, values + numpy.array([100, -40, 7]))
    for name in one._fields:
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-6, abs=1e-9), name


# Elementary effects


def effects_of(points, function, noise=0.0, replicates=1, seed=1):
    factors = len(points.names)
    values = points.values.reshape(-1, factors + 1, factors)
    moves = numpy.diff(values, axis=1)
    runs = function(values)[..., None] + noise * numpy.random.default_rng(seed).normal(size=values.shape[:2] + (replicates,))
    return values, elementary_effects(runs, numpy.argmax(moves != 0, 2), numpy.sign(moves.sum(2)), 2 / 3)


def test_effects_of_a_linear_function_are_its_slopes():
    _, found = effects_of(morris(12, 4), lambda x: x @ [3, -2, 0, 0.5])
    found = summarize(found)
    assert found.mu == pytest.approx([3, -2, 0, 0.5]) and found.mu_star == pytest.approx([3, 2, 0, 0.5])
    assert found.sigma == pytest.approx([0] * 4, abs=1e-12)


def test_effects_of_an_interaction_are_the_other_factor():
    points = morris(200, 3)
    values, found = effects_of(points, lambda x: 4 * x[..., 0] * x[..., 1])
    # When the first factor moves, its effect is four times the value that the second has.
    steps = numpy.argmax(numpy.diff(values, axis=1)[..., 0] != 0, axis=1)
    assert found[:, 0, 0] == pytest.approx(4 * values[numpy.arange(200), steps, 1])
    found = summarize(found)
    assert found.mu[:2] == pytest.approx([2, 2], abs=0.25)
    # Four levels, 0 to 1 by thirds, have the variance 5 / 36.
    assert found.sigma[:2] == pytest.approx([4 * numpy.sqrt(5) / 6] * 2, rel=0.08)
    assert found.mu_star[2] == found.sigma[2] == 0
    assert (found.mu_star_interval[:2, 0] < 2).all() and (found.mu_star_interval[:2, 1] > 2).all()


def test_noise_is_taken_out_of_effects():
    _, found = effects_of(morris(400, 2), lambda x: x @ [5, 0], noise=2, replicates=4)
    found = summarize(found, resamples=200)
    # A difference of two means of four runs, over a step of 2 / 3.
    noise = 2 * numpy.sqrt(2 / 4) * 1.5
    assert found.noise == pytest.approx([noise] * 2, rel=0.08)
    assert found.sigma[0] < 0.7 and found.square[0] == pytest.approx(25, abs=2.5)
    assert found.mu_star[1] == pytest.approx(noise * numpy.sqrt(2 / numpy.pi), rel=0.1)
    assert found.chance_alone[1] == pytest.approx(found.mu_star[1], rel=0.1)
    assert found.square_interval[0, 0] > 0 > found.square_interval[1, 0]


def test_few_trajectories_have_no_interval_and_one_replicate_no_noise():
    found = summarize(effects_of(morris(4, 2), lambda x: x @ [1, 2], replicates=3, noise=1)[1])
    assert numpy.isnan(found.mu_star_interval).all() and not numpy.isnan(found.chance_alone).any()
    found = summarize(effects_of(morris(8, 2), lambda x: x @ [1, 2], noise=1)[1])
    assert numpy.isnan(found.chance_alone).all() and numpy.isnan(found.square_interval).all()
    assert not numpy.isnan(found.mu_star_interval).any()


# Partial rank correlations


def test_partial_rank_correlations_are_those_of_residuals():
    rng, points = numpy.random.default_rng(2), hypercube(60, 4)
    x = points.values + 0.3 * points.values[:, ::-1]
    y = numpy.exp(3 * x[:, 0]) - 5 * x[:, 1] + rng.normal(size=60)
    found = partial_rank_correlations(x, y[:, None])
    ranks, target = stats.rankdata(x, axis=0), stats.rankdata(y)
    import statsmodels.api as sm

    for factor in range(4):
        others = sm.add_constant(numpy.delete(ranks, factor, axis=1))
        left = [sm.OLS(values, others).fit().resid for values in (ranks[:, factor], target)]
        r = stats.pearsonr(*left)[0]
        assert found.coefficient[factor, 0] == pytest.approx(r)
        freedom = 60 - 2 - 3
        assert found.p[factor, 0] == pytest.approx(2 * stats.t.sf(abs(r) * numpy.sqrt(freedom / (1 - r**2)), freedom))
        # The t test of the factor's coefficient when ranks are regressed on all factors is the same.
        assert found.p[factor, 0] == pytest.approx(sm.OLS(target, sm.add_constant(ranks)).fit().pvalues[factor + 1])
        assert found.low[factor, 0] < r < found.high[factor, 0]
    assert found.explained[0] == pytest.approx(sm.OLS(target, sm.add_constant(ranks)).fit().rsquared)


def test_a_partial_rank_correlation_by_hand():
    # r(xy.z) = (r(xy) - r(xz) r(yz)) / sqrt((1 - r(xz)^2) (1 - r(yz)^2)), ranks 1 to 6.
    x, z, y = [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [1, 3, 2, 5, 4, 6]
    xy, xz, yz = 1 - 6 * 4 / 210, 1 - 6 * 6 / 210, 1 - 6 * 18 / 210
    found = partial_rank_correlations(numpy.array([x, z]).T, numpy.array([y]).T)
    assert found.coefficient[0, 0] == pytest.approx((xy - xz * yz) / numpy.sqrt((1 - xz**2) * (1 - yz**2)))


def test_intervals_of_rank_correlations_hold_the_truth_as_often_as_they_say():
    rng, held = numpy.random.default_rng(4), 0
    rho = 6 / numpy.pi * numpy.arcsin(0.6 / 2)  # Spearman's of a normal correlation of 0.6
    for _ in range(300):
        x = rng.normal(size=(50, 2))
        found = partial_rank_correlations(x, (0.6 * x[:, 0] + 0.8 * rng.normal(size=50))[:, None])
        held += found.low[0, 0] < rho < found.high[0, 0]
    assert 0.85 < held / 300 < 0.95


def test_what_has_no_correlation_has_none():
    x = hypercube(30, 3).values
    found = partial_rank_correlations(numpy.column_stack([x, x[:, 0], numpy.ones(30)]), x[:, [1]])
    assert numpy.isnan(found.coefficient[[0, 3, 4], 0]).all()
    assert found.coefficient[1, 0] == pytest.approx(1)
    assert numpy.isnan(partial_rank_correlations(x, numpy.ones((30, 1))).coefficient).all()


def leaning(rng, replicates):
    """Fifty points whose outcome goes with the first factor, and with the second as each course of chance has it."""
    x = rng.random((50, 2))
    return x, x[:, [0]] + (x[:, [1]] - 0.5) * rng.normal(size=replicates) + 0.1 * rng.normal(size=(50, replicates))


def test_what_all_points_do_by_the_same_chance_is_not_the_parameters():
    rng = numpy.random.default_rng(7)
    found = [correlations_of_means(*leaning(rng, 4)) for _ in range(80)]
    assert sum(one.p[1] < 0.05 for one in found) <= 8
    plain = [partial_rank_correlations(x, values.mean(1, keepdims=True)) for x, values in
             (leaning(rng, 4) for _ in range(20))]
    assert sum(one.p[1, 0] < 0.05 for one in plain) >= 12  # what would be taken for an effect
    x, values = leaning(rng, 3)
    alike = correlations_of_means(x, values[:, [0, 0, 0]])
    alone = partial_rank_correlations(x, values[:, [0]])
    assert alike.p == pytest.approx(alone.p[:, 0]) and alike.low == pytest.approx(alone.low[:, 0])


# Chance


@settings(max_examples=60, deadline=None, database=None)
@given(some.integers(2, 7).flatmap(lambda n: some.tuples(*[some.lists(some.floats(-1e3, 1e3), min_size=n, max_size=n)] * 2)))
def test_products_are_taken_between_different_replicates(rows):
    one, other = map(numpy.array, rows)
    direct = numpy.mean([one[k] * other[l] for k, l in itertools.permutations(range(len(one)), 2)])
    assert product(one, other) == pytest.approx(direct, abs=1e-6 * (1 + numpy.abs(one).max() * numpy.abs(other).max()))


def test_components_by_hand():
    # Means of points 1.5 and 4.5, of replicates 2 and 4; sums of squares 9, 4 and 1, one degree of freedom each.
    found = components([[1, 2], [3, 6]])
    assert (found.mean, found.between, found.common, found.own) == (3, 4, 1.5, 1)
    assert found.chance_share == pytest.approx(2.5 / 6.5) and found.noise_of_mean == pytest.approx(1 / 9)


def test_noise_of_known_variance_is_recovered():
    rng = numpy.random.default_rng(1)
    found = components(5 * rng.normal(size=(4000, 1)) + 2 * rng.normal(size=12) + 3 * rng.normal(size=(4000, 12)))
    assert found.between == pytest.approx(25, rel=0.1) and found.own == pytest.approx(9, rel=0.05)
    held = common = 0
    for seed in range(100):
        rng = numpy.random.default_rng(seed)
        found = components(5 * rng.normal(size=(40, 1)) + 2 * rng.normal(size=6) + 3 * rng.normal(size=(40, 6)), draws=2000)
        held += found.low < 13 / 38 < found.high
        common += found.common / 100
    assert held >= 84 and common == pytest.approx(4, rel=0.35)


def test_what_one_replicate_or_equal_runs_leave_open():
    one = components(numpy.arange(6.0)[:, None])
    assert one.between == 3.5 and numpy.isnan(one.chance_share) and numpy.isnan(one.noise_of_mean)
    same = components(numpy.ones((4, 3)))
    assert same.between == 0 and numpy.isnan(same.chance_share)
    alike = components(numpy.arange(6.0)[:, None] * numpy.ones(3))
    assert alike.chance_share == 0 and alike.high == 0


@settings(max_examples=60, deadline=None, database=None)
@given(some.lists(some.lists(some.booleans(), min_size=4, max_size=4), min_size=1, max_size=12))
def test_the_block_that_is_kept_has_no_gap(known):
    known = numpy.array(known)
    units, replicates = fullest_block(known)
    assert known[numpy.ix_(units, replicates)].all()
    assert len(units) * len(replicates) >= max(known.all(1).sum() * 4, known.sum(0).max())


def test_one_run_that_failed_costs_one_unit_or_one_replicate():
    known = numpy.ones((100, 3), bool)
    known[7, 1] = False
    units, replicates = fullest_block(known)
    assert len(units) == 99 and 7 not in units and list(replicates) == [0, 1, 2]
    known[:, 2] = numpy.arange(100) < 4
    assert [len(each) for each in fullest_block(known)] == [99, 2]


def test_the_jackknife_of_a_mean_is_its_standard_error():
    values = numpy.array([1.0, 4, 4, 9, 2])
    without = [numpy.delete(values, one).mean() for one in range(5)]
    assert jackknife_variance(without) == pytest.approx(values.var(ddof=1) / 5)
    without = numpy.array([[1.0], [2.0], [3.0]])
    assert jackknife_variance(without) == pytest.approx(4 / 3)
    # Student's t with two degrees of freedom has the quantile 2.920, the normal distribution 1.645.
    wider = numpy.sqrt(1 + 4 / 3 * (2.91999 / 1.64485) ** 2)
    assert few_replicates(3) == pytest.approx((2.91999 / 1.64485) ** 2, rel=1e-4)
    assert widened([2.0], [[1.0, 4.0]], [1.0], without)[0] == pytest.approx([2 - wider, 2 + 2 * wider], rel=1e-4)
    assert widened([2.0], [[2.0, 2.0]], [0.0], without)[0] == pytest.approx([2, 2])
