"""Sweeps as job arrays of a real Slurm on this machine; skipped where there is none."""

import json
import subprocess
from pathlib import Path

import h5py
import pytest
import slurm_on_loopback
from program import SCENARIOS, succeed

pytestmark = pytest.mark.skipif(bool(slurm_on_loopback.missing()), reason=slurm_on_loopback.missing())


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    here = slurm_on_loopback.Slurm(tmp_path_factory.mktemp("slurm"))
    try:
        here.start()
        yield here
    except slurm_on_loopback.DoesNotStart as error:
        # Some containers don't let it; what is tested is what we do with it.
        pytest.skip(f"Slurm doesn't start on this machine: {error}")
    finally:
        here.stop()


def submit(slurm, sweep, folder, *options):
    script = folder.parent / f"{folder.name}.slurm"
    succeed("slurm", sweep, "-o", folder, "--script", script, "--memory", "500M", *options, env=slurm.environment)
    submitted = slurm.run("bash", script, cwd=folder.parent)
    assert submitted.returncode == 0, submitted.stderr
    return script


def logs_of(folder):
    return "\n".join(path.read_text(errors="replace") for path in Path(f"{folder}.logs").iterdir())


def test_a_job_array_gives_the_file_of_one_program(slurm, tmp_path):
    sweep = SCENARIOS / "sweeps" / "small.yaml"
    succeed("sweep", sweep, "-o", tmp_path / "alone")
    folder = tmp_path / "array"
    submit(slurm, sweep, folder, "--tasks", 3)
    slurm.wait_until_empty(300)
    assert (folder / "results.h5").exists(), logs_of(folder)
    compared = subprocess.run(["h5diff", "--exclude-path", "/runtime", tmp_path / "alone" / "results.h5",
                               folder / "results.h5"], capture_output=True, text=True)
    assert compared.returncode == 0, compared.stdout


def test_tasks_that_are_warned_go_on_after_they_were_queued_again(slurm, tmp_path):
    text = (SCENARIOS / "sweeps" / "small.yaml").read_text(encoding="utf-8").replace("../small", "sahelsim:small")
    text = text.replace("sahelsim:small.yaml", "sahelsim:small").replace("until: 2017-03-31\n", "")
    sweep = tmp_path / "long.yaml"
    sweep.write_text(text.replace("replicates: 3", "replicates: 6"), encoding="utf-8")
    folder = tmp_path / "array"
    submit(slurm, sweep, folder, "--tasks", 2)
    slurm_status = lambda: json.loads(succeed("status", folder, "--format", "json"))
    slurm.wait_for(lambda: list(folder.glob("*.shard")), "run that is done", 120)
    before = slurm_status()
    assert before["left"] > 0
    array = next(line.split()[0].split("_")[0] for line in slurm.jobs() if "_" in line.split()[0])
    signalled = slurm.run("scancel", "--batch", "--signal=USR1", array)
    assert signalled.returncode == 0, signalled.stderr
    restarts = lambda: slurm.run("scontrol", "show", "job", array).stdout
    slurm.wait_for(lambda: "Restarts=1" in restarts(), "task that was queued again", 120)
    slurm.wait_until_empty(500)
    assert (folder / "results.h5").exists(), logs_of(folder)
    with h5py.File(folder / "results.h5") as file:
        assert file.attrs["complete"] == 1
    # What was done before is not done again: fewer runs would be in the first shards otherwise than were counted.
    assert slurm_status()["done"] == 48 and slurm_status()["shards"] > 2
