"""Validation as CSV and JSON."""

import pandas

from . import documents
from .validation import OBSERVED, PATTERNS, SCORECARD

LAYOUT = 1


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
        "means": score.means([]).to_dict("records"), "by_month": score.means(["month"]).to_dict("records"),
        "by_unit": score.means(["unit"]).to_dict("records"), "cells": score.cells.to_dict("records"), "notes": score.notes,
    }


def write_json(path, runs, validation):
    """Settings, and all parts that were scored; null for the others."""
    card, settings = validation.scorecard, validation.settings
    documents.write(path, {
        "layout": LAYOUT, "files": runs.paths, "arm": runs.arm, "runs": runs.count, "planned": runs.planned,
        "points": runs.points, "seeds_of_runs": runs.seeds, "seed": settings.seed, "interval_level": 0.9,
        "scorecard": None if card is None else {"targets": card.targets.to_dict("records"),
                                               "roles": card.roles.to_dict("records")},
        "patterns": None if validation.patterns is None else validation.patterns.to_dict("records"),
        "observed": None if validation.hindcast is None else _hindcast(validation.hindcast, validation.observed),
        "notes": validation.notes,
    })
