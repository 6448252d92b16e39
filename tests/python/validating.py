"""The command `sahelsim validate` in this process, and files that its tests score."""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import h5py
import made_up
import numpy
import pytest
from commands import Command

PROGRAM = os.environ["SAHELSIM_PROGRAM"]
SCENARIOS = Path(os.environ["SAHELSIM_SCENARIOS"])

COUNT = 20
CARD = ("--parts", "scorecard")

validate = Command("validate")
succeed, refused = validate.succeed, validate.refused


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
        runs = data["status"].shape[0]
        columns = [numpy.broadcast_to(numpy.asarray(one["simulated"], dtype=float), runs) for one in targets]
        made_up.put_targets(data, numpy.stack(columns, axis=1), **{
            name: [one[name] for one in targets] for name in targets[0] if name != "simulated"})
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
