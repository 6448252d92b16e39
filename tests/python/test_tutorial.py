"""The tutorial as a reader follows it: every file that it shows is written, every command run, in order."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(os.environ["SAHELSIM_PROGRAM"])
TUTORIAL = Path(os.environ["SAHELSIM_SCENARIOS"]).parent / "docs" / "tutorial-scenario.md"

# Forty pairs of runs take a minute; three show that the commands work, and have no run 30.
FEWER = (("--replicates 40", "--replicates 3"), ("--event 906 --run 30", "--event 100 --run 2"))


def with_fewer(text):
    for usual, fewer in FEWER:
        text = text.replace(usual, fewer)
    return text


def blocks():
    """(kind, text) of every fenced block that the reader is to use."""
    found = re.findall(r"^```(yaml|python|sh|console)\n(.*?)^```", TUTORIAL.read_text(encoding="utf-8"),
                       re.DOTALL | re.MULTILINE)
    return [(kind, with_fewer(text)) for kind, text in found]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Runs a command line as the tutorial's reader would."""
    tmp_path = tmp_path_factory.mktemp("tutorial")
    names = tmp_path / "bin"
    names.mkdir()
    (names / "sahelsim").symlink_to(PROGRAM)
    (names / "python3").write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} \"$@\"\n")
    (names / "python3").chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    environment = {**os.environ, "PATH": f"{names}{os.pathsep}{os.environ['PATH']}"}

    def run(command):
        return subprocess.run(["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True,
                              timeout=300)

    run.folder = folder
    return run


def follow(kind, text, shell):
    if kind in ("yaml", "python"):
        name = re.match(r"# (\S+)\n", text)[1]
        (shell.folder / name).write_text(text, encoding="utf-8")
    elif kind == "sh":
        for command in text.splitlines():
            done = shell(command)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
    else:
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            done = shell(command)
            assert done.stdout + done.stderr == expected, command


def test_the_tutorial_works_as_written(shell):
    steps = blocks()
    assert {kind for kind, _ in steps} == {"yaml", "python", "sh", "console"}
    for kind, text in steps:
        follow(kind, text, shell)
    for result in ("usual.h5", "fewer.h5", "calm.h5"):
        assert (shell.folder / result).is_file()


def test_what_the_tutorial_shows_is_what_its_comparison_prints(shell):
    """The figures are of the day on which they were pasted; their lines are those of the script."""
    if not (shell.folder / "compare.py").is_file():
        pytest.skip("the tutorial was not followed to its end")
    printed = shell("python3 compare.py").stdout.splitlines()
    shown = re.findall(r"^```text\n(.*?)^```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[-1]
    label = slice(0, 38)
    assert [line[label] for line in shown.splitlines()] == [line[label] for line in printed]


def test_the_tutorial_points_to_documents_that_exist():
    for target in re.findall(r"\]\(([\w.-]+\.md)(?:#[\w-]+)?\)", TUTORIAL.read_text(encoding="utf-8")):
        assert (TUTORIAL.parent / target).is_file(), target
