"""The run command as a user meets it: options, signals, and the examples of the documents."""

import re
import signal
import subprocess
import time

import h5py
import pytest
from program import PROGRAM, SCENARIOS, sahelsim

ROOT = SCENARIOS.parent


def test_the_summary_names_years_sides_and_control(tmp_path):
    done = sahelsim("run", SCENARIOS / "small.yaml", "-o", tmp_path / "a.h5", "--replicates", 3)
    assert done.returncode == 0, done.stderr
    for word in ("2017", "2018", "Events", "Deaths", "of them civilians", "Malian forces", "JNIM", "Control"):
        assert word in done.stdout
    assert all(len(line) <= 120 for line in done.stdout.splitlines())


TARGETS = """\
title: With targets
extends: sahelsim:small
observers: {me: {label: Me}}
parameters:
  observation.me.incidents: {value: 0.5, unit: share, range: [0, 1], status: assumed, note: Half of them.}
targets:
  clashes: {label: "Incidents, 2018", role: calibration, quantity: incidents, from: 2018-01-01, to: 2018-12-31,
    regions: [Mopti], observed: 300, observer: me, observation_error: 0.3, source: landinfo-2022, place: here, note: A figure.}
  hidden: {label: Not to be seen, role: validation, quantity: incidents, from: 2018-01-01, to: 2018-12-31,
    regions: [Mopti], observed: 300, observer: me, observation_error: 0.3, source: landinfo-2022, place: here, note: A figure.}
  later: {label: Later, role: calibration, quantity: incidents, from: 2018-01-01, to: 2019-12-31,
    regions: [Mopti], observed: 300, observer: me, observation_error: 0.3, source: landinfo-2022, place: here, note: A figure.}
"""


def test_figures_for_calibration_stand_beside_what_the_run_gives(tmp_path):
    (tmp_path / "mine.yaml").write_text(TARGETS)
    done = sahelsim("run", tmp_path / "mine.yaml", "-o", tmp_path / "a.h5", "--replicates", 2)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Incidents, 2018 +300 +\d+ \(\d+-\d+\) +\d+\.\d\d +(yes|no)", done.stdout)
    assert "Not answered by this run: 1, of which 1 lie outside the period" in done.stdout
    assert "Not to be seen" not in done.stdout


def test_without_targets_nothing_is_compared(tmp_path):
    done = sahelsim("run", SCENARIOS / "small.yaml", "-o", tmp_path / "a.h5", "--until", "2017-01-31")
    assert done.returncode == 0, done.stderr
    assert "Compared" not in done.stdout and "Not answered" not in done.stdout


def test_quiet_says_nothing(tmp_path):
    done = sahelsim("run", SCENARIOS / "small.yaml", "-o", tmp_path / "a.h5", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_dry_run_tells_time_and_size_and_writes_nothing(tmp_path):
    done = sahelsim("run", SCENARIOS / "small.yaml", "-o", tmp_path / "a.h5", "--replicates", 50, "--dry-run")
    assert done.returncode == 0
    assert re.search(r"about [\d.]+ s", done.stdout) and re.search(r"about [\d.]+ MB", done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_until_ends_the_run_earlier_and_set_changes_a_value(tmp_path):
    done = sahelsim("run", SCENARIOS / "small.yaml", "-o", tmp_path / "a.h5", "--until", "2017-03-31", "--quiet",
                    "--set", "control.relaxation_time=45")
    assert done.returncode == 0, done.stderr
    with h5py.File(tmp_path / "a.h5") as file:
        assert len(file["time"]) == 3
        names = [name.decode() for name in file["parameters/parameter"][:]]
        assert file["parameters/value"][names.index("control.relaxation_time")] == 45


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_cleanly(tmp_path, number):
    target = tmp_path / "a.h5"
    run = subprocess.Popen([PROGRAM, "run", SCENARIOS / "baseline.yaml", "-o", target, "--replicates", "2000", "--quiet"],
                           stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("*.part")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    run.send_signal(number)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 128 + number
    assert "stopped by a signal" in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.h5"]
    with h5py.File(target) as file:
        assert file.attrs["complete"] == 0
        assert len(file["status"]) == 2000


@pytest.mark.parametrize("arguments, fragment", [
    (["run"], "FILE"),
    (["rnu"], "did you mean 'run'"),
    (["run", SCENARIOS / "small.yaml"], "--output"),
    (["run", SCENARIOS / "small.yaml", "-o", "x.h5", "--replicates", "0"], "replicates"),
    (["run", SCENARIOS / "small.yaml", "-o", "x.h5", "--threads", "many"], "threads"),
    (["run", SCENARIOS / "small.yaml", "-o", "x.h5", "--until", "2031-01-01"], "2018-12-31"),
    (["run", SCENARIOS / "small.yaml", "-o", "x.h5", "--until", "soon"], "date"),
    (["run", SCENARIOS / "small.yaml", "-o", "x.h5", "--set", "control.reech=1"], "did you mean 'control.reach'"),
    (["run", SCENARIOS / "none.yaml", "-o", "x.h5"], "no such file"),
])
def test_bad_usage_is_told_and_ends_with_2(tmp_path, arguments, fragment):
    done = sahelsim(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert fragment in done.stderr
    assert list(tmp_path.iterdir()) == []


def yaml_blocks(document):
    return re.findall(r"```yaml\n(.*?)```", (ROOT / document).read_text(), re.DOTALL)


@pytest.mark.parametrize("document, index", [("README.md", 0), ("docs/scenario-files.md", 0)])
def test_the_documents_scenarios_are_valid(tmp_path, document, index):
    (tmp_path / "mine.yaml").write_text(yaml_blocks(document)[index])
    done = sahelsim("check", tmp_path / "mine.yaml")
    assert done.returncode == 0, done.stderr


ODD_INTERVENTIONS = '''
title: Odd interventions
description: Valid, and hardly meant.
extends: sahelsim:small
mechanisms: {dialogue: false}
interventions:
  - {id: late, type: coup, date: 2030-01-01, note: After the end.}
  - {id: early, type: coup, date: 2016-01-01, note: Before the start.}
  - {id: talks, type: dialogue, measure: mediator, strength: 1, date: 2017-02-01, note: Nobody talks.}
  - {id: way_out, type: dialogue, measure: way_out, strength: 1, date: 2017-02-01, note: Needs no talks.}
  - {id: reach, type: set, parameter: control.relaxation_time, value: 3650, date: 2017-02-01, note: Very slow.}
'''


def test_check_notes_what_is_valid_and_hardly_meant(tmp_path):
    (tmp_path / "odd.yaml").write_text(ODD_INTERVENTIONS)
    done = sahelsim("check", tmp_path / "odd.yaml")
    assert done.returncode == 0, done.stderr
    notes = [line for line in done.stdout.splitlines() if "note: interventions." in line]
    assert [note.split("interventions.")[1].split()[0] for note in notes] == ["early", "reach", "talks", "late"]
    for note, words in zip(notes, ("acts on the first day", "outside its plausible range", "'dialogue', which is off",
                                   "never acts")):
        assert words in note
    assert "note:" not in sahelsim("check", SCENARIOS / "small.yaml").stdout


def test_the_documents_conditional_intervention_is_valid_and_happens(tmp_path):
    blocks = yaml_blocks("docs/scenario-files.md")
    scenario = blocks[0]
    (intervention,) = [block for block in blocks if "when:" in block]
    intervention = intervention.replace("above: 300", "above: 3")
    (tmp_path / "mine.yaml").write_text(scenario + intervention)
    done = sahelsim("run", tmp_path / "mine.yaml", "-o", tmp_path / "a.h5", "--until", "2020-03-31", "--quiet")
    assert done.returncode == 0, done.stderr
    with h5py.File(tmp_path / "a.h5") as file:
        subtypes = file["events/subtype"]
        meanings = subtypes.attrs["flag_meanings"]
        meanings = (meanings.decode() if isinstance(meanings, bytes) else meanings).split()
        deployed = [int(k) for k in (subtypes[:] == meanings.index("deployment")).nonzero()[0]]
        days = [int(file["events/time"][k]) for k in deployed]
        # The day number of 2020-01-01, the first on which the condition may hold.
        assert any(18262 <= day < 18262 + 90 for day in days)
