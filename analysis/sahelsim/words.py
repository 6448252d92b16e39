"""What the numbers of a comparison allow to say, one plain line an outcome and never more than they do."""

import math

from .text import number, percent, probability, signed


def scale(row):
    """Shares of runs are told in percent."""
    return 100 if row["unit"] == "share" else 1


def label(row):
    """The outcome with its unit, where the name leaves it open."""
    unit = {"1": "", "person": "", "share": ", % of runs", "weighted": ""}.get(row["unit"], f", {row['unit']}")
    return row["label"] + unit


def _amount(row, value):
    return number(abs(value) * scale(row)) + (" points" if row["unit"] == "share" else "")


def _interval(row):
    low, high = (signed(row[end] * scale(row)) for end in ("low", "high"))
    return f"90 % interval {low} to {high}"


def _way(value):
    return "lower" if value < 0 else "higher"


def _in_pairs(row):
    """In which share of pairs it is so; shares of runs are 0 or 1 in each."""
    if row["unit"] == "share":
        return ""
    towards = row["probability"]
    if (row["mean"] < 0) == (row["probability_of"] == "more" or row["better"] == "more"):
        towards = 1 - towards
    return f"; {_way(row['mean'])} in {percent(towards)} % of {row['pairs']} pairs"


def _relative(row):
    if math.isnan(row["relative"]) or row["unit"] == "share":
        return ""
    return f"{percent(abs(row['relative']))} %; "


def _at_points(row):
    if row["points"] < 2 or row["unit"] == "share":
        return ""
    share, name = row["points_probability"], row["better"] or "more"
    return f" {'Less' if name == 'less' else 'More'} at {percent(share)} % of {row['points']} points."


def sentence(row, margin, comparisons):
    """One line on one outcome of one arm.

    Parameters
    ----------
    row : mapping
        A row of `Comparison.effects`.
    margin : float
        Share of the reference's mean.
    comparisons : int
        How many the p-values are corrected for.

    Returns
    -------
    str
    """
    reference, verdict = row["reference"], row["verdict"]
    start = f"{row['label']}: "
    average = f"{_way(row['mean'])} than in {reference} by {_amount(row, row['mean'])} on average"
    if verdict == "no_difference":
        return start + f"no difference to {reference} in any of {row['pairs']} pairs."
    if verdict == "too_few_pairs":
        enough = "" if row["pairs"] >= 5 else f"{row['pairs']} pairs are too few to say whether that is more than chance; "
        return start + (enough or "the table of points and replicates has too many gaps for an interval; ") + \
            f"in these, {average}."
    if verdict in ("different", "different_within_margin"):
        text = f"{average} ({_relative(row)}{_interval(row)}){_in_pairs(row)}."
        if verdict == "different_within_margin":
            text += f" That is less than the margin of {percent(margin)} %."
        return start + text + _at_points(row)
    if verdict == "equivalent":
        return start + f"the same as in {reference} within {percent(margin)} % ({_interval(row)} for the mean difference)."
    if verdict == "hint":
        return start + (f"perhaps {average} ({_interval(row)}){_in_pairs(row)}; but with {comparisons} comparisons chance alone "
                        f"may bring that (corrected p = {probability(row['p_corrected'])}).") + _at_points(row)
    ways = (f"{_amount(row, row['low'])} lower", f"{_amount(row, row['high'])} higher")
    return start + (f"can't be told apart from {reference} with {row['pairs']} pairs: the mean may be anything from "
                    f"{ways[0]} to {ways[1]} (90 % interval).")


def sentence_without_difference(rows):
    """One line on all outcomes of an arm in which nothing differs."""
    names = ", ".join(f"{row['label']}" + (" (never above 0)" if row["arm_mean"] == 0 else "") for row in rows)
    return f"No difference to {rows[0]['reference']} in any of {rows[0]['pairs']} pairs: {names}."


_GROUPS = (
    ("lower", lambda row: row["verdict"].startswith("different") and row["mean"] < 0),
    ("higher", lambda row: row["verdict"].startswith("different") and row["mean"] > 0),
    ("perhaps lower", lambda row: row["verdict"] == "hint" and row["mean"] < 0),
    ("perhaps higher", lambda row: row["verdict"] == "hint" and row["mean"] > 0),
    ("the same within {margin} %", lambda row: row["verdict"] == "equivalent"),
    ("no difference in any pair", lambda row: row["verdict"] == "no_difference"),
    ("can't be told apart with {pairs} pairs", lambda row: row["verdict"] == "unclear"),
    ("too few pairs", lambda row: row["verdict"] == "too_few_pairs"),
)


def sentence_of_many(rows, margin):
    """One line on one outcome of several arms.

    Parameters
    ----------
    rows : list of mapping
        Rows of `Comparison.effects` of one outcome.
    margin : float

    Returns
    -------
    str
    """
    fewest, most = min(row["pairs"] for row in rows), max(row["pairs"] for row in rows)
    pairs = str(fewest) if fewest == most else f"{fewest} to {most}"
    found = []
    for name, holds in _GROUPS:
        group = [row for row in rows if holds(row)]
        if name.endswith("er"):
            arms = ", ".join(f"{row['arm']} ({signed(row['mean'] * scale(row))})" for row in group)
        else:
            arms = "all" if len(group) == len(rows) else ", ".join(row["arm"] for row in group)
        if group:
            found.append(f"{name.format(margin=percent(margin), pairs=pairs)}: {arms}")
    return f"{rows[0]['label']}, against {rows[0]['reference']}: " + "; ".join(found) + "."
