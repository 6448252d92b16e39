"""The trace command: what it tells agrees with the event log, and it refuses what it can't trace."""

import json
import shutil
from pathlib import Path

import h5py
import numpy
import pytest
from program import SCENARIOS, sahelsim, succeed


def traced(*arguments):
    return json.loads(succeed("trace", *arguments, "--format", "json"))


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("trace") / "small.h5"
    succeed("run", SCENARIOS / "small.yaml", "-o", path, "--replicates", 2, "--quiet")
    return path


@pytest.fixture
def copy(result, tmp_path):
    """A file of one's own, to be damaged."""
    return Path(shutil.copy(result, tmp_path / "copy.h5"))


def columns_of(result, run):
    with h5py.File(result) as file:
        events = file["events"]
        chosen = events["run"][:] == run
        columns = {name: events[name][:][chosen] for name in ("actor1", "cause", "cause_kind", "id", "time")}
        sides = file["organisation_side"].asstr()[:]
    columns["side"] = [sides[actor] for actor in columns["actor1"]]
    columns["by_event"] = columns["cause_kind"] == 1
    return columns


def descendants(columns, event):
    found = set()
    for k in columns["id"]:
        if columns["by_event"][k] and (columns["cause"][k] == event or int(columns["cause"][k]) in found):
            found.add(int(k))
    return found


@pytest.mark.parametrize("run", [0, 1])
def test_an_event_is_traced_to_what_began_it_and_to_all_that_followed(result, run):
    columns = columns_of(result, run)
    caused = numpy.flatnonzero(columns["by_event"])
    for event in {int(caused[0]), int(columns["cause"][caused[-1]]), int(caused[-1])}:
        trace = traced(result, "--event", event, "--run", run, "--depth", 100000)
        way = [link["event"] for link in trace["led_to_it"]]
        assert way[-1] == event and not columns["by_event"][way[0]]
        assert all(columns["cause"][after] == before for before, after in zip(way, way[1:]))
        assert {link["event"] for link in trace["followed"]} == descendants(columns, event)


def test_depth_leaves_out_later_steps_and_counts_them(result):
    columns = columns_of(result, 0)
    root = min((int(columns["cause"][k]) for k in numpy.flatnonzero(columns["by_event"])))
    everything = traced(result, "--event", root, "--depth", 100000)
    one_step = traced(result, "--event", root, "--depth", 1)
    assert {link["steps"] for link in one_step["followed"]} == {1}
    assert len(one_step["followed"]) + one_step["not_shown"] == len(everything["followed"])


def test_the_longest_chains_alternate_and_do_not_overlap(result):
    chains = traced(result, "--longest", 20)["chains"]
    assert len(chains) == 20
    assert [chain["links"] for chain in chains] == sorted((chain["links"] for chain in chains), reverse=True)
    seen = set()
    columns = [columns_of(result, run) for run in (0, 1)]
    for chain in chains:
        of = columns[chain["run"]]
        ids = [event["event"] for event in chain["events"]]
        assert len(ids) == chain["links"] + 1
        for before, after in zip(ids, ids[1:]):
            assert of["by_event"][after] and of["cause"][after] == before
            assert of["side"][after] != of["side"][before]
        assert seen.isdisjoint((chain["run"], event) for event in ids)
        seen.update((chain["run"], event) for event in ids)


def test_no_chain_is_longer_than_the_longest(result):
    longest = 0
    for run in (0, 1):
        columns = columns_of(result, run)
        links = [0] * len(columns["id"])
        for k in numpy.flatnonzero(columns["by_event"]):
            cause = columns["cause"][k]
            if columns["side"][k] != columns["side"][cause]:
                links[k] = links[cause] + 1
        longest = max([longest, *links])
    assert traced(result, "--longest", 1)["chains"][0]["links"] == longest


def test_three_chains_unless_another_number_is_given_and_one_run_if_asked(result):
    assert len(traced(result, "--longest")["chains"]) == 3
    assert {chain["run"] for chain in traced(result, "--longest", 5, "--run", 1)["chains"]} == {1}


def test_the_table_tells_in_words_where_and_what(result):
    done = sahelsim("trace", result, "--longest", 1)
    assert done.returncode == 0, done.stderr
    heading = done.stdout.splitlines()[1].split()
    assert heading == ["event", "date", "after", "where", "what"]
    chain = traced(result, "--longest", 1)["chains"][0]["events"]
    for event in chain:
        line = next(line for line in done.stdout.splitlines() if line.split()[0] == str(event["event"]))
        assert event["date"] in line and event["commune"] in line and event["text"] in line


def test_an_event_says_which_intervention_caused_it(result):
    with h5py.File(result) as file:
        kinds = file["events/cause_kind"][:]
        runs = file["events/run"][:]
        by_intervention = int(numpy.flatnonzero((kinds == 2) & (runs == 0))[0])
        event = int(file["events/id"][by_intervention])
        name = file["scenario/intervention"].asstr()[int(file["events/cause"][by_intervention])]
    done = sahelsim("trace", result, "--event", event)
    assert f"cause: intervention {name}" in done.stdout


def refused(*arguments):
    done = sahelsim("trace", *arguments)
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 2 and "HDF5-DIAG" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("arguments, fragment", [
    (["--event", 99999999], "an event of run 0"),
    (["--event", -1], "--event: "),
    (["--event", "many"], "--event: Value many not in range"),
    (["--event", 0, "--run", 2], "a run from 0 to 1"),
    (["--longest", "--run", 2], "a run from 0 to 1"),
    (["--longest", 0], "--longest"),
    (["--longest", "--region", "Moptu"], "did you mean 'Mopti'"),
    (["--longest", "many"], "--longest: Value many not in range"),
    (["--event", 0, "--region", "Mopti"], "--region requires --longest"),
    (["--longest", "--depth", 2], "--depth requires --event"),
    (["--event", 0, "--longest"], " excludes --"),
    (["--evnt", 0], "did you mean '--event'"),
    ([], "--event or --longest is required"),
])
def test_bad_options_are_refused(result, arguments, fragment):
    assert fragment in refused(result, *arguments)


def test_files_that_are_no_result_are_refused(result, tmp_path):
    assert "no such file" in refused(tmp_path / "none.h5", "--longest")
    assert "folder" in refused(tmp_path, "--longest")
    (tmp_path / "text.h5").write_text("not HDF5 at all")
    assert "not an HDF5 file" in refused(tmp_path / "text.h5", "--longest")
    (tmp_path / "empty.h5").write_bytes(b"")
    assert "not an HDF5 file" in refused(tmp_path / "empty.h5", "--longest")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["data"] = [1, 2, 3]
    assert "not a result file" in refused(tmp_path / "other.h5", "--longest")


@pytest.mark.parametrize("part", [0.01, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(result, tmp_path, part):
    content = result.read_bytes()
    (tmp_path / "cut.h5").write_bytes(content[:int(part * len(content))])
    assert "cut.h5" in refused(tmp_path / "cut.h5", "--longest")


def test_another_version_of_the_layout_is_refused(copy):
    with h5py.File(copy, "r+") as file:
        file.attrs["schema_version"] = 99
    assert "layout version 99" in refused(copy, "--longest")


def test_a_file_without_a_variable_is_refused(copy):
    with h5py.File(copy, "r+") as file:
        del file["events/cause"]
    assert "/events/cause" in refused(copy, "--longest")


@pytest.mark.parametrize("column, value", [
    ("cause", 5), ("cause", 10**9), ("subtype", 99), ("commune", -3), ("actor1", 999), ("run", 7), ("id", 4),
])
def test_a_damaged_log_is_refused(copy, column, value):
    with h5py.File(copy, "r+") as file:
        file["events/cause_kind"][5] = 1
        file["events"][column][5] = value
    assert "damaged" in refused(copy, "--longest")


def test_causes_that_go_round_in_circles_are_refused(copy):
    with h5py.File(copy, "r+") as file:
        file["events/cause_kind"][5:7] = 1
        file["events/cause"][5:7] = [6, 5]
    assert "event 5 names event 6" in refused(copy, "--event", 5)


def test_an_empty_event_log_is_refused(copy):
    with h5py.File(copy, "r+") as file:
        for column in file["events"].values():
            column.resize((0,))
    assert "event log is empty" in refused(copy, "--longest")
    assert "no events" in refused(copy, "--event", 0)


def test_a_stopped_run_leaves_the_others_to_trace(copy):
    with h5py.File(copy, "r+") as file:
        kept = int((file["events/run"][:] == 0).sum())
        for column in file["events"].values():
            column.resize((kept,))
        file["status"][1] = 2
        file.attrs["complete"] = 0
    assert "incomplete: 1 of 2 runs" in sahelsim("trace", copy, "--longest").stdout
    assert traced(copy, "--event", 0)["runs_done"] == 1
    assert "was stopped" in refused(copy, "--event", 0, "--run", 1)
