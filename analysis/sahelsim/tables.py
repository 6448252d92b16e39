"""A comparison as CSV and JSON."""

import json
import math

import pandas

from .words import sentence

LAYOUT = 1


def _with_words(comparison):
    rows = comparison.effects.copy()
    tests = int(rows["p"].notna().sum())
    rows["words"] = [sentence(row, comparison.settings.margin, tests) for row in rows.to_dict("records")]
    return rows


def write_csv(path, results, comparison):
    """One table: first a row for each arm and outcome (scope "all"), then those of years and regions."""
    whole = _with_words(comparison)
    whole.insert(0, "scope", "all")
    whole.insert(1, "part", "")
    pandas.concat([whole, comparison.parts], ignore_index=True).to_csv(path, index=False)


def _plain(value):
    """A value as JSON has it: null for what there is not."""
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _records(table):
    return [{name: _plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def document(results, comparison):
    """Settings, effects with their sentences, years and regions, the Pareto table and notes, as JSON has them.

    Returns
    -------
    dict
        Of texts, finite numbers, None, lists and dicts.
    """
    settings = comparison.settings
    return {
        "layout": LAYOUT,
        "source": str(results.attrs.get("source", "")),
        "files": results.paths,
        "seed_of_runs": results.attrs["seed"],
        "start": results.start,
        "end": results.end,
        "reference": settings.reference,
        "arms": settings.arms,
        "margin": settings.margin,
        "weights": settings.weights,
        "seed": settings.seed,
        "interval_level": 0.9,
        "effects": _records(_with_words(comparison)),
        "parts": _records(comparison.parts),
        "pareto": None if comparison.pareto is None else _records(comparison.pareto),
        "notes": comparison.notes,
    }


def write_json(path, results, comparison):
    """`document` in a file."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document(results, comparison), file, indent=1, allow_nan=False)
        file.write("\n")
