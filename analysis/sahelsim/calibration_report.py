"""A calibration on the screen: tables, and what they allow to say."""

import math

from .calibration_tables import of_record, unsure
from .text import number, paragraph, percent, short, table

_SETTLED = 0.5  # share of what the wave before left, from which on a wave has ruled out little
_SMALL = 1e-3
_SHOWN = 8  # correlations


def _share(value):
    """A share of space: in percent, tiny ones as a power of ten."""
    if value == 0:
        return "0"
    return f"{value:.1e}" if value < _SMALL else percent(value) + " %"


def _two(value):
    return "-" if value is None or math.isnan(value) else f"{value:.2f}"


def _percent(value):
    return "-" if math.isnan(value) else percent(value) + " %"


def observed(row):
    """The figure, interval or lower bound."""
    if math.isinf(row["high"]):
        return f">= {short(row['low'])}"
    return short(row["low"]) if row["low"] == row["high"] else f"{short(row['low'])} to {short(row['high'])}"


def _span(row, name):
    if row[f"{name}_5"] != row[f"{name}_5"]:
        return "-"
    return f"{short(row[f'{name}_5'])} to {short(row[f'{name}_95'])}"


def _waves(waves, width):
    lines = [[f"{row['wave']}: {row['file']}", str(row["points"]), str(row["replicates"]),
              f"{row['targets_used']} of {row['targets']}", _share(row["share_left"]), number(row["least_implausibility"])]
             for row in waves.to_dict("records")]
    return table(["wave", "points", "replicates", "emulators used", "space left", "least I"], lines, width)


def _targets(targets, width):
    rows = targets.to_dict("records")
    lines = [[row["target"], observed(row), _span(row, "expected"), _two(row["implausibility"]), _share(row["rules_out"]),
              _two(row["explained"]), _percent(row["coverage"]), _percent(row["coverage_later"])] for row in rows]
    parts = [table(["target", "observed", "expected, 5-95 %", "I", "rules out", "explained", "left out", "next wave"], lines,
                   width)]
    lines = [[row["target"], row["scale"], _two(row["emulator_sd"]), _two(row["replicate_sd"]), _two(row["observation_sd"]),
              _two(row["discrepancy_sd"]), percent(row["shared_chance"]) + " %"] for row in rows]
    parts.append(table(["target, standard deviations", "scale", "emulator", "replicates", "observation", "discrepancy",
                        "shared"], lines, width))
    if "drawn_5" in targets:
        lines = [[row["target"], observed(row), short(row["drawn_50"]), _span(row, "drawn")] for row in rows
                 if row["drawn_5"] == row["drawn_5"]]
        parts.append(table(["runs at the posterior draws", "observed", "median", "5-95 %"], lines, width))
    return parts


def _parameters(parameters, width):
    rows = parameters.to_dict("records")
    header = ["parameter", "value", "prior, 5-95 %", "left, 5-95 %", "median", "narrowed"]
    lines = [[row["parameter"], short(row["record_value"]), _span(row, "prior"), _span(row, "left"), short(row["left_50"]),
              percent(row["narrowed"]) + " %"] for row in rows]
    if "posterior_5" in parameters:
        header[4:] = ["posterior, 5-95 %", "median", "narrowed"]
        lines = [[*line[:4], _span(row, "posterior"), short(row["posterior_50"]), line[-1]]
                 for line, row in zip(lines, rows)]
    return table(header, lines, width)


def _correlations(correlations, width):
    if correlations.empty:
        return []
    pairs = [f"{row['one']} and {row['other']} {row['correlation']:+.2f}"
             for row in correlations.to_dict("records")[:_SHOWN]]
    more = f" ({len(correlations) - _SHOWN} more in --json)" if len(correlations) > _SHOWN else ""
    return [paragraph("Rank correlations of 0.3 and more: " + ", ".join(pairs) + more + ".", width)]


def _failing(targets, width):
    lost = [f"{row['target']} {row['why_not']}" for row in targets.to_dict("records") if row["why_not"]]
    return [paragraph("Not used by the last wave: " + "; ".join(lost) + ".", width)] if lost else []


def _record(calibration):
    found = of_record(calibration)
    if found is None:
        return []
    verdict = "are ruled out" if found[0] > calibration.settings.cutoff else "are not ruled out"
    return [f"The scenario's own values {verdict} (I = {number(found[0])}); most is held against them by {found[1]}."]


def advice(waves, targets):
    """What another wave could do.

    Parameters
    ----------
    waves, targets : pandas.DataFrame
        As `calibration_tables` gives them.

    Returns
    -------
    str
    """
    shares = list(waves["share_left"])
    used = int((targets["emulator_sd"] == targets["emulator_sd"]).sum())
    if shares[-1] == 0:
        against = targets.sort_values("least", ascending=False).iloc[0]
        return (f"Nothing is left: with these errors no values of the parameters give all figures. The least implausibility "
                f"seen is {number(waves['least_implausibility'].iloc[-1])}. By itself {against['target']} is hardest to "
                f"meet (no less than {number(against['least'])}). Either the model lacks something, then --discrepancy says "
                "how much, or a figure or its error is wrong, or the ranges are too narrow. "
                "--kth 2 lets one figure be missed.")
    if used == 0:
        return "No emulator can be used, so that nothing is ruled out: more points, or more replicates, make better ones."
    loose = unsure(targets)
    if not loose:
        text = (f"All {used} emulators are surer than the figures, the chance of runs and the discrepancy together, at the "
                "median of what is left: more waves would rule out little. Stop here.")
    else:
        text = (f"{len(loose)} of {used} emulators are less sure than all else together ({', '.join(loose[:5])}"
                f"{', ...' if len(loose) > 5 else ''}): another wave can rule out more.")
    if len(shares) > 1 and shares[-2] > 0:
        text += f" The last wave left {percent(shares[-1] / shares[-2])} % of what the one before had left."
        if loose and shares[-1] > _SETTLED * shares[-2]:
            text += " That is not much progress: more points or replicates a wave help more than another wave like it."
    return text


def _posterior(draws, width):
    if draws is None:
        return []
    text = (f"Posterior: {len(draws.points)} draws of the {draws.kept} nearest of all proposals (as good as "
            f"{draws.effective:.0f} of equal weight; the farthest is {number(draws.tolerance)} standard deviations of the "
            f"summaries away), by regression; {percent(draws.left_share)} % of the draws lie in what "
            "history matching leaves. They are as good as the emulators, and are to be simulated before anything is "
            "said of them.")
    return [paragraph(text, width)]


def _legend(calibration, width):
    settings = calibration.settings
    which = {1: "the largest", 2: "the second largest", 3: "the third largest"}.get(settings.kth,
                                                                                    f"the {settings.kth}th largest")
    texts = [
        f"I: implausibility, distance from the figure to what emulators expect over the standard deviation of all errors; "
        f"ruled out is where {which} of all targets is above {settings.cutoff:g}. space left: share of the prior's "
        "probability. expected: emulated means over what is left. rules out: share of the prior that the target rules "
        "out by itself.",
        "explained: share of the variance between points that left-out points are foretold of. left out, next wave: share "
        "of such points, and of the next wave's, inside their 90 % intervals. Standard deviations are on the scale; shared: "
        "part of the chance of runs that all points have in common. narrowed: how much of the prior's middle nine "
        "tenths is gone."]
    return [paragraph(text, width, "") for text in texts]


def report(calibration, tables, draws, notes, width):
    """The whole report.

    Parameters
    ----------
    calibration : calibration.Calibration
    tables : dict of str to pandas.DataFrame
        waves, targets, parameters and correlations.
    draws : draws.PosteriorDraws or None
    notes : list of str
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    data = calibration.data
    head = (f"{data.arm}: {len(data.priors)} parameters, {len(data.targets)} targets for calibration, {len(data.waves)} "
            f"wave{'s' if len(data.waves) > 1 else ''}; {data.attributes['start']} to {data.attributes['end']}")
    blocks = [paragraph(head, width), _waves(tables["waves"], width), *_targets(tables["targets"], width),
              _parameters(tables["parameters"], width), "\n".join(_legend(calibration, width))]
    said = [*_correlations(tables["correlations"], width), *_failing(tables["targets"], width),
            *[paragraph(line, width) for line in _record(calibration)], *_posterior(draws, width),
            paragraph(advice(tables["waves"], tables["targets"]), width)]
    blocks.append("\n".join(said))
    if notes:
        blocks.append("\n".join(paragraph("Note: " + note, width) for note in notes))
    return "\n\n".join(blocks) + "\n"
