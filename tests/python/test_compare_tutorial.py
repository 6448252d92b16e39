"""The tutorial on comparing as a reader follows it: its commands are run in order, and it explains what they print."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.analysis

PROGRAM = Path(os.environ["SAHELSIM_PROGRAM"])
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
SOURCES = SCENARIOS.parent
TUTORIAL = SOURCES / "docs" / "tutorial-compare.md"
TEXT = TUTORIAL.read_text(encoding="utf-8")
# What its quick commands show, and section 6, whose sweeps take minutes.
QUICK, _, TALKS = TEXT.partition("\n## 6.")
# The program of a build without the commands, and Python for them.
SHIM = """#!/bin/sh
case "$1" in compare|report) ;; *) exec {program} "$@" ;; esac
command=$1
shift
PYTHONPATH={analysis} exec {python} -m "sahelsim.$command" "$@"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a reader who stands in that of sahelsim."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "bin").mkdir()
    paths = {"program": PROGRAM, "analysis": SOURCES / "analysis", "python": sys.executable}
    shim = folder / "bin" / "sahelsim"
    shim.write_text(SHIM.format(**{name: shlex.quote(str(path)) for name, path in paths.items()}), encoding="utf-8")
    shim.chmod(0o755)
    (folder / "scenarios").symlink_to(SCENARIOS)
    return folder


def run(command, folder):
    """What a command prints."""
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120"}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def printed(folder):
    """What each command of the tutorial prints."""
    commands = "".join(re.findall(r"^```sh\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)).splitlines()
    found = [run(command, folder) for command in commands]
    for name in ("calm.csv", "calm.json", "calm.html", "figures/forest.png"):
        assert (folder / name).stat().st_size > 500
    return found


@pytest.mark.slow
def test_talks_are_compared_with_military_means_alone(folder):
    """Section 6 with two replicates; the sweeps that take half an hour are only planned."""
    text = (SCENARIOS / "sweeps" / "quickstart.yaml").read_text(encoding="utf-8")
    text = re.sub(r"\.\./(\w+)\.yaml", r"sahelsim:\1", text).replace("replicates: 24", "replicates: 2")
    assert "replicates: 2\n" in text
    (folder / "quickstart.yaml").write_text(text, encoding="utf-8")
    section = TALKS.partition("\n## ")[0]
    commands = re.findall(r"^    (sahelsim .*)$", section, re.MULTILINE)
    quick = [command.replace("scenarios/sweeps/quickstart.yaml", "quickstart.yaml") for command in commands
             if "quickstart" in command]
    assert [command.split()[1] for command in quick] == ["sweep", "compare", "report"]
    (folder / "build").mkdir()
    said = "".join(run(command, folder) for command in quick)
    sentences = [f"{outcome}:" for outcome in outcomes_told(blocks(section))]
    for words in ("national_dialogue against military_only", "2 pairs", *sentences):
        assert words in said
    assert "<html" in (folder / "quickstart.html").read_text(encoding="utf-8")
    assert "32 points" in run(next(command for command in commands if " design " in command), folder)


def blocks(text):
    """What the text says that commands print."""
    return re.findall(r"^```text\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def outcomes_told(shown):
    """The outcomes that have a sentence of their own."""
    told = re.findall(r"^([A-Z][\w ]+): [\w' ]+? (?:than|from|as)", "\n".join(shown), re.MULTILINE)
    assert told
    return told


def headings(text):
    """The first lines of tables."""
    lines = text.splitlines()
    return [re.sub(r" {2,}", "  ", line) for line, below in zip(lines, lines[1:]) if below.startswith("-----")]


def test_the_tutorial_shows_what_the_commands_print(printed):
    shown = blocks(QUICK)
    compared = next(text for text in printed if "without_reactions against" in text)
    assert headings(shown[0]) == headings(compared)[:3]
    lines = shown[0].splitlines()
    assert [line[:24] for line in lines] == [line[:24] for line in compared.splitlines()[:len(lines)]]
    said = "\n".join(printed)
    for outcome in outcomes_told(shown[1:]):
        assert f"{outcome}:" in said


def test_every_column_is_explained(printed):
    text = " ".join(re.findall(r"^\| ([^|]*) \|", TEXT, re.MULTILINE))
    found = {column for output in printed for heading in headings(output) if heading.startswith("outcome")
             for column in heading.split("  ")[1:]}
    assert len(found) > 15
    for column in found - {"points"}:
        assert column in text, column


def test_the_tutorial_points_to_documents_that_exist():
    for target in re.findall(r"\]\(([\w./-]+\.(?:md|svg))(?:#[\w-]+)?\)", TEXT):
        assert (TUTORIAL.parent / target).is_file(), target
