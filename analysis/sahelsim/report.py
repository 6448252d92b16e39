"""A comparison on the screen."""

from .text import paragraph, percent, probability, short, table
from .text import signed as signed_in
from .words import label, scale, sentence, sentence_of_many, sentence_without_difference

_MANY = 3  # arms from which on a table is made for each outcome, not for each arm


def signed(value):
    """A difference in little room."""
    return signed_in(value, short)


def _span(row, low, high):
    times = scale(row)
    if row[low] != row[low]:
        return "-"
    return f"{signed(row[low] * times)} to {signed(row[high] * times)}"


def _difference_cells(row):
    times = scale(row)
    towards = percent(row["probability"]) + " %"
    cells = [short(row["reference_mean"] * times), signed(row["median"] * times), signed(row["mean"] * times),
             _span(row, "low", "high"), _span(row, "range_low", "range_high"),
             ("" if row["better"] else "more ") + towards, probability(row["p_corrected"])]
    return cells


def _point_cells(row):
    times = scale(row)
    return [str(row["points"]), ("" if row["better"] else "more ") + percent(row["points_probability"]) + " %",
            short(row["between_points"] * times), short(row["within_points"] * times)]


def _arm_cells(row):
    times = scale(row)
    return [short(row[name] * times) for name in ("reference_median", "arm_median", "reference_worst_tenth",
                                                   "arm_worst_tenth")] + [
        "-" if row["correlation"] != row["correlation"] else f"{row['correlation']:.2f}", signed(row["margin"] * times).replace("+", "+-"),
        "-" if row["pairs_within_margin"] != row["pairs_within_margin"] else percent(row["pairs_within_margin"]) + " %",
        probability(row["p_equivalent"])]


_DIFFERENCE_HEADER = ["ref. mean", "median", "mean", "90 % interval", "5-95 % of pairs", "better", "p (Holm)"]
_POINT_HEADER = ["points", "better at", "sd of points", "sd within points"]
_ARM_HEADER = ["ref. median", "median", "ref. worst 10th", "worst 10th", "r", "margin", "within", "p equiv."]


def _tables(rows, first, name, width):
    """The tables of these rows, whose first cell `name` gives."""
    found = [(_DIFFERENCE_HEADER, _difference_cells), (_ARM_HEADER, _arm_cells)]
    if any(row["points"] > 1 for row in rows):
        found.insert(1, (_POINT_HEADER, _point_cells))
    return "\n\n".join(table([first, *header], [[name(row), *cells(row)] for row in rows], width) for header, cells in found)


def _part_table(rows, width):
    """Mean differences, outcomes down and years or regions across; a star where the interval leaves out 0."""
    parts = list(dict.fromkeys(row["part"] for row in rows))
    cells = {(row["outcome"], row["part"]): row for row in rows}
    lines = []
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        found = [cells.get((outcome, part)) for part in parts]
        one = next(row for row in found if row)
        lines.append([label(one), *[_starred(row) for row in found]])
    return table(["mean difference", *parts], lines, width)


def _starred(row):
    if row is None:
        return "-"
    return signed(row["mean"] * scale(row)) + ("*" if row["low"] > 0 or row["high"] < 0 else " ")


def _parts(comparison, width):
    arms = comparison.settings.arms
    if comparison.parts.empty:
        return []
    if len(arms) >= _MANY:
        return [paragraph("By year and region: in --csv, --json and --figures, or here with --arms for fewer arms.", width)]
    lines = []
    for arm in arms:
        for scope, words in (("year", "By year"), ("region", "By region")):
            rows = comparison.parts.query("arm == @arm and scope == @scope").to_dict("records")
            shown = {row["outcome"] for row in rows if row["mean"] != 0}
            if len({row["part"] for row in rows}) > 1 and shown:
                lines += [paragraph(f"{words}, {arm} less {comparison.settings.reference}; flows as sums, stocks as at the end",
                                    width),
                          _part_table([row for row in rows if row["outcome"] in shown], width)]
    star = "* the 90 % interval leaves out 0; not corrected for the number of years, regions and outcomes."
    return [*lines, paragraph(star, width)] if lines else []


def _pareto(comparison, width):
    if comparison.pareto is None:
        return []
    found = comparison.pareto
    by_name = {row["outcome"]: row for row in comparison.effects.to_dict("records")}
    names = [name for name in found.columns if name in by_name]
    lines = [[row["arm"], *[short(row[name] * scale(by_name[name])) for name in names], "yes" if row["unbeaten"] else "no",
              percent(row["unbeaten_share"]) + " %"] for row in found.to_dict("records")]
    return [paragraph("Arms that no other arm beats in all of these outcomes together (Pareto), and in what share of redrawn "
                      "runs", width),
            table(["means", *names, "unbeaten", "redrawn"], lines, width)]


def _sentences(comparison, width):
    effects, margin = comparison.effects, comparison.settings.margin
    if len(comparison.settings.arms) >= _MANY:
        return [paragraph(sentence_of_many(rows.to_dict("records"), margin), width)
                for _, rows in effects.groupby("outcome", sort=False)]
    tests = int(effects["p"].notna().sum())
    lines = []
    for arm, rows in effects.groupby("arm", sort=False):
        lines += [f"{arm} against {comparison.settings.reference}:"] if len(comparison.settings.arms) > 1 else []
        rows = rows.to_dict("records")
        lines += [paragraph(sentence(row, margin, tests), width) for row in rows if row["verdict"] != "no_difference"]
        alike = [row for row in rows if row["verdict"] == "no_difference"]
        lines += [paragraph(sentence_without_difference(alike), width)] if alike else []
    return lines


def _legend(comparison, width):
    crossed = (comparison.effects["way"] == "crossed").any()
    several = (comparison.effects["points"] > 1).any()
    texts = [
        "Differences are arm less reference, pair by pair. 90 % interval: of the mean difference, " +
        ("by Student's t over points and replicates. " if crossed else "by bootstrap (BCa). ") +
        "k: thousands, M: millions. better: share of pairs in which the arm is better, ties half (\"more\": has more, where neither is better by itself). "
        f"p (Holm): {'t test' if crossed else 'sign flips of pairs'}, corrected for "
        f"{int(comparison.effects['p'].notna().sum())} comparisons.",
        "worst 10th: mean of the worst tenth of the runs (the highest where neither way is better). r: correlation within "
        f"pairs. margin: {percent(comparison.settings.margin)} % of the reference's mean; within: share of pairs in it; p "
        "equiv.: below 0.05 the means are the same within it (TOST), not corrected."]
    if several:
        texts.append("better at: share of points at which the arm's mean is better (or more). sd of points: standard deviation "
                     "between points of the mean difference, without the chance of replicates; sd within points: of the "
                     "pairs of a point.")
    return [paragraph(text, width, "") for text in texts]


def _weights(comparison):
    if not comparison.settings.weights:
        return []
    terms = ", ".join(f"{name} x {weight:g}" for name, weight in comparison.settings.weights.items())
    return [f"Weighted sum, lower is better, in the outcomes' own units: {terms}; outcomes of which more is better count "
            "negatively."]


def report(results, comparison, width):
    """The whole report.

    Parameters
    ----------
    results : results.Results
    comparison : comparison.Comparison
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    settings, rows = comparison.settings, comparison.effects.to_dict("records")
    pairs = sorted({row["pairs"] for row in rows})
    points = max(row["points"] for row in rows)
    arms = ", ".join(settings.arms) if len(settings.arms) < _MANY else f"{len(settings.arms)} arms"
    head = (f"{arms} against {settings.reference}: {results.start} to {results.end}, "
            f"{pairs[0] if len(pairs) == 1 else f'{pairs[0]} to {pairs[-1]}'} pairs" +
            (f" at {points} points" if points > 1 else ""))
    rows = [row for row in rows if row["reference_mean"] != 0 or row["arm_mean"] != 0 or row["verdict"] != "no_difference"]
    blocks = [paragraph(head, width)]
    blocks += [paragraph(line, width) for line in _weights(comparison)]
    if len(settings.arms) >= _MANY:
        for _, group in comparison.effects.groupby("outcome", sort=False):
            group = group.to_dict("records")
            if all(row["verdict"] == "no_difference" and row["arm_mean"] == 0 for row in group):
                continue
            blocks += [label(group[0]) + (f" ({group[0]['better']} is better)" if group[0]["better"] else ""),
                       _tables(group, "arm", lambda row: row["arm"], width)]
    else:
        for arm in settings.arms:
            blocks += [arm] if len(settings.arms) > 1 else []
            of_arm = [row for row in rows if row["arm"] == arm]
            blocks += [_tables(of_arm, "outcome", label, width)] if of_arm else []
    if not rows:
        blocks.append("Nothing differs from 0 in any run.")
    blocks += _parts(comparison, width) + _pareto(comparison, width)
    blocks += ["\n".join(_legend(comparison, width)), "\n".join(_sentences(comparison, width))]
    blocks += ["\n".join(paragraph("Note: " + note, width) for note in comparison.notes)] if comparison.notes else []
    return "\n\n".join(blocks) + "\n"
