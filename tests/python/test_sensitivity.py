"""sahelsim sensitivity: what was put into an outcome is found, noise is not, and what is wrong is told in one line."""

import csv
import json
import re
import shutil
import subprocess

import numpy
import pytest
from commands import ENVIRONMENT, Command
from made_up import changed, replaced
from program import PROGRAM, SCENARIOS
from sensitivity_files import hypercube, ishigami, ishigami_indices, morris, saltelli, write

from sahelsim.design import read_design

pytestmark = pytest.mark.analysis


sensitivity = Command("sensitivity")
succeed, refused = sensitivity.succeed, sensitivity.refused


def measured(file, *arguments):
    """The JSON, and its rows by arm or difference and parameter."""
    path = file.parent / "measured.json"
    succeed(file, *arguments, "--json", path, "--force")
    document = json.loads(path.read_text(encoding="utf-8"))
    return document, {(row["subject"], row["factor"]): row for row in document["parameters"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sensitivity")


def two_arms(points, replicates=4, noise=0.5, seed=1):
    """`other` differs by what p2 does; p1 does the same in both, p3 nothing; noise is that of chance, some of it shared."""
    rng, x = numpy.random.default_rng(seed), points.values
    shape = (len(x), replicates)
    one = 100 + 20 * x[:, [0]] + rng.normal(size=replicates) + noise * rng.normal(size=shape)
    return {"one": one, "other": one - 8 * x[:, [1]] + 0.2 * noise * rng.normal(size=shape)}


KINDS = {"saltelli": lambda: saltelli(64, 3), "morris": lambda: morris(12, 3), "latin_hypercube": lambda: hypercube(80, 3)}
STRENGTH = {"saltelli": "total", "morris": "mu_star", "latin_hypercube": "prcc"}


@pytest.fixture(scope="module", params=KINDS)
def made(request, folder):
    """A file of each kind of design."""
    points = KINDS[request.param]()
    return write(folder / f"{request.param}.h5", points, two_arms(points)), points


# What is found


def test_the_ishigami_function_is_found_from_a_file(folder):
    points = saltelli(1024, 3, pairs=True)
    document, rows = measured(write(folder / "ishigami.h5", points, {"only": ishigami(points.values)[:, None]}))
    _, first, total = ishigami_indices()
    for number in range(3):
        row = rows["only", f"p{number + 1}"]
        assert row["first"] == pytest.approx(first[number], abs=0.02)
        assert row["total"] == pytest.approx(total[number], abs=0.02)
    pairs = {(row["factor"], row["with_factor"]): row["second"] for row in document["pairs"]}
    assert pairs["p1", "p3"] == pytest.approx(total[2], abs=0.03) and abs(pairs["p1", "p2"]) < 0.03
    assert "One replicate a point" in succeed(folder / "ishigami.h5")
    assert "p1 and p3" in succeed(folder / "ishigami.h5")


def test_the_contrast_holds_what_moves_one_arm_only(made):
    file, points = made
    document, rows = measured(file)
    contrast, strength = "other less one", STRENGTH[points.kind]
    assert [row["subject"] for row in document["outcomes"]] == ["one", "other", contrast]
    strongest = {subject: max("p1 p2 p3".split(), key=lambda name: abs(rows[subject, name][strength]))
                 for subject in ("one", "other", contrast)}
    assert strongest == {"one": "p1", "other": "p1", contrast: "p2"}
    told = {name: rows[contrast, name]["told"] for name in ("p1", "p2", "p3")}
    assert told == {"p1": "no", "p2": "yes", "p3": "no"}
    assert {rows["one", name]["told"] for name in ("p2", "p3")} == {"no"} and rows["other", "p2"]["told"] == "yes"
    words = {row["subject"]: row["words"] for row in document["outcomes"]}
    assert "p2" in words[contrast].split("can't be told from none")[0] and "p3" in words[contrast].split("none")[1]


def test_a_parameter_that_moves_both_arms_alike_has_none_of_the_contrast(folder):
    points = saltelli(64, 3)
    one = (points.values @ [30, 0, 0])[:, None] + numpy.arange(4)
    other = one + numpy.exp(points.values[:, [1]])
    _, rows = measured(write(folder / "alike.h5", points, {"one": one, "other": other}))
    assert rows["other less one", "p1"]["total"] == 0 and rows["other less one", "p1"]["told"] == "no"
    assert rows["other less one", "p2"]["total"] == pytest.approx(1, abs=0.05)
    assert rows["one", "p1"]["total"] == pytest.approx(1, abs=0.05) and rows["one", "p2"]["told"] == "no"


def test_noise_is_reported_apart(folder):
    points = saltelli(256, 2)
    rng, x = numpy.random.default_rng(1), points.values
    noisy = 12 * x[:, [0]] + 2 * rng.normal(size=8) + 3 * rng.normal(size=(len(x), 8))
    document, rows = measured(write(folder / "noisy.h5", points, {"only": noisy}))
    summary = document["outcomes"][0]
    assert summary["sd_of_points"] == pytest.approx(numpy.sqrt(12), rel=0.05)  # 12 times a uniform variable
    assert summary["chance_low"] < (4 + 9) / (4 + 9 + 12) < summary["chance_high"]
    assert summary["noise_of_mean"] == pytest.approx((9 / 8) / (12 + 9 / 8), rel=0.1)
    assert rows["only", "p1"]["total"] == pytest.approx(1, abs=0.1)
    assert rows["only", "p2"]["total"] == pytest.approx(0, abs=0.02)
    assert rows["only", "p2"]["total_uncorrected"] == pytest.approx((9 / 8) / (12 + 9 / 8), abs=0.02)
    assert f"Chance makes {100 * summary['chance_share']:.0f} %" in summary["words"]


def test_an_effect_of_morris_is_for_a_move_over_all_quantiles(folder):
    for levels in (4, 6):
        points = morris(8, 3, levels)
        values = (points.values @ [6, -3, 0])[:, None]
        _, rows = measured(write(folder / "linear.h5", points, {"only": values}))
        assert [rows["only", name]["mu"] for name in ("p1", "p2", "p3")] == pytest.approx([6, -3, 0], abs=1e-9)
    assert "p1 (mu* 6.00" in succeed(folder / "linear.h5") and rows["only", "p3"]["told"] == "no"


def test_steps_that_rounding_swallows_have_no_effect(folder):
    points = morris(10, 3)
    points.values[:, 1] = numpy.round(0.4 * points.values[:, 1])  # the same at all levels
    points.values[:, 2] = numpy.round(points.values[:, 2])
    file = write(folder / "rounded.h5", points, {"only": (points.values @ [1, 1, 0])[:, None]})
    _, rows = measured(file)
    assert set(rows) == {("only", "p1"), ("only", "p3")} and rows["only", "p3"]["mu_star"] == 0
    assert "one value at all points: p2" in succeed(file)


def test_a_parameter_of_one_arm_counts_there(folder):
    for kind in KINDS.values():
        points = kind()
        points.arms[1] = "other"
        file = write(folder / "of_one_arm.h5", points, two_arms(points))
        _, rows = measured(file)
        assert ("one", "p2") not in rows and ("other", "p2") in rows and ("other less one", "p2") in rows
        assert "Left out of one, where they do not vary: p2" in succeed(file)


def test_order_of_runs_and_parameters_does_not_matter(made):
    file, points = made
    _, rows = measured(file)
    other = write(file.parent / "other_order.h5", points.reordered([2, 0, 1]), two_arms(points), numpy.random.default_rng(1))
    _, again = measured(other)
    assert set(rows) == set(again)
    for key, row in rows.items():
        for name, value in row.items():
            expected = pytest.approx(value, rel=1e-9, abs=1e-12) if isinstance(value, float) else value
            assert again[key][name] == expected, name


def test_runs_that_failed_cost_their_group_and_are_told(made):
    file, points = made
    outcomes = two_arms(points)
    outcomes["one"][5, 2] = numpy.nan
    document, rows = measured(write(file.parent / "failed.h5", points, outcomes))
    whole = measured(file)[0]["outcomes"]
    units = {row["subject"]: row["units"] for row in document["outcomes"]}
    assert units == {"one": whole[0]["units"] - 1, "other": whole[0]["units"], "other less one": whole[0]["units"] - 1}
    assert rows["other less one", "p2"]["told"] == "yes"
    said = succeed(file.parent / "failed.h5")
    rows_of_unit = {"saltelli": 5, "morris": 4, "latin_hypercube": 1}[points.kind]
    assert f"Up to {4 * rows_of_unit} runs of a row are left out" in said


def test_what_never_differs_is_said_to(made):
    file, points = made
    same = numpy.full((len(points.values), 3), 7.0)
    said = succeed(write(file.parent / "same.h5", points, {"only": same}), "--figures", file.parent / "none")
    assert "the same in all runs (7.00)" in said and "0 figures" in said


def test_chance_alone_is_not_made_a_parameter(made):
    file, points = made
    noise = numpy.random.default_rng(8).normal(size=(len(points.values), 5))
    document, rows = measured(write(file.parent / "noise.h5", points, {"only": noise}))
    assert {row["told"] for row in rows.values()} == {"no"}
    words = document["outcomes"][0]["words"]
    assert "none" in words or "too little of the variance is the parameters'" in words


def test_too_few_replicates_leave_open_what_is_none(folder):
    points = morris(8, 3)
    for replicates, note in ((1, "One replicate a point"), (2, "With 2 replicates")):
        file = write(folder / "few.h5", points, two_arms(points, replicates))
        document, rows = measured(file, "--arms", "one")
        assert rows["one", "p1"]["told"] == "" and "chance included" in document["outcomes"][0]["words"]
        assert note in succeed(file)
        assert (document["outcomes"][0]["chance_share"] is None) == (replicates == 1)


# What is chosen, and what comes out


def test_arms_and_contrasts_are_chosen(folder):
    points = hypercube(40, 3)
    outcomes = two_arms(points)
    outcomes["third"] = outcomes["one"] + 3
    file = write(folder / "three.h5", points, outcomes)

    def subjects(*arguments):
        return [row["subject"] for row in measured(file, *arguments)[0]["outcomes"]]

    assert subjects() == ["one", "other", "third"]
    assert subjects("--contrast", "third,one") == ["one", "third", "third less one"]
    assert subjects("--contrast", "third,one", "--contrast", "other,one", "--arms", "other") == [
        "other", "third less one", "other less one"]
    assert "there is nothing to explain" in succeed(file, "--contrast", "third,one")


def test_the_table_says_what_the_json_says(made):
    file, _ = made
    document, _ = measured(file)
    succeed(file, "--csv", file.parent / "all.csv", "--force")
    with open(file.parent / "all.csv", encoding="utf-8", newline="") as table:
        lines = list(csv.DictReader(table))
    rows = document["parameters"] + document["pairs"] + document["outcomes"]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows):
        for name, value in row.items():
            if isinstance(value, float):
                assert float(line[name]) == pytest.approx(value), name
            else:
                assert line[name] == ("" if value is None else str(value)), name


def test_the_same_input_gives_the_same_output(folder):
    points = saltelli(32, 3)
    file = write(folder / "again.h5", points, two_arms(points))
    done = sensitivity.in_a_process(file)
    assert done.returncode == 0 and done.stdout == succeed(file)


def test_the_tutorial_explains_every_column(made):
    tutorial = (SCENARIOS.parent / "docs" / "tutorial-sensitivity.md").read_text(encoding="utf-8")
    explained = {name for cell in re.findall(r"^\| ([^|]*) \|", tutorial, re.MULTILINE) for name in cell.split(", ")}
    lines = succeed(made[0]).splitlines()
    heads = [line for line, below in zip(lines, lines[1:]) if below.startswith("-----")]
    columns = {column for head in heads for column in re.split(r" {2,}", head)[1:]}
    assert len(columns) > 8 and columns <= explained
    # Those that the tutorial shows are the columns of today.
    shown = re.findall(r"^(\w[^\n]*)\n-----", tutorial, re.MULTILINE)
    assert {column for head in shown for column in re.split(r" {2,}", head)[1:]} <= explained


@pytest.mark.parametrize("columns", [120, 80, 60])
def test_lines_fit_the_screen(made, columns):
    assert max(map(len, succeed(made[0], columns=columns).splitlines())) <= columns


def test_figures_are_drawn(made):
    file, points = made
    folder = file.parent / f"figures_{points.kind}"
    said = succeed(file, "--figures", folder, "--arms", "one")
    name = {"saltelli": "sobol", "morris": "morris", "latin_hypercube": "prcc"}[points.kind]
    names = {f"{name}_one", "scatter_one_civilians_killed"}
    assert {path.name for path in folder.iterdir()} == {f"{one}.{kind}" for one in names for kind in ("png", "svg")}
    assert "2 figures" in said and min(path.stat().st_size for path in folder.iterdir()) > 2000


def test_many_parameters_are_cut_on_the_screen_only(folder):
    points = hypercube(80, 20)
    file = write(folder / "many.h5", points, {"only": points.values @ numpy.arange(20)[:, None]})
    document, _ = measured(file)
    assert "and 8 weaker ones" in succeed(file) and len(document["parameters"]) == 20


# Designs of the program

SWEEP = """title: Try
arms: {{as_it_is: sahelsim:small}}
until: 2017-01-10
vary:
  recruitment.base: range
  decision.minimum_strength: range
  reactions.fear_half_life: {{distribution: log_uniform, low: 20, high: 70}}
design: {design}
"""


@pytest.mark.parametrize(("design", "rows"), [
    ("{type: saltelli, samples: 8, second_order: true}", 8), ("{type: saltelli, samples: 8}", 5),
    ("{type: morris, trajectories: 5, levels: 6}", 4), ("{type: sobol, points: 8}", 1)])
def test_designs_of_the_program_are_read(folder, design, rows):
    (folder / "try.yaml").write_text(SWEEP.format(design=design), encoding="utf-8")
    shutil.rmtree(folder / "try", ignore_errors=True)
    subprocess.run([PROGRAM, "sweep", str(folder / "try.yaml"), "-o", str(folder / "try")], check=True, capture_output=True,
                   timeout=120)
    file = folder / "try" / "results.h5"
    found = read_design(file)
    assert found.groups.shape[1] == rows and sorted(found.groups.ravel()) == list(range(len(found.values)))
    if found.kind == "saltelli":
        a, b = found.values[found.groups[:, 0]], found.values[found.groups[:, -1]]
        for factor in range(3):
            expected = a.copy()
            expected[:, factor] = b[:, factor]
            numpy.testing.assert_array_equal(found.values[found.groups[:, 1 + factor]], expected)
            if found.has_pairs:
                expected = b.copy()
                expected[:, factor] = a[:, factor]
                numpy.testing.assert_array_equal(found.values[found.groups[:, 4 + factor]], expected)
    if found.kind == "morris":
        assert found.step == pytest.approx(0.6) and (numpy.sort(found.changed, axis=1) == [0, 1, 2]).all()
        moves = numpy.diff(found.values[found.groups], axis=1)
        steps = numpy.take_along_axis(moves, found.changed[..., None], 2)[..., 0]
        assert (numpy.sign(steps) * found.sign >= 0).all() and (numpy.abs(moves).sum(2) == numpy.abs(steps)).all()
    if found.kind == "sobol":
        assert "expected" not in succeed(file, "--outcomes", "displaced")


# What is wrong


@pytest.fixture(scope="module")
def plain(folder):
    points = morris(6, 3)
    return write(folder / "plain.h5", points, two_arms(points))


@pytest.mark.parametrize(("change", "words"), [
    (replaced("design", None), "damaged"),
    (replaced("design/value", None), "damaged"),
    (replaced("design/value", numpy.zeros((24, 2))), "shape"),
    (replaced("design/value", numpy.full((24, 3), numpy.nan)), "is nan, expected a number"),
    (replaced("design/value", numpy.full((24, 3), b"much")), "/design/value can't be read"),
    (replaced("design/unit", ["1", "1"]), "/design/unit has 2 values, expected 3"),
    (replaced("design/distribution", ["uniform 0 ... 1"]), "/design/distribution has 1 values, expected 3"),
    (replaced("design/distribution", numpy.arange(3.0)), "/design/distribution can't be read"),
    (replaced("design/arms", [""]), "/design/arms has 1 values, expected 3"),
    (replaced("design/value", numpy.random.default_rng(1).random((24, 3))), "moves several"),
    (replaced("design/value", numpy.tile([[0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 1, 0]], (6, 1))), "twice"),
    (replaced("sweep/text", "design: {type: morris, levels: many}"), "levels"),
    (replaced("sweep/text", "design: [unbalanced"), "levels"),
    (lambda data: data.attrs.__setitem__("design", "saltelli"), "no row of Saltelli's design"),
    (lambda data: data["point"].__setitem__(0, 99), "point 99"),
    (lambda data: data["status"].__setitem__(slice(None), 0), "expected 2 at least"),
    (lambda data: data.attrs.__setitem__("schema_version", 9), "layout 9"),
])
def test_damaged_files_are_refused(plain, change, words):
    assert words in refused(changed(plain, change))


def test_half_a_design_is_refused(folder):
    points = saltelli(16, 2)
    points.blocks[3] = "AB"
    points.exchanged[3] = "p2"
    assert "no whole design" in refused(write(folder / "half.h5", points, {"only": points.values[:, :1]}))
    points = morris(6, 3)
    points.values, points.blocks, points.exchanged = (each[:-1] for each in (points.values, points.blocks, points.exchanged))
    assert "expected trajectories of 4" in refused(write(folder / "half.h5", points, {"only": points.values[:, :1]}))


def test_one_point_or_too_few_are_refused(folder):
    for points in (hypercube(1, 3), hypercube(6, 0)):
        file = write(folder / "point.h5", points, {"only": numpy.ones((len(points.values), 3))})
        assert "found one point" in refused(file)
    points = hypercube(6, 3)
    assert "found 6 points" in refused(write(folder / "point.h5", points, {"only": points.values[:, :1]}))
    points = saltelli(4, 3)
    assert "found 4 base samples" in refused(write(folder / "point.h5", points, {"only": points.values[:, :1]}))
    points = hypercube(20, 1)
    points.values[:] = 3
    assert "no parameter of the design varies" in refused(write(folder / "point.h5", points, {"only": numpy.ones((20, 2))}))


def test_files_of_run_and_foreign_files_are_refused(folder):
    subprocess.run([PROGRAM, "run", "sahelsim:small", "-o", str(folder / "run.h5"), "--until", "2017-01-05", "--quiet"],
                   check=True, capture_output=True, timeout=120)
    assert "found a file of run" in refused(folder / "run.h5")
    (folder / "text.h5").write_text("not a result", encoding="utf-8")
    assert "no HDF5 file" in refused(folder / "text.h5")
    assert "no such file" in refused(folder / "nothing.h5")
    assert "found a folder" in refused(folder)


@pytest.mark.parametrize(("arguments", "words"), [
    (["--outcomes", "civilans_killed"], "did you mean 'civilians_killed'"),
    (["--arms", "ohter"], "did you mean 'other'"),
    (["--contrast", "other,uno"], "there is no arm 'uno'"),
    (["--contrast", "other"], "expected two arms"),
    (["--contrast", "other,other"], "expected two arms"),
    (["--start", "2017-02"], "need monthly series"),
    (["--seed", "-1"], "a whole number of 0 or more"),
    (["--surprise"], "unrecognized"),
    (["--csv", "/nowhere/at/all.csv"], "no folder"),
    (["--figures", "/proc/figures"], "can't be made"),
])
def test_wrong_options_are_told(plain, arguments, words):
    assert words in refused(plain, *arguments)


def test_files_are_not_replaced_unasked(plain, folder):
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    assert "--force replaces it" in refused(plain, "--csv", folder / "mine.csv")
    succeed(plain, "--csv", folder / "mine.csv", "--force")


def test_outcomes_are_listed(plain):
    assert "civilians_killed" in succeed(plain, "--list")


def test_help_comes_at_once_and_needs_no_packages():
    assert "--contrast ARM,REFERENCE" in sensitivity.help_without_packages()


def test_the_program_starts_it(plain, tmp_path):
    if not re.search(r"^  sensitivity ", subprocess.run([PROGRAM, "--help"], capture_output=True, text=True).stdout, re.M):
        pytest.skip("this program was built without it")
    done = subprocess.run([PROGRAM, "sensitivity", str(plain)], capture_output=True, text=True, timeout=120, cwd=tmp_path,
                          env=ENVIRONMENT)
    assert done.returncode == 0 and done.stdout == succeed(plain)
