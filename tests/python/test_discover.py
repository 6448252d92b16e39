"""sahelsim discover: what was planted is found, answers are those of files made for them, and what is wrong is told."""

import csv
import json
import shutil

import numpy
import pytest
from commands import Command
from discover_files import TEXT, add_targets, write_sweep
from made_up import changed, replaced
from sahelsim import prim, statistics

pytestmark = pytest.mark.analysis

POINTS, REPLICATES = 40, 4
FAST = ("--permutations", "19", "--outcomes", "civilians_killed")

discover = Command("discover")
succeed, refused = discover.succeed, discover.refused


def measured(file, *arguments):
    path = file.parent / "measured.json"
    said = succeed(file, *FAST, *arguments, "--json", path, "--force")
    return json.loads(path.read_text(encoding="utf-8")), " ".join(said.split())


def outcomes(effect, seed=1):
    """Civilians killed in two arms, whose second has `effect` [point] fewer; other outcomes follow."""
    rng = numpy.random.default_rng(seed)
    base = 500 + rng.normal(0, 20, (1, POINTS, REPLICATES))
    killed = numpy.concatenate([base, base - effect[:, None] + rng.normal(0, 5, (1, POINTS, REPLICATES))])
    return {"civilians_killed": killed, "deaths": 2 * killed, "displaced": 1000 - killed}


def values():
    """Three factors, the second with values over several powers of ten."""
    points = numpy.random.default_rng(3).random((POINTS, 3))
    return numpy.stack([points[:, 0], 10 ** (4 * points[:, 1]), points[:, 2]], 1)


def planted():
    """Where talks save lives: the first factor above 0.5."""
    return numpy.where(values()[:, 0] > 0.5, 50.0, -50.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("discover")


@pytest.fixture(scope="module")
def sweep(folder):
    return write_sweep(folder / "planted.h5", outcomes(planted()), values())


@pytest.fixture(scope="module")
def holds(folder):
    return write_sweep(folder / "holds.h5", outcomes(numpy.full(POINTS, 50.0)), values())


# Boxes, trees, regret


def test_the_planted_condition_is_found(sweep):
    document, said = measured(sweep)
    contest = document["contests"][0]
    assert (contest["arm"], contest["wins"]) == ("talks", int((planted() > 0).sum()))
    box = contest["boxes"][0]
    assert list(box["restrictions"]) == ["factor.a"]
    assert box["restrictions"]["factor.a"]["low"] == pytest.approx(0.5, abs=0.05)
    assert box["restrictions"]["factor.a"]["high"] is None and box["restrictions"]["factor.a"]["quasi_p"] < 1e-3
    assert (box["density"], box["coverage"], box["p_search"]) == (1, 1, 0.05)
    assert box["held_out"]["low"] > box["held_out"]["base"]
    assert len(contest["boxes"]) == 1
    leaves = contest["tree"]["leaves"]
    assert [[step[0] for step in leaf["where"]] for leaf in leaves] == [["factor.a"]] * 2
    assert contest["tree"]["accuracy"] > 0.85
    assert "<= factor.a, talks beats force at" in said and "Of points held out of the search" in said


def test_boxes_after_the_first_are_told_by_all_points(folder):
    """Of 120 points 36 lie above 0.7 in the first factor and win, and so do 6 of the 84 others: below 0.3, above 0.8."""
    points = numpy.random.default_rng(4).random((2, 120)).T
    wins = (points[:, 0] > 0.7) | ((points[:, 1] > 0.8) & (points[:, 0] < 0.3))
    killed = numpy.full((2, 120, 2), 500.0)
    killed[1] -= numpy.where(wins, 50, -50)[:, None]
    file = write_sweep(folder / "corners.h5", {"civilians_killed": killed}, points)
    document, said = measured(file, "--permutations", "39")
    first, second = document["contests"][0]["boxes"]
    by_hand = {"base": 42 / 120, "density": 1}
    for box, found in ((first, {"points": 36, "mass": 36 / 120, "coverage": 36 / 42, **by_hand}),
                       (second, {"points": 6, "mass": 6 / 120, "coverage": 6 / 42, **by_hand})):
        assert {name: box[name] for name in found} == pytest.approx(found)
    assert second["held_out"]["base"] == pytest.approx(6 / 84)
    whole = second["trajectory"][0]
    assert (whole["points"], whole["youden"], whole["mass"]) == (84, 0, pytest.approx(84 / 120))
    assert "Box 2: outside box 1 and where" in said
    assert "(density 100 %, against 35 % of all and 7.1 % of those that earlier boxes left)" in said
    assert "the box holds 14 % of all wins and 5 % of all points." in said


def test_a_box_of_the_trajectory_can_be_chosen(sweep):
    box = measured(sweep, "--box", "1")[0]["contests"][0]["boxes"][0]
    assert box["chosen"] == 1
    chosen = prim.nearest_mass(38 / 40)
    assert box["p_search"] == prim.search_p(values(), planted() > 0, 19, choose=chosen) > 0.05
    document, said = measured(sweep, "--box", "0")
    assert document["contests"][0]["boxes"][0]["p_search"] == 1  # a box of everything is as good in any case
    assert "p of the search 1: wins dealt out at random over the points give as good a box of this size that often" in said
    assert "expected a box of the trajectory, 0 to" in refused(sweep, "--box", "99")


def test_in_noise_nothing_is_claimed(folder):
    effect = numpy.random.default_rng(5).normal(0, 30, POINTS)
    document, said = measured(write_sweep(folder / "noise.h5", outcomes(effect), values()))
    box = document["contests"][0]["boxes"][0]
    assert box["p_search"] > 0.05 and len(document["contests"][0]["boxes"]) == 1
    assert "That may be chance" in said
    assert "It doesn't surely know more" in said or "prunes it to its root" in said


def test_regret_and_thresholds_by_hand(sweep):
    document, said = measured(sweep, "--outcomes", "civilians_killed,displaced", "--satisfice", "civilians_killed<500",
                              "--satisfice", "displaced > 400")
    means = outcomes(planted())["civilians_killed"].mean(2)
    rows = {(row["outcome"], row["arm"]): row for row in document["regret"]}
    regret = means - means.min(0)
    for number, arm in enumerate(("force", "talks")):
        row = rows["civilians_killed", arm]
        assert row["mean"] == pytest.approx(means[number].mean()) and row["worst"] == pytest.approx(means[number].max())
        assert row["mean_regret"] == pytest.approx(regret[number].mean())
        assert row["max_regret"] == pytest.approx(regret[number].max())
        assert row["p90_regret"] == pytest.approx(numpy.quantile(regret[number], 0.9))
        assert row["best"] == pytest.approx((regret[number] == 0).mean())
        assert document["satisfice"][0]["share"][arm] == pytest.approx((means[number] < 500).mean())
    assert document["satisfice"][1]["share"] == {"force": 1, "talks": 1}
    assert "civilians_killed < 500" in said and "Displaced in the country" in said
    turned = measured(sweep, "--outcomes", "displaced", "--better", "displaced=more")[0]["regret"]
    assert turned[0]["worst"] == pytest.approx((1000 - means[0]).min())


def test_a_margin_asks_for_more(holds):
    assert measured(holds)[0]["contests"][0]["wins"] == POINTS
    assert measured(holds, "--margin", "50%")[0]["contests"][0]["wins"] == 0
    assert "No search for boxes and no tree: it does so at 40 points and not at 0" in measured(holds)[1]


def test_more_arms_are_held_against_the_reference(folder):
    two = outcomes(planted())
    three = {name: numpy.concatenate([cells, cells[:1] - 30]) for name, cells in two.items()}
    file = write_sweep(folder / "three.h5", three, values(), ("force", "talks", "both"))
    document, said = measured(file)
    assert [one["arm"] for one in document["contests"]] == ["talks", "both"]
    assert "WHERE both BEATS force" in said
    assert "2 arms are held against force: p of reversals and of searches is corrected" in said
    document, _ = measured(file, "--reference", "both", "--arms", "force")
    assert [one["arm"] for one in document["contests"]] == ["force"] and document["contests"][0]["wins"] == 0
    assert {row["arm"] for row in document["regret"]} == {"both", "force"}


def test_searches_of_several_arms_are_corrected_for(folder):
    base = outcomes(planted())["civilians_killed"]
    noise = outcomes(numpy.random.default_rng(5).normal(0, 30, POINTS), seed=2)["civilians_killed"][1:]
    killed = {"civilians_killed": numpy.concatenate([base, noise, noise + planted()[:, None] / 2])}
    file = write_sweep(folder / "four.h5", killed, values(), ("force", "talks", "noise", "half"))
    document, said = measured(file, "--permutations", "39")
    boxes = [one["boxes"][0] for one in document["contests"]]
    p = [one["p_search"] for one in boxes]
    assert [one["p_search_corrected"] for one in boxes] == pytest.approx(statistics.holm(p))
    assert min(p) == 1 / 40 and "That may be chance (p of the search 0.075, corrected for the arms; by itself 0.025" in said
    assert all(len(one["boxes"]) == 1 for one in document["contests"])
    assert "With 39 permutations no search of 3 arms can be told from chance: --permutations 119 can" in said
    assert "3 arms are held against force" in said and "by both, corrected for the arms" in said


# Does the ranking hold?


def test_a_ranking_that_holds(holds):
    document, said = measured(holds)
    found = document["contests"][0]["reversal"]
    assert (found["verdict"], found["points"], found["other"]) == ("holds", POINTS, 0)
    assert "can't be asked of it: all points are used" in said
    assert "Holds in all 40 points, as far as their replicates tell: talks beats force" in said
    assert "up to 7.2 %" in said  # 1 - 0.05^(1/40)


def test_arms_that_never_differ_have_no_ranking(folder):
    same = {name: cells[[0, 0]] for name, cells in outcomes(planted()).items()}
    document, said = measured(write_sweep(folder / "same.h5", same, values()))
    assert document["contests"][0]["reversal"]["ties"] == POINTS and document["contests"][0]["wins"] == 0
    assert "The arms have the same mean at each of 40 points" in said


def test_a_ranking_that_is_reversed_is_undetermined(sweep):
    document, said = measured(sweep)
    assert document["contests"][0]["reversal"]["verdict"] == "undetermined"
    assert "UNDETERMINED: among 40 points the ranking is reversed" in said
    assert "Points on the other side, surest first" in said


def targets_that_keep(kept):
    """Runs that agree with a figure of 100 at these points only; another target has no figure, and one is for validation."""
    cells = numpy.where(kept, 100.0, 1000.0)[None, :, None, None] * numpy.ones((2, 1, REPLICATES, 3))
    cells[..., 2] = 7
    return cells


@pytest.mark.parametrize(("kept", "verdict"), [(lambda: planted() > 0, "holds"), (lambda: planted() < 0, "holds"),
                                               (lambda: numpy.arange(POINTS) < 30, "undetermined")])
def test_only_points_that_are_not_ruled_out_count(sweep, folder, kept, verdict):
    kept = kept()
    file = folder / "targets.h5"
    shutil.copy(sweep, file)
    add_targets(file, targets_that_keep(kept), [(100, 100), (numpy.nan, numpy.nan), (1, 1)],
                role=["calibration", "calibration", "validation"])
    document, said = measured(file)
    found = document["contests"][0]["reversal"]
    out = int((~kept).sum())
    assert document["targets"] == {"names": ["target-0"], "ruled_out": out, "ruled_out_by": [out]}
    assert (found["verdict"], found["points"]) == (verdict, int(kept.sum()))
    assert f"Targets rule out {int((~kept).sum())} of 40 points" in said
    assert [row["ruled_out"] for row in document["points"]] == (~kept).tolist()
    assert document["contests"][0]["points"] == POINTS
    assert measured(file, "--only-plausible")[0]["contests"][0]["points"] == kept.sum()
    assert measured(file, "--cutoff", "50")[0]["contests"][0]["reversal"]["points"] == POINTS
    assert measured(file, "--discrepancy", "2")[0]["targets"]["ruled_out"] == 0


def test_targets_that_rule_out_all_points_leave_nothing_to_say(sweep, folder):
    file = folder / "none.h5"
    shutil.copy(sweep, file)
    add_targets(file, targets_that_keep(numpy.zeros(POINTS, bool)), [(100, 100)] * 3)
    document, said = measured(file)
    assert document["contests"][0]["reversal"] is None
    assert "No point is left" in said and "Targets that rule out most: target-0 (40)" in said
    document, said = measured(file, "--only-plausible", "--satisfice", "deaths<5", "--csv", folder / "none.csv",
                              "--figures", folder / "figures of none")
    assert (document["contests"][0]["points"], document["regret"], document["satisfice"]) == (0, [], [])
    assert "no point is left that targets don't rule out, so that no wins can be counted" in said
    assert "no tables of regret" in said and "no tree: no points are left" in said and "1 figure in" in said and "REGRET" not in said
    with open(folder / "none.csv", encoding="utf-8", newline="") as lines:
        assert {row["ruled_out"] for row in csv.DictReader(lines)} == {"True"}


def test_targets_behind_a_branch_count_for_history_only(folder):
    file = write_sweep(folder / "branch.h5", outcomes(planted()), values(), branch="2018-06-01")
    kept = planted() > 0
    cells = targets_that_keep(kept)
    cells[0, ..., 0] = 100
    add_targets(file, cells, [(100, 100), (numpy.nan,) * 2, (7, 7)], last_day=["2018-12-31", "2017-12-31", "2018-05-31"])
    document, said = measured(file)
    assert document["targets"]["names"] == ["target-2"] and document["targets"]["ruled_out"] == 0
    assert "1 answered targets end after the arms part" in said
    document, _ = measured(file, "--history", "talks")
    assert document["targets"]["names"] == ["target-0", "target-2"]
    assert document["targets"]["ruled_out"] == (~kept).sum()


def test_a_file_whose_targets_are_not_answered_says_so(holds, folder):
    file = folder / "unanswered.h5"
    shutil.copy(holds, file)
    add_targets(file, targets_that_keep(planted() > 0), [(100, 100)] * 3, answer=["other_places"] * 3)
    document, said = measured(file)
    assert document["targets"] is None and "can't be asked of it" in said


def test_a_scenario_without_targets_has_an_empty_group(holds, folder):
    file = folder / "empty.h5"
    shutil.copy(holds, file)
    add_targets(file, numpy.zeros((2, POINTS, REPLICATES, 0)), numpy.zeros((0, 2)))
    assert "can't be asked of it" in measured(file)[1]


def test_the_share_of_a_figure_that_belongs_to_the_country_counts(sweep, folder):
    file = folder / "share.h5"
    shutil.copy(sweep, file)
    add_targets(file, targets_that_keep(numpy.ones(POINTS, bool)), [(1000, 1000)] * 3, area_share=0.1,
                role=["calibration", "validation", "validation"])
    assert measured(file)[0]["targets"]["ruled_out"] == 0


def test_one_replicate_leaves_the_question_untested(folder):
    single = {name: cells[..., :1] for name, cells in outcomes(planted()).items()}
    _, said = measured(write_sweep(folder / "single.h5", single, values()))
    assert "Not tested: no point has two pairs" in said and "One replicate a point" in said


# What comes out


def test_the_table_of_points_says_what_the_json_says(sweep, folder):
    document, _ = measured(sweep, "--csv", folder / "points.csv")
    with open(folder / "points.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len(document["points"]) == POINTS
    for line, row in zip(lines, document["points"]):
        assert (line["wins"] == "True") == row["wins"] and line["arm"] == "talks"
        for name in ("factor.a", "gain", "gain_error", "arm_mean"):
            assert float(line[name]) == pytest.approx(row[name])
    assert sum(row["box"] == 1 for row in document["points"]) == document["contests"][0]["boxes"][0]["points"]
    assert "--force replaces it" in refused(sweep, "--csv", folder / "points.csv")


def test_figures_are_drawn(sweep, folder):
    said = succeed(sweep, *FAST, "--figures", folder / "figures")
    names = {"regret_civilians_killed", "trajectory_talks", "box_talks", "points_talks"}
    assert {path.name for path in (folder / "figures").iterdir()} == {f"{name}.{kind}" for name in names
                                                                      for kind in ("png", "svg")}
    assert "4 figures" in said
    assert all(path.stat().st_size > 2000 for path in (folder / "figures").iterdir())


def test_the_same_input_gives_the_same_output(sweep):
    again = discover.in_a_process(sweep, *FAST)
    assert succeed(sweep, *FAST) == again.stdout
    assert succeed(sweep, *FAST, "--seed", "5") != again.stdout


@pytest.mark.parametrize("columns", [120, 70])
def test_lines_fit_the_screen(sweep, columns):
    assert max(map(len, succeed(sweep, *FAST, columns=columns).splitlines())) <= columns


def test_failed_runs_drop_their_pair_and_are_told(folder):
    status = numpy.ones((2, POINTS, REPLICATES), int)
    status[0, 0], status[1, 1, 2] = 3, 0
    file = write_sweep(folder / "failed.h5", outcomes(planted()), values(), status=status)
    document, said = measured(file)
    assert document["contests"][0]["points"] == POINTS - 1
    assert "5 of 320 runs failed or are pending" in said
    assert document["points"][0]["pairs"] == 0 and document["points"][1]["pairs"] == REPLICATES - 1
    assert document["points"][0]["gain"] is None


# What is wrong


@pytest.mark.parametrize("found", [numpy.nan, numpy.inf])
def test_runs_that_are_done_and_have_no_number_are_refused(folder, found):
    cells = outcomes(planted())
    cells["deaths"][1, 3, :2] = found
    status = numpy.ones((2, POINTS, REPLICATES), int)
    status[1, 3, 0] = 3
    file = write_sweep(folder / "no number.h5", cells, values(), status=status)
    message = refused(file, "--outcome", "deaths")
    assert "no number.h5: 'deaths' is no finite number in 1 of 319 runs that are marked as done" in message
    assert "'deaths'" in refused(file, "--satisfice", "deaths<5", "--outcomes", "civilians_killed")
    succeed(file, *FAST)


def nan_value(data):
    data["design/value"][3, 1] = numpy.nan


@pytest.mark.parametrize(("change", "words"), [
    (lambda data: data.attrs.__delitem__("sweep"), "found a file of run"),
    (lambda data: data.__delitem__("design"), "no group /design"),
    (lambda data: data.__delitem__("design/value"), "/design lacks value"),
    (replaced("design/point", numpy.arange(1, POINTS + 1, dtype="i4")), "/design has no point 0"),
    (nan_value, "factor.b at point 3 is nan"),
    (replaced("design/factor", numpy.array([b"\xff", b"b", b"c"], dtype=TEXT)), "/design/factor can't be read"),
    (lambda data: data.__delitem__("summary/civilians_killed"), "no outcome 'civilians_killed'"),
    (replaced("point", numpy.zeros(2 * POINTS * REPLICATES, "i4")), "found 1 point"),
    (replaced("arm", numpy.array(["force"] * 2 * POINTS * REPLICATES, dtype=TEXT)), "expected a second one"),
    (replaced("status", numpy.full(2 * POINTS * REPLICATES, 3, "i1")), "at 0 points, expected 2"),
])
def test_wrong_files_are_refused(sweep, change, words):
    assert words in refused(changed(sweep, change))


@pytest.mark.parametrize(("change", "words"), [
    (lambda data: data.__delitem__("targets/low"), "/targets lacks low"),
    (lambda data: data["targets/low"].__setitem__(0, -1), "'target-0' can't be used: its figure goes from -1"),
    (lambda data: data["targets/observation_error"].__setitem__(0, numpy.nan), "its error of observation is nan"),
])
def test_wrong_targets_are_refused(sweep, folder, change, words):
    file = folder / "wrong_targets.h5"
    shutil.copy(sweep, file)
    add_targets(file, targets_that_keep(planted() > 0), [(100, 100)] * 3)
    assert words in refused(changed(file, change))


def test_damaged_and_foreign_files_are_refused(sweep, folder):
    content = sweep.read_bytes()
    (folder / "cut.h5").write_bytes(content[: len(content) // 2])
    assert "cut off" in refused(folder / "cut.h5")
    (folder / "text.h5").write_text("not a result", encoding="utf-8")
    assert "no HDF5 file" in refused(folder / "text.h5")
    assert "no such file" in refused(folder / "nothing.h5")


@pytest.mark.parametrize(("arguments", "words"), [
    (["--outcome", "civilans_killed"], "did you mean 'civilians_killed'"),
    (["--reference", "tlaks"], "did you mean 'talks'"),
    (["--arms", "force"], "expected a second one"),
    (["--history", "never"], "no arm 'never'"),
    (["--margin", "much"], "expected a share"),
    (["--satisfice", "deaths=5"], "expected OUTCOME<N"),
    (["--satisfice", "deaths<1e"], "expected OUTCOME<N"),
    (["--satisfice", "deths<5"], "did you mean 'deaths'"),
    (["--cutoff", "-1"], "a number of 0 or more"),
    (["--box", "two"], "a whole number"),
    (["--peel", "60%"], "no more than 50%"),
    (["--boxes", "0"], "a whole number above 0"),
    (["--permutations", "0"], "a whole number above 0"),
    (["--better", "deaths=fewer"], "less or more"),
    (["--better", "fled=less"], "no outcome among those"),
    (["--start", "2017-02"], "need monthly series"),
    (["--surprise"], "unrecognized"),
    (["--json", "/nowhere/at/all.json"], "no folder"),
])
def test_wrong_options_are_told(sweep, arguments, words):
    assert words in refused(sweep, *arguments)


def test_help_comes_at_once_and_needs_no_packages():
    assert "--satisfice" in discover.help_without_packages()
