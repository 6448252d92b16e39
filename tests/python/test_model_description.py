"""docs/ODD.md describes the model that there is: each mechanism, process and parameter is in it, and no other."""

import csv
import io
import os
import re
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
ROOT = SCENARIOS.parent
MODEL = ROOT / "sim" / "model"

# Words in capitals that stand for one of their kind.
PLACEHOLDER = re.compile(r"\b[A-Z]{4,}\b")
DOTTED_NAME = re.compile(r"\b[A-Za-z_]+(?:\.[A-Za-z_]+)+\b")
FILE_ENDINGS = ("cpp", "h", "md", "yaml", "csv")


@pytest.fixture(scope="module")
def description():
    return (ROOT / "docs" / "ODD.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def code(description):
    """What stands in code spans."""
    return re.findall(r"`([^`]+)`", description)


@pytest.fixture(scope="module")
def parameters():
    done = subprocess.run([PROGRAM, "parameters", SCENARIOS / "baseline.yaml", "--format", "csv"],
                          capture_output=True, text=True, timeout=300, check=True)
    return [row["name"] for row in csv.DictReader(io.StringIO(done.stdout))]


@pytest.fixture(scope="module")
def described(code):
    """Parameters that the description names, each with a pattern for all those that it stands for."""
    names = {name for span in code for name in DOTTED_NAME.findall(span)}
    return {
        name: re.compile(PLACEHOLDER.sub("[^.]+", re.escape(name)))
        for name in names
        if not name.endswith(tuple(f".{ending}" for ending in FILE_ENDINGS))
    }


def test_every_mechanism_is_described(code):
    mechanisms = re.findall(r'\{"(\w+)", &Mechanisms::', (MODEL / "mechanisms.cpp").read_text(encoding="utf-8"))
    assert mechanisms
    assert [name for name in mechanisms if name not in code] == []


def test_every_process_is_described(code):
    processes = sorted(path.stem for path in (MODEL / "processes").glob("*.h"))
    assert processes
    assert [name for name in processes if name not in code and f"{name}.cpp" not in code] == []


def test_every_parameter_is_described(parameters, described):
    unnamed = [name for name in parameters if not any(pattern.fullmatch(name) for pattern in described.values())]
    assert unnamed == []


def test_the_description_names_no_parameter_that_is_not_there(parameters, described):
    gone = [name for name, pattern in described.items() if not any(map(pattern.fullmatch, parameters))]
    assert gone == []


def test_links_of_the_description_lead_somewhere(description):
    for target in re.findall(r"\]\(([^)#:]+)\)", description):
        assert (ROOT / "docs" / target).is_file(), target
