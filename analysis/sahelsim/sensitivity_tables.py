"""A sensitivity analysis as CSV and JSON."""

import pandas

from . import documents
from .sensitivity_report import sentences

LAYOUT = 1


def _with_words(analysis):
    return analysis.summaries.assign(words=[text for _, text in sentences(analysis)])


def write_csv(path, _, analysis):
    """One table: a row for each arm or difference, outcome and parameter (scope "parameter"), then those of pairs of
    parameters ("pair") and of outcomes as a whole ("outcome")."""
    parts = {"parameter": analysis.factors, "pair": analysis.pairs, "outcome": _with_words(analysis)}
    found = [part.assign(scope=scope) for scope, part in parts.items() if len(part)]
    whole = pandas.concat(found, ignore_index=True)
    counts = ["units", "points", "replicates", "runs_left_out"]
    whole[counts] = whole[counts].astype("Int64")
    whole[["scope", *[name for name in whole.columns if name != "scope"]]].to_csv(path, index=False)


def write_json(path, results, analysis):
    """Settings, summaries with their sentences, parameters, pairs and notes."""
    documents.write(path, {
        "layout": LAYOUT,
        "source": str(results.attrs.get("source", "")),
        "files": results.paths,
        "seed_of_runs": results.attrs["seed"],
        "start": results.start,
        "end": results.end,
        "design": analysis.design.kind,
        "method": analysis.method,
        "seed": analysis.settings.seed,
        "interval_level": 0.9,
        "outcomes": _with_words(analysis).to_dict("records"),
        "parameters": analysis.factors.to_dict("records"),
        "pairs": analysis.pairs.to_dict("records"),
        "notes": analysis.notes,
    })
