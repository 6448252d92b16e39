"""A sensitivity analysis on the screen."""

from .sensitivity_analysis import EFFECTS, RANKS, SOBOL
from .sensitivity_words import index, sentence, signed_index
from .text import paragraph, percent, probability, short, signed, table
from .words import label, scale

MOST_FACTORS = 12  # in a table of the screen; all in --csv and --json
_TOLD = {"yes": "yes", "ranks": "ranks", "no": "no", "": "-"}
_HEADS = {SOBOL: "Sobol indices", EFFECTS: "Elementary effects (Morris)", RANKS: "Partial rank correlations (PRCC)"}


def _span(row, name, form):
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return "-" if low != low else f"{form(low)} to {form(high)}"


def _sobol_cells(row, _):
    return [index(row["first"]), _span(row, "first", index), index(row["total"]), _span(row, "total", index),
            index(row["total_uncorrected"]), signed_index(row["prcc"]), _TOLD[row["told"]]]


def _effect_cells(row, times):
    def form(value):
        return short(value * times)

    return [form(row["mu_star"]), _span(row, "mu_star", form), signed(row["mu"] * times, short), form(row["sigma"]),
            form(row["chance_alone"]), _TOLD[row["told"]]]


def _rank_cells(row, _):
    return [signed_index(row["prcc"]), _span(row, "prcc", signed_index), probability(row["p_corrected"]), _TOLD[row["told"]]]


_COLUMNS = {
    SOBOL: (["first", "90 % of first", "total", "90 % of total", "uncorrected", "PRCC", "told"], _sobol_cells),
    EFFECTS: (["mu*", "90 % of mu*", "mu", "sigma", "chance alone", "told"], _effect_cells),
    RANKS: (["PRCC", "90 % of PRCC", "p (Holm)", "told"], _rank_cells),
}


def _summary_table(rows, method, width):
    header = ["outcome", "mean", "sd of points", "sd within points", "chance", "90 % of chance", "noise of means"]
    last = {SOBOL: ["each alone"], RANKS: ["ranks explained"]}.get(method, [])
    lines = []
    for row in rows:
        times = scale(row["unit"])
        cells = [label(row), *[short(row[name] * times) for name in ("mean", "sd_of_points", "sd_within_points")],
                 percent(row["chance_share"]) + " %" * (row["chance_share"] == row["chance_share"]),
                 "-" if row["chance_low"] != row["chance_low"] else
                 f"{percent(row['chance_low'])} to {percent(row['chance_high'])} %",
                 "-" if row["noise_of_mean"] != row["noise_of_mean"] else percent(row["noise_of_mean"]) + " %"]
        cells += [index(row["alone"])] if method == SOBOL else [index(row["explained"])] if method == RANKS else []
        lines.append(cells)
    return table([*header, *last], lines, width)


def _factor_table(rows, method, width):
    header, cells = _COLUMNS[method]
    lines = [[row["factor"], *cells(row, scale(row["unit"]))] for row in rows[:MOST_FACTORS]]
    left = len(rows) - MOST_FACTORS
    found = table([label(rows[0]), *header], lines, width)
    return found + (f"\n... and {left} weaker ones in --csv and --json" if left > 0 else "")


def _pair_table(rows, width):
    """The strongest pairs of which the interval leaves out 0."""
    rows = sorted((row for row in rows if row["second_low"] > 0), key=lambda row: -row["second"])[:MOST_FACTORS]
    if not rows:
        return ""
    return table(["two parameters together", "beyond each", "90 % of it"],
                 [[f"{row['factor']} and {row['with_factor']}", index(row["second"]), _span(row, "second", index)]
                  for row in rows], width)


_LEGENDS = {
    SOBOL: "first: share of the variance between points that a parameter carries alone; total: with all its interactions; both "
           "of means over all courses of chance, the noise of replicates subtracted (uncorrected: the total without that). "
           "PRCC: partial rank correlation, which says which way. told: the interval of the total leaves out 0 (ranks: only "
           "the PRCC differs from 0, p below 0.05 by Holm with {tests} tests). each alone: sum of the first-order indices; "
           "what is missing to 1 is interactions and error.",
    EFFECTS: "mu*: mean absolute effect of a move over all quantiles of the parameter, in the outcome's unit; mu: with signs; "
             "sigma: how much effects differ between trajectories (interactions, curves), without the noise of replicates. "
             "chance alone: the mu* that noise would make of no effect. told: the interval of mu, or of the mean squared "
             "effect less noise, leaves out 0.",
    RANKS: "PRCC: correlation of the ranks of parameter and outcome, those of the other parameters held; it sees what goes up "
           "or down all along, not humps. told: p (Holm), corrected for {tests} tests, is below 0.05. ranks explained: share "
           "of the variance of ranks that all parameters explain together.",
}
_CHANCE = ("sd of points: standard deviation between points, the noise of replicates subtracted; sd within points: of runs of "
           "one point. chance: its share of the variance of single runs; noise of means: its share of the variance of the "
           "means over replicates.")


def report(results, analysis, width):
    """The whole report.

    Parameters
    ----------
    results : results.Results
    analysis : sensitivity_analysis.Analysis
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    method, summaries = analysis.method, analysis.summaries
    least, most = summaries["points"].min(), summaries["points"].max()
    head = (f"{_HEADS[method]} of {len(analysis.design.factors)} parameters, {results.start} to {results.end}: "
            f"{least if least == most else f'{least} to {most}'} points of the design '{analysis.design.kind}', "
            f"{summaries['replicates'].min()} replicates")
    blocks = [paragraph(head, width)]
    for subject in analysis.settings.subjects:
        rows = summaries[summaries["subject"] == subject.name].to_dict("records")
        blocks += [subject.name + (" (pair by pair)" if subject.reference else ""), _summary_table(rows, method, width)]
        for row in rows:
            if not row["constant"]:
                blocks += _tables_of(analysis, subject, row, width)
    tests = int(analysis.factors["p"].notna().sum()) if method != EFFECTS else 0
    blocks.append("\n".join(paragraph(text, width, "") for text in (_LEGENDS[method].format(tests=tests), _CHANCE)))
    for subject in analysis.settings.subjects:
        lines = [subject.name + ":"] if len(analysis.settings.subjects) > 1 else []
        lines += [paragraph(text, width) for name, text in sentences(analysis) if name == subject.name]
        blocks.append("\n".join(lines))
    blocks += ["\n".join(paragraph("Note: " + note, width) for note in analysis.notes)] if analysis.notes else []
    return "\n\n".join(blocks) + "\n"


def _of(table_of_all, subject, row):
    chosen = (table_of_all["subject"] == subject.name) & (table_of_all["outcome"] == row["outcome"])
    return table_of_all[chosen].to_dict("records")


def _tables_of(analysis, subject, row, width):
    found = [_factor_table(_of(analysis.factors, subject, row), analysis.method, width)]
    pairs = _pair_table(_of(analysis.pairs, subject, row), width) if len(analysis.pairs) else ""
    return [*found, pairs] if pairs else found


def sentences(analysis):
    """A sentence for each row of the summaries, as (subject, sentence)."""
    groups = {key: rows.to_dict("records") for key, rows in analysis.factors.groupby(["subject", "outcome"], sort=False)}
    return [(row["subject"], sentence(row, groups[row["subject"], row["outcome"]], analysis.method))
            for row in analysis.summaries.to_dict("records")]
