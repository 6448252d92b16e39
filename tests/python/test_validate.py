"""sahelsim validate: known fits are scored as they are, nothing is made up, and what is wrong is told in one line."""

import csv
import re
import subprocess
import sys
import time
from unittest import mock

import h5py
import numpy
import pytest
from commands import ENVIRONMENT

pytest.register_assert_rewrite("validating")
from validating import (ACLED, CARD, COUNT, GOOD, SCENARIOS, add_targets, measured, refused,  # noqa: E402
                        sahelsim, scored, succeed, target, targets_of, write)

from sahelsim.pattern_measures import BY_NAME  # noqa: E402
from sahelsim.validate import _parser  # noqa: E402

pytestmark = pytest.mark.analysis

pytest_plugins = ["validating"]  # fixtures

SPREAD = numpy.exp(numpy.random.default_rng(1).normal(numpy.log(100), 0.2, COUNT))


# The scorecard


def test_runs_that_give_the_figure_lose_nothing(usual, folder):
    targets, roles = targets_of(folder, scored(usual, "exact", [target("exact", 100.0), target("half", 50.0, share=0.5)]))
    for row in targets.values():
        assert row["verdict"] == row["verdict_with_error"] == "inside" and row["lost"] == pytest.approx(0)
        assert row["score"] == pytest.approx(-numpy.log(0.3 * numpy.sqrt(2 * numpy.pi)))
        assert row["with_error_low"] == pytest.approx(row["median"] * numpy.exp(-0.3 * 1.645), rel=0.02)
    assert roles["calibration"]["inside"] == 2 and roles["calibration"]["relative_width"] == 0


def test_runs_that_miss_are_told_which_way(usual, folder):
    file = scored(usual, "miss", [target("low", SPREAD / 5), target("high", SPREAD * 5), target("near", SPREAD * 1.4)])
    targets, _ = targets_of(folder, file)
    assert (targets["low"]["verdict"], targets["high"]["verdict"]) == ("runs_low", "runs_high")
    assert targets["near"]["verdict_with_error"] == "inside" and targets["near"]["verdict"] == "runs_high"
    assert targets["low"]["lost"] > 5 > targets["near"]["lost"] > 0
    assert targets["low"]["median"] == pytest.approx(numpy.median(SPREAD) / 5)
    text = succeed(file, *CARD)
    assert re.search(r"low +100 .* no, low +no, low", text)
    rows = [line.split()[0] for line in text.splitlines() if re.match(r"(low|high|near) ", line)]
    assert rows[-1] == "near" and len(rows) == 3


def test_intervals_and_lower_bounds(usual, folder):
    file = scored(usual, "ends", [
        target("least", 200.0, 100.0, numpy.inf), target("at-it", 100.0, 100.0, numpy.inf),
        target("below", 10.0, 100.0, numpy.inf),
        target("between", 100.0, 50.0, 200.0), target("touching", SPREAD, 60.0, 95.0)])
    targets, _ = targets_of(folder, file)
    assert targets["least"]["verdict"] == "inside" and targets["least"]["score"] > -0.02
    assert targets["at-it"]["score"] == pytest.approx(numpy.log(0.5))
    assert targets["below"]["verdict_with_error"] == "runs_low" and targets["below"]["score"] < -20
    assert targets["between"]["score"] == pytest.approx(targets["between"]["best"])
    assert targets["touching"]["verdict"] == "inside"
    assert ">= 100" in succeed(file, *CARD)


def test_zeros_on_either_side(usual, folder):
    some = numpy.where(numpy.arange(COUNT) < 18, 0.0, 2.0)
    file = scored(usual, "zeros", [target("none-seen", some, 0.0, error=0.5), target("many", 40.0, 0.0, error=0.5),
                                   target("none-simulated", 0.0, 40.0, error=0.5),
                                   target("no-share", 0.0, 0.3, quantity="state_agents", error=0.5),
                                   target("none-at-all", 0.0, 0.0, error=0.7),
                                   target("up-to-two", 0.0, 0.0, 2.0, error=0.7),
                                   target("part-of-one", 0.0, 0.4, error=0.7)])
    targets, _ = targets_of(folder, file)
    # A simulated 0 counts as a half; an observed 0 is a figure below 1: Phi(ln 2 / 0.5) for these.
    assert targets["none-seen"]["score"] == pytest.approx(numpy.log(0.9 * 0.9172 + 0.1 * 0.0828), abs=1e-3)
    assert targets["none-seen"]["verdict_with_error"] == "inside"
    assert targets["many"]["verdict"] == "runs_high" and targets["none-simulated"]["verdict_with_error"] == "runs_low"
    assert all(numpy.isfinite(row["score"]) for row in targets.values())
    # No run can give less than a simulated 0.
    assert all(targets[name]["lost"] == pytest.approx(0) for name in ("none-at-all", "up-to-two", "part-of-one"))
    assert targets["none-at-all"]["score"] == pytest.approx(-0.176, abs=1e-3)


def test_classes_are_compared_as_they_are(usual, folder):
    values = numpy.where(numpy.arange(COUNT) < 10, 3.0, 2.0)
    file = scored(usual, "classes", [target("class", values, 3.0, quantity="presence_class", error=0.5),
                                     target("none", 0.0, 0.0, quantity="presence_class", error=0.5)])
    targets, _ = targets_of(folder, file)
    density = (1 + numpy.exp(-0.5 * 4)) / 2 / (0.5 * numpy.sqrt(2 * numpy.pi))
    assert targets["class"]["score"] == pytest.approx(numpy.log(density))
    assert targets["class"]["relative_width"] is None and targets["none"]["lost"] == pytest.approx(0)


def test_what_cannot_be_answered_is_counted_with_its_reason(usual, folder):
    nothing = numpy.nan
    file = scored(usual, "gaps", [target("answered-one", 100.0), target("no-such-thing", nothing, answer="no_counterpart"),
                                  target("later", nothing, answer="other_period"),
                                  target("elsewhere", nothing, answer="other_places"),
                                  target("words-only", 5.0, numpy.nan), target("never-simulated", nothing)])
    targets, roles = targets_of(folder, file)
    assert roles["calibration"]["answered"] == 1 and roles["calibration"]["targets"] == 6
    assert len(roles["calibration"]["unanswered"]) == 5 and targets["later"]["score"] is None
    text = succeed(file, *CARD)
    assert "1 of 6 answered" in text and "the runs don't cover the period (1): later." in text


def test_figures_that_cannot_be_are_left_out_and_told(usual, folder):
    """One of them doesn't spoil the others."""
    file = scored(usual, "strange", [
        target("good", 100.0), target("sure", 100.0, error=0.0), target("no-error", 100.0, error=numpy.nan),
        target("negative", 100.0, -5.0, 200.0), target("turned", 100.0, 200.0, 50.0), target("no-part", 100.0, share=0.0),
        target("endless", 100.0, numpy.inf, numpy.inf)])
    targets, roles = targets_of(folder, file)
    assert (roles["calibration"]["answered"], roles["calibration"]["inside"]) == (1, 1)
    assert targets["sure"]["reason"] == "its error of observation is 0, expected more than 0"
    assert targets["sure"]["score"] is None and len(roles["calibration"]["unanswered"]) == 6
    text = " ".join(succeed(file, *CARD).split())
    assert "Not answered, its figure goes from -5 to 200, expected 0 or more, low before high (1): negative." in text


def test_roles_are_kept_apart(usual):
    file = scored(usual, "roles", [target("fitted", 100.0), target("kept-back", 300.0, role="validation")])
    text = succeed(file, *CARD)
    assert text.index("for calibration") < text.index("fitted") < text.index("for validation") < text.index("kept back")
    assert "then changes a parameter or a rule has used them" in " ".join(text.split())
    only = succeed(file, *CARD, "--role", "calibration")
    assert "kept back" not in only and "has used them" not in only and "fitted" in only
    assert "for calibration:" not in succeed(file, *CARD, "--role", "validation")


def test_shares_inside_have_wilson_intervals(usual, folder):
    file = scored(usual, "shares", [*[target(f"in-{k}", 100.0) for k in range(8)],
                                    *[target(f"out-{k}", 900.0) for k in range(2)]])
    row = targets_of(folder, file)[1]["calibration"]
    # Wilson (1927) for 8 of 10 at 90 %, z = 1.645.
    assert (row["share_inside"], row["inside_low"], row["inside_high"]) == pytest.approx((0.8, 0.541, 0.931), abs=1e-3)


def test_intervals_are_counted_apart(usual, folder):
    """They are inside when a part of them is, and would make nine of ten of fewer."""
    file = scored(usual, "apart", [target("in", 100.0), target("out", 900.0), target("least", 200.0, 100.0, numpy.inf),
                                   target("part", SPREAD, 60.0, 95.0), target("far", 900.0, 60.0, 95.0),
                                   target("none-seen", 0.0, 0.0),
                                   target("none", 0.0, 0.0, quantity="presence_class", error=0.5)])
    row = targets_of(folder, file)[1]["calibration"]
    assert (row["answered"], row["figures"], row["intervals"]) == (7, 3, 4)
    assert (row["inside"], row["intervals_inside"], row["intervals_inside_with_error"]) == (2, 3, 3)
    assert row["share_inside"] == pytest.approx(2 / 3)
    text = " ".join(succeed(file, *CARD).split())
    assert "2 of 3 (67 %" in text and "3 of 4 inside, 3 with the error" in text
    only = " ".join(succeed(scored(usual, "bounds", [target("least", 200.0, 100.0, numpy.inf)]), *CARD).split())
    assert "Single figures" not in only and "1 of 1 inside" in only


def test_runs_that_are_not_done_do_not_count(usual, folder):
    file = scored(usual, "stopped", [target("mixed", numpy.where(numpy.arange(COUNT) < 15, 100.0, 1e6))])
    with h5py.File(file, "r+") as data:
        data["status"][15:] = 2
    targets, _ = targets_of(folder, file)
    assert targets["mixed"]["runs"] == 15 and targets["mixed"]["range_high"] == 100
    assert "5 of 20 runs are left out" in succeed(file, *CARD)
    with h5py.File(file, "r+") as data:
        data["status"][:] = 3
    assert "no run of arm 'small' is done (20 planned)" in refused(file)


# Arms, points, files


def test_an_arm_is_scored_with_its_points_pooled(sweep, folder):
    first, other = (targets_of(folder, sweep, *more)[0]["by-arm"] for more in ((), ("--arm", "without_reactions")))
    assert (first["verdict"], other["verdict"]) == ("inside", "runs_high") and first["runs"] == 12
    text = succeed(sweep)
    assert "The runs of 4 points are pooled" in text and "--arm chooses another: without_reactions" in text
    assert "No pattern can be measured" in text and "the file has no events" in text
    assert "there is no arm 'as_is'; did you mean 'as_it_is'?" in refused(sweep, "--arm", "as_is")


def test_files_are_pooled(usual, folder, sweep):
    one = scored(usual, "one", [target("pooled", 100.0)])
    sahelsim("run", "sahelsim:small", "-o", folder / "more.h5", "--replicates", 2, "--until", "2017-04-30", "--seed", 9,
             "--quiet")
    add_targets(folder / "more.h5", [target("pooled", 300.0)])
    assert targets_of(folder, one, folder / "more.h5")[0]["pooled"]["runs"] == 22
    assert "the same run (seed, point and replicate) twice" in refused(one, one)
    assert "found no run of arm 'small', but of 'as_it_is'" in refused(one, sweep)
    add_targets(folder / "more.h5", [target("other", 300.0)])
    assert "differ in /targets/target" in refused(one, folder / "more.h5")


# Files that are none


def quick(folder):
    """A list of patterns that is soon measured."""
    (folder / "quick.yaml").write_text("patterns: {M1: {label: Mine, measures: [{measure: control_change, label: Drift, "
                                       "options: {authority: jnim}}]}}", encoding="utf-8")
    return folder / "quick.yaml"


def test_files_without_targets_say_so(usual, folder):
    none = scored(usual, "without", [target("one", 1.0)])
    with h5py.File(none, "r+") as data:  # as the program writes it where the scenario has none
        for name in list(data["targets"]):
            values = data["targets"][name]
            empty = numpy.zeros((COUNT, 0)) if name == "simulated" else values[:0]
            kind = values.dtype
            del data["targets"][name]
            data["targets"].create_dataset(name, data=empty, dtype=kind)
    for file in (usual, none):
        assert "No scorecard: the file has no targets" in succeed(file, "--role", "calibration", "--patterns", quick(folder))
        assert "the file has no targets (group /targets)" in refused(file, *CARD)


def test_bad_files_are_refused_in_one_line(usual, folder):
    (folder / "text.h5").write_text("no HDF5")
    (folder / "cut.h5").write_bytes(usual.read_bytes()[:5000])
    with h5py.File(folder / "foreign.h5", "w") as data:
        data["x"] = [1]
    assert "there is no such file" in refused(folder / "none.h5")
    assert "found no HDF5 file" in refused(folder / "text.h5")
    assert "cut.h5" in refused(folder / "cut.h5")
    assert "HDF5 file of another kind" in refused(folder / "foreign.h5")
    damaged = scored(usual, "damaged", [target("one", 100.0)])
    with h5py.File(damaged, "r+") as data:
        del data["targets/low"]
    assert "/targets lacks low" in refused(damaged, *CARD)
    turned = scored(usual, "turned", [target("one", 100.0, 50.0, numpy.nan)])
    assert "the source gives no number" in succeed(turned, *CARD)


@pytest.mark.parametrize("what, message", [
    ("attribute start", "attribute: 'start'"), ("attribute end", "attribute: 'end'"),
    ("cercles/region", "/cercles lacks region"), ("cercles/latitude", "/cercles lacks latitude"),
    ("cercles/longitude", "/cercles lacks longitude"), ("replicate", "can't be read"), ("arm", "can't be read"),
    ("events/cause", "events/cause can't be read"),
])
def test_what_a_file_lacks_is_named(usual, folder, what, message):
    file = scored(usual, "lacking", [target("one", 100.0)])
    with h5py.File(file, "r+") as data:
        if what.startswith("attribute "):
            del data.attrs[what.split()[1]]
        else:
            del data[what]
    told = refused(file)
    assert message in told and "lacking.h5: " in told


def test_a_period_that_is_none_is_told(usual, folder):
    file = scored(usual, "never", [target("one", 100.0)])
    with h5py.File(file, "r+") as data:
        data.attrs["start"] = "one day"
    assert "never.h5: what it says of its runs can't be read" in refused(file)


@pytest.mark.parametrize("name", ["targets/simulated", "deaths", "events/time", "cercles/latitude", "status"])
def test_damaged_bytes_are_told_with_the_file(usual, folder, name):
    """Compressed blocks of which some bytes were overwritten."""
    file = scored(usual, "bytes", [target("one", 100.0)])
    with h5py.File(file, "r+") as data:
        values = data[name][:]
        del data[name]
        block = data.create_dataset(name, data=values, chunks=values.shape, compression="gzip", fletcher32=True)
        data.flush()
        begin, size = block.id.get_chunk_info(0).byte_offset, block.id.get_chunk_info(0).size
    content = bytearray(file.read_bytes())
    content[begin:begin + size] = bytes(size)
    file.write_bytes(content)
    told = refused(file)
    assert "bytes.h5: " in told and "can't be read; the file is damaged" in told


@pytest.mark.parametrize("kind", [RuntimeError, OSError, AttributeError, ValueError, KeyError, TypeError])
def test_whatever_reading_raises_is_told_with_the_file(usual, folder, kind):
    file = scored(usual, "raising", [target("one", 100.0)])
    read = h5py.Dataset.__getitem__

    def failing(variable, *arguments, **options):
        if variable.name == "/targets/simulated":
            raise kind("wrong B-tree")
        return read(variable, *arguments, **options)

    with mock.patch.object(h5py.Dataset, "__getitem__", failing):
        assert re.search(r"raising.h5: targets/simulated can't be read; the file is damaged \('?wrong B-tree", refused(file))


def test_wrong_options_are_refused(usual, folder):
    assert "needs --observed" in refused(usual, "--level", "region")
    assert "there is no part 'pattern'; did you mean 'patterns'?" in refused(usual, "--parts", "pattern")
    assert "--parts observed needs --observed" in refused(usual, "--parts", "observed")
    assert "expected a whole number of 0 or more" in refused(usual, "--seed", "-1")
    assert "expected YYYY-MM" in refused(usual, "--observed", "x.csv", "--from", "2017")
    assert "there is no folder" in refused(usual, "--csv", folder / "none" / "x.csv")
    assert "none.yaml: can't be read" in refused(usual, "--patterns", folder / "none.yaml")


def test_help_comes_at_once():
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "sahelsim.validate", "--help"], capture_output=True, text=True, timeout=60,
                          env=ENVIRONMENT)
    assert done.returncode == 0 and "--observed" in done.stdout
    assert time.perf_counter() - begin < 5
    loaded = subprocess.run([sys.executable, "-c", "import sys, sahelsim.validate; print('numpy' in sys.modules)"],
                            capture_output=True, text=True, timeout=60, env=ENVIRONMENT)
    assert loaded.stdout.strip() == "False"


def test_the_tutorial_names_what_there_is():
    text = (SCENARIOS.parent / "docs" / "tutorial-validate.md").read_text(encoding="utf-8")
    commands = [line.partition("#")[0].split()[2:] for line in text.splitlines() if line.startswith("sahelsim validate ")]
    assert len(commands) >= 5
    for arguments in commands:
        assert _parser().parse_args(arguments).files
    assert all(f"`{name}`" in text for name in BY_NAME)


# Patterns


def test_patterns_are_judged_where_the_file_can(usual, folder):
    file = scored(usual, "patterned", [target("one", 100.0)])
    rows = measured(folder, file, "--parts", "patterns")["patterns"]
    verdicts = {(row["pattern"], row["measure"]): row for row in rows}
    assert verdicts["P2", "dispersion"]["median"] > 0 and verdicts["P2", "dispersion"]["runs"] == COUNT
    assert verdicts["P4", "control_gap"]["reason"] == "region Gao is not simulated"
    assert "the runs cover 2017-01-01 to 2017-04-30" in verdicts["P5", "deaths_growth"]["reason"]
    assert verdicts["P6", ""]["verdict"] == "unanswered" and "sahelsim accords" in verdicts["P6", ""]["reason"]
    assert "Not answered, region Gao is not simulated: P4 " in succeed(file, "--parts", "patterns")


def test_another_list_of_patterns(usual, folder):
    (folder / "own.yaml").write_text("patterns: {M1: {label: Mine, measures: [{measure: dispersion, label: Bursts, "
                                     "band: [0, 1000]}]}}", encoding="utf-8")
    rows = measured(folder, usual, "--parts", "patterns", "--patterns", folder / "own.yaml")["patterns"]
    assert [(row["pattern"], row["verdict"], row["share_in_band"]) for row in rows] == [("M1", "in_band", 1)]


def test_sweeps_with_events_have_patterns(folder):
    text = (SCENARIOS / "sweeps" / "small.yaml").read_text(encoding="utf-8").replace("../small.yaml", "sahelsim:small")
    (folder / "kept.yaml").write_text(text + "outputs: [summary, series, events]\n", encoding="utf-8")
    sahelsim("sweep", folder / "kept.yaml", "-o", folder / "kept")
    file = folder / "kept" / "results.h5"
    rows = measured(folder, file, "--parts", "patterns", "--arm", "without_reactions")["patterns"]
    found = next(row for row in rows if row["measure"] == "dispersion")
    with h5py.File(file) as data:
        mine = numpy.flatnonzero(data["arm"].asstr()[:] == "without_reactions")
        events = {name: data["events"][name][:] for name in ("run", "time", "type", "cercle")}
        weeks = (data["time_bounds"][-1, 1] - data["time_bounds"][0, 0]) // 7
        cercles, first = len(data["cercles/cercle"]), data["time_bounds"][0, 0]
    ratios = []
    for run in mine:
        chosen = (events["run"] == run) & (events["type"] < 3) & (events["cercle"] >= 0)
        week = (events["time"][chosen] - first) // 7
        table = numpy.zeros((cercles, weeks))
        numpy.add.at(table, (events["cercle"][chosen][week < weeks], week[week < weeks]), 1)
        ratios.append(table.var() / table.mean())
    assert found["runs"] == len(mine) == 12 and found["median"] == pytest.approx(numpy.median(ratios))


# Output


def test_everything_is_written_and_the_same_each_time(usual, folder):
    file = scored(usual, "written", [target("one", SPREAD), target("least", SPREAD, 50.0, numpy.inf),
                                     target("nought", 0.0, 0.0),
                                     target("class", 2.0, 3.0, quantity="presence_class", role="validation")])
    observed = write(folder / "written.csv", ACLED, GOOD)
    every = (file, "--observed", observed, "--parts", "scorecard,patterns,observed", "--level", "region")
    first, again = folder / "first", folder / "again"
    for out, figures in ((first, every), (again, (file, *CARD))):
        out.mkdir()
        succeed(*every, "--csv", out / "a.csv", "--json", out / "a.json")
        text = succeed(*figures, "--figures", out / "figures")
        assert "Written: " in text and "scorecard_calibration" in text
    names = sorted(path.name for path in (first / "figures").iterdir())
    assert {"event_sizes.png", "observed_months.svg", "scores_by_region.png", "scores_by_month.png",
            "scorecard_validation.svg"} <= set(names)
    for path in (*sorted((again / "figures").iterdir()), again / "a.csv", again / "a.json"):
        assert path.read_bytes() == (first / path.relative_to(again)).read_bytes(), path
    with open(first / "a.csv", newline="", encoding="utf-8") as table:
        assert {row["part"] for row in csv.DictReader(table)} == {"scorecard", "patterns", "observed"}
    assert "the file exists already" in refused(file, "--csv", first / "a.csv")


def test_few_runs_are_said_to_be_few(usual, folder):
    sahelsim("run", "sahelsim:small", "-o", folder / "single.h5", "--until", "2017-02-28", "--quiet")
    add_targets(folder / "single.h5", [target("one", 90.0)])
    text = " ".join(succeed(folder / "single.h5", *CARD).split())
    assert "1 run is too few for 90 % ranges, which need 19" in text and "hold a further one in 0 %" in text
