"""sahelsim calibrate: known parameters are found again, validation is never looked at, and what is wrong is told."""

import json
import os
import re
import shutil
from pathlib import Path
from unittest import mock

import calibration_files as made
import h5py
import numpy
import pandas
import pytest
from commands import Command

pytestmark = pytest.mark.analysis

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])

JUDGES = [index for index, target in enumerate(made.TARGETS) if target[1] == "validation"]

calibrate = Command("calibrate")
succeed, refused = calibrate.succeed, calibrate.refused


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("calibrate")


@pytest.fixture(scope="module")
def bounds():
    return made.observe(numpy.random.default_rng(5))


@pytest.fixture(scope="module")
def wave1(folder, bounds):
    """Thirty points, three replicates."""
    values = made.hypercube(30, 1)
    simulated = made.simulate(values, 3, numpy.random.default_rng(1))
    return made.write_wave(folder / "wave1.h5", values, simulated, bounds)


@pytest.fixture(scope="module")
def first(wave1, folder):
    """The first wave's answer: what it prints and its JSON."""
    return first_answer(wave1)


def first_answer(file):
    said = succeed(file, "-o", file.parent / "next", "--json", file.parent / "first.json", "--points", 25)
    return said, json.loads((file.parent / "first.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wave2(first, folder, bounds):
    """The points that the first wave asks for."""
    values = pandas.read_csv(folder / "next.csv")[list(made.PARAMETERS)].to_numpy()
    simulated = made.simulate(values, 3, numpy.random.default_rng(2))
    return made.write_wave(folder / "wave2.h5", values, simulated, bounds, listed=True, seed=2)


@pytest.fixture(scope="module")
def second(wave1, wave2, folder):
    said = succeed(wave1, wave2, "--json", folder / "second.json", "--posterior", folder / "draws.csv", "--draws", 150,
                   "--figures", folder / "figures")
    return said, json.loads((folder / "second.json").read_text(encoding="utf-8"))


def changed(file, folder, name, change):
    """A copy in which `change` has been at the open file."""
    copy = folder / f"{name}.h5"
    shutil.copy(file, copy)
    with h5py.File(copy, "r+") as data:
        change(data)
    return copy


# What is found


def test_the_first_wave_rules_out_a_part_and_keeps_the_truth(first):
    said, document = first
    wave = document["waves"][0]
    assert 0.02 < wave["share_left"] < 0.8 and wave["targets_used"] == 5
    for row, truth in zip(document["parameters"], made.TRUTH):
        assert row["left_least"] < truth < row["left_largest"]
        assert row["low"] <= row["left_least"] and row["left_largest"] <= row["high"]
    assert document["record"]["implausibility"] > 0
    rows = {row["target"]: row for row in document["targets"]}
    assert list(rows) == ["incidents-one", "deaths-one", "class-one", "killed-least", "displaced-range"]
    assert rows["incidents-one"]["rules_out"] > 0.1 and rows["incidents-one"]["explained"] > 0.8
    assert rows["incidents-one"]["replicate_sd"] == pytest.approx(made.CHANCE, rel=0.4)
    assert rows["incidents-one"]["observation_sd"] == pytest.approx(0.1, rel=0.05)
    assert rows["killed-least"]["high"] is None and rows["class-one"]["scale"] == "class"
    assert "no-counterpart" in " ".join(document["notes"]) and "no-counterpart" in said


def test_a_part_of_the_area_counts_in_part(first, bounds):
    low, _ = bounds
    row = next(row for row in first[1]["targets"] if row["target"] == "deaths-one")
    assert row["low"] == pytest.approx(0.8 * low[2])


def test_the_second_wave_holds_the_first_to_what_it_said(first, second):
    said, document = second
    shares = [wave["share_left"] for wave in document["waves"]]
    assert shares[0] == pytest.approx(first[1]["waves"][0]["share_left"], rel=0.1) and shares[1] <= shares[0] * 1.05
    assert all(row["coverage_later"] > 0.6 for row in document["targets"])
    for row, truth in zip(document["parameters"], made.TRUTH):
        assert row["left_least"] < truth < row["left_largest"]
    assert "more waves would rule out little" in said or "another wave" in said


def test_posterior_draws_are_a_list_that_sweeps_take(second, folder):
    _, document = second
    table = pandas.read_csv(folder / "draws.csv")
    assert list(table) == list(made.PARAMETERS) and len(table) == 150
    assert (table >= made.LOW).all().all() and (table <= made.HIGH).all().all()
    assert len(table.drop_duplicates()) == 150
    assert document["posterior"]["left_share"] > 0.8
    for row, truth in zip(document["parameters"], made.TRUTH):
        values = table[row["parameter"]]
        assert values.min() < truth < values.max()
        assert row["posterior_50"] == pytest.approx(values.median())
        assert row["posterior_95"] - row["posterior_5"] < row["prior_95"] - row["prior_5"]
    for row in document["targets"]:
        assert row["drawn_5"] < (row["high"] or numpy.inf) and row["drawn_95"] > row["low"]


def test_the_next_wave_is_a_sweep_of_points_that_are_left(first, folder):
    text = (folder / "next.yaml").read_text(encoding="utf-8")
    assert 'title: "A made-up war (wave 2)"' in text and "seed: 2" in text and "replicates: 4" in text
    assert "design: {type: list, file: next.csv}" in text and "arms: {war: next-scenario.yaml}" in text
    assert "vary" not in text and (folder / "next-scenario.yaml").read_text(encoding="utf-8") == "title: war\n"
    table = pandas.read_csv(folder / "next.csv")
    assert len(table.drop_duplicates()) == 25 and list(table) == list(made.PARAMETERS)
    rows = {row["parameter"]: row for row in first[1]["parameters"]}
    for name, values in table.items():
        assert values.min() >= rows[name]["left_least"] - 1e-9 and values.max() <= rows[name]["left_largest"] + 1e-9


def test_figures_that_can_not_be_met_rule_out_everything(wave1, folder):
    def far(data):
        low = data["targets/low"][:]
        low[0] = 1e6
        data["targets/low"][:] = data["targets/high"][:] = low

    file = changed(wave1, folder, "far", far)
    done = calibrate(file, "--targets", "incidents-one,class-one", "-o", folder / "never")
    assert done.returncode == 2 and "no point of the parameters' space is left" in done.stderr
    assert "Nothing is left" in done.stdout and "incidents-one is hardest to meet" in done.stdout
    assert not (folder / "never.yaml").exists()
    said = succeed(file, "--targets", "incidents-one,class-one", "--kth", 2)
    assert "Nothing is left" not in said
    assert "Nothing is left" not in succeed(file, "--targets", "incidents-one", "--discrepancy-of", "incidents-one=5")


def test_emulators_that_fail_rule_nothing_out(wave1, folder):
    """What parameters do not explain, and in which a few points are far out of all proportion, has no emulator to trust."""
    def constant(data):
        values = data["targets/simulated"][:]
        values[:, 0] = 12
        data["targets/simulated"][:] = values

    said = succeed(changed(wave1, folder, "constant", constant), "--targets", "incidents-one")
    assert "incidents-one is the same in all runs" in said and "No emulator can be used" in said
    assert "100 %" in said


def test_a_wave_that_does_not_bear_out_the_one_before_takes_its_emulators_away(wave1, wave2, folder):
    def other(data):
        values = data["targets/simulated"][:]
        values[:, 0] *= 3
        data["targets/simulated"][:] = values

    said = succeed(wave1, changed(wave2, folder, "other", other), "--targets", "incidents-one,class-one", "--json",
                   folder / "other.json")
    document = json.loads((folder / "other.json").read_text(encoding="utf-8"))
    row = document["targets"][0]
    assert row["coverage_later"] < 0.5 and document["waves"][0]["targets_used"] < 2
    assert " 0 %" in said


def test_a_target_without_simulated_figures_is_told(wave1, folder):
    def lose(data):
        values = data["targets/simulated"][:]
        values[:, 2] = numpy.nan
        data["targets/simulated"][:] = values

    said = succeed(changed(wave1, folder, "lost", lose), "--targets", "deaths-one,class-one", "--figures", folder / "lost")
    assert "deaths-one has a figure at 0 points only" in " ".join(said.split()) and "1 of 2" in said


# Only targets for calibration


def test_figures_for_validation_change_nothing(wave1, first, folder):
    def spoil(data):
        for name in ("low", "high", "observation_error", "area_share"):
            values = data["targets"][name][:]
            values[JUDGES] = [-1e9, numpy.nan]
            data["targets"][name][:] = values
        values = data["targets/simulated"][:]
        values[:, JUDGES] = numpy.random.default_rng(3).uniform(-1e9, 1e9, (len(values), len(JUDGES)))
        data["targets/simulated"][:] = values

    spoiled = folder.parent / folder.name.replace("c", "s")  # as long a name
    spoiled.mkdir()
    file = changed(wave1, spoiled, "wave1", spoil)
    assert first_answer(file)[0].replace(str(spoiled), str(folder)) == first[0]
    for name in ("next.csv", "first.json", "next.yaml"):
        assert (spoiled / name).read_text(encoding="utf-8").replace(str(spoiled), str(folder)) == \
            (folder / name).read_text(encoding="utf-8")


def test_figures_for_validation_are_never_read(wave1):
    """Every read of the file is watched: of /targets only names and roles are read whole."""
    read, original = [], h5py.Dataset.__getitem__

    def watched(dataset, where, *rest, **options):
        read.append((dataset.name, where))
        return original(dataset, where, *rest, **options)

    from sahelsim import waves

    with mock.patch.object(h5py.Dataset, "__getitem__", watched):
        data = waves.read([wave1])
    assert len(data.targets) == 5
    seen = {name: where for name, where in read if name.startswith("/targets/")}
    assert {"/targets/low", "/targets/high", "/targets/simulated", "/targets/observation_error"} <= set(seen)
    allowed = {index for index, target in enumerate(made.TARGETS) if target[1] == "calibration"}
    for name, where in seen.items():
        if name not in ("/targets/target", "/targets/role"):
            assert set(numpy.atleast_1d(where[-1] if isinstance(where, tuple) else where)) <= allowed, name


def test_a_target_for_validation_can_not_be_chosen(wave1):
    for option in ("--targets", "--exclude"):
        assert "is for validation" in refused(wave1, option, "judge-deaths")


# How it is told


def test_targets_are_chosen_by_name(wave1, folder):
    succeed(wave1, "--exclude", "incidents-one,killed-least,displaced-range", "--json", folder / "some.json")
    document = json.loads((folder / "some.json").read_text(encoding="utf-8"))
    assert [row["target"] for row in document["targets"]] == ["deaths-one", "class-one"]


@pytest.mark.parametrize("columns", [120, 80])
def test_lines_fit_the_screen(second, wave1, folder, columns):
    said = second[0] if columns == 120 else succeed(wave1, "--targets", "class-one,deaths-one", columns=columns)
    assert max(len(line) for line in said.splitlines() if not line.startswith("Written:")) <= columns


def test_the_tutorial_explains_every_column(second):
    text = (SCENARIOS.parent / "docs" / "tutorial-calibrate.md").read_text(encoding="utf-8")
    explained = " ".join(re.findall(r"^\| ([^|]*) \|", text, re.MULTILINE))
    lines = second[0].splitlines()
    headings = [re.split(r" {2,}", line) for line, below in zip(lines, lines[1:]) if below.startswith("-----")]
    assert len(headings) == 5
    for column in {column for heading in headings for column in heading[1:]} - {"points", "scale", "5-95 %"}:
        assert column.partition(",")[0] in explained, column


def test_figures_are_drawn(second, folder):
    names = {"targets", "emulators", "marginals", "pairs"}
    assert {path.name for path in (folder / "figures").iterdir()} == {f"{name}.{kind}" for name in names
                                                                      for kind in ("png", "svg")}
    for path in (folder / "figures").iterdir():
        assert path.stat().st_size > 5000


def test_the_same_input_gives_the_same_output_in_another_process(wave1):
    arguments = (wave1, "--targets", "class-one")
    done = calibrate.in_a_process(*arguments)
    assert done.stdout == succeed(*arguments)


# What is wrong


@pytest.mark.parametrize(("arguments", "words"), [
    (["--targets", "incident-one"], "did you mean 'incidents-one'"),
    (["--exclude", "class"], "did you mean 'class-one'"),
    (["--targets", "no-counterpart"], "no target for calibration is left"),
    (["--arm", "peace"], "there is no arm 'peace'"),
    (["--cutoff", "-3"], "expected a number above 0"),
    (["--cutoff", "nan"], "expected a number above 0"),
    (["--discrepancy", "x"], "expected a standard deviation"),
    (["--discrepancy-of", "class-two=1"], "did you mean 'class-one'"),
    (["--discrepancy-of", "judge-deaths=1"], "no target among those that are used"),
    (["--kth", "0"], "whole number above 0"),
    (["--draws", "2.5"], "whole number above 0"),
    (["--seed", "-1"], "a whole number of 0 or more"),
    (["-o", "wave 2"], "expected a name"),
    (["-o", "/nowhere/wave2"], "no folder"),
    (["--surprise"], "unrecognized"),
    (["--figures", "/proc/figures"], "can't be made"),
])
def test_wrong_options_are_told(wave1, arguments, words):
    assert words in refused(wave1, *arguments)


def _set(name, value):
    def change(data):
        data[name][:] = value

    return change


def _drop(name):
    return lambda data: data.__delitem__(name)


@pytest.mark.parametrize(("change", "words"), [
    (_drop("targets"), "no group /targets"),
    (_drop("targets/simulated"), "targets/simulated can't be read"),
    (_drop("targets/role"), "/targets lacks role"),
    (_drop("design"), "no group /design"),
    (_drop("arms/war"), "damaged or incomplete"),
    (lambda data: data.attrs.__delitem__("sweep"), "expected the file of a sweep"),
    (lambda data: data["targets/low"].__setitem__(0, 1e9), "low before high"),
    (lambda data: data["targets/observation_error"].__setitem__(0, -1), "its error of observation is -1"),
    (lambda data: data["design/value"].__setitem__((0, 0), numpy.nan), "is nan, expected a number"),
    (lambda data: data["design/distribution"].__setitem__(0, "cauchy"), "cauchy"),
    (_set("status", 3), "found 0 points with runs"),
    (lambda data: data["status"].__setitem__(slice(15, None), 0), "found 5 points with runs, expected 8"),
    (_set("targets/role", "validation"), "no target for calibration"),
    (lambda data: data.attrs.modify("schema_version", 9), "layout 9"),
    (lambda data: (data["arm"].__setitem__(0, "peace"), data.create_group("arms/peace")), "--arm says which"),
])
def test_files_that_can_not_be_used_are_refused(wave1, folder, change, words):
    assert words in refused(changed(wave1, folder, "wrong", change))


def test_damaged_and_foreign_files_are_refused(wave1, folder):
    content = wave1.read_bytes()
    (folder / "cut.h5").write_bytes(content[: len(content) // 2])
    assert "cut off" in refused(folder / "cut.h5")
    (folder / "text.h5").write_text("not a result", encoding="utf-8")
    assert "no HDF5 file" in refused(folder / "text.h5")
    assert "no such file" in refused(folder / "none.h5")
    assert "found a folder" in refused(folder)
    assert "required" in refused()


def test_waves_have_to_belong_together(wave1, wave2, folder):
    assert "give each wave once" in refused(wave1, wave2, wave1)
    assert "expected the first wave too" in refused(wave2)
    for change, words in ((lambda data: data["arms/war/parameters/value"].__setitem__(3, 8.0), "war.other is 8.0 and 7.0"),
                          (lambda data: data["targets/low"].__setitem__(3, 0.1), "class-one"),
                          (lambda data: data["design/factor"].__setitem__(0, "war.other"), "different parameters"),
                          (lambda data: data.attrs.modify("end", "2018-01-01"), "differ in end")):
        assert words in refused(wave1, changed(wave2, folder, "alien", change))


def test_runs_that_failed_are_left_out_and_told(wave1, folder):
    def fail(data):
        status, values = data["status"][:], data["targets/simulated"][:]
        status[[0, 1, 2, 7]], values[[0, 1, 2, 7]] = 3, numpy.nan
        data["status"][:], data["targets/simulated"][:] = status, values

    said = succeed(changed(wave1, folder, "failed", fail), "--targets", "class-one")
    assert "1 points have no run" in said and "4 runs failed or are pending" in " ".join(said.split())


def test_files_are_not_replaced_unasked(wave1, folder):
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    assert "--force replaces it" in refused(wave1, "-o", folder / "mine")
    assert "--force replaces it" in refused(wave1, "--posterior", folder / "mine.csv")


def test_help_comes_at_once_and_needs_no_packages():
    assert "--posterior" in calibrate.help_without_packages()


@pytest.mark.parametrize("value", [numpy.inf, numpy.nan, -3.0])
def test_figures_that_no_run_can_give_are_refused(wave1, folder, value):
    path = folder / "odd.h5"
    shutil.copy(wave1, path)
    with h5py.File(path, "r+") as data:
        target = [str(name) for name in data["targets/target"].asstr()[:]].index("deaths-one")
        data["targets/simulated"][5, target] = value
    message = refused(path)
    assert "odd.h5" in message and "deaths-one" in message and f"holds {value} (1 of " in message
