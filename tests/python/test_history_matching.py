"""The statistics of a calibration against known answers: distributions, emulators, what is ruled out, posterior draws."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.gaussian_process import GaussianProcessRegressor

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
sys.path.insert(0, str(SCENARIOS.parent / "analysis"))
from sahelsim import emulator, history_matching, implausibility, posterior, priors, replicate_noise  # noqa: E402
from sahelsim.problems import Problem  # noqa: E402
from sahelsim.scales import scale_of  # noqa: E402

pytestmark = pytest.mark.analysis

# Distributions


@pytest.mark.parametrize(("text", "u", "value"), [
    ("uniform 0.1 ... 0.4", 0.5, 0.25),
    ("log_uniform 1 ... 100", 0.5, 10),
    ("triangular 0 ... 4 with mode 1", 0.25, 1),
    ("triangular 0 ... 4 with mode 0", 0.75, 2),
    ("beta 0 ... 2 with alpha 2 and beta 1", 0.25, 1),
    ("normal with mean 3 and deviation 2", stats.norm.cdf(1), 5),
    ("normal with mean 0 and deviation 1, within -1 ... 1", 0.5, 0),
    ("normal with mean 0 and deviation 1, above 0", 0.5, stats.norm.ppf(0.75)),
    ("normal with mean 0 and deviation 1, below 0", 0.5, stats.norm.ppf(0.25)),
    ("uniform -8e-05 ... 1e+20", 0.0, -8e-05),
    ("one of 3, 1, 2", 0.5, 1),
    ("one of 3 (weight 8), 1 (weight 2)", 0.79, 3),
    ("always 7", 0.3, 7),
])
def test_distributions_have_the_quantiles_that_their_words_say(text, u, value):
    prior = priors.make("x", "1", text, [0.5])
    assert prior.from_unit(numpy.array([u]))[0] == pytest.approx(value, abs=1e-6)
    if "one of" not in text and "always" not in text:
        assert prior.to_unit(numpy.array([value]))[0] == pytest.approx(u, abs=1e-6)


def test_levels_lie_in_the_middle_of_their_share():
    prior = priors.make("x", "1", "one of 3 (weight 8), 1 (weight 2)", [3, 1])
    assert prior.to_unit(numpy.array([3.0, 1.0])) == pytest.approx([0.4, 0.9])
    assert (prior.low, prior.high) == (1, 3)
    points = numpy.linspace(0.01, 0.99, 50)[:, None]
    assert set(priors.snap([prior], points)[:, 0].round(9)) == {0.4, 0.9}


def test_lists_have_no_distribution_and_nonsense_is_refused():
    assert priors.make("x", "1", "listed", [1]) is None
    for text in ("", "cauchy 0 ... 1", "uniform 0 to 1", "one of a, b"):
        with pytest.raises(Problem, match="expected one of"):
            priors.parse(text)


def test_rounded_values_stay_whole():
    prior = priors.make("x", "1", "uniform 1 ... 9", [2, 5, 7])
    assert prior.whole and (prior.from_unit(numpy.linspace(0, 1, 30)) % 1 == 0).all()
    assert not priors.make("x", "1", "uniform 1 ... 9", [2, 5.5, 7]).whole
    assert not priors.make("x", "1", "uniform 0 ... 1", [0, 1], drawn=False).whole


def test_all_that_the_program_writes_is_understood(tmp_path):
    """One point of its latin hypercube lies in each stratum of every distribution, which only the right one gives."""
    (tmp_path / "all.yaml").write_text("""\
title: All distributions
arms: {small: sahelsim:small}
until: 2017-01-31
vary:
  recruitment.base: range
  decision.armed_weight: {distribution: log_uniform, low: 500, high: 3000}
  control.relaxation_time: {distribution: normal, mean: 90, deviation: 40, low: 30}
  reactions.fear_half_life: {distribution: beta, alpha: 2, beta: 3}
  accord.contact_rate: {distribution: uniform}
  dialogue.collapse_rate: {distribution: normal, mean: 0.01, deviation: 0.01, low: 0.001, high: 0.03}
design: {type: latin_hypercube, points: 16}
""", encoding="utf-8")
    done = subprocess.run([PROGRAM, "design", tmp_path / "all.yaml"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = re.findall(r"^(\w+\.\w+)\s+\S+\s+(\w.*?)\s+all$", done.stdout, re.M)
    assert len(lines) == 6
    points = subprocess.run([PROGRAM, "design", tmp_path / "all.yaml", "--points"], capture_output=True, text=True,
                            timeout=60)
    rows = numpy.array([line.split(",")[1:] for line in points.stdout.splitlines()[1:]], dtype=float)
    for column, (name, text) in enumerate(lines):
        # The unit may have a blank in it, which leaves its second word before the distribution.
        text = text[re.search("uniform|log_uniform|triangular|normal|beta", text).start():]
        u = priors.make(name, "1", text, rows[:, column]).to_unit(rows[:, column])
        assert sorted((u * 16).astype(int)) == list(range(16)), name


@given(st.sampled_from(["incidents", "state_agents", "presence_class"]), st.floats(0, 1e6))
def test_scales_lead_back(quantity, value):
    scale = scale_of(quantity)
    assert scale.back(scale.forward(value)) == pytest.approx(value, rel=1e-9, abs=1e-9)


def test_errors_of_logarithms_are_carried_over():
    scale = scale_of("incidents")
    x = 30 * numpy.exp(0.2 * numpy.random.default_rng(1).standard_normal(100_000))
    assert scale.error(30, 0.2) == pytest.approx(scale.forward(x).std(), rel=0.02)
    assert scale.error(0, 0.5) == pytest.approx(0.25)
    assert scale_of("presence_class").error(2, 0.7) == 0.7


# Chance of runs


def test_chance_that_goes_with_the_mean_is_found():
    rng = numpy.random.default_rng(1)
    of_point = rng.uniform(0, 4, 400)
    table = of_point[:, None] + numpy.exp((-2 - 0.5 * of_point[:, None]) / 2) * rng.standard_normal((400, 5))
    noise = replicate_noise.fit(table.mean(1), table.var(1, ddof=1), numpy.full(400, 5))
    assert noise.coefficients == pytest.approx((-2, -0.5), abs=0.1)
    assert noise.of_means == pytest.approx(noise.variance(table.mean(1)) / 5)
    assert noise.variance(numpy.array([-10.0, 20.0])) == pytest.approx(noise.variance(numpy.array(noise.ends)))


def test_chance_that_points_share_is_told_from_what_they_do_not():
    rng = numpy.random.default_rng(2)
    found = [replicate_noise.shared_part(rng.normal(0, 3, (40, 1)) + numpy.sqrt(share) * rng.standard_normal((1, 12)) +
                                         numpy.sqrt(1 - share) * rng.standard_normal((40, 12)))
             for share in [0.0] * 60 + [0.5] * 60 + [1.0] * 3]
    assert numpy.mean(found[:60]) < 0.02 and numpy.mean(found[60:120]) == pytest.approx(0.5, abs=0.07)
    assert min(found[120:]) > 0.999
    assert replicate_noise.shared_part(numpy.ones((5, 1))) == 0


def test_runs_without_chance_have_none():
    noise = replicate_noise.fit(numpy.arange(12.0), numpy.zeros(12), numpy.full(12, 3))
    assert (noise.variance(numpy.arange(12.0)) == 0).all()
    assert replicate_noise.fit([1.0, 2.0], [numpy.nan, numpy.nan], [1, 1]) is None


# Emulators


def surface(points):
    return 2 * points[:, 0] + numpy.sin(6 * points[:, 1])


def test_an_emulator_foretells_a_smooth_function_and_knows_how_well():
    rng = numpy.random.default_rng(3)
    points, new = rng.random((40, 2)), rng.random((300, 2))
    found = emulator.fit(points, surface(points))
    mean, variance, chance = found.predict(new)
    assert numpy.abs(mean - surface(new)).max() < 0.1
    # Without noise variances are tiny, and may miss errors as tiny.
    assert (numpy.abs(mean - surface(new)) <= 3 * numpy.sqrt(variance + chance) + 1e-3).mean() > 0.97
    assert found.left_out.explained > 0.99 and not found.left_out.fails


def test_a_line_goes_on_beyond_the_points():
    points = numpy.random.default_rng(4).random((20, 2))
    mean, _, _ = emulator.fit(0.2 + 0.6 * points, 3 + 5 * (0.2 + 0.6 * points[:, 0])).predict([[0.0, 0.5], [1.0, 0.5]])
    assert mean == pytest.approx([3, 8], abs=0.05)


def test_known_noise_is_taken_out():
    rng = numpy.random.default_rng(5)
    points = rng.random((60, 2))
    table = surface(points)[:, None] + 0.4 * rng.standard_normal((60, 4))
    noise = replicate_noise.fit(table.mean(1), table.var(1, ddof=1), numpy.full(60, 4))
    found = emulator.fit(points, table.mean(1), noise, level_variance=0.01)
    new = rng.random((300, 2))
    mean, variance, chance = found.predict(new)
    assert chance.mean() == pytest.approx(0.16, rel=0.25)
    assert variance.min() >= 0.01 and numpy.sqrt(variance.mean()) < 0.25
    assert 0.8 < (numpy.abs(mean - surface(new)) < 1.645 * numpy.sqrt(variance)).mean()
    one = emulator.fit(points, table[:, 0])
    assert one.noise.is_nugget and one.nugget == pytest.approx(0.16, rel=0.5)
    assert one.predict(new)[1].mean() < 0.08


def test_points_left_out_are_those_of_a_fit_without_them():
    rng = numpy.random.default_rng(6)
    points = rng.random((15, 2))
    scaled = surface(points) + 0.1 * rng.standard_normal(15)
    found = emulator.fit(points, scaled)
    scaled = (scaled - found.centre) / found.spread
    for index in range(15):
        others = numpy.arange(15) != index
        without = GaussianProcessRegressor(found.process.kernel_, alpha=1e-8, optimizer=None)
        without.fit(2 * points[others] - 1, scaled[others])
        mean, deviation = without.predict(2 * points[[index]] - 1, return_std=True)
        assert found.residuals[index] == pytest.approx((scaled[index] - mean[0]) / deviation[0], rel=1e-4, abs=1e-4)


def test_outputs_that_are_all_alike_have_no_emulator():
    assert emulator.fit(numpy.random.default_rng(7).random((20, 2)), numpy.full(20, 3.0)) is None


def test_diagnostics_tell_an_emulator_that_is_too_sure_of_itself():
    y = numpy.random.default_rng(8).standard_normal(100)
    good = emulator.diagnose(y, numpy.zeros(100), numpy.ones(100))
    assert not good.fails and good.coverage == pytest.approx(0.9, abs=0.07) and good.explained == pytest.approx(0, abs=0.05)
    assert emulator.diagnose(y, numpy.zeros(100), numpy.full(100, 0.25)).fails
    # Few points outside are no proof.
    assert not emulator.diagnose(numpy.array([0, 0, 5.0]), numpy.zeros(3), numpy.ones(3)).fails


# What is ruled out


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(0, 50))
def test_distances_to_an_interval(value, low, width):
    away = float(implausibility.distance(value, low, low + width))
    assert (away == 0) == (low <= value <= low + width)
    assert value - away == pytest.approx(min(max(value, low), low + width))


def test_implausibility_is_distance_over_all_errors():
    found = implausibility.implausibility(numpy.array([5.0, 10.0, 13.0]), 10, 10, numpy.array([4.0, 4.0, 1.0]))
    assert found == pytest.approx([2.5, 0, 3])
    assert implausibility.implausibility(numpy.array([3.0, 99.0]), 4, numpy.inf, 0.25) == pytest.approx([2, 0])
    assert list(implausibility.implausibility(numpy.array([1.0, 2.0]), 2, 2, numpy.zeros(2))) == [numpy.inf, 0]


def ball(radius):
    def measure(points, limit):
        found = 3 * numpy.sqrt(((points - 0.5) ** 2).sum(1)) / radius
        return numpy.where(found <= limit, found, numpy.inf)

    return measure


@pytest.mark.parametrize(("factors", "radius", "volume"), [
    (2, 0.2, numpy.pi * 0.04), (3, 0.05, 4 / 3 * numpy.pi * 0.05**3), (6, 0.1, numpy.pi**3 / 6 * 1e-6),
])
def test_what_is_left_of_the_cube_is_measured_and_filled_evenly(factors, radius, volume):
    found = history_matching.sample(ball(radius), factors, 3, 1000)
    assert found.share == pytest.approx(volume, rel=0.05 if found.levels == 0 else 0.35)
    assert (found.levels == 0) == (volume > 1e-3)
    assert len(found.points) == 1000 and found.measures.max() <= 3
    assert len(numpy.unique(found.points.round(12), axis=0)) > 990
    # In a ball, distance to the centre to the power of the dimension is uniform.
    assert stats.kstest((found.measures / 3) ** factors, "uniform").statistic < 0.1
    assert numpy.abs(found.points.mean(0) - 0.5).max() < 0.1 * radius


def test_separate_parts_are_both_found():
    def measure(points, limit):
        return 3 * numpy.minimum(*[numpy.abs(points - centre).max(1) for centre in (0.2, 0.8)]) / 0.03

    found = history_matching.sample(measure, 3, 3, 800)
    assert 0.3 < (found.points[:, 0] < 0.5).mean() < 0.7
    assert found.share == pytest.approx(2 * 0.06**3, rel=0.4)


def test_nothing_left_is_said_and_how_near_it_came():
    found = history_matching.sample(lambda points, limit: 5 + 10 * points[:, 0], 2, 3, 100)
    assert len(found.points) == 0 and found.share == 0 and found.least == pytest.approx(5, abs=0.05)


def test_all_left_is_all():
    found = history_matching.sample(lambda points, limit: numpy.zeros(len(points)), 2, 3, 100)
    assert found.share == 1 and found.share_error == 0


def test_chosen_points_fill_the_region():
    rng = numpy.random.default_rng(9)
    points = rng.random((1000, 2)) ** [1, 2]
    chosen = history_matching.spread_out(points, 40)
    assert len(set(chosen)) == 40

    def farthest(some):  # the largest hole
        return numpy.sqrt(((points[:, None] - points[some][None]) ** 2).sum(-1)).min(1).max()

    assert farthest(chosen) < min(farthest(rng.choice(1000, 40, replace=False)) for _ in range(20))
    assert list(history_matching.spread_out(numpy.repeat(points[:5], 3, 0), 40)) == [0, 3, 6, 9, 12]


# Posterior draws


def line(rng, factors=2, figures=4, error=0.15):
    slopes = rng.normal(size=(figures, factors))
    points = rng.random((20_000, factors))
    return slopes, points, points @ slopes.T + error * rng.standard_normal((20_000, figures)), error


def test_draws_are_those_of_a_posterior_that_is_known():
    """Gaussian errors about a line, uniform priors: the posterior by weighting each proposal with its likelihood."""
    rng = numpy.random.default_rng(10)
    slopes, points, simulated, error = line(rng)
    for seed in range(5):
        observed = slopes @ rng.uniform(0.3, 0.7, 2) + error * rng.standard_normal(4)
        weight = numpy.exp(-0.5 * (((points @ slopes.T - observed) / error) ** 2).sum(1))
        mean = weight @ points / weight.sum()
        deviation = numpy.sqrt(weight @ (points - mean) ** 2 / weight.sum())
        found = posterior.approximate(points, simulated, observed, 400, seed=seed)
        assert numpy.abs(found.points.mean(0) - mean).max() < 0.2 * deviation.max()
        assert found.points.std(0) == pytest.approx(deviation, rel=0.2)


def test_intervals_of_draws_hold_the_truth_as_often_as_they_say():
    rng = numpy.random.default_rng(11)
    slopes, points, simulated, error = line(rng)
    inside = []
    for seed in range(100):
        truth = rng.random(2)
        found = posterior.approximate(points, simulated, slopes @ truth + error * rng.standard_normal(4), 300, seed=seed)
        low, high = numpy.quantile(found.points, (0.05, 0.95), axis=0)
        inside.append((low <= truth) & (truth <= high))
    assert stats.binomtest(int(numpy.sum(inside)), 200, 0.9).pvalue > 0.01


def test_figures_that_say_nothing_leave_the_prior():
    rng = numpy.random.default_rng(12)
    points = rng.random((20_000, 2))
    simulated = numpy.column_stack([rng.standard_normal(20_000), numpy.full(20_000, 3.0)])
    found = posterior.approximate(points, simulated, numpy.array([0.1, 3.0]), 1000)
    for column in found.points.T:
        assert stats.kstest(column, "uniform").pvalue > 0.001


def test_draws_come_as_often_as_they_weigh():
    """Known weights, drawn half as often as there are, where drawing without replacement flattens them."""
    weights = numpy.array([0.3, 0.2, 0.2, 0.1, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01])
    counts = [numpy.bincount(posterior.systematic(weights, 5, numpy.random.default_rng(seed)), minlength=10)
              for seed in range(4000)]
    assert numpy.mean(counts, 0) == pytest.approx(5 * weights, abs=0.03)
    assert (numpy.abs(counts - 5 * weights) < 1).all()


def test_draws_never_leave_the_prior():
    rng = numpy.random.default_rng(13)
    slopes, points, simulated, _ = line(rng)
    found = posterior.approximate(points, simulated, slopes @ [1.2, -0.2], 300)
    assert (found.points > 0).all() and (found.points < 1).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_the_same_seed_gives_the_same(seed):
    points = numpy.random.default_rng(seed).random((500, 2))
    both = [posterior.approximate(points, points, numpy.array([0.5, 0.5]), 50, seed=seed).points for _ in range(2)]
    assert (both[0] == both[1]).all()
    both = [history_matching.sample(ball(0.3), 2, 3, 50, seed).points for _ in range(2)]
    assert (both[0] == both[1]).all()
