"""Boxes, trees, regret, implausibility and reversals: known answers, properties, and how often they are right."""

import os
import sys
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats
from statsmodels.stats.multitest import multipletests

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCES / "analysis"))
from sahelsim import prim, reversal, robustness, targets  # noqa: E402
from sahelsim.implausibility import figure_of, of_points  # noqa: E402
from sahelsim.tree import classify  # noqa: E402

pytestmark = pytest.mark.analysis


def planted(count=200, factors=5, seed=1, noise=0.0):
    """Wins where the first factor is above 0.4 and the third below 0.6, some of them turned round."""
    rng = numpy.random.default_rng(seed)
    points = rng.random((count, factors))
    wins = (points[:, 0] > 0.4) & (points[:, 2] < 0.6)
    return points, wins ^ (rng.random(count) < noise)


# Boxes


def test_quality_by_hand():
    inside = numpy.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0], bool)
    wins = numpy.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0], bool)
    found = prim.quality(inside, wins)
    assert (found.points, found.wins, found.mass, found.density) == (4, 3, 0.4, 0.75)
    assert found.coverage == pytest.approx(3 / 5) and found.youden == pytest.approx(3 / 5 - 1 / 5)


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_a_planted_box_is_found(noise):
    points, wins = planted(noise=noise)
    box, _, _ = prim.search(points, wins)
    assert box.restricted.tolist() == [True, False, True, False, False]
    assert box.low[0] == pytest.approx(0.4, abs=0.05) and box.high[2] == pytest.approx(0.6, abs=0.05)
    assert numpy.isinf(box.high[0]) and numpy.isinf(box.low[2])
    found = prim.quality(box.holds(points), wins)
    assert min(found.coverage, found.density) > 0.97 - 3 * noise
    assert numpy.nanmax(prim.quasi_p(box, points, wins)) < 1e-6
    assert prim.search_p(points, wins, permutations=19) == 0.05
    held = prim.held_out(points, wins, repeats=2)
    assert held.density == pytest.approx(found.density, abs=0.1) and held.low > held.base
    assert held.restricted[[0, 2]].min() == pytest.approx(1) and held.restricted[[1, 3, 4]].max() < 0.3


def test_in_noise_nothing_convincing_is_found():
    p, held, base = [], [], []
    for seed in range(10):
        rng = numpy.random.default_rng(seed)
        points, wins = rng.random((40, 3)), rng.random(40) < 0.5
        p.append(prim.search_p(points, wins, permutations=19))
        found = prim.held_out(points, wins, repeats=2)
        held.append(found.density)
        base.append(found.base)
    assert sum(each <= 0.05 for each in p) <= 2 and 0.25 < numpy.mean(p) < 0.8
    assert numpy.mean(held) == pytest.approx(numpy.mean(base), abs=0.05)


def test_a_chosen_box_overfits_noise_and_held_out_points_show_it():
    rng = numpy.random.default_rng(3)
    points, wins = rng.random((80, 6)), rng.random(80) < 0.4
    trajectory = prim.peel(points, wins)
    within = prim.quality(trajectory[-1].holds(points), wins).density
    found = prim.held_out(points, wins, prim.nearest_mass(trajectory[-1].holds(points).mean()), repeats=2)
    assert within > 0.75 and found.density < 0.6 and not found.low > found.base


@settings(max_examples=15, deadline=None, database=None)
@given(some.integers(0, 10**6))
def test_another_scale_gives_the_same_box(seed):
    points, wins = planted(60, 3, seed, noise=0.2)
    scaled = numpy.stack([numpy.exp(5 * points[:, 0]), points[:, 1] ** 3 - 7, numpy.log(points[:, 2] + 0.01)], 1)
    one, two = prim.search(points, wins), prim.search(scaled, wins)
    assert one[2] == two[2] and len(one[1]) == len(two[1])
    for box, other in zip([one[0], *one[1]], [two[0], *two[1]]):
        assert (box.holds(points) == other.holds(scaled)).all() and (box.restricted == other.restricted).all()


@settings(max_examples=15, deadline=None, database=None)
@given(some.integers(0, 10**6))
def test_a_trajectory_is_nested_and_ends_dense_or_small(seed):
    points, wins = planted(50, 3, seed, noise=0.3)
    trajectory = prim.peel(points, wins)
    inside = [box.holds(points) for box in trajectory]
    assert inside[0].all()
    for one, two in zip(inside, inside[1:]):
        assert (two <= one).all() and two.sum() < one.sum() and two.sum() >= prim.least_points(50)
    pasted = prim.paste(trajectory[-1], points, wins)
    assert (pasted.holds(points) >= inside[-1]).all()
    assert wins[pasted.holds(points)].mean() >= wins[inside[-1]].mean()


def test_tied_values_go_together():
    points = numpy.repeat([[0.0], [1.0], [2.0]], 10, axis=0)
    wins = points[:, 0] == 2
    trajectory = prim.peel(points, wins)
    assert [int(box.holds(points).sum()) for box in trajectory] == [30, 20, 10]
    assert trajectory[-1].low.tolist() == [2.0]


def test_pasting_gives_back_what_was_peeled_too_much():
    points = numpy.arange(20.0)[:, None]
    wins = points[:, 0] >= 8
    narrow = prim.Box(numpy.array([12.0]), numpy.array([15.0]))
    assert prim.paste(narrow, points, wins).low.tolist() == [8.0]
    assert numpy.isinf(prim.paste(narrow, points, wins).high[0])


def test_quasi_p_by_hand():
    points = numpy.arange(10.0)[:, None]
    wins = numpy.isin(numpy.arange(10), [1, 5, 6, 7, 8, 9])
    box = prim.Box(numpy.array([5.0]), numpy.array([numpy.inf]))
    assert prim.quasi_p(box, points, wins) == pytest.approx([0.6**5])
    assert numpy.isnan(prim.quasi_p(prim.Box.whole(1), points, wins)).all()


def test_restrictions_that_do_nothing_go():
    points, wins = planted()
    box = prim.Box(numpy.array([0.4, 0.02, -numpy.inf, -numpy.inf, -numpy.inf]),
                   numpy.array([numpy.inf, numpy.inf, 0.6, numpy.inf, numpy.inf]))
    assert prim.simplified(box, points, wins).restricted.tolist() == [True, False, True, False, False]


def test_intervals_of_shares_are_scipys():
    of_scipy = stats.binomtest(7, 20).proportion_ci(0.9, "exact")
    assert prim.proportion_interval(7, 20) == pytest.approx((of_scipy.low, of_scipy.high))
    assert prim.proportion_interval(0, 20)[0] == 0 and prim.proportion_interval(20, 20)[1] == 1
    assert numpy.isnan(prim.proportion_interval(0, 0)).all()


# Trees


def test_a_tree_finds_what_was_planted_on_any_scale():
    points, wins = planted()
    found = classify(points, wins)
    assert {factor for leaf in found.leaves for factor, _, _ in leaf.conditions} == {0, 2}
    assert found.accuracy > 0.9 > found.base and found.low > found.base
    assert sum(leaf.points for leaf in found.leaves) == 200 and sum(leaf.wins for leaf in found.leaves) == wins.sum()
    for leaf in found.leaves:
        inside = numpy.ones(len(points), bool)
        for factor, sign, value in leaf.conditions:
            inside &= points[:, factor] <= value if sign == "<=" else points[:, factor] > value
        assert (inside.sum(), wins[inside].sum()) == (leaf.points, leaf.wins)
    scaled = classify(numpy.exp(9 * points), wins)
    assert [(leaf.points, leaf.wins) for leaf in scaled.leaves] == [(leaf.points, leaf.wins) for leaf in found.leaves]
    assert scaled.accuracy == found.accuracy


def test_a_tree_of_noise_is_no_better_than_its_base():
    better = 0
    for seed in range(4):
        rng = numpy.random.default_rng(seed)
        found = classify(rng.random((60, 3)), rng.random(60) < 0.5, seed)
        better += found.low > found.base
    assert better <= 1


# Regret


def test_the_table_of_regret_by_hand():
    # Two arms, four points, two replicates that agree but at the last point.
    means = numpy.array([[10.0, 20, 30, 40], [15, 10, 30, 20]])
    cells = numpy.stack([means, means], -1)
    cells[0, 3] = [38, 42]
    found = robustness.regret_table(cells)
    assert found.mean.tolist() == [25, 18.75] and found.worst.tolist() == [40, 30]
    assert robustness.regret(means).tolist() == [[0, 10, 0, 20], [5, 0, 0, 0]]
    assert found.mean_regret.tolist() == [7.5, 1.25] and found.max_regret.tolist() == [20, 5]
    assert found.p90_regret == pytest.approx([17, 3.5])
    assert found.best.tolist() == [(1 + 0 + 0.5) / 4, (1 + 0.5 + 1) / 4]


def test_regret_of_arms_that_are_alike_is_what_chance_gives():
    rng = numpy.random.default_rng(2)
    found = robustness.regret_table(rng.normal(100, 10, (3, 900, 5)), draws=50)
    assert found.mean_by_chance == pytest.approx(found.mean_regret, rel=0.2)
    one = robustness.regret_table(rng.normal(100, 10, (3, 20, 1)))
    assert numpy.isnan(one.mean_by_chance).all() and (one.max_regret > 0).all()


def test_missing_replicates_are_no_zeros():
    cells = numpy.array([[[10.0, numpy.nan], [20, 30]], [[12, numpy.nan], [20, 20]]])
    found = robustness.regret_table(cells)
    assert found.mean.tolist() == [17.5, 16] and found.max_regret.tolist() == [5, 2]


def test_the_domain_criterion_is_a_share_of_points():
    values = numpy.array([[1.0, 2, 3, 4], [5, 5, 5, 1]])
    assert robustness.domain(values, 3, below=True).tolist() == [0.5, 0.25]
    assert robustness.domain(values, 3, below=False).tolist() == [0.25, 0.75]


# Implausibility


def one_target(simulated, low, high, error=0.3, quantity="deaths", discrepancy=0.4):
    target = targets.Target("one", "One", quantity, "", "", "", low, high, error)
    return float(of_points(numpy.array(simulated, dtype=float)[None, :, None], [figure_of(target, discrepancy)])[0, 0])


def test_implausibility_by_hand():
    """Of figures x and errors e: log(1 + x), and e x / (1 + x)."""
    both = numpy.hypot(0.3 * 100 / 101, 0.4)
    assert one_target([200, 200], 100.0, 100.0) == pytest.approx(numpy.log(201 / 101) / both)
    assert one_target([50, 50], 100.0, 100.0) == pytest.approx(numpy.log(101 / 51) / both)
    one, two = numpy.log(191), numpy.log(211)
    variance = 1.5 * (two - one) ** 2 / 2  # s^2 (1 + 1/2) of two runs
    assert one_target([190, 210, numpy.nan], 100.0, 100.0) == \
        pytest.approx(((one + two) / 2 - numpy.log(101)) / numpy.sqrt(both**2 + variance))
    assert one_target([200], 100.0, 150.0) == pytest.approx(numpy.log(201 / 151) / numpy.hypot(0.3 * 125 / 126, 0.4))
    assert one_target([120], 100.0, 150.0) == 0 and one_target([1e6], 100.0, numpy.inf) == 0
    assert one_target([2, 2], 1.0, 1.0, quantity="presence_class") == pytest.approx(1 / 0.5)
    assert numpy.isnan(one_target([numpy.nan], 1.0, 1.0))


def test_zeros_have_an_implausibility():
    assert one_target([0, 0], 100.0, 100.0) == pytest.approx(numpy.log(101) / numpy.hypot(0.3 * 100 / 101, 0.4))
    assert one_target([4, 4], 0.0, 0.0) == pytest.approx(numpy.log(5) / numpy.hypot(0.15, 0.4))
    assert one_target([0, 0], 0.0, 0.0) == 0
    assert one_target([0, 0], 0.0, 0.0, error=0.0, discrepancy=0.0) == 0


# Reversals


@pytest.mark.parametrize(("points", "critical"), [(2, 2.71), (3, 4.23), (4, 5.43), (5, 6.50)])
def test_critical_values_are_those_of_gail_and_simon(points, critical):
    # Gail & Simon (1985), table 1, alpha = 0.05.
    z = numpy.zeros(points)
    z[0], z[1] = 10, -numpy.sqrt(critical)
    assert reversal.together_p(z) == pytest.approx(0.05, abs=0.0004)


def test_drawn_and_exact_p_agree_where_points_share_little():
    for square in (3.0, 9.0, 14.0):
        assert reversal.one_sided_p(square, 12, 1e-9) == pytest.approx(reversal.one_sided_p(square, 12), abs=0.01)
    assert reversal.one_sided_p(0.0, 5) == 1 and reversal.one_sided_p(40.0, 5, 1.0) > 10 * reversal.one_sided_p(40.0, 5)


def test_the_range_test_by_hand():
    assert reversal.single_p(numpy.array([3.0, 0.1, -2.5])) == pytest.approx(2 * stats.norm.sf(2.5))
    assert reversal.single_p(numpy.array([3.0, 0.1, 2.5])) == 1


def test_variances_are_drawn_towards_a_common_one():
    rng = numpy.random.default_rng(1)
    true = 8 * 4.0 / rng.chisquare(8, 3000)  # prior of 8 degrees of freedom and variance 4
    cells = rng.normal(0, numpy.sqrt(true)[:, None], (3000, 4))
    common, weight = reversal._prior(cells.var(1, ddof=1), numpy.full(3000, 3.0))
    assert common == pytest.approx(4, rel=0.1) and weight == pytest.approx(8, rel=0.25)
    found = reversal.point_effects(cells)
    assert (numpy.abs(found.z) > 1.96).mean() == pytest.approx(0.05, abs=0.012)
    equal = reversal.point_effects(rng.normal(0, 3, (400, 3)))
    assert equal.freedom.min() > 30 and equal.error.mean() == pytest.approx(3 / numpy.sqrt(3), rel=0.1)


def test_trigamma_is_inverted():
    from scipy import special
    for value in (0.01, 0.5, 1.0, 30.0):
        assert special.polygamma(1, reversal._inverse_trigamma(value)) == pytest.approx(value)


def test_replicates_that_agree_by_chance_are_not_sure():
    rng = numpy.random.default_rng(4)
    cells = rng.integers(-3, 4, (30, 2)).astype(float)
    cells[0] = [2, 2]
    assert abs(reversal.point_effects(cells).z[0]) < 3


@pytest.mark.parametrize("shared", [0.0, 0.5])
def test_chance_that_points_share_is_measured(shared):
    rng = numpy.random.default_rng(2)
    found = [reversal.shared_chance(numpy.sqrt(shared) * rng.normal(size=(1, 6)) + numpy.sqrt(1 - shared)
                                    * rng.normal(size=(80, 6))) for _ in range(60)]
    assert numpy.mean(found) == pytest.approx(shared, abs=0.06)


@pytest.mark.parametrize(("effect", "shared"), [(0.0, 0.0), (0.0, 0.3), (0.6, 0.0), (0.6, 0.3)])
def test_chance_is_seldom_taken_for_a_reversal(effect, shared):
    rng = numpy.random.default_rng(5)
    wrong = 0
    for _ in range(40):
        chance = numpy.sqrt(shared) * rng.normal(size=(1, 4)) + numpy.sqrt(1 - shared) * rng.normal(size=(25, 4))
        wrong += reversal.reverses(effect + chance).verdict == "undetermined"
    assert wrong <= 5  # 40 tests at 0.05: more than 5 has a probability of 1.4 %


def test_the_three_answers():
    rng = numpy.random.default_rng(6)
    noise = rng.normal(0, 1, (40, 4))
    holds = reversal.reverses(5 + noise)
    assert (holds.verdict, holds.side, holds.other) == ("holds", 1, 0) and holds.better_points.all()
    turned = noise + numpy.where(numpy.arange(40) < 6, -5, 5)[:, None]
    found = reversal.reverses(turned)
    assert (found.verdict, found.side, found.other) == ("undetermined", 1, 6)
    assert found.worse_points.tolist() == [True] * 6 + [False] * 34
    assert reversal.reverses(noise).verdict == "unclear"
    assert reversal.reverses(noise[:, :1]).verdict == "untested"
    other_way = reversal.reverses(-turned)
    assert (other_way.verdict, other_way.side, other_way.p_single) == ("undetermined", -1, found.p_single)


def test_several_arms_are_corrected_for():
    rng = numpy.random.default_rng(7)
    noise = [rng.normal(0, 1, (40, 4)) for _ in range(9)]
    weak = noise[0] + numpy.where(numpy.arange(40) < 1, -1.5, 5)[:, None]
    alone = reversal.reverses(weak)
    many = [alone, *map(reversal.reverses, noise[1:])]
    among = reversal.corrected(many)
    assert [one.p_reversal for one in among] == pytest.approx(multipletests([one.p_reversal for one in many], 0.05, "holm")[1])
    assert [one.p_main for one in among] == pytest.approx(multipletests([one.p_main for one in many], 0.05, "holm")[1])
    assert (alone.verdict, among[0].verdict) == ("undetermined", "differs") and 0.005 < alone.p_reversal < 0.05
    assert reversal.corrected([alone])[0].p_reversal == alone.p_reversal
    single = reversal.reverses(noise[1][:, :1])
    assert [one.verdict for one in reversal.corrected([alone, single])] == ["undetermined", "untested"]


def test_many_small_reversals_show_together_where_no_single_one_does():
    rng = numpy.random.default_rng(8)
    effects = numpy.where(numpy.arange(120) < 60, -0.9, 0.9)[:, None]
    found = reversal.reverses(effects + rng.normal(0, 1, (120, 4)))
    assert found.verdict == "undetermined" and found.p_together < 0.001 < found.p_single


def test_effects_that_vanish_at_some_points_are_no_reversal_but_no_equal_effect():
    rng = numpy.random.default_rng(9)
    effects = numpy.where(numpy.arange(60) < 25, 0, 6)[:, None]
    found = reversal.reverses(effects + rng.normal(0, 1, (60, 4)))
    assert found.verdict == "differs" and found.other > found.expected_high and found.p_together > 0.05


def test_what_may_go_undetected_follows_the_rule_of_three():
    assert reversal.undetected_share(0, 100) == pytest.approx(1 - 0.05 ** 0.01) == pytest.approx(0.03, rel=0.02)
    of_scipy = stats.binomtest(4, 50, alternative="less").proportion_ci(0.95, "exact")
    assert reversal.undetected_share(4, 50) == pytest.approx(of_scipy.high)
    assert reversal.undetected_share(3, 3) == 1
