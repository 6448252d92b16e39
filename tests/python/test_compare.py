"""sahelsim compare: known effects are found, none is made up, and what is wrong is told in one line."""

import csv
import json
import os
import re
import shutil
import subprocess
from functools import cache

import h5py
import numpy
import program
import pytest
from commands import ANALYSIS, ENVIRONMENT, Command

pytestmark = pytest.mark.analysis

compare = Command("compare")
succeed, refused = compare.succeed, compare.refused


@cache
def measured(folder, *arguments):
    """The JSON of a comparison, and its effects by arm and outcome. No test changes a file that it has measured."""
    file = folder / "measured.json"
    succeed(*arguments, "--json", file, "--force")
    document = json.loads(file.read_text(encoding="utf-8"))
    return document, {(row["arm"], row["outcome"]): row for row in document["effects"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def usual(folder):
    """Twenty runs of two months."""
    program.succeed("run", "sahelsim:small", "-o", folder / "usual.h5", "--replicates", 20, "--until", "2017-02-28",
                    "--quiet")
    return folder / "usual.h5"


@pytest.fixture(scope="module")
def sweep(folder):
    """Two arms, four points, three replicates, with series."""
    text = (program.SCENARIOS / "sweeps" / "small.yaml").read_text(encoding="utf-8")
    text = text.replace("../small.yaml", "sahelsim:small")
    (folder / "kept.yaml").write_text(text + "outputs: [summary, series]\n", encoding="utf-8")
    program.succeed("sweep", folder / "kept.yaml", "-o", folder / "sweep")
    return folder / "sweep" / "results.h5"


def changed(file, name, change):
    """A copy in which `change` has been at the open file."""
    copy = file.parent / f"{name}.h5"
    shutil.copy(file, copy)
    with h5py.File(copy, "r+") as data:
        change(data)
    return copy


def add_deaths(amounts):
    """Civilians that the first side kills in the first month: more by so many in each run."""
    def change(data):
        for variable in (data["deaths"], data["civilians_killed"]):
            values = variable[:]
            values[(slice(None), 0, 0) + (-1,) * (values.ndim - 3)] += amounts
            variable[:] = values
        for variable in (data["cercles/deaths"], data["cercles/civilians_killed"]):
            values = variable[:]
            values[(slice(None), 0, 2, 0) + (-1,) * (values.ndim - 4)] += amounts
            variable[:] = values
    return change


@pytest.fixture(scope="module")
def worse(usual):
    """Thirty more killed on average."""
    return changed(usual, "worse", add_deaths(numpy.random.default_rng(1).permutation(numpy.arange(20, 40)) + 1))


# What is found


def test_an_effect_that_was_put_in_is_found(usual, worse, folder):
    document, rows = measured(folder, usual, worse)
    row = rows["worse", "civilians_killed"]
    assert row["mean"] == pytest.approx(30.5) and row["median"] == pytest.approx(30.5)
    assert row["low"] < 30.5 < row["high"] and row["high"] - row["low"] < 6
    assert (row["range_low"], row["range_high"]) == pytest.approx((21.95, 39.05))
    assert row["verdict"] == "different" and row["probability"] == 0 and row["correlation"] > 0.95
    assert row["pairs"] == 20 and row["pairs_dropped"] == 0 and row["p_corrected"] < 0.001
    assert "higher than in usual by 30.5 on average" in row["words"]
    with h5py.File(usual) as data:
        assert row["reference_mean"] == pytest.approx(data["civilians_killed"][:].sum((1, 2)).mean())
    assert rows["worse", "displaced"]["verdict"] == "no_difference"
    assert (document["start"], document["end"], document["reference"]) == ("2017-01", "2017-02", "usual")


def test_an_arm_does_not_differ_from_itself(usual, folder):
    _, rows = measured(folder, usual, usual)
    assert {row["verdict"] for row in rows.values()} == {"no_difference"}
    assert {row["p_corrected"] for row in rows.values()} == {None}
    assert "No difference to usual#1 in any of 20 pairs" in succeed(usual, usual)


def test_another_reference_turns_signs_round(usual, worse, folder):
    _, one = measured(folder, usual, worse)
    for arguments in ((worse, usual), (usual, worse, "--reference", "worse")):
        _, other = measured(folder, *arguments)
        for (_, outcome), row in one.items():
            turned = other["usual", outcome]
            assert turned["mean"] == -row["mean"]
            assert turned["median"] == (None if row["median"] is None else -row["median"])
            assert turned["probability"] == pytest.approx(1 - row["probability"])
            assert turned["p"] == row["p"] and turned["reference_mean"] == row["arm_mean"]


def test_effects_of_months_and_regions_add_up(usual, worse, folder):
    document, rows = measured(folder, usual, worse, "--outcomes", "civilians_killed,displaced,coup")
    parts = document["parts"]
    for scope in ("year", "region"):
        mean = sum(part["mean"] for part in parts if part["scope"] == scope and part["outcome"] == "civilians_killed")
        assert mean == pytest.approx(30.5)
    assert not [part for part in parts if part["scope"] == "region" and part["outcome"] == "coup"]
    later = measured(folder, usual, worse, "--start", "2017-02")[1]
    assert later["worse", "civilians_killed"]["verdict"] == "no_difference"


def test_small_differences_count_as_the_same(usual, folder):
    slightly = changed(usual, "slightly", add_deaths(numpy.arange(20) % 2))
    row = measured(folder, usual, slightly, "--margin", "20%")[1]["slightly", "civilians_killed"]
    assert row["verdict"] == "different_within_margin" and row["p_equivalent"] < 0.05 and row["pairs_within_margin"] == 1
    assert "less than the margin of 20 %" in row["words"]
    row = measured(folder, usual, slightly, "--margin", "0.1 %")[1]["slightly", "civilians_killed"]
    assert row["p_equivalent"] > 0.05


def test_noise_is_not_told_apart(usual, folder):
    amounts = 10 * numpy.random.default_rng(3).permutation([-1, 1] * 10)
    noisy = changed(usual, "noisy", add_deaths(numpy.maximum(amounts, 0)))
    other = changed(usual, "other", add_deaths(numpy.maximum(-amounts, 0)))
    row = measured(folder, noisy, other)[1]["other", "civilians_killed"]
    assert row["verdict"] in ("unclear", "equivalent") and row["p_corrected"] > 0.5
    if row["verdict"] == "unclear":
        assert "can't be told apart from noisy with 20 pairs" in row["words"]


def test_runs_that_are_not_done_drop_their_pair(usual, worse, folder):
    def fail(data):
        status = data["status"][:]
        status[[3, 7]] = [0, 3]
        data["status"][:] = status

    _, rows = measured(folder, usual, changed(worse, "failed", fail))
    row = rows["failed", "civilians_killed"]
    assert (row["pairs"], row["pairs_dropped"]) == (18, 2)
    assert "2 of 20 pairs with failed are left out" in succeed(usual, folder / "failed.h5")


def keep(count):
    def change(data):
        data["status"][:] = numpy.where(numpy.arange(20) < count, 1, 0)

    return change


def test_few_pairs_give_no_interval(usual, worse, folder):
    _, rows = measured(folder, usual, changed(worse, "four", keep(4)))
    row = rows["four", "civilians_killed"]
    assert row["low"] is None and row["p"] is None and row["verdict"] == "too_few_pairs"
    assert "4 pairs are too few" in row["words"]
    assert "need 5 pairs" in succeed(usual, folder / "four.h5")
    assert "1 pair of runs" in refused(usual, changed(worse, "one", keep(1)))


def test_a_policy_that_hits_the_worst_runs_shows_there(usual, folder):
    with h5py.File(usual) as data:
        order = numpy.argsort(data["civilians_killed"][:].sum((1, 2)))
    amounts = numpy.zeros(20, dtype=int)
    amounts[order[-2:]] = 500
    row = measured(folder, usual, changed(usual, "tail", add_deaths(amounts)))[1]["tail", "civilians_killed"]
    assert row["arm_worst_tenth"] - row["reference_worst_tenth"] == pytest.approx(500)
    assert row["arm_median"] == row["reference_median"] and row["median"] == 0


# Sweeps


def set_summary(data, values):
    """Civilians killed of each run, by the first side."""
    killed = numpy.zeros(data["summary/civilians_killed"].shape, dtype=int)
    killed[:, 0] = values
    data["summary/civilians_killed"][:] = killed


def test_points_and_replicates_are_kept_apart(sweep, folder):
    rng = numpy.random.default_rng(2)
    of_point, of_cell = numpy.array([-300, -100, 100, 300]) + 400, rng.integers(-5, 6, (4, 3))

    def change(data):
        arms, points, replicates = data["arm"].asstr()[:], data["point"][:], data["replicate"][:]
        effect = numpy.where(arms == "without_reactions", of_point[points] + of_cell[points, replicates], 0)
        set_summary(data, 1000 + 10 * replicates + effect)

    _, rows = measured(folder, changed(sweep, "points", change))
    row = rows["without_reactions", "civilians_killed"]
    assert row["mean"] == pytest.approx(400 + of_cell.mean()) and (row["points"], row["pairs"]) == (4, 12)
    assert row["between_points"] == pytest.approx(of_point.std(ddof=1), rel=0.05)
    assert row["within_points"] == pytest.approx(numpy.sqrt(of_cell.var(axis=1, ddof=1).mean()))
    assert row["points_probability"] == 0 and row["way"] == "crossed"
    # Four points that differ as much leave the mean open, however alike their replicates are.
    assert row["low"] < 150 and row["high"] > 650


def test_summaries_and_series_give_the_same_numbers(sweep, folder):
    _, of_summary = measured(folder, sweep)
    _, of_series = measured(folder, sweep, "--start", "2017-01", "--end", "2017-03")
    assert of_summary == of_series


def test_arms_of_a_sweep_are_chosen_by_name(sweep, folder):
    _, rows = measured(folder, sweep, "--reference", "without_reactions", "--arms", "as_it_is", "--outcomes", "displaced")
    assert list(rows) == [("as_it_is", "displaced")] and rows["as_it_is", "displaced"]["mean"] > 0
    assert "without_reactions against as_it_is" in succeed(sweep)


def test_a_file_of_summaries_has_no_time_and_says_so(sweep, folder):
    def drop(data):
        for name in ("time", "time_bounds", "cercles"):
            del data[name]

    short = changed(sweep, "summaries", drop)
    document, rows = measured(folder, short)
    assert document["parts"] == [] and rows["without_reactions", "deaths"]["pairs"] == 12
    said = succeed(short, "--figures", folder / "few")
    assert "summaries only" in said
    assert sorted(path.name for path in (folder / "few").iterdir()) == ["forest.png", "forest.svg"]
    assert "--start and --end need monthly series" in refused(short, "--start", "2017-02")


# What is chosen, and what comes out


def test_any_outcome_of_the_country_can_be_chosen(usual, worse, folder):
    chosen = "refugees,control.jnim,deaths.state.civilians,personnel,grievance"
    _, rows = measured(folder, usual, worse, "--outcomes", chosen)
    names = [outcome for _, outcome in rows]
    assert names[:4] == ["refugees", "control.jnim", "deaths.state.civilians", "personnel"]
    assert {name.partition(".")[0] for name in names[4:]} == {"grievance"} and len(names) > 6
    assert rows["worse", "deaths.state.civilians"]["mean"] == pytest.approx(30.5)
    assert "market_access" in succeed(usual, worse, "--list")


def test_outcomes_become_one_number_only_when_weights_say_how(usual, worse, folder):
    document, rows = measured(folder, usual, worse)
    assert not [name for _, name in rows if "weight" in name]
    _, rows = measured(folder, usual, worse, "--weights", "civilians_killed=2,deaths=1")
    assert rows["worse", "weighted"]["mean"] == pytest.approx(3 * 30.5)
    assert "lower is better" in succeed(usual, worse, "--weights", "civilians_killed=2")
    assert "--better" in refused(usual, worse, "--weights", "population_by_authority.state=1")
    succeed(usual, worse, "--weights", "population_by_authority.state=1", "--better", "population_by_authority.state=more")
    unbeaten = {row["arm"]: row["unbeaten"] for row in document["pareto"]}
    assert unbeaten == {"usual": True, "worse": False}


def test_the_table_says_what_the_json_says(usual, worse, folder):
    succeed(usual, worse, "--csv", folder / "all.csv", "--json", folder / "all.json", "--force")
    document = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    with open(folder / "all.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(document["effects"]) + len(document["parts"])
    for line, row in zip(lines, document["effects"]):
        assert line["scope"] == "all" and line["words"] == row["words"]
        for name in ("mean", "low", "high", "p_corrected", "reference_worst_tenth"):
            assert (float(line[name]) if line[name] else None) == pytest.approx(row[name])


def test_the_same_input_gives_the_same_output(usual, worse):
    assert succeed(usual, worse) == compare.in_a_process(usual, worse).stdout


@pytest.mark.parametrize("columns", [120, 80, 60])
def test_lines_fit_the_screen(usual, worse, sweep, columns):
    for files in ((usual, worse), (sweep,)):
        assert max(map(len, succeed(*files, columns=columns).splitlines())) <= columns


def test_figures_are_drawn_for_all_that_the_file_has(usual, worse, folder):
    said = succeed(usual, worse, "--figures", folder / "figures", "--outcomes", "civilians_killed,displaced")
    names = {"forest", "difference_over_time", "fan_civilians_killed", "fan_displaced", "map_worse"}
    assert {path.name for path in (folder / "figures").iterdir()} == {f"{name}.{kind}" for name in names
                                                                      for kind in ("png", "svg")}
    assert "5 figures" in said
    for path in (folder / "figures").iterdir():
        assert path.stat().st_size > 2000


# What is wrong


@pytest.mark.parametrize(("change", "words"), [
    (lambda data: data.attrs.modify("seed", 2), "seed"),
    (lambda data: data.attrs.__setitem__("end", "2017-03-31"), "last day"),
    (lambda data: data.attrs.modify("persons_per_agent", 7), "worlds"),
    (lambda data: data["cercles/cercle"].__setitem__(0, "Elsewhere"), "different worlds"),
    (lambda data: data.attrs.modify("schema_version", 99), "layout 99"),
    (lambda data: data.attrs.__delitem__("schema_version"), "of another kind"),
    (lambda data: data.__delitem__("displaced"), "displaced"),
])
def test_files_that_are_no_pairs_are_refused(usual, change, words):
    assert words in refused(usual, changed(usual, "wrong", change))


def test_damaged_and_foreign_files_are_refused(usual, folder):
    content = usual.read_bytes()
    (folder / "cut.h5").write_bytes(content[: len(content) // 2])
    assert "cut off" in refused(usual, folder / "cut.h5")
    with h5py.File(usual) as data:
        place, size = data["displaced"].id.get_chunk_info(0)[2:]
    (folder / "rotten.h5").write_bytes(content[:place] + bytes(size) + content[place + size:])
    assert "damaged" in refused(usual, folder / "rotten.h5")
    (folder / "text.h5").write_text("not a result", encoding="utf-8")
    assert "no HDF5 file" in refused(usual, folder / "text.h5")
    (folder / "empty.h5").write_bytes(b"")
    assert "no HDF5 file" in refused(usual, folder / "empty.h5")
    with h5py.File(folder / "foreign.h5", "w") as data:
        data["x"] = 1
    assert "another kind" in refused(usual, folder / "foreign.h5")
    assert "no such file" in refused(usual, folder / "none.h5")


def test_a_folder_of_a_sweep_is_not_its_file(sweep):
    assert "did you mean" in refused(sweep.parent)


@pytest.mark.parametrize(("arguments", "words"), [
    (["--outcomes", "civilans_killed"], "did you mean 'civilians_killed'"),
    (["--outcomes", "control.jmin"], "did you mean 'control.jnim'"),
    (["--outcomes", "deaths,"], "names with commas"),
    (["--reference", "usuall"], "did you mean 'usual'"),
    (["--arms", "wors"], "did you mean 'worse'"),
    (["--arms", "usual"], "expected a second one"),
    (["--margin", "some"], "expected a share"),
    (["--start", "2018-01"], "no month of the file"),
    (["--start", "January"], "expected YYYY-MM"),
    (["--weights", "deaths"], "expected OUTCOME="),
    (["--weights", "refugees=1"], "no outcome among those"),
    (["--pareto", "population_by_authority.jnim"], "--better"),
    (["--better", "deaths=fewer"], "less or more"),
    (["--surprise"], "unrecognized"),
    (["--csv", "/nowhere/at/all.csv"], "no folder"),
    (["--figures", "/proc/figures"], "can't be made"),
])
def test_wrong_options_are_told(usual, worse, arguments, words):
    assert words in refused(usual, worse, *arguments)


def test_one_file_of_run_or_two_sweeps_are_refused(usual, sweep):
    assert "expected a second one" in refused(usual)
    assert "one sweep's file" in refused(sweep, usual)
    assert "required" in refused()


def test_files_are_not_replaced_unasked(usual, worse, folder):
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    assert "--force replaces it" in refused(usual, worse, "--csv", folder / "mine.csv")
    succeed(usual, worse, "--csv", folder / "mine.csv", "--force")


def test_help_comes_at_once_and_needs_no_packages():
    assert "--reference" in compare.help_without_packages()


def test_a_missing_package_is_named(usual, worse, tmp_path):
    (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError(\"No module named 'pandas'\", name='pandas')\n",
                                        encoding="utf-8")
    done = compare.in_a_process(usual, worse, PYTHONPATH=f"{tmp_path}{os.pathsep}{ANALYSIS}")
    assert done.returncode == 1 and "python3-pandas" in done.stderr and "Traceback" not in done.stderr


def test_the_program_starts_it(usual, worse, tmp_path):
    def compare_by_program(*arguments, **changes):
        return subprocess.run([program.PROGRAM, "compare", *map(str, arguments)], capture_output=True, text=True,
                              timeout=120, cwd=tmp_path, env={**ENVIRONMENT, **changes})

    if not re.search(r"^  compare ", program.succeed("--help"), re.M):
        pytest.skip("this program was built without it")
    (tmp_path / "statistics.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    done = compare_by_program(usual, worse, "--outcomes", "deaths")
    assert done.returncode == 0, done.stderr
    assert done.stdout == succeed(usual, worse, "--outcomes", "deaths")
    assert "--reference ARM" in compare_by_program("--help").stdout
    assert compare_by_program(usual).returncode == 2
    assert "can't start" in compare_by_program(usual, SAHELSIM_PYTHON="/nowhere/python").stderr
