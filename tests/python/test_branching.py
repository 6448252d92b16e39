"""Runs that go on from saved states: the same data as running through, and clear words for what doesn't fit."""

import signal
import subprocess
import time

import h5py
import pytest
from program import PROGRAM, SCENARIOS, sahelsim, succeed

SMALL = SCENARIOS / "small.yaml"


def same(one, other):
    compared = subprocess.run(["h5diff", "--exclude-path", "/runtime", one, other], capture_output=True, text=True)
    assert compared.returncode in (0, 1), compared.stderr
    return compared.returncode == 0


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """The small world to 20 November 2017, two replicates of seed 7, and its state at the end."""
    folder = tmp_path_factory.mktemp("past")
    said = succeed("run", SMALL, "-o", folder / "past.h5", "--replicates", 2, "--seed", 7, "--until", "2017-11-20",
                   "--checkpoint")
    assert "past.checkpoint.h5, the states of the morning of 2017-11-21" in said
    assert sorted(path.name for path in folder.iterdir()) == ["past.checkpoint.h5", "past.h5"]
    return folder / "past.checkpoint.h5"


@pytest.fixture(scope="module")
def through(tmp_path_factory):
    path = tmp_path_factory.mktemp("through") / "through.h5"
    succeed("run", SMALL, "-o", path, "--replicates", 2, "--seed", 7, "--quiet")
    return path


@pytest.mark.parametrize("threads", [1, 2])
def test_going_on_gives_the_data_of_running_through(tmp_path, past, through, threads):
    assert succeed("run", SMALL, "-o", tmp_path / "on.h5", "--restart", past, "--threads", threads, "--quiet") == ""
    assert same(through, tmp_path / "on.h5")
    assert not same(through, past.with_name("past.h5"))


def test_a_run_that_saves_on_the_way_is_not_disturbed(tmp_path, through):
    succeed("run", SMALL, "-o", tmp_path / "a.h5", "--replicates", 2, "--seed", 7, "--checkpoint", "2017-08-16",
            "--checkpoint-file", tmp_path / "states.h5", "--threads", 2)
    assert same(through, tmp_path / "a.h5")
    succeed("run", SMALL, "-o", tmp_path / "b.h5", "--restart", tmp_path / "states.h5")
    assert same(through, tmp_path / "b.h5")
    with h5py.File(tmp_path / "states.h5") as file:
        assert file.attrs["date"] == "2017-08-16"
        assert (file.attrs["seed"], file.attrs["replicates"], file.attrs["complete"]) == (7, 2, 1)
        assert sorted(file["states"]) == ["0", "1"]


def test_checkpoints_can_follow_each_other(tmp_path, past, through):
    succeed("run", SMALL, "-o", tmp_path / "a.h5", "--restart", past, "--until", "2018-02-10", "--checkpoint")
    succeed("run", SMALL, "-o", tmp_path / "b.h5", "--restart", tmp_path / "a.checkpoint.h5")
    assert same(through, tmp_path / "b.h5")


BRANCH = """\
title: A branch
description: What if the land had been at peace, and the army had looked further, from the branch on?
extends: sahelsim:small
interventions:
  - {id: a_first, type: switch, date: 2017-11-21, mechanism: land, on: false, note: On the morning of the branch.}
  - {id: far, type: set, date: 2018-01-10, parameter: state.decision.travel_limit, value: 14, note: Later.}
"""


def test_a_scenario_that_branches_off_goes_on_from_the_same_past(tmp_path, past, through):
    (tmp_path / "mine.yaml").write_text(BRANCH)
    succeed("run", tmp_path / "mine.yaml", "-o", tmp_path / "through.h5", "--replicates", 2, "--seed", 7)
    succeed("run", tmp_path / "mine.yaml", "-o", tmp_path / "on.h5", "--restart", past)
    assert same(tmp_path / "through.h5", tmp_path / "on.h5")
    assert not same(tmp_path / "through.h5", through)


def test_fewer_replicates_than_saved_may_go_on(tmp_path, past):
    succeed("run", SMALL, "-o", tmp_path / "a.h5", "--restart", past, "--replicates", 1, "--until", "2017-12-01")
    with h5py.File(tmp_path / "a.h5") as file:
        assert len(file["run"]) == 1
        assert file.attrs["seed"] == 7


def test_a_dry_run_tells_what_is_left(tmp_path, past):
    said = succeed("run", SMALL, "-o", tmp_path / "a.h5", "--restart", past, "--checkpoint", "2018-01-01", "--dry-run")
    assert "2017-11-21 to 2018-12-31, 406 days, going on from" in said
    assert "2 replicates" in said and "seed 7" in said
    assert "a.checkpoint.h5" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options, fragments", [
    (["--seed", "8"], ["--seed", "found 8, expected 7"]),
    (["--replicates", "3"], ["no state of replicate 2"]),
    (["--until", "2017-11-20"], ["period", "2017-11-21"]),
    (["--checkpoint", "2017-11-20"], ["--checkpoint", "from 2017-11-21 to 2019-01-01"]),
    (["--checkpoint", "2019-01-02"], ["--checkpoint", "from 2017-11-21 to 2019-01-01"]),
    (["--checkpoint", "soon"], ["--checkpoint", "a date"]),
    (["--checkpoint", "--checkpoint-file", "x.h5"], ["another file"]),
    (["--checkpoint-file", "y.h5"], ["--checkpoint"]),
    (["--set", "control.relaxation_time=45"], ["parameters.control.relaxation_time.value", "'45'", "type set"]),
    (["--set", "mechanisms.land=false"], ["mechanisms.land", "type switch"]),
    (["--set", "persons_per_agent=500"], ["persons_per_agent", "expected '1000'"]),
    (["--set", "period.start=2017-01-02"], ["period.start", "2017-01-01"]),
])
def test_what_does_not_fit_is_told_and_ends_with_2(tmp_path, past, options, fragments):
    done = sahelsim("run", SMALL, "-o", "x.h5", "--restart", past, *options, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    for fragment in fragments:
        assert fragment in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_another_past_is_told_key_by_key(tmp_path, past):
    (tmp_path / "mine.yaml").write_text(BRANCH.replace("2017-11-21", "2017-11-20"))
    done = sahelsim("run", tmp_path / "mine.yaml", "-o", tmp_path / "a.h5", "--restart", past)
    assert done.returncode == 2
    assert "mine.yaml:5" in done.stderr and "interventions.a_first" in done.stderr
    assert "must be dated 2017-11-21 or later" in done.stderr
    done = sahelsim("run", SCENARIOS / "baseline.yaml", "-o", tmp_path / "a.h5", "--restart", past)
    assert done.returncode == 2
    assert "world.regions" in done.stderr


@pytest.mark.parametrize("make, fragment", [
    (lambda path, past: path.write_bytes(past.read_bytes()[:-1000]), "truncated"),
    (lambda path, past: path.write_bytes(past.read_bytes()[:100]), ""),
    (lambda path, past: path.write_bytes(b"no HDF5"), "not an HDF5 file, as checkpoints are"),
    (lambda path, past: path.write_bytes(past.with_name("past.h5").read_bytes()), "this is a result file"),
    (lambda path, past: h5py.File(path, "w").close(), "not a checkpoint"),
    (lambda path, past: None, "no such file"),
    (lambda path, past: path.mkdir(), "folder"),
])
def test_files_that_are_no_checkpoints_are_told(tmp_path, past, make, fragment):
    path = tmp_path / "other.h5"
    make(path, past)
    done = sahelsim("run", SMALL, "-o", tmp_path / "a.h5", "--restart", path)
    assert done.returncode == 2, done.stderr
    assert "other.h5" in done.stderr and fragment in done.stderr
    assert not (tmp_path / "a.h5").exists()


def test_a_flipped_bit_is_noticed(tmp_path, past):
    content = bytearray(past.read_bytes())
    with h5py.File(past) as file:
        chunk = file["states/1"].id.get_chunk_info(0)
    content[chunk.byte_offset + chunk.size // 2] ^= 4
    (tmp_path / "other.h5").write_bytes(content)
    done = sahelsim("run", SMALL, "-o", tmp_path / "a.h5", "--restart", tmp_path / "other.h5")
    assert done.returncode == 2
    assert "other.h5" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["other.h5"]


def test_another_builds_checkpoint_is_refused(tmp_path, past):
    path = tmp_path / "other.h5"
    path.write_bytes(past.read_bytes())
    with h5py.File(path, "r+") as file:
        file.attrs["git_hash"] = "0123abc"
    done = sahelsim("run", SMALL, "-o", tmp_path / "a.h5", "--restart", path)
    assert done.returncode == 2
    assert "made by sahelsim" in done.stderr and "(0123abc)" in done.stderr and "this is sahelsim" in done.stderr


def test_an_existing_checkpoint_is_not_replaced_unasked(tmp_path):
    target = tmp_path / "a.checkpoint.h5"
    target.write_text("mine")
    arguments = ["run", SMALL, "-o", tmp_path / "a.h5", "--until", "2017-01-10", "--checkpoint", "--quiet"]
    done = sahelsim(*arguments)
    assert done.returncode == 2
    assert "a.checkpoint.h5" in done.stderr and "--force" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.checkpoint.h5"] and target.read_text() == "mine"
    succeed(*arguments, "--force")
    assert h5py.is_hdf5(target)


def start_long_run(tmp_path):
    run = subprocess.Popen([PROGRAM, "run", SMALL, "-o", tmp_path / "a.h5", "--replicates", "5000", "--quiet",
                            "--checkpoint", "2017-01-05", "--threads", "2"], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        states = list(tmp_path.glob("a.checkpoint.h5.*.part"))
        if states and states[0].stat().st_size > 1_000_000:
            break
        time.sleep(0.05)
    assert run.poll() is None
    return run


def test_a_kill_leaves_no_half_checkpoint(tmp_path):
    run = start_long_run(tmp_path)
    run.kill()
    run.wait()
    assert not (tmp_path / "a.checkpoint.h5").exists() and not (tmp_path / "a.h5").exists()


def test_after_a_signal_the_states_that_were_saved_serve(tmp_path):
    run = start_long_run(tmp_path)
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 128 + signal.SIGTERM
    assert "a.checkpoint.h5" in said
    with h5py.File(tmp_path / "a.checkpoint.h5") as file:
        assert file.attrs["complete"] == 0
        saved = {int(name) for name in file["states"]}
    go_on = ["run", SMALL, "-o", tmp_path / "b.h5", "--restart", tmp_path / "a.checkpoint.h5", "--until", "2017-01-10"]
    done = sahelsim(*go_on)
    assert done.returncode == 2 and "no state of replicate" in done.stderr
    assert 0 in saved
    assert sahelsim(*go_on, "--replicates", 1, "--quiet").returncode == 0
