"""What the numbers of a comparison allow to say, one plain line an outcome and never more than they do."""

import math

from .text import number, percent, probability, signed


def scale(unit):
    """What numbers of a unit are multiplied by: shares of runs are told in percent."""
    return 100 if unit == "share" else 1


def label(row):
    """The outcome with its unit, where the name leaves it open."""
    unit = {"1": "", "person": "", "share": ", % of runs", "weighted": ""}.get(row["unit"], f", {row['unit']}")
    return row["label"] + unit


def _amount(row, value):
    return number(abs(value) * scale(row["unit"])) + (" points" if row["unit"] == "share" else "")


def _interval(row):
    low, high = (signed(row[end] * scale(row["unit"])) for end in ("low", "high"))
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
            arms = ", ".join(f"{row['arm']} ({signed(row['mean'] * scale(row['unit']))})" for row in group)
        else:
            arms = "all" if len(group) == len(rows) else ", ".join(row["arm"] for row in group)
        if group:
            found.append(f"{name.format(margin=percent(margin), pairs=pairs)}: {arms}")
    return f"{rows[0]['label']}, against {rows[0]['reference']}: " + "; ".join(found) + "."


MANY = 3  # arms from which on things are told by outcome, not by arm
PARETO = "Arms that no other arm beats in all of these outcomes together (Pareto), and in what share of redrawn runs"
STAR = "* the 90 % interval leaves out 0; not corrected for the number of years, regions and outcomes."


def headline(results, comparison):
    """str: What is compared, when, and with how many pairs."""
    settings, effects = comparison.settings, comparison.effects
    fewest, most, points = effects["pairs"].min(), effects["pairs"].max(), effects["points"].max()
    arms = ", ".join(settings.arms) if len(settings.arms) < MANY else f"{len(settings.arms)} arms"
    return (f"{arms} against {settings.reference}: {results.start} to {results.end}, "
            f"{fewest if fewest == most else f'{fewest} to {most}'} pairs" + (f" at {points} points" if points > 1 else ""))


def summary(comparison):
    """What can be said of every outcome.

    Returns
    -------
    list of (str, list of str)
        An arm and its sentences; of three arms and more one list for all, with an empty name.
    """
    effects, margin = comparison.effects, comparison.settings.margin
    if len(comparison.settings.arms) >= MANY:
        return [("", [sentence_of_many(rows.to_dict("records"), margin)
                      for _, rows in effects.groupby("outcome", sort=False)])]
    tests = int(effects["p"].notna().sum())
    found = []
    for arm, rows in effects.groupby("arm", sort=False):
        rows = rows.to_dict("records")
        lines = [sentence(row, margin, tests) for row in rows if row["verdict"] != "no_difference"]
        alike = [row for row in rows if row["verdict"] == "no_difference"]
        found.append((arm, lines + ([sentence_without_difference(alike)] if alike else [])))
    return found


def weights(comparison):
    """str: What the weighted sum is made of; empty where there is none."""
    if not comparison.settings.weights:
        return ""
    terms = ", ".join(f"{name} x {weight:g}" for name, weight in comparison.settings.weights.items())
    return (f"Weighted sum, lower is better, in the outcomes' own units: {terms}; outcomes of which more is better count "
            "negatively.")


def legend(comparison):
    """list of str: What the columns of the tables mean."""
    crossed = (comparison.effects["way"] == "crossed").any()
    several = (comparison.effects["points"] > 1).any()
    texts = [
        "Differences are arm less reference, pair by pair. 90 % interval: of the mean difference, " +
        ("by Student's t over points and replicates. " if crossed else "by bootstrap (BCa). ") +
        "k: thousands, M: millions. better: share of pairs in which the arm is better, ties half (\"more\": has more, where "
        "neither is better by itself). "
        f"p (Holm): {'t test' if crossed else 'sign flips of pairs'}, corrected for "
        f"{int(comparison.effects['p'].notna().sum())} comparisons.",
        "worst 10th: mean of the worst tenth of the runs (the highest where neither way is better). r: correlation within "
        f"pairs. margin: {percent(comparison.settings.margin)} % of the reference's mean; within: share of pairs in it; p "
        "equiv.: below 0.05 the means are the same within it (TOST), not corrected."]
    if several:
        texts.append("better at: share of points at which the arm's mean is better (or more). sd of points: standard "
                     "deviation between points of the mean difference, without the chance of replicates; sd within points: of the "
                     "pairs of a point.")
    return texts
