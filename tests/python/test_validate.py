"""sahelsim validate: known fits are scored as they are, nothing is made up, and what is wrong is told in one line."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import h5py
import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
ANALYSIS = SCENARIOS.parent / "analysis"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ANALYSIS), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
sys.path.insert(0, str(ANALYSIS))
from sahelsim.observed_events import ObservedEvents  # noqa: E402
from sahelsim.pattern_measures import BY_NAME  # noqa: E402
from sahelsim.problems import Problem  # noqa: E402
from sahelsim.validate import _parser, main  # noqa: E402

COUNT = 20
CARD = ("--parts", "scorecard")


def validate(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, COLUMNS="120"), redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def succeed(*arguments):
    done = validate(*arguments)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def refused(*arguments):
    done = validate(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and not done.stdout
    message = done.stderr.splitlines()
    assert len(message) == 1 or message[1:] == ["'sahelsim validate --help' tells how to use it."]
    return message[0]


def measured(folder, *arguments):
    file = folder / "measured.json"
    succeed(*arguments, "--json", file, "--force")
    return json.loads(file.read_text(encoding="utf-8"))


def targets_of(folder, *arguments):
    card = measured(folder, *arguments, *CARD)["scorecard"]
    return {row["target"]: row for row in card["targets"]}, {row["role"]: row for row in card["roles"]}


def sahelsim(*arguments):
    subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, timeout=120)


def target(name, simulated, low=100.0, high=None, role="calibration", quantity="deaths", error=0.3, share=1.0,
           answer="answered"):
    return {"target": name, "label": name.replace("-", " "), "role": role, "quantity": quantity, "answer": answer,
            "low": low,
            "high": low if high is None else high, "observation_error": error, "area_share": share, "simulated": simulated}


def add_targets(file, targets):
    """Write the group as the program does."""
    with h5py.File(file, "r+") as data:
        if "targets" in data:
            del data["targets"]
        group = data.create_group("targets")
        for name in ("target", "label", "role", "quantity", "answer"):
            group.create_dataset(name, data=[one[name] for one in targets], dtype=h5py.string_dtype())
        for name in ("observer", "places", "actors", "source", "source_place", "note"):
            group.create_dataset(name, data=[""] * len(targets), dtype=h5py.string_dtype())
        for name, text in (("first_day", "2017-01-01"), ("last_day", "2017-02-28")):
            group.create_dataset(name, data=[text] * len(targets), dtype=h5py.string_dtype())
        for name in ("low", "high", "observation_error", "area_share"):
            group[name] = [float(one[name]) for one in targets]
        runs = data["status"].shape[0]
        columns = [numpy.broadcast_to(numpy.asarray(one["simulated"], dtype=float), runs) for one in targets]
        group["simulated"] = numpy.stack(columns, axis=1)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("validate")


@pytest.fixture(scope="module")
def usual(folder):
    """Twenty runs of three months in one region."""
    sahelsim("run", "sahelsim:small", "-o", folder / "usual.h5", "--replicates", COUNT, "--until", "2017-04-30", "--quiet")
    with h5py.File(folder / "usual.h5", "r+") as data:
        if "targets" in data:
            del data["targets"]
    return folder / "usual.h5"


def scored(usual, name, targets):
    copy = usual.parent / f"{name}.h5"
    shutil.copy(usual, copy)
    return add_targets(copy, targets)


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
                                   target("no-share", 0.0, 0.3, quantity="state_agents", error=0.5)])
    targets, _ = targets_of(folder, file)
    # A simulated 0 counts as a half; an observed 0 is a figure below 1: Phi(ln 2 / 0.5) for these.
    assert targets["none-seen"]["score"] == pytest.approx(numpy.log(0.9 * 0.9172 + 0.1 * 0.0828), abs=1e-3)
    assert targets["none-seen"]["verdict_with_error"] == "inside"
    assert targets["many"]["verdict"] == "runs_high" and targets["none-simulated"]["verdict_with_error"] == "runs_low"
    assert all(numpy.isfinite(row["score"]) for row in targets.values())


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


@pytest.fixture(scope="module")
def sweep(folder):
    sahelsim("sweep", SCENARIOS / "sweeps" / "small.yaml", "-o", folder / "sweep")
    file = folder / "sweep" / "results.h5"
    with h5py.File(file) as data:
        arms = data["arm"].asstr()[:]
    return add_targets(file, [target("by-arm", numpy.where(arms == "as_it_is", 100.0, 900.0))])


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
    wrong = scored(usual, "wrong", [target("one", 100.0, error=numpy.nan)])
    assert "target 'one' has the error nan" in refused(wrong, *CARD)
    turned = scored(usual, "turned", [target("one", 100.0, 50.0, numpy.nan)])
    assert "the source gives no number" in succeed(turned, *CARD)


def test_wrong_options_are_refused(usual, folder):
    assert "needs --observed" in refused(usual, "--level", "region")
    assert "there is no part 'pattern'; did you mean 'patterns'?" in refused(usual, "--parts", "pattern")
    assert "--parts observed needs --observed" in refused(usual, "--parts", "observed")
    assert "expected 0 or more" in refused(usual, "--seed", "-1")
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


# Event data of others


ACLED = ["event_date", "event_type", "actor1", "actor2", "country", "admin1", "admin2", "latitude", "longitude",
         "fatalities", "notes"]
GED = ["date_start", "date_end", "type_of_violence", "side_a", "side_b", "best", "adm_1", "adm_2", "latitude", "longitude",
       "country"]


def acled(date, deaths, region="Mopti", cercle="Koro", kind="Battles", country="Mali", position=("14.08", "-3.08"),
          actor="JNIM"):
    return [date, kind, actor, "Civilians (Mali)", country, region, cercle, *position, deaths, "a note,\nin two lines"]


def write(path, header, rows, encoding="utf-8", separator=","):
    with open(path, "w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator).writerows([header, *rows])
    return path


@pytest.fixture(scope="module")
def true_months(usual):
    """Deaths by month and cercle of the first run, and the names of cercles."""
    with h5py.File(usual) as data:
        return data["cercles/deaths"][0].sum((2, 3)), list(data["cercles/cercle"].asstr()[:])


def rows_of(deaths, names, rename=lambda name: name, form="2017-{:02d}-15"):
    return [acled(form.format(month + 1), int(count), cercle=rename(name), region="Région de Mopti")
            for month, row in enumerate(deaths) for name, count in zip(names, row)]


@pytest.mark.parametrize("level", ["country", "region", "cercle"])
def test_a_run_that_came_true_lies_among_the_runs(usual, folder, true_months, level):
    file = write(folder / f"true_{level}.csv", ACLED, rows_of(*true_months, rename=str.upper))
    found = measured(folder, usual, "--observed", file, "--level", level)["observed"]
    assert found["months"] == ["2017-03", "2017-04"] and found["history"] == ["2017-01", "2017-02"]
    assert found["format"] == "ACLED" and found["country"] == "Mali"
    assert not any("nearest" in note for note in found["notes"])
    cells = [row for row in found["cells"] if row["forecast"] == "runs"]
    assert len(cells) == 2 * {"country": 1, "region": 1, "cercle": len(true_months[1])}[level]
    assert sum(row["observed"] for row in cells) == true_months[0][2:].sum()
    with h5py.File(usual) as data:
        members = data["deaths"][:, 2].sum((1, 2))
    if level == "country":
        assert cells[0]["mean"] == pytest.approx(members.mean())
        y = true_months[0][2].sum()
        spread = numpy.abs(members[:, None] - members).sum() / (COUNT * (COUNT - 1))
        assert cells[0]["crps"] == pytest.approx(numpy.abs(members - y).mean() - spread / 2)


def test_naive_forecasts_know_the_history_only(usual, folder):
    rows = [acled("2016-11-03", 4), acled("20 December 2016", 6), acled("2017-01-01", 8), acled("2017-02-11", 100),
            acled("2017-04-30", 1)]
    found = measured(folder, usual, "--observed", write(folder / "naive.csv", ACLED, rows), "--from", "2017-02")["observed"]
    assert found["history"] == ["2016-11", "2016-12", "2017-01"] and found["months"] == ["2017-02", "2017-03", "2017-04"]
    cells = {(row["forecast"], row["month"]): row for row in found["cells"]}
    assert cells["last value", "2017-02"]["crps"] == 92 and cells["last value", "2017-03"]["mean"] == 8
    assert cells["last value", "2017-03"]["interval_score"] == pytest.approx(20 * 8)
    assert cells["history", "2017-03"]["mean"] == pytest.approx(6, abs=0.01)
    # Members 4, 6 and 8, and 0 came: 6 - 16/9/2.
    assert cells["history", "2017-03"]["crps"] == pytest.approx(6 - 16 / 18, abs=0.01)
    assert cells["Poisson", "2017-03"]["mean"] == pytest.approx(6, abs=0.02)
    assert cells["runs", "2017-03"]["observed"] == 0


def test_events_are_counted_as_the_observer_counts(usual, folder):
    rows = [acled("2017-01-05", 0), acled("2017-03-05", 0), acled("2017-03-06", 3, kind="Protests"),
            acled("2017-03-07", 0, kind="Violence against civilians"), acled("2017-04-30", 2)]
    found = measured(folder, usual, "--observed", write(folder / "events.csv", ACLED, rows), "--count", "events", "--from",
                     "2017-03")["observed"]
    cells = {row["month"]: row for row in found["cells"] if row["forecast"] == "runs"}
    with h5py.File(usual) as data:
        every = data["events_by_type"][:, 2, :3].sum(1).mean()
        columns = {name: data["events"][name][:] for name in ("run", "time", "type", "cercle", "deaths_actor1",
                                                              "deaths_actor2",
                                                              "civilians_killed")}
    assert cells["2017-03"]["observed"] == 2 and cells["2017-03"]["mean"] == pytest.approx(every)
    assert any("1 events of other types" in note for note in found["notes"])
    ged = [["2017-01-05", "2017-01-05", "1", "JNIM", "Government of Mali", "1", "Mopti region", "Koro cercle", "14", "-3",
            "Mali"],
           ["2017-03-05 00:00:00.000", "2017-04-02", "3", "JNIM", "Civilians", "7", "Mopti region", "", "", "", "Mali"],
           ["2017-04-30", "2017-04-30", "2", "Dan Na", "JNIM", "2", "Mopti region", "Koro cercle", "14", "-3", "Mali"]]
    file = write(folder / "ged.csv", GED, ged)
    found = measured(folder, usual, "--observed", file, "--count", "events", "--from", "2017-03")["observed"]
    cells = {row["month"]: row for row in found["cells"] if row["forecast"] == "runs"}
    march = (columns["time"] >= 17226) & (columns["time"] < 17257) & (columns["type"] < 3) & (columns["cercle"] >= 0)
    deadly = (columns["deaths_actor1"] + columns["deaths_actor2"] + columns["civilians_killed"]) > 0
    assert found["format"] == "UCDP GED" and cells["2017-03"]["mean"] == pytest.approx((march & deadly).sum() / COUNT)
    assert any("1 events lasted into a later month" in note for note in found["notes"])
    region = measured(folder, usual, "--observed", file, "--level", "region", "--from", "2017-03")["observed"]
    assert {row["observed"] for row in region["cells"] if row["month"] == "2017-03"} == {7}


def test_places_without_a_known_name_go_to_the_nearest_seat(usual, folder):
    rows = [acled("2017-01-05", 1), acled("2017-03-05", 5, region="Bandiagara Region", cercle="Nowhere",
                                          position=("14.35", "-3.61")),
            acled("2017-03-06", 9, region="", cercle="", position=("", "")), acled("2017-04-30", 0, cercle="KORO")]
    found = measured(folder, usual, "--observed", write(folder / "near.csv", ACLED, rows), "--level", "cercle", "--from",
                     "2017-03")["observed"]
    seen = {row["unit"]: row["observed"] for row in found["cells"]
            if row["month"] == "2017-03" and row["forecast"] == "runs"}
    assert seen["Bandiagara"] == 5 and sum(seen.values()) == 5
    note = next(note for note in found["notes"] if "nearest" in note)
    assert note.startswith("1 of 4 events are of places") and "Nowhere" in note
    assert "1 without a position are left out" in note
    strange = write(folder / "strange.csv", ACLED, [acled("2017-01-05", 1, "Kano", "Kano"),
                                                    acled("2017-04-05", 1, "Kano", "Kano")])
    assert "none of its places (Kano) is a region of the runs (Mopti)" in refused(usual, "--observed", strange, "--level",
                                                                                  "region")


def test_actors_that_resemble_nobody_are_named(usual, folder):
    rows = [*[acled("2017-01-05", 1, actor="Space Pirates")] * 3, acled("2017-04-05", 1, actor="JNIM and others")]
    notes = measured(folder, usual, "--observed", write(folder / "actors.csv", ACLED, rows), "--from",
                     "2017-02")["observed"]["notes"]
    note = next(note for note in notes if "resemble none" in note)
    assert "Space Pirates (3)" in note and "JNIM" not in note


GOOD = [acled("2017-01-05", 1), acled("2017-04-05", 2)]


@pytest.mark.parametrize("name, content, message", [
    ("empty", b"", "the file is empty"),
    ("header", (",".join(ACLED) + "\n").encode(), "found a header and no events"),
    ("latin", "event_date,event_type,fatalities\n2017-01-01,Battles,1\nSégou".encode("latin-1"),
     "latin.csv:3: found a byte that is no UTF-8"),
    ("utf16", ",".join(ACLED).encode("utf-16-le"), "bytes of value 0"),
    ("columns", b"event_date,event_type,deaths\n2017-01-01,Battles,1\n",
     "looks like ACLED, and lacks the column fatalities"),
    ("other", b"a,b\n1,2\n", "found the columns a, b, expected those of ACLED"),
    ("short", b"event_date,event_type,fatalities\n2017-01-01,Battles\n", "short.csv:2: found 2 cells, expected 3"),
    ("date", b"event_date,event_type,fatalities\n2017-01-01,Battles,1\n2017-13-01,Battles,1\n", "date.csv:3: found "
                                                                                                "'2017-13-01' as a date"),
    ("slash", b"event_date,event_type,fatalities\n03/04/2017,Battles,1\n", "slash.csv:2: found '03/04/2017' as a date"),
    ("count", b"event_date,event_type,fatalities\n2017-01-01,Battles,-1\n", "count.csv:2: found '-1' in column fatalities"),
    ("nan", b"event_date,event_type,fatalities\n2017-01-01,Battles,nan\n", "found 'nan' in column fatalities"),
    ("types", b"event_date,event_type,fatalities\n2017-01-01,Protests,0\n", "found no violent event"),
    ("early", b"event_date,event_type,fatalities\n2010-01-01,Battles,1\n2011-01-01,Battles,1\n", "there is no whole month "
                                                                                                 "in common"),
    ("quote", b'event_date,event_type,fatalities\n2017-01-01,"Batt"les,1\n', "found no CSV"),
    ("twice", b"event_date,event_type,fatalities,fatalities\n2017-01-01,Battles,1,1\n", "column 'fatalities' occurs twice"),
])
def test_bad_event_files_are_refused_in_one_line(usual, folder, name, content, message):
    (folder / f"{name}.csv").write_bytes(content)
    assert message in refused(usual, "--observed", folder / f"{name}.csv")


def test_other_mistakes_with_events_are_told(usual, folder, sweep):
    good = write(folder / "good.csv", ACLED, GOOD)
    assert "separated by semicolons, expected commas" in refused(usual, "--observed",
                                                                 write(folder / "semi.csv", ACLED, GOOD, separator=";"))
    assert "separated by tabs" in refused(usual, "--observed", write(folder / "tabs.csv", ACLED, GOOD, separator="\t"))
    assert "can't be read" in refused(usual, "--observed", folder / "none.csv")
    two = write(folder / "two.csv", ACLED, [*GOOD, acled("2017-01-01", 1, country="Niger")])
    assert "events of 2 countries (Mali, Niger); --country" in refused(usual, "--observed", two)
    assert "found no event of country 'Chad'" in refused(usual, "--observed", two, "--country", "Chad")
    assert "ACLED's deaths" in succeed(usual, "--observed", two, "--country", "mali")
    assert "expected a month from 2017-01 to 2017-04" in refused(usual, "--observed", good, "--from", "2019-01")
    assert "need an observed month before it" in refused(usual, "--observed", good, "--from", "2017-01")
    assert "needs monthly series" in refused(sweep, "--observed", good)
    spreadsheet = write(folder / "bom.csv", ACLED, GOOD, encoding="utf-8-sig")
    assert "ACLED's deaths" in succeed(usual, "--observed", spreadsheet)


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
    assert "1 run is too few for the ends of 90 % ranges" in succeed(folder / "single.h5", *CARD)


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=12), st.integers(0, 400), st.integers(0, 30))
def test_no_event_file_is_too_strange_to_be_told_of(tmp_path, patch, at, cut):
    """A few bytes of a good file replaced: it is read, or refused with a message."""
    good = write(tmp_path / "good.csv", ACLED, [acled("2017-01-05", 1), acled("2017-04-05", 2)]).read_bytes()
    file = tmp_path / "patched.csv"
    file.write_bytes(good[:at] + patch + good[at + cut:])
    try:
        assert len(ObservedEvents(file).months) >= 1
    except Problem as problem:
        assert str(problem).startswith(str(file))


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
