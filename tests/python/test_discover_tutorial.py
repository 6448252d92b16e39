"""The tutorial on scenario discovery: its sweep is valid, its options exist, and it explains what the command prints."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

SOURCES = Path(os.environ.get("SAHELSIM_SOURCE_DIR", Path(__file__).parents[2]))
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
sys.path[:0] = [str(SOURCES / "analysis"), str(Path(__file__).parent)]
from commands import Command  # noqa: E402
from discover_files import write_sweep  # noqa: E402
from sahelsim.discover import main  # noqa: E402

pytestmark = pytest.mark.analysis

TUTORIAL = SOURCES / "docs" / "tutorial-discover.md"
TEXT = TUTORIAL.read_text(encoding="utf-8")
COMMANDS = [shlex.split(line) for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
            for line in block.splitlines()]


def test_its_sweep_is_valid_and_as_the_text_says():
    sweep = next(command for command in COMMANDS if command[1] == "sweep")
    done = subprocess.run([os.environ["SAHELSIM_PROGRAM"], "design", SCENARIOS.parent / sweep[2]], capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "60 points" in done.stdout and "8 replicates" in done.stdout and "60 points" in TEXT and "8 replicates" in TEXT


def test_its_commands_run_and_print_what_it_explains(tmp_path, monkeypatch, capsys):
    """On a file made here, since the sweep takes minutes."""
    rng = numpy.random.default_rng(1)
    values = rng.random((60, 4))
    killed = 500 + rng.normal(0, 40, (2, 60, 8))
    killed[1] -= 250 * (values[:, 0] < 0.6)[:, None]
    (tmp_path / "sweeping").mkdir()
    write_sweep(tmp_path / "sweeping" / "results.h5", {"civilians_killed": killed, "deaths": 2 * killed}, values,
                ("more_sweeps", "fewer_sweeps"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    printed = []
    for command in COMMANDS:
        if command[1] == "discover":
            assert main([*command[2:], "--permutations", "9"]) == 0, capsys.readouterr().err
            printed.append(capsys.readouterr().out)
    assert len(printed) == 2 and (tmp_path / "points.csv").stat().st_size > 1000
    for block in re.findall(r"^```text\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE):
        lines = block.splitlines()
        heading = next((re.sub(" +", " ", line) for line, below in zip(lines, lines[1:]) if below.startswith("----")), None)
        assert heading is None or any(heading in re.sub(" +", " ", text) for text in printed), heading
    for figure in ("regret_deaths", "trajectory_fewer_sweeps", "box_fewer_sweeps", "points_fewer_sweeps"):
        assert (tmp_path / "figures" / f"{figure}.png").stat().st_size > 2000


def test_it_points_to_documents_that_exist():
    help_text = Command("discover").help_without_packages()
    for target in re.findall(r"\]\(([\w.-]+\.md)(?:#[\w-]+)?\)", TEXT):
        assert (TUTORIAL.parent / target).is_file(), target
    for option in set(re.findall(r"(?<!-)(--[a-z][a-z-]+)", TEXT)) - {"--help"}:
        assert option in help_text, option
