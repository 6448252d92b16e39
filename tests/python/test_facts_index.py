"""Every fact that the scenarios could use is accounted for: either where it is used, or why it is not."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
INDEX = SCENARIOS / "mali" / "facts-index.csv"

# How many facts of each use the five reports hold. Of their 113 rules of behaviour the index holds the 60 on how people
# react, join, leave, change sides and flee, on where groups spread, on JNIM and ISGS, and on land. Those on what units
# decide, on accords, talks and politics are answered where rules exist.
FACTS_BY_USE = {"parameter": 28, "initial-condition": 54, "scenario-event": 64, "behaviour-rule": 93}

# The column of a table whose entries an index row can point to.
KEY_COLUMNS = ("alias", "cercle", "id", "name")


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parameter_names(tree, prefix=""):
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and "value" not in value:
            yield from parameter_names(value, f"{name}.")
        else:
            yield name


def names_in_yaml(path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    yield from parameter_names(content.get("parameters", {}))
    for intervention in content.get("interventions", []):
        yield intervention["id"]
    yield from content.get("targets", {})
    yield from content.get("leaders", {})
    for identifier, organisation in content.get("organisations", {}).items():
        yield identifier
        yield from organisation.get("factions", {})


def names_in_csv(path):
    rows = read_table(path)
    key = next(column for column in KEY_COLUMNS if column in rows[0])
    return (row[key] for row in rows)


def names_in(path):
    return set(names_in_csv(path) if path.suffix == ".csv" else names_in_yaml(path))


def problem_with(reference):
    """What is wrong with one reference, "file" or "file#name"; None if it points to something."""
    file, _, name = reference.partition("#")
    path = SCENARIOS / file
    if not path.is_file():
        return f"{reference}: no such file"
    if name and name not in names_in(path):
        return f"{reference}: nothing of this name in the file"
    return None


@pytest.fixture(scope="module")
def index():
    return read_table(INDEX)


def test_columns(index):
    assert list(index[0]) == ["fact", "use", "where", "why"]


def test_each_fact_is_named_once(index):
    repeated = [fact for fact, count in Counter(row["fact"] for row in index).items() if count > 1]
    assert repeated == []
    assert all(re.fullmatch(r"[a-z0-9-]+", row["fact"]) for row in index)


def test_all_facts_are_accounted_for(index):
    assert Counter(row["use"] for row in index) == FACTS_BY_USE


def test_each_fact_has_either_a_place_or_a_reason(index):
    undecided = [row["fact"] for row in index if bool(row["where"].strip()) == bool(row["why"].strip())]
    assert undecided == []


def test_each_place_exists(index):
    references = {reference.strip() for row in index if row["where"] for reference in row["where"].split(";")}
    assert references
    assert [problem for problem in map(problem_with, sorted(references)) if problem] == []
