"""A comparison as one HTML page that needs nothing else: what the page says, put into its template."""

import base64
import collections
import math
import os
import re

import jinja2
import markupsafe

from . import comparison_tables, page_data, provenance, targets, words
from .comparison_tables import Table
from .problems import Problem
from .text import number

_TEMPLATES = os.path.join(os.path.dirname(__file__), "templates")
_LARGEST_SVG = 500_000  # bytes from which on a figure is embedded as PNG
_MINUS = "\N{MINUS SIGN}"


def render(results, comparison, command):
    """The page.

    Parameters
    ----------
    results : results.Results
    comparison : comparison.Comparison
    command : str
        What was typed to make it.

    Returns
    -------
    str
        HTML; the same input gives the same text.
    """
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True,
                                     lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    environment.filters["typeset"] = _typeset
    return environment.get_template("report.html").render(_content(results, comparison, command)).lstrip()


def _points_are(design):
    """What points of a design stand for."""
    if design in ("random", "latin_hypercube", "sobol"):
        return "are a sample of what parameters may be, as good as the ranges that they were drawn from."
    kind = f"are those of a {design} design" if design else "are those that the file has"
    return (f"{kind}, no random sample of what parameters may be: a mean over them weights values as they were chosen, and "
            "chance between points is told as if they had been drawn.")


def _content(results, comparison, command):
    settings = comparison.settings
    chosen = [settings.reference, *settings.arms]
    by_arm = {one.arm: one for one in provenance.scenarios(results)}
    scenarios = [by_arm[arm] for arm in chosen]
    content = {
        "title": _title(results, scenarios),
        "headline": words.headline(results, comparison),
        "command": command,
        "reference": settings.reference,
        "points": int(comparison.effects["points"].max()),
        "points_are": _points_are(str(results.attrs.get("design", ""))),
        "summary": words.summary(comparison),
        "weights": words.weights(comparison),
        "legend": words.legend(comparison),
        "star": words.STAR,
        "pareto_caption": words.PARETO,
        "notes": list(comparison.notes),
        **_runs(results, scenarios),
        **_tables(comparison),
        **_scenarios(results, scenarios),
        "figures": _figures(results, comparison),
        "data": markupsafe.Markup(page_data.as_json(page_data.data(results, comparison, scenarios))),
    }
    content["targets"] = _targets(results, chosen, content["notes"])
    content["sections"] = [(id, name) for id, name, shown in (
        ("summary", "In short", True), ("runs", "What was run", True), ("differences", "Differences", True),
        ("parts", "By year and region", content["parts"]), ("figures", "Figures", content["figures"]),
        ("targets", "Beside figures of reports", content["targets"]), ("scenarios", "How the scenarios differ", True),
        ("parameters", "Parameters", True), ("limits", "Notes and limits", True),
        ("sources", "Sources", content["sources"])) if shown]
    return content


def _title(results, scenarios):
    if results.is_sweep and results.attrs.get("title"):
        return str(results.attrs["title"])
    first, *others = [one.title for one in scenarios]
    return f"{others[0] if len(others) == 1 else f'{len(others)} scenarios'} against {first}"


def _runs(results, scenarios):
    attrs = results.attrs
    arms = []
    for one in scenarios:
        arm = results.arms.index(one.arm)
        arms.append({"name": one.arm, "title": one.title, "description": one.description,
                     "done": int(results.done[arm].sum()), "planned": int(results.planned[arm].sum())})
    simulated = f"{attrs['start']} to {attrs['end']}"
    if attrs.get("branch"):
        simulated += f"; the arms part on the morning of {attrs['branch']}"
    return {"arms": arms, "files": provenance.making(results), "sweep_description": provenance.about_sweep(results),
            "simulated": simulated, "compared": f"{results.start} to {results.end}, whole months"}


def _typeset(text):
    """Text with real minus signs and signs of percent that stay with their number."""
    text = re.sub(r"(?<![\w.)])-(?=[\d.])", _MINUS, text)
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)


def _cell(text):
    return "\N{EN DASH}" if text == "-" else _typeset(text.replace("+-", "\N{PLUS-MINUS SIGN}"))


def _signs(table):
    """The same in a table, whose cells are numbers but for the first column."""
    if table is None:
        return None
    return Table([_typeset(name.replace("5-95", "5\N{EN DASH}95")) for name in table.header],
                 [[_typeset(row[0]), *[_cell(cell) for cell in row[1:]]]
                  for row in table.rows])


def _tables(comparison):
    settings = comparison.settings
    rows = comparison_tables.worth_showing(comparison.effects.to_dict("records"))
    groups = []
    if len(settings.arms) >= words.MANY:
        for outcome in dict.fromkeys(row["outcome"] for row in rows):
            found = [row for row in rows if row["outcome"] == outcome]
            better = f" ({found[0]['better']} is better)" if found[0]["better"] else ""
            groups.append({"title": words.label(found[0]) + better,
                           "caption": f"{words.label(found[0])}, less {settings.reference}",
                           "tables": comparison_tables.effects(found, "arm", lambda row: row["arm"])})
    else:
        for arm in settings.arms:
            found = [row for row in rows if row["arm"] == arm]
            if found:
                groups.append({"title": "", "caption": f"{arm} less {settings.reference}",
                               "tables": comparison_tables.effects(found, "outcome", words.label)})
    for group in groups:
        names = ["differences", "reference and arm themselves"]
        if len(group["tables"]) > 2:
            names.insert(1, "between points")
        group["tables"] = [(f"{group['caption']}: {name}", _signs(table)) for name, table in zip(names, group["tables"])]
    parts = [(f"{title}: {arm} less {settings.reference}", _signs(comparison_tables.parts(comparison, arm, scope)))
             for arm in settings.arms for scope, title in (("year", "By year"), ("region", "By region"))]
    return {"groups": groups, "parts": [(title, table) for title, table in parts if table],
            "pareto": _signs(comparison_tables.pareto(comparison))}


def _figures(results, comparison):
    from .figures import drawn

    found = []
    for name, title, image in drawn(results, comparison):
        kind, picture = "svg+xml", image("svg")
        if len(picture) > _LARGEST_SVG:
            kind, picture = "png", image("png")
        content = base64.b64encode(picture).decode("ascii")
        # Markup: base64 has nothing to escape, and is long.
        found.append({"title": title, "alt": _alt(name, title, comparison),
                      "uri": markupsafe.Markup(f"data:image/{kind};base64,{content}")})
    return found


def _alt(name, title, comparison):
    """What a figure shows, for those who can't see it."""
    if name == "forest":
        return f"Mean differences with intervals. {title}. The table of differences has the numbers."
    if name == "difference_over_time":
        return f"Lines by month with bands. {title} Where they end, the table of differences has the numbers."
    if name.startswith("map_"):
        return f"Circles at the seats of cercles, as large as the difference. {title}. The table by region has sums of these."
    rows = comparison.effects[comparison.effects["outcome"] == name.removeprefix("fan_")].to_dict("records")
    tests = int(comparison.effects["p"].notna().sum())
    told = words.sentence_of_many(rows, comparison.settings.margin) if len(rows) > 1 else \
        words.sentence(rows[0], comparison.settings.margin, tests)
    return f"{title} by month in each arm: median and ranges of the runs. {told}"


def _number(value):
    return "" if value is None or math.isnan(value) else f"{value:.6g}".replace("-", _MINUS)


def _range(row):
    return f"{_number(row['low'])} to {_number(row['high'])}"


def _scenarios(results, scenarios):
    interventions = provenance.interventions_by_arms(scenarios)
    switches = provenance.differing_mechanisms(scenarios)
    records, values = provenance.differing_parameters(scenarios)
    sources = provenance.sources(scenarios).to_dict("records")
    states = {True: "on", False: "off", None: "not known"}
    parameters = scenarios[0].parameters.reset_index().to_dict("records")
    return {
        "own_interventions": [row for row in interventions if len(row[1]) < len(scenarios)],
        "common_interventions": [row for row in interventions if len(row[1]) == len(scenarios)],
        "switches": Table(["mechanism", *[one.arm for one in scenarios]],
                          [[name, *[states[state] for state in row]] for name, row in switches.items()]) if switches else None,
        "differing": [({**_parameter(row), "range": _range(row)}, [_number(value) for value in values.loc[row["parameter"]]])
                      for row in records.reset_index().to_dict("records")],
        "factors": [{**row, "range": _range(row), "unit": _unit(row)} for row in
                    provenance.factors(results).to_dict("records")],
        "parameters": [_parameter(row) for row in parameters],
        "parameters_by_status": _by_status(parameters),
        "sources": [{**row, "link": row["url"] if row["url"].startswith(("https://", "http://")) else ""} for row in sources],
        "source_number": {row["source"]: place for place, row in enumerate(sources, 1)},
    }


def _unit(row):
    return "" if row["unit"] == "1" else row["unit"]


def _parameter(row):
    return {**row, "value": _number(row["value"]), "range": _range(row), "unit": _unit(row)}


def _by_status(parameters):
    meanings = {"reported": "a source states it", "estimated": "from what sources state",
                "assumed": "neither; the range says how little is known"}
    counts = collections.Counter(row["status"] for row in parameters)
    told = ", ".join(f"{counts[status]} {status} ({meaning})" for status, meaning in meanings.items() if counts[status])
    return f"{len(parameters)} numbers" + (f": {told}." if told else ".")


def _targets(results, arms, notes):
    """Figures for calibration beside what runs give; those kept for validation stay unseen until a model is judged by them."""
    try:
        found = targets.read(results)
    except Problem as problem:
        notes.append(f"Nothing is shown beside figures of reports: {problem}.")
        return None
    if found is None:
        return None
    table = found.table
    shown = (table["answer"] == targets.ANSWERED) & (table["role"] == targets.CALIBRATION) & table["low"].notna()
    if not shown.any():
        return None
    arms = arms if len(arms) <= words.MANY else arms[:1]
    of_arms = [targets.quantiles(found, arm)[shown.to_numpy()] for arm in arms]
    rows = []
    for place, row in enumerate(table[shown].to_dict("records")):
        said = _said(row["expected_low"], row["expected_high"])
        simulated = [f"{number(ends[place][1])} ({number(ends[place][0])} to {number(ends[place][2])})" for ends in of_arms]
        rows.append([row["label"], ", ".join(filter(None, (row["places"], row["actors"]))) or "the country",
                     f"{row['first_day']} to {row['last_day']}", f"{row['observer']}; {row['source']}, {row['source_place']}",
                     said, *simulated])
    kept = int(((table["answer"] == targets.ANSWERED) & (table["role"] == targets.VALIDATION)).sum())
    note = "Over all points and replicates. " + (
        f"{kept} more figure{'s are' if kept > 1 else ' is'} kept to judge the model by, and not shown here." if kept else "")
    return {"header": ["figure", "of", "period", "observer and source", "report", *arms], "rows": rows, "note": note.strip()}


def _said(low, high):
    if low == high:
        return number(low)
    return f"{number(low)} or more" if high == math.inf else f"{number(low)} to {number(high)}"
