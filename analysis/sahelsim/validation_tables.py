"""Validation as CSV and JSON."""

import json

import pandas

from .tables import LAYOUT, _plain, _records
from .validation import OBSERVED, PATTERNS, SCORECARD


def write_csv(path, runs, validation):
    """One table: rows of targets, measures of patterns, and forecasts by unit and month; the column `part` says which."""
    parts = []
    for name, table in ((SCORECARD, validation.scorecard and validation.scorecard.targets), (PATTERNS, validation.patterns),
                        (OBSERVED, validation.hindcast and validation.hindcast.cells)):
        if table is not None:
            table = table.copy()
            table.insert(0, "part", name)
            parts.append(table)
    pandas.concat(parts, ignore_index=True).to_csv(path, index=False)


def _hindcast(score, events):
    return {
        "file": events.path, "format": events.format.name, "country": events.country, "level": score.level,
        "count": score.count,
        "months": [str(month) for month in score.months], "history": [str(month) for month in score.history],
        "means": _records(score.means([])), "by_month": _records(score.means(["month"])),
        "by_unit": _records(score.means(["unit"])), "cells": _records(score.cells), "notes": score.notes,
    }


def write_json(path, runs, validation):
    """Settings, and all parts that were scored; null for the others."""
    card, settings = validation.scorecard, validation.settings
    document = {
        "layout": LAYOUT, "files": runs.paths, "arm": runs.arm, "runs": runs.count, "planned": runs.planned,
        "points": runs.points, "seeds_of_runs": runs.seeds, "seed": settings.seed, "interval_level": 0.9,
        "scorecard": None if card is None else {"targets": _records(card.targets), "roles": _nested(_records(card.roles))},
        "patterns": None if validation.patterns is None else _records(validation.patterns),
        "observed": None if validation.hindcast is None else _hindcast(validation.hindcast, validation.observed),
        "notes": validation.notes,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=1, allow_nan=False)
        file.write("\n")


def _nested(rows):
    return [{name: {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value
             for name, value in row.items()} for row in rows]
