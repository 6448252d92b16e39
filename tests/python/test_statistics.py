"""Statistics of paired runs: known answers, properties, and how often they are right on data of known truth."""

import os
import sys
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCES / "analysis"))
from sahelsim import statistics  # noqa: E402

pytestmark = pytest.mark.analysis

# Darwin's pairs of cross- and self-fertilised plants, differences in eighths of an inch: Fisher (1935), section 17.
DARWIN = numpy.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48])
NUMBERS = some.lists(some.integers(-1000, 1000), min_size=5, max_size=40).map(numpy.array)


def test_sign_flips_give_fishers_answer_for_darwins_plants():
    # Fisher counts 863 of 2^15 patterns with a sum of 314 or more: 2 * 863 / 32768 = 5.27 %.
    assert statistics.sign_flip_p(DARWIN, flips=200_000)[0] == pytest.approx(2 * 863 / 2**15, abs=0.003)
    exact = statistics.sign_flip_p(DARWIN[:10])[0]
    of_scipy = stats.permutation_test((DARWIN[:10],), numpy.sum, permutation_type="samples", n_resamples=numpy.inf)
    assert exact == pytest.approx(of_scipy.pvalue)


def test_sign_flips_of_shares_are_the_exact_test_of_mcnemar():
    differences = numpy.array([1] * 7 + [-1] * 2 + [0] * 3)
    assert statistics.sign_flip_p(differences)[0] == pytest.approx(stats.binomtest(2, 9).pvalue)


def test_the_interval_is_scipys():
    rows = numpy.stack([DARWIN, DARWIN**2])
    found = statistics.bca_interval(rows, seed=3)
    for row, ends in zip(rows, found):
        alone = stats.bootstrap((row,), numpy.mean, confidence_level=0.9, method="BCa",
                                random_state=numpy.random.default_rng(3)).confidence_interval
        assert ends == pytest.approx((alone.low, alone.high))
    assert (statistics.bca_interval([[2.0] * 6]) == [2.0, 2.0]).all()
    nearly = numpy.array([[0.1, 0.1, 0.1 + 1e-17, 0.3 - 0.2, 0.1, 0.1]])
    assert statistics.bca_interval(nearly) == pytest.approx(0.1)


@pytest.mark.parametrize("draw", [lambda rng: rng.normal(3, 5, (300, 30)), lambda rng: rng.exponential(3, (300, 30))])
def test_nine_of_ten_intervals_hold_the_true_mean(draw):
    ends = statistics.bca_interval(draw(numpy.random.default_rng(5)), resamples=1999)
    assert ((ends[:, 0] < 3) & (3 < ends[:, 1])).mean() == pytest.approx(0.89, abs=0.04)


def test_holm_gives_rs_values():
    # R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    assert statistics.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert numpy.isnan(statistics.holm([0.01, numpy.nan])[1]) and statistics.holm([0.01, numpy.nan])[0] == 0.01


def test_equivalence_is_that_the_interval_lies_within_the_margin():
    differences = numpy.random.default_rng(2).normal(0.3, 2, 40)
    low, high = statistics.t_interval(differences)
    error = stats.sem(differences)
    for margin, within in ((1.01 * max(-low, high), True), (0.99 * max(-low, high), False)):
        assert (statistics.equivalence_p(differences.mean(), error, 39, margin) < 0.05) == within
        above = stats.ttest_1samp(differences, -margin, alternative="greater").pvalue
        below = stats.ttest_1samp(differences, margin, alternative="less").pvalue
        assert statistics.equivalence_p(differences.mean(), error, 39, margin) == pytest.approx(max(above, below))


def test_the_worst_tenth_is_the_mean_of_the_worst():
    assert statistics.worst_tenth(numpy.arange(40), -1) == pytest.approx(37.5)
    assert statistics.worst_tenth(numpy.arange(40), 1) == pytest.approx(1.5)
    assert statistics.worst_tenth(numpy.arange(25), -1) == pytest.approx((24 + 23 + 0.5 * 22) / 2.5)
    assert statistics.worst_tenth([3, 9, 4], -1) == 9


def test_ties_count_half():
    assert statistics.paired_probability([-2, -1, 0, 0, 5], -1) == pytest.approx(0.6)


def test_the_correlation_leaves_out_what_differs_between_points():
    rng = numpy.random.default_rng(1)
    noise, level = rng.normal(size=(2, 6, 30)), 100 * numpy.arange(6)[:, None]
    shared = noise[0]
    assert statistics.correlation(level + noise[0], level + noise[1]) == pytest.approx(0, abs=0.2)
    assert statistics.correlation(level + shared, -level + shared) == pytest.approx(1)
    assert numpy.isnan(statistics.correlation(numpy.ones((1, 5)), rng.normal(size=(1, 5))))
    assert statistics.correlation(noise[0][:1], noise[1][:1]) == pytest.approx(
        numpy.corrcoef(noise[0][0], noise[1][0])[0, 1])


def crossed(rng, points=12, replicates=8, of_points=2.0, of_replicates=3.0, of_cells=1.0, mean=5.0):
    return (mean + of_points * rng.normal(size=(points, 1)) + of_replicates * rng.normal(size=(1, replicates))
            + of_cells * rng.normal(size=(points, replicates)))


def test_a_full_table_gives_the_mean_squares_of_an_analysis_of_variance():
    cells = crossed(numpy.random.default_rng(4))
    points, replicates = cells.shape
    found = statistics.two_way(cells)
    of_points = replicates * cells.mean(1).var(ddof=1)
    of_replicates = points * cells.mean(0).var(ddof=1)
    left = cells - cells.mean(1, keepdims=True) - cells.mean(0) + cells.mean()
    rest = (left**2).sum() / ((points - 1) * (replicates - 1))
    assert found.mean == pytest.approx(cells.mean())
    assert found.error**2 * cells.size == pytest.approx(of_points + of_replicates - rest)
    assert found.between**2 == pytest.approx((of_points - rest) / replicates)
    assert found.within == pytest.approx(numpy.sqrt(cells.var(axis=1, ddof=1).mean()))


@pytest.mark.parametrize("gaps", [False, True])
def test_nine_of_ten_tables_have_the_true_mean_in_their_interval(gaps):
    rng = numpy.random.default_rng(6)
    held, between = 0, []
    for _ in range(1500):
        cells = crossed(rng)
        if gaps:
            cells[rng.random(cells.shape) < 0.2] = numpy.nan
        found = statistics.two_way(cells)
        low, high = statistics.two_way_interval(found)
        held += low < 5 < high
        between.append(found.between**2)
    assert held / 1500 == pytest.approx(0.91, abs=0.04)
    assert numpy.mean(between) == pytest.approx(4, rel=0.15)


def test_one_point_or_one_replicate_says_nothing_of_the_other():
    assert numpy.isnan(statistics.two_way(numpy.ones((1, 9))).error)
    assert numpy.isnan(statistics.two_way(numpy.arange(9.0)[:, None]).error)


def test_the_front_has_what_nothing_beats():
    costs = [[1, 5], [2, 2], [5, 1], [2, 3], [5, 5]]
    assert statistics.front(costs).tolist() == [True, True, True, False, False]
    assert statistics.front([[1, 1], [1, 1]]).all()


@settings(max_examples=40, deadline=None, database=None)
@given(NUMBERS)
def test_turning_signs_round_turns_answers_round(differences):
    assert statistics.sign_flip_p(differences)[0] == pytest.approx(statistics.sign_flip_p(-differences)[0])
    assert statistics.paired_probability(differences, 1) == pytest.approx(1 - statistics.paired_probability(differences, -1))
    assert statistics.worst_tenth(differences, 1) == pytest.approx(-statistics.worst_tenth(-differences, -1))


@settings(max_examples=40, deadline=None, database=None)
@given(NUMBERS, some.integers(-100, 100))
def test_the_interval_moves_with_the_numbers(differences, shift):
    ends = statistics.bca_interval(differences, resamples=299)
    moved = statistics.bca_interval(differences + shift, resamples=299)
    assert moved == pytest.approx(ends + shift, abs=1e-6)
    assert differences.min() <= ends[0, 0] <= ends[0, 1] <= differences.max()


@settings(max_examples=60, deadline=None, database=None)
@given(some.lists(some.floats(0, 1), min_size=1, max_size=30))
def test_correction_keeps_the_order_and_never_helps(p):
    corrected = statistics.holm(p)
    assert (corrected >= numpy.array(p)).all() and (corrected <= 1).all()
    assert (numpy.diff(corrected[numpy.argsort(p, kind="stable")]) >= 0).all()
