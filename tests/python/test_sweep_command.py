"""Sweeps: the same file whichever way the runs are done, nothing lost when they are interrupted, clear words for what is wrong."""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import time

import h5py
import numpy
import pytest
import xarray
from program import PROGRAM, SCENARIOS, sahelsim, succeed

SWEEP = SCENARIOS / "sweeps" / "small.yaml"
MPIRUN = shutil.which("mpirun")
RESUMABLE = 75


def refused(*arguments, code=2):
    done = sahelsim(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stderr


def assert_same(one, other):
    compared = subprocess.run(["h5diff", "--exclude-path", "/runtime", one, other], capture_output=True, text=True)
    assert compared.returncode == 0, compared.stdout[:2000]


def status(folder):
    return json.loads(succeed("status", folder, "--format", "json"))


def mpirun(processes, *arguments):
    """Open MPI itself loses memory, in plugins that are gone when the address sanitizer would name them."""
    environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}
    return subprocess.run([MPIRUN, "--oversubscribe", "-n", str(processes), PROGRAM, *map(str, arguments)],
                          capture_output=True, text=True, timeout=600, env=environment)


@pytest.fixture(scope="module")
def sweep_file(tmp_path_factory):
    """A small sweep with everything kept."""
    folder = tmp_path_factory.mktemp("scenarios")
    text = SWEEP.read_text(encoding="utf-8").replace("../small.yaml", "sahelsim:small")
    text = text.replace("{mechanisms.reactions: \"false\"}", "{population.growth: 0.031}")
    file = folder / "kept.yaml"
    file.write_text(text + "outputs: [summary, series, events]\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def reference(sweep_file, tmp_path_factory):
    """Done in one go by one thread."""
    folder = tmp_path_factory.mktemp("reference") / "sweep"
    succeed("sweep", sweep_file, "-o", folder, "--threads", 1)
    return folder / "results.h5"


def test_threads_make_no_difference(sweep_file, reference, tmp_path):
    succeed("sweep", sweep_file, "-o", tmp_path / "sweep", "--threads", 2)
    assert_same(reference, tmp_path / "sweep" / "results.h5")


@pytest.mark.skipif(MPIRUN is None, reason="no mpirun: sweeps by MPI are not tested")
@pytest.mark.parametrize("processes", [1, 2, 3])
def test_processes_of_mpi_make_no_difference(processes, sweep_file, reference, tmp_path):
    done = mpirun(processes, "sweep", sweep_file, "-o", tmp_path / "sweep")
    assert done.returncode == 0, done.stderr
    assert_same(reference, tmp_path / "sweep" / "results.h5")
    assert len(list((tmp_path / "sweep").glob("*.shard"))) == processes


@pytest.mark.parametrize("tasks", [1, 3, 7])
def test_tasks_of_an_array_make_no_difference(tasks, sweep_file, reference, tmp_path):
    folder = tmp_path / "sweep"
    for task in reversed(range(tasks)):
        succeed("sweep", sweep_file, "-o", folder, "--task", task, "--tasks", tasks, "--threads", 1)
    succeed("merge", folder, "-o", tmp_path / "merged.h5")
    assert_same(reference, tmp_path / "merged.h5")


def kill_while_working(process, folder, before, rng):
    """Kills the sweep after a random time, as soon as it has begun; whether it was working then."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and not (folder / "manifest.yaml").exists():
        time.sleep(0.005)
    time.sleep(rng.uniform(0.0, 0.6))
    working = process.poll() is None
    process.send_signal(rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1, signal.SIGINT]))
    code = process.wait(timeout=120)
    assert code in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGUSR1, -signal.SIGINT, RESUMABLE, 0), code
    if not (folder / "manifest.yaml").exists():
        return False
    now = status(folder)
    assert now["done"] >= before, "runs were lost"
    assert code != 0 or now["left"] == 0, "work is left, and nobody was told"
    return working and now["left"] > 0


def test_a_sweep_that_is_killed_again_and_again_loses_nothing(sweep_file, reference, tmp_path):
    rng = random.Random(1)
    killed = 0
    attempt = 0
    folder = tmp_path / "sweep"
    done = 0
    while killed < 20:
        attempt += 1
        assert attempt < 200, "the sweep ends before it can be killed"
        if folder.exists() and status(folder)["left"] == 0:  # everything is done: begin another one
            succeed("merge", folder, "-o", tmp_path / f"merged{attempt}.h5")
            assert_same(reference, tmp_path / f"merged{attempt}.h5")
            folder = tmp_path / f"sweep{attempt}"
            done = 0
        begun = (folder / "manifest.yaml").exists()
        arguments = ["sweep", "--resume", folder] if begun else ["sweep", sweep_file, "-o", folder]
        process = subprocess.Popen([PROGRAM, *map(str, arguments), "--threads", "2"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        killed += kill_while_working(process, folder, done, rng)
        done = status(folder)["done"] if (folder / "manifest.yaml").exists() else 0
    succeed("sweep", "--resume", folder)
    assert_same(reference, folder / "results.h5")


def test_each_run_is_that_of_its_scenario_with_its_values(reference, tmp_path):
    runs = xarray.open_dataset(reference, group="summary")
    design = xarray.open_dataset(reference, group="design")
    names = [str(name) for name in design.factor.values]
    point, replicate, arm = 2, 1, "as_it_is"
    values = design.value.sel(point=point)
    settings = [f"--set={name}={float(values.sel(factor=name))!r}" for name in names]
    succeed("run", "sahelsim:small", "-o", tmp_path / "run.h5", "--until", "2017-03-31", "--replicates", replicate + 1,
            *settings)
    single = xarray.open_dataset(tmp_path / "run.h5", group="cercles").isel(run=replicate)
    chosen = runs.where((runs.point == point) & (runs.replicate == replicate) & (runs.arm == arm), drop=True)
    assert float(chosen.deaths.sum()) == float(single.deaths.sum()) > 0
    assert int(chosen.displaced[0]) == int(single.displaced.isel(time=-1).sum())
    whole = xarray.open_dataset(reference, group="cercles")
    same = whole.isel(run=int(chosen.run[0]))
    numpy.testing.assert_array_equal(same.control.values, single.control.values)
    with h5py.File(reference) as file:
        mine = file["events/run"][:] == int(chosen.run[0])
        with h5py.File(tmp_path / "run.h5") as other:
            its = other["events/run"][:] == replicate
            numpy.testing.assert_array_equal(file["events/civilians_killed"][:][mine],
                                             other["events/civilians_killed"][:][its])


def test_the_file_says_what_was_asked_for(sweep_file, reference):
    with h5py.File(reference) as file:
        assert file["sweep/text"].asstr()[()] == sweep_file.read_text(encoding="utf-8")
        assert file.attrs["sweep"] == "kept" and file.attrs["complete"] == 1
        assert file["design/value"].shape == (4, 2)
        assert list(file["design/unit"].asstr()) != ["", ""]
        assert "period:" in file["arms/as_it_is/scenario/text"].asstr()[()]
        assert set(file["arm"].asstr()) == {"as_it_is", "without_reactions"}
        assert (file["status"][:] == 1).all() and (file["runtime/peak_memory"][:] > 1).all()
    table = list(csv.reader(io.StringIO(succeed("design", sweep_file, "--points"))))
    assert table[0] == ["point", "recruitment.base", "decision.armed_weight"] and len(table) == 5
    said = succeed("design", sweep_file)
    assert "24 runs" in said and "latin_hypercube, 4 points" in said


def write_sweep(folder, **changes):
    lines = {"title": "A test", "arms": "{one: sahelsim:small}", "until": "2017-02-28", **changes}
    file = folder / "test.yaml"
    file.write_text("".join(f"{key}: {value}\n" for key, value in lines.items()), encoding="utf-8")
    return file


def test_arms_that_part_share_their_past(tmp_path):
    scenario = tmp_path / "arm.yaml"
    scenario.write_text(
        "title: Raid less\ndescription: A test.\nextends: sahelsim:small\ninterventions:\n"
        "  - {id: less, type: set, date: 2017-02-10, parameter: engagement.contact_reach, value: 1, note: A test.}\n",
        encoding="utf-8")
    file = write_sweep(tmp_path, arms="{one: sahelsim:small, other: arm.yaml}", until="2017-03-31", replicates="2",
                       branch="2017-02-10", outputs="[series]",
                       vary="{recruitment.base: range, decision.armed_weight: {arms: [other]}}",
                       design="{type: random, points: 2}")
    succeed("sweep", file, "-o", tmp_path / "sweep")
    data = xarray.open_dataset(tmp_path / "sweep" / "results.h5")
    one, other = (data.where(data.arm == arm, drop=True) for arm in ("one", "other"))
    numpy.testing.assert_array_equal(one.control.isel(time=0), other.control.isel(time=0))
    assert (one.control.isel(time=-1).values != other.control.isel(time=-1).values).any()
    assert data.attrs["summary_start"] == "2017-03-01" and data.attrs["branch"] == "2017-02-10"
    # Without the branch every arm is simulated from its start, which gives the same but for the value that came late.
    alone = write_sweep(tmp_path, arms="{one: sahelsim:small}", until="2017-03-31", replicates="2", outputs="[series]",
                        vary="{recruitment.base: range, decision.armed_weight: range}",
                        design="{type: random, points: 2}")
    succeed("sweep", alone, "-o", tmp_path / "alone")
    assert xarray.open_dataset(tmp_path / "alone" / "results.h5").sizes["run"] == 4


def test_causes_are_those_of_the_arm(tmp_path):
    scenario = tmp_path / "arm.yaml"
    scenario.write_text(
        "title: A leader is lost\ndescription: A test.\nextends: sahelsim:small\ninterventions:\n"
        "  - {id: lost, type: lose_leader, date: 2017-02-20, leader: amadou_koufa, note: A test.}\n", encoding="utf-8")
    file = write_sweep(tmp_path, arms="{one: arm.yaml, other: arm.yaml}", until="2017-03-31", branch="2017-02-01",
                       outputs="[events]", vary="{decision.armed_weight: {arms: [other]}}",
                       design="{type: random, points: 1}")
    succeed("sweep", file, "-o", tmp_path / "sweep")
    with h5py.File(tmp_path / "sweep" / "results.h5") as result:
        ids = list(result["arms/other/scenario/intervention"].asstr())
        by_intervention = result["events/cause_kind"][:] == 2
        lost = result["events/cause"][:][by_intervention]
        assert set(result["events/run"][:][by_intervention]) == {0, 1}
        assert [ids[cause] for cause in lost] == ["lost"] * len(lost)


def test_a_stop_in_the_last_unit_is_no_success(tmp_path):
    file = write_sweep(tmp_path, until="2018-12-31")
    process = subprocess.Popen([PROGRAM, "sweep", file, "-o", tmp_path / "sweep"], stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "sweep" / "sweep.lock").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == RESUMABLE and "0 of 1 runs" in said
    assert not (tmp_path / "sweep" / "results.h5").exists()


def test_a_log_that_cannot_be_written_costs_no_run(tmp_path):
    file = write_sweep(tmp_path, replicates="20")
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "sweep", file, "-o", tmp_path / "sweep"], stdout=subprocess.DEVNULL, stderr=full)
    assert done.returncode == 0 and status(tmp_path / "sweep")["done"] == 20


def test_an_empty_folder_and_a_link_to_it_serve(tmp_path):
    file = write_sweep(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    succeed("sweep", file, "-o", tmp_path / "link")
    assert (tmp_path / "empty" / "results.h5").exists()


def test_pasts_that_differ_are_refused(tmp_path):
    file = write_sweep(tmp_path, arms="{one: sahelsim:small, two: {scenario: sahelsim:small, set: {recruitment.base: -6}}}",
                       branch="2017-02-01")
    assert "recruitment.base" in refused("sweep", file, "-o", tmp_path / "sweep")
    assert not (tmp_path / "sweep").exists()


def adaptive(folder, half_width):
    return write_sweep(folder, vary="{recruitment.base: range}", design="{type: sobol, points: 3}",
                       replicates="{min: 3, max: 9, batch: 2, until: {outcome: deaths, half_width: %s}}" % half_width)


def test_points_are_simulated_until_they_are_precise(tmp_path):
    file = adaptive(tmp_path, "60 %")
    succeed("sweep", file, "-o", tmp_path / "sweep", "--threads", 2)
    result = tmp_path / "sweep" / "results.h5"
    runs = xarray.open_dataset(result, group="summary")
    counts = numpy.unique(runs.point, return_counts=True)[1]
    assert set(counts) <= {3, 5, 7, 9} and len(set(counts)) > 1
    for point, count in enumerate(counts):
        deaths = runs.deaths.sum(["perpetrator", "victim"]).where(runs.point == point, drop=True).values

        def width(values):
            from scipy import stats
            return stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / len(values) ** 0.5

        assert count == 9 or width(deaths) <= 0.6 * deaths.mean()
        assert count == 3 or width(deaths[:count - 2]) > 0.6 * deaths[:count - 2].mean()
    for task in range(2):
        succeed("sweep", file, "-o", tmp_path / "tasks", "--task", task, "--tasks", 2)
    succeed("merge", tmp_path / "tasks", "-o", tmp_path / "merged.h5")
    assert_same(result, tmp_path / "merged.h5")


def test_what_is_in_the_way_is_told(sweep_file, tmp_path):
    folder = tmp_path / "sweep"
    file = write_sweep(tmp_path)
    succeed("sweep", file, "-o", folder)
    assert "--resume" in refused("sweep", file, "-o", folder)
    assert "holds another sweep" in refused("sweep", write_sweep(tmp_path, seed="2"), "-o", folder, "--task", 0,
                                            "--tasks", 2, code=1)
    manifest = folder / "manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('git_hash: "', 'git_hash: "other'), encoding="utf-8")
    assert "begun by sahelsim" in refused("sweep", "--resume", folder, code=1)
    manifest.write_text(text, encoding="utf-8")
    (folder / "sweep.yaml").write_text(file.read_text(encoding="utf-8").replace("A test", "B"), encoding="utf-8")
    assert "damaged" in refused("sweep", "--resume", folder, code=1)
    assert "no sweep" in refused("status", tmp_path, code=1)
    assert "no such folder" in refused("sweep", "--resume", tmp_path / "none", code=1)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    assert "holds no sweep" in refused("sweep", file, "-o", tmp_path / "full")


def test_two_at_once_do_not_get_into_each_others_way(tmp_path):
    file = write_sweep(tmp_path, replicates="200", until="2018-12-31")
    folder = tmp_path / "sweep"
    first = subprocess.Popen([PROGRAM, "sweep", file, "-o", folder, "--quiet"], stderr=subprocess.PIPE, text=True)
    try:
        while not list(folder.glob("*.shard")):
            assert first.poll() is None, first.stderr.read()
            time.sleep(0.05)
        assert "somebody else is working on this sweep" in refused("sweep", "--resume", folder, code=1)
        assert "on all of this sweep" in refused("sweep", "--resume", folder, "--task", 0, "--tasks", 2, code=1)
        assert status(folder)["left"] > 0
    finally:
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=60) == RESUMABLE
    before = status(folder)
    assert "not done yet" in refused("merge", folder, "-o", tmp_path / "part.h5", code=1)
    succeed("merge", folder, "-o", tmp_path / "part.h5", "--partial", "--force")
    with h5py.File(tmp_path / "part.h5") as part:
        assert part.attrs["complete"] == 0 and (part["status"][:] == 1).sum() == before["done"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a small file system of its own")
def test_a_full_disk_loses_nothing(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], capture_output=True).returncode != 0:
        pytest.skip("no file system may be mounted here")
    try:
        file = write_sweep(tmp_path, replicates="40", outputs="[series]")
        succeed("sweep", file, "-o", disk / "sweep", "--task", 0, "--tasks", 40)
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filler").write_bytes(b"x" * (free - 60_000))
        said = refused("sweep", "--resume", disk / "sweep", "--threads", 2, code=1)
        assert "No space left" in said and "what was finished is safe" in said
        done = status(disk / "sweep")["done"]
        assert 1 < done < 40
        (disk / "filler").unlink()
        succeed("sweep", "--resume", disk / "sweep")
        assert status(disk / "sweep")["done"] == 40
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize(("changes", "words"), [
    ({"arms": "{}"}, "at least one"),
    ({"arms": "{one: nothing.yaml}"}, "nothing.yaml"),
    ({"vary": "{recruitment.bse: range}", "design": "{type: random, points: 2}"}, "recruitment.base"),
    ({"vary": "{recruitment.base: range}"}, "design"),
    ({"vary": "{recruitment.base: {distribution: uniform, low: 2, high: 1}}", "design": "{type: random, points: 2}"}, "low"),
    ({"vary": "{recruitment.base: range}", "design": "{type: sobl, points: 2}"}, "sobol"),
    ({"vary": "{recruitment.base: range}", "design": "{type: sobol}"}, "points"),
    ({"vary": "{recruitment.base: range}", "design": "{type: sobol, points: 2, levels: 3}"}, "levels"),
    ({"vary": "{recruitment.base: {distribution: normal, mean: -5, deviation: 1}}",
      "design": "{type: morris, trajectories: 2}"}, "inf"),
    ({"arms": "{one: {scenario: sahelsim:small, set: {recruitment.base: -5}}}", "vary": "{recruitment.base: range}",
      "design": "{type: random, points: 2}"}, "arm one sets"),
    ({"arms": "{one: {scenario: sahelsim:small, set: {recruitment.bse: -5}}}"}, "arms.one.set.recruitment.bse"),
    ({"vary": "{decision.armed_weight: {distribution: uniform, low: -5, high: 10}}",
      "design": "{type: random, points: 2}"}, "values from"),
    ({"vary": "{recruitment.base: range}", "design": "{type: saltelli, samples: 9000000}"}, "at most"),
    ({"replicates": "1000000", "vary": "{recruitment.base: range}", "design": "{type: random, points: 100}"}, "1e+08 runs"),
    ({"branch": "2016-01-01"}, "branch"),
    ({"until": "2030-01-01"}, "until"),
    ({"replicates": "0"}, "replicates"),
    ({"replicates": "{min: 5, max: 3, until: {outcome: deaths, half_width: 5 %}}"}, "at least min"),
    ({"replicates": "{min: 3, max: 5, until: {outcome: deths, half_width: 5 %}}"}, "deaths"),
    ({"replicates": "{min: 3, max: 5, until: {outcome: deaths, half_width: five}}"}, "half_width"),
    ({"summary": "{start: 2017-02-10, end: 2017-02-20}"}, "whole month"),
    ({"outputs": "[evnts]"}, "events"),
    ({"sed": "3"}, "seed"),
    ({"design": "{type: list, file: points.csv}"}, "points.csv"),
    ({"draws": "posterior.csv"}, "posterior.csv"),
    ({"draws": "points.csv", "design": "{type: list, file: points.csv}"}, "one of the two"),
])
def test_mistakes_in_sweep_files(changes, words, tmp_path):
    said = refused("design", write_sweep(tmp_path, **changes))
    assert words in said and str(tmp_path) in said, said


@pytest.mark.parametrize("section", [{"design": "{type: list, file: points.csv}"}, {"draws": "points.csv"}])
def test_a_list_of_points(section, tmp_path):
    (tmp_path / "points.csv").write_text("recruitment.base,decision.armed_weight\n-5,1000\n-6,800\n", encoding="utf-8")
    file = write_sweep(tmp_path, **section)
    succeed("sweep", file, "-o", tmp_path / "sweep")
    (tmp_path / "points.csv").unlink()
    succeed("sweep", "--resume", tmp_path / "sweep")
    design = xarray.open_dataset(tmp_path / "sweep" / "results.h5", group="design")
    assert design.value.values.tolist() == [[-5, 1000], [-6, 800]]
    (tmp_path / "points.csv").write_text("recruitment.base\nmany\n", encoding="utf-8")
    assert "points.csv:2" in refused("design", file)
    (tmp_path / "points.csv").write_text(succeed("design", SWEEP, "--points"), encoding="utf-8")
    assert succeed("design", file, "--points") == succeed("design", SWEEP, "--points")


def test_designs_for_sensitivity_keep_their_rows(tmp_path):
    file = write_sweep(tmp_path, vary="{recruitment.base: range, decision.armed_weight: range}",
                       design="{type: saltelli, samples: 2}")
    assert "8 points" in succeed("design", file)
    succeed("sweep", file, "-o", tmp_path / "sweep")
    design = xarray.open_dataset(tmp_path / "sweep" / "results.h5", group="design")
    assert list(design.block.values) == ["A", "AB", "AB", "B"] * 2
    assert list(design.exchanged.values)[:3] == ["", "recruitment.base", "decision.armed_weight"]


def test_a_script_for_slurm(tmp_path):
    file = write_sweep(tmp_path, replicates="10")
    succeed("slurm", file, "-o", tmp_path / "it's here", "--script", tmp_path / "sweep.slurm", "--tasks", 4,
            "--partition", "long")
    text = (tmp_path / "sweep.slurm").read_text(encoding="utf-8")
    assert "#SBATCH --array=0-3\n" in text and "#SBATCH --partition=long" in text
    assert subprocess.run(["bash", "-n", tmp_path / "sweep.slurm"]).returncode == 0
    assert "MaxArraySize" in refused("slurm", file, "-o", tmp_path / "x", "--tasks", 100000)
    assert "--force" in refused("slurm", file, "-o", tmp_path / "x", "--script", tmp_path / "sweep.slurm")


def test_events_of_sweeps_can_be_traced(tmp_path):
    file = write_sweep(tmp_path, arms="{one: sahelsim:small, two: {scenario: sahelsim:small, set: {recruitment.base: -6}}}",
                       until="2017-12-31", outputs="[events]", replicates="2")
    succeed("sweep", file, "-o", tmp_path / "sweep")
    result = tmp_path / "sweep" / "results.h5"
    said = json.loads(succeed("trace", result, "--longest", 2, "--run", 3, "--format", "json"))
    assert {chain["arm"] for chain in said["chains"]} == {"two"}
    succeed("run", "sahelsim:small", "-o", tmp_path / "run.h5", "--until", "2017-12-31", "--replicates", 2)
    alone = json.loads(succeed("trace", tmp_path / "run.h5", "--longest", 2, "--run", 1, "--format", "json"))
    of_one = json.loads(succeed("trace", result, "--longest", 2, "--run", 1, "--format", "json"))
    assert [c["events"] for c in of_one["chains"]] == [c["events"] for c in alone["chains"]] != []
    assert "kept no events" in refused("trace", made_without_events(tmp_path), "--longest")


def made_without_events(folder):
    file = write_sweep(folder)
    succeed("sweep", file, "-o", folder / "without")
    return folder / "without" / "results.h5"


def test_the_example_of_the_documents_and_the_library_of_sweeps_are_valid(tmp_path):
    text = (SCENARIOS.parent / "docs" / "sweeps.md").read_text(encoding="utf-8")
    example = tmp_path / "example.yaml"
    example.write_text(text.split("```yaml\n", 1)[1].split("```", 1)[0], encoding="utf-8")
    assert "1280 runs" in succeed("design", example)
    for sweep in (SCENARIOS / "sweeps").glob("*.yaml"):
        succeed("design", sweep)
