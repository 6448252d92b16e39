"""Calibration as a whole: parameters that made the figures are found again, with a cheap model and with the program."""

import os
import subprocess
import sys
from pathlib import Path

import h5py
import made_up
import numpy
import pandas
import pytest
from scipy import stats
from scipy.stats import qmc
from threadpoolctl import threadpool_limits

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
ANALYSIS = SCENARIOS.parent / "analysis"
sys.path.insert(0, str(ANALYSIS))
from sahelsim import priors  # noqa: E402
from sahelsim.calibration import Settings  # noqa: E402
from sahelsim.calibration import calibrate as match  # noqa: E402
from sahelsim.calibrate import main  # noqa: E402
from sahelsim.draws import draw  # noqa: E402
from sahelsim.history_matching import spread_out  # noqa: E402
from sahelsim.targets import Target  # noqa: E402
from sahelsim.waves import Calibrated, Wave  # noqa: E402

pytestmark = pytest.mark.analysis

CHANCE, ERROR, DISCREPANCY = 0.1, 0.08, 0.05
SEEDS = 20


def model(points):
    """[point, target] Expected counts."""
    a, b = points[:, 0], points[:, 1]
    return numpy.exp(numpy.stack([5 + 1.5 * a + 0.8 * numpy.sin(4 * b), 6 - a + 1.2 * b], -1))


def simulate(points, replicates, rng):
    expected = model(points)[:, None, :]
    return expected * numpy.exp(CHANCE * rng.standard_normal((len(points), replicates, expected.shape[2])))


def history(truth, rng):
    """Figures of one course of events at the truth, which the model misses by its discrepancy and observers by theirs."""
    run = simulate(truth[None, :], 1, rng)[0, 0]
    figures = run * numpy.exp(numpy.hypot(ERROR, DISCREPANCY) * rng.standard_normal(len(run)))
    return [Target(f"target-{index}", "", "deaths", "", "", "", figure, figure, ERROR)
            for index, figure in enumerate(figures)]


def waves_of(seed, count):
    """The truth, and the answer after each wave."""
    rng = numpy.random.default_rng(seed)
    truth = rng.uniform(0.1, 0.9, 2)
    targets = history(truth, rng)
    made = [priors.make(name, "1", "uniform 0 ... 1", [0.5]) for name in ("x.a", "x.b")]
    points = qmc.LatinHypercube(2, seed=seed).random(16)
    waves, answers = [], []
    settings = Settings(discrepancy=DISCREPANCY, seed=seed, size=300)
    for number in range(count):
        waves.append(Wave(f"wave{number + 1}", number, points, simulate(points, 3, rng)))
        data = Calibrated("x", made, numpy.full(2, 0.5), targets, list(waves), [], "", "", {})
        answers.append(match(data, settings))
        if len(answers[-1].left.points) == 0:
            break
        points = answers[-1].left.points[spread_out(answers[-1].left.points, 16, seed)]
    return truth, answers


@pytest.fixture(scope="module")
def histories():
    with threadpool_limits(1):
        return [waves_of(seed, 2) for seed in range(SEEDS)]


@pytest.mark.slow
def test_the_truth_is_ruled_out_no_more_often_than_the_cutoff_says(histories):
    """Two figures at 3 standard deviations: 0.5 % of histories, and emulators that are not quite as sure as they say."""
    lost = 0
    for truth, answers in histories:
        lost += answers[-1].screens.measure(truth[None, :])[0] > 3
    assert stats.binomtest(int(lost), SEEDS, 0.01, alternative="greater").pvalue > 0.01


@pytest.mark.slow
def test_space_shrinks_and_what_is_left_hardly_grows_with_more_waves(histories):
    shares = numpy.array([[region.share for region in answers[-1].regions] for _, answers in histories])
    assert (shares[:, 0] < 0.9).all() and numpy.median(shares[:, -1]) < 0.35
    assert (shares[:, 1] <= shares[:, 0] * 1.05).all()


@pytest.mark.slow
def test_points_of_the_second_wave_are_left_by_the_first(histories):
    for _, answers in histories[:5]:
        second = answers[-1].data.waves[1].points
        assert (answers[0].screens.measure(second, 3) <= 3).all()


@pytest.mark.slow
def test_posterior_intervals_hold_the_truth_as_often_as_they_say(histories):
    inside, narrower = [], []
    with threadpool_limits(1):
        for truth, answers in histories:
            found = draw(answers[-1], 200)
            low, high = numpy.quantile(found.points, (0.05, 0.95), axis=0)
            inside.append((low <= truth) & (truth <= high))
            narrower.append(found.points.std(0) < answers[-1].left.points.std(0) * 1.05)
    # Two factors of one history hang together: as many as 20 to 40 independent ones.
    assert stats.binomtest(int(numpy.sum(inside)) // 2, SEEDS, 0.9).pvalue > 0.01
    assert numpy.mean(narrower) > 0.8


# With the program

OUTCOMES = {"small-incidents": ("events_by_type", "incidents"), "small-deaths": ("deaths", "deaths"),
            "small-displaced": ("displaced", "displaced")}
SWEEP = """\
title: The small world calibrated
arms: {small: sahelsim:small}
until: 2017-02-28
vary:
  decision.armed_weight: {distribution: log_uniform, low: 300, high: 3000}
  reactions.fear_half_life: range
design: {type: latin_hypercube, points: 12}
replicates: 2
"""


def sweep(folder, name):
    subprocess.run([PROGRAM, "sweep", folder / f"{name}.yaml", "-o", folder / name], check=True, capture_output=True,
                   timeout=120)
    return folder / name / "results.h5"


def totals(data):
    """[run, target]"""
    found = [data["summary"][variable][:] for variable, _ in OUTCOMES.values()]
    return numpy.stack([values.reshape(len(values), -1).sum(1) for values in found], -1).astype(float)


def add_targets(file, observed):
    """What a build that writes /targets puts into the file, with figures of the small world's own."""
    with h5py.File(file, "r+") as data:
        if "targets" in data:
            del data["targets"]
        made_up.put_targets(data, totals(data), target=list(OUTCOMES), low=observed, high=observed,
                            quantity=[quantity for _, quantity in OUTCOMES.values()])


def test_the_program_simulates_the_waves_that_are_asked_for(tmp_path, capsys):
    """A run at known values is the history; the sweep of each next wave is one that the program takes."""
    truth = {"decision.armed_weight": 900.0, "reactions.fear_half_life": 35.0}
    (tmp_path / "truth.csv").write_text(",".join(truth) + "\n" + ",".join(map(str, truth.values())) + "\n", encoding="utf-8")
    (tmp_path / "truth.yaml").write_text("title: Truth\narms: {small: sahelsim:small}\nuntil: 2017-02-28\n"
                                         "design: {type: list, file: truth.csv}\nseed: 99\n", encoding="utf-8")
    with h5py.File(sweep(tmp_path, "truth")) as data:
        observed = totals(data)[0]
    (tmp_path / "wave1.yaml").write_text(SWEEP, encoding="utf-8")
    files = []
    for number in (1, 2):
        files.append(str(sweep(tmp_path, f"wave{number}")))
        add_targets(files[-1], observed)
        assert main([*files, "-o", str(tmp_path / f"wave{number + 1}")]) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    assert "2 waves" in said and "small-displaced" in said
    assert main([*files, "--posterior", str(tmp_path / "draws.csv"), "--draws", "20"]) == 0
    draws = pandas.read_csv(tmp_path / "draws.csv")
    assert list(draws) == list(truth) and len(draws) == 20
    (tmp_path / "after.yaml").write_text("title: After\narms: {small: sahelsim:small}\nuntil: 2017-01-31\n"
                                         "design: {type: list, file: draws.csv}\n", encoding="utf-8")
    done = subprocess.run([PROGRAM, "design", tmp_path / "after.yaml"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "20 points" in done.stdout, done.stderr
