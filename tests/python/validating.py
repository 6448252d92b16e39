"""The command `sahelsim validate` in this process, and files that its tests score."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import h5py
import numpy
import pytest

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])
ANALYSIS = SCENARIOS.parent / "analysis"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ANALYSIS), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
sys.path.insert(0, str(ANALYSIS))
from sahelsim.validate import main  # noqa: E402

COUNT = 20
CARD = ("--parts", "scorecard")


def validate(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, COLUMNS="120"), redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def succeed(*arguments):
    done = validate(*arguments)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def refused(*arguments):
    done = validate(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and not done.stdout
    message = done.stderr.splitlines()
    assert len(message) == 1 or message[1:] == ["'sahelsim validate --help' tells how to use it."]
    return message[0]


def measured(folder, *arguments):
    file = folder / "measured.json"
    succeed(*arguments, "--json", file, "--force")
    return json.loads(file.read_text(encoding="utf-8"))


def targets_of(folder, *arguments):
    card = measured(folder, *arguments, *CARD)["scorecard"]
    return {row["target"]: row for row in card["targets"]}, {row["role"]: row for row in card["roles"]}


def sahelsim(*arguments):
    subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, timeout=120)


def target(name, simulated, low=100.0, high=None, role="calibration", quantity="deaths", error=0.3, share=1.0,
           answer="answered"):
    return {"target": name, "label": name.replace("-", " "), "role": role, "quantity": quantity, "answer": answer,
            "low": low,
            "high": low if high is None else high, "observation_error": error, "area_share": share, "simulated": simulated}


def add_targets(file, targets):
    """Write the group as the program does."""
    with h5py.File(file, "r+") as data:
        if "targets" in data:
            del data["targets"]
        group = data.create_group("targets")
        for name in ("target", "label", "role", "quantity", "answer"):
            group.create_dataset(name, data=[one[name] for one in targets], dtype=h5py.string_dtype())
        for name in ("observer", "places", "actors", "source", "source_place", "note"):
            group.create_dataset(name, data=[""] * len(targets), dtype=h5py.string_dtype())
        for name, text in (("first_day", "2017-01-01"), ("last_day", "2017-02-28")):
            group.create_dataset(name, data=[text] * len(targets), dtype=h5py.string_dtype())
        for name in ("low", "high", "observation_error", "area_share"):
            group[name] = [float(one[name]) for one in targets]
        runs = data["status"].shape[0]
        columns = [numpy.broadcast_to(numpy.asarray(one["simulated"], dtype=float), runs) for one in targets]
        group["simulated"] = numpy.stack(columns, axis=1)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("validate")


@pytest.fixture(scope="module")
def usual(folder):
    """Twenty runs of three months in one region."""
    sahelsim("run", "sahelsim:small", "-o", folder / "usual.h5", "--replicates", COUNT, "--until", "2017-04-30", "--quiet")
    with h5py.File(folder / "usual.h5", "r+") as data:
        if "targets" in data:
            del data["targets"]
    return folder / "usual.h5"


def scored(usual, name, targets):
    copy = usual.parent / f"{name}.h5"
    shutil.copy(usual, copy)
    return add_targets(copy, targets)


@pytest.fixture(scope="module")
def sweep(folder):
    sahelsim("sweep", SCENARIOS / "sweeps" / "small.yaml", "-o", folder / "sweep")
    file = folder / "sweep" / "results.h5"
    with h5py.File(file) as data:
        arms = data["arm"].asstr()[:]
    return add_targets(file, [target("by-arm", numpy.where(arms == "as_it_is", 100.0, 900.0))])


ACLED = ["event_date", "event_type", "actor1", "actor2", "country", "admin1", "admin2", "latitude", "longitude",
         "fatalities", "notes"]
GED = ["date_start", "date_end", "type_of_violence", "side_a", "side_b", "best", "adm_1", "adm_2", "latitude", "longitude",
       "country"]


def acled(date, deaths, region="Mopti", cercle="Koro", kind="Battles", country="Mali", position=("14.08", "-3.08"),
          actor="JNIM"):
    return [date, kind, actor, "Civilians (Mali)", country, region, cercle, *position, deaths, "a note,\nin two lines"]


def write(path, header, rows, encoding="utf-8", separator=","):
    with open(path, "w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator).writerows([header, *rows])
    return path


GOOD = [acled("2017-01-05", 1), acled("2017-04-05", 2)]
