"""A comparison as CSV and JSON."""

import pandas

from . import documents
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


def document(results, comparison):
    """Settings, effects with their sentences, years and regions, the Pareto table and notes, as JSON has them.

    Returns
    -------
    dict
        Of texts, finite numbers, None, lists and dicts.
    """
    settings = comparison.settings
    return documents.plain({
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
        "effects": _with_words(comparison).to_dict("records"),
        "parts": comparison.parts.to_dict("records"),
        "pareto": None if comparison.pareto is None else comparison.pareto.to_dict("records"),
        "notes": comparison.notes,
    })


def write_json(path, results, comparison):
    """`document` in a file."""
    documents.write(path, document(results, comparison))
