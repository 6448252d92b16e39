"""The Python tutorial as a reader follows it: every program that it shows is written and run, in order, in one folder."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

if os.environ.get("SAHELSIM_PYTHON_MODULE") == "0":
    pytest.skip("the Python module was not built: see the line 'Python module' of cmake", allow_module_level=True)

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial-python.md"
TEXT = TUTORIAL.read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```python\n(# (\S+)\n.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("python-tutorial")


def test_every_program_has_a_name():
    assert len(PROGRAMS) == TEXT.count("```python") > 5
    assert len({name for _, name in PROGRAMS}) == len(PROGRAMS)


@pytest.mark.parametrize("text, name", PROGRAMS, ids=[name for _, name in PROGRAMS])
def test_the_program_works_as_written(folder, text, name):
    for package in re.findall(r"^import (matplotlib|pandas)", text, re.MULTILINE):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"no {package}")
    (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, name], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    if name == "plot.py":
        assert (folder / "small.png").stat().st_size > 1000
    if name == "commander.py":
        assert "a company goes there" in done.stdout


def test_the_tutorial_points_to_documents_that_exist():
    for target in re.findall(r"\]\(([\w.-]+\.md)(?:#[\w-]+)?\)", TEXT):
        assert (TUTORIAL.parent / target).is_file(), target
