"""Tables of a comparison as words: headings and rows of texts, for the screen and the page."""

from collections import namedtuple

from .text import percent, probability, short
from .text import signed as signed_in
from .words import label, scale

Table = namedtuple("Table", "header rows")  # list of str; list of list of str


def signed(value):
    """A difference in little room."""
    return signed_in(value, short)


def _span(row, low, high):
    times = scale(row["unit"])
    if row[low] != row[low]:
        return "-"
    return f"{signed(row[low] * times)} to {signed(row[high] * times)}"


def _difference_cells(row):
    times = scale(row["unit"])
    towards = percent(row["probability"]) + " %"
    cells = [short(row["reference_mean"] * times), signed(row["median"] * times), signed(row["mean"] * times),
             _span(row, "low", "high"), _span(row, "range_low", "range_high"),
             ("" if row["better"] else "more ") + towards, probability(row["p_corrected"])]
    return cells


def _point_cells(row):
    times = scale(row["unit"])
    return [str(row["points"]), ("" if row["better"] else "more ") + percent(row["points_probability"]) + " %",
            short(row["between_points"] * times), short(row["within_points"] * times)]


def _arm_cells(row):
    times = scale(row["unit"])
    return [short(row[name] * times) for name in ("reference_median", "arm_median", "reference_worst_tenth",
                                                   "arm_worst_tenth")] + [
        "-" if row["correlation"] != row["correlation"] else f"{row['correlation']:.2f}",
        signed(row["margin"] * times).replace("+", "+-"),
        "-" if row["pairs_within_margin"] != row["pairs_within_margin"] else percent(row["pairs_within_margin"]) + " %",
        probability(row["p_equivalent"])]


_DIFFERENCE_HEADER = ["ref. mean", "median", "mean", "90 % interval", "5-95 % of pairs", "better", "p (Holm)"]
_POINT_HEADER = ["points", "better at", "sd of points", "sd within points"]
_ARM_HEADER = ["ref. median", "median", "ref. worst 10th", "worst 10th", "r", "margin", "within", "p equiv."]


def effects(rows, first, name):
    """Tables of differences, of points where there are several, and of the arms themselves.

    Parameters
    ----------
    rows : list of mapping
        Rows of `Comparison.effects`.
    first : str
        Heading of the first column.
    name : callable
        Takes a row and gives its first cell.

    Returns
    -------
    list of Table
    """
    found = [(_DIFFERENCE_HEADER, _difference_cells), (_ARM_HEADER, _arm_cells)]
    if any(row["points"] > 1 for row in rows):
        found.insert(1, (_POINT_HEADER, _point_cells))
    return [Table([first, *header], [[name(row), *cells(row)] for row in rows]) for header, cells in found]


def worth_showing(rows):
    """Rows of outcomes that are not 0 throughout."""
    return [row for row in rows if row["reference_mean"] != 0 or row["arm_mean"] != 0 or row["verdict"] != "no_difference"]


def parts(comparison, arm, scope):
    """Mean differences, outcomes down and years or regions across; a star where the interval leaves out 0.

    Parameters
    ----------
    comparison : comparison.Comparison
    arm : str
    scope : {"year", "region"}

    Returns
    -------
    Table or None
        None where there is one year or region only, or nothing differs.
    """
    rows = comparison.parts.query("arm == @arm and scope == @scope").to_dict("records")
    shown = {row["outcome"] for row in rows if row["mean"] != 0}
    names = list(dict.fromkeys(row["part"] for row in rows))
    if len(names) < 2 or not shown:
        return None
    cells = {(row["outcome"], row["part"]): row for row in rows}
    lines = []
    for outcome in dict.fromkeys(row["outcome"] for row in rows if row["outcome"] in shown):
        found = [cells.get((outcome, part)) for part in names]
        lines.append([label(next(row for row in found if row)), *[_starred(row) for row in found]])
    return Table(["mean difference", *names], lines)


def _starred(row):
    if row is None:
        return "-"
    return signed(row["mean"] * scale(row["unit"])) + ("*" if row["low"] > 0 or row["high"] < 0 else " ")


def pareto(comparison):
    """Means of each arm, and whether another beats it; None where the comparison has no such table."""
    if comparison.pareto is None:
        return None
    by_name = {row["outcome"]: row for row in comparison.effects.to_dict("records")}
    names = [name for name in comparison.pareto.columns if name in by_name]
    lines = [[row["arm"], *[short(row[name] * scale(by_name[name]["unit"])) for name in names],
              "yes" if row["unbeaten"] else "no",
              percent(row["unbeaten_share"]) + " %"] for row in comparison.pareto.to_dict("records")]
    return Table(["means", *names, "unbeaten", "redrawn"], lines)
