"""Validation on the screen."""

import datetime
import math

from .hindcast import HISTORY, LAST, POISSON, RUNS
from .pattern_scores import IN_BAND, NO_BAND, OUTSIDE, UNANSWERED
from .scorecard import HIGH, INSIDE, LOW
from .text import number, paragraph, percent, short, table

_MOST_UNITS = 12
_PLACE = {INSIDE: "yes", LOW: "no, low", HIGH: "no, high"}
_RANGES = ("5-95 % of runs: where nine of ten further runs would lie. As few runs seldom show the ends of what chance does, "
           "it holds more than nine of ten of these.")
_USED = ("Figures that judge a model that was fitted without them. Whoever looks at them and then changes a parameter or a "
         "rule has used them: from then on they are figures for calibration.")


def _span(low, high, form=short):
    return "-" if math.isnan(low) else f"{form(low)} to {form(high)}"


def observed(row):
    """What the source says, times the simulated country's part of it."""
    low, high = row["observed_low"], row["observed_high"]
    text = f">= {short(low)}" if math.isinf(high) else short(low) if low == high else f"{short(low)} to {short(high)}"
    return text + ("*" if row["area_share"] != 1 else "")


def _score_cells(row):
    return [observed(row), short(row["median"]), _span(row["range_low"], row["range_high"]), _PLACE[row["verdict"]],
            _PLACE[row["verdict_with_error"]], _two_places(row["score"]), _two_places(row["lost"])]


def _two_places(value):
    return f"{value:.2f}".replace("-0.00", "0.00")


_SCORE_HEADER = ["target", "observed", "median", "5-95 % of runs", "inside", "with error", "log score", "lost"]


def _share(row, name):
    return (f"{row[name]} of {row['figures']} ({percent(row['share_' + name])} %, 90 % interval "
            f"{percent(row[name + '_low'])} to {percent(row[name + '_high'])} %)")


def role_sentences(row):
    """What the rows of one role come to, in plain lines."""
    if not row["answered"]:
        return ["No target of the role can be answered."]
    lines = []
    if row["figures"]:
        lines.append(f"Single figures inside 5-95 % of the runs: {_share(row, 'inside')}. With the error of observation: "
                     f"{_share(row, 'inside_with_error')}; in the long run nine of ten, if runs and errors are right.")
    if row["intervals"]:
        lines.append(f"Intervals, \"at least\" and 0, which says less than one: {row['intervals_inside']} of "
                     f"{row['intervals']} inside, {row['intervals_inside_with_error']} with the error. A part inside is "
                     "enough, so that it should be more than nine of ten.")
    lines = [*lines,
             f"Mean log score {_two_places(row['mean_score'])}, {_two_places(row['mean_lost'])} below the best that these "
             "errors allow."]
    if row["widths"]:
        lines[-1] += (f" 5-95 % of the runs are {row['relative_width']:.2f} medians wide on average ({row['widths']} "
                     "figures): narrower is sharper, if no less is inside.")
    return lines


def _role(card, row, width):
    rows = card.targets[card.targets["role"] == row["role"]]
    answered = rows[rows["reason"] == ""].to_dict("records")
    blocks = [f"Figures of reports for {row['role']}: {row['answered']} of {row['targets']} answered"]
    blocks += [paragraph(_USED, width, "")] if row["role"] == "validation" else []
    if answered:
        blocks.append(table(_SCORE_HEADER, [[one["label"], *_score_cells(one)] for one in answered], width))
    lines = role_sentences(row)
    for reason, rest in rows[rows["reason"] != ""].groupby("reason", sort=False):
        lines.append(f"Not answered, {reason} ({len(rest)}): {'; '.join(rest['label'])}.")
    return [*blocks, "\n".join(paragraph(line, width) for line in lines)]


def _scorecard(card, width):
    blocks = [block for row in card.roles.to_dict("records") for block in _role(card, row, width)]
    legend = ["The worst come first. inside: whether 5-95 % of the runs hold the figure, or a part of its interval (low, "
              "high: the runs are too low, too high); with error: whether 5-95 % of what would be observed do. log score: "
              "logarithm of the probability (density of the logarithm) of what was observed, more is better; lost: how far "
              "below the best that any runs could reach."]
    if (card.targets["area_share"] != 1).any():
        legend.append("* times the country's part of a figure that covers more.")
    legend.append("Figures are not independent of each other, so that the intervals of shares are too narrow.")
    return [*blocks, "\n".join(paragraph(line, width, "") for line in legend)]


def band(row):
    """The band of a measure."""
    low, high = row["band_low"], row["band_high"]
    if math.isnan(low):
        return "-"
    if math.isinf(high):
        return f">= {_plain(low)}"
    return _plain(low) if low == high else f"{_plain(low)} to {_plain(high)}"


def _plain(value):
    """A number as the list of patterns has it."""
    return "never" if math.isinf(value) else f"{value:.6g}"


def _year_or_number(row, value):
    is_year = row["measure"] in ("break_date", "nth_event_near")
    return "-" if math.isnan(value) else "never" if math.isinf(value) else f"{value:.1f}" if is_year else short(value)


def _pattern_cells(row):
    low, median, high = (_year_or_number(row, row[name]) for name in ("range_low", "median", "range_high"))
    verdict = {IN_BAND: "yes", OUTSIDE: "no", NO_BAND: "-"}[row["verdict"]]
    share = percent(row["share_in_band"]) + (" %" if row["share_in_band"] == row["share_in_band"] else "")
    return [band(row), median, f"{low} to {high}", str(row["runs"]), verdict, share]


_PATTERN_HEADER = ["pattern", "band", "median", "5-95 % of runs", "runs", "in band", "runs in band"]


def _patterns(patterns, width):
    rows, lines = [], []
    for name, group in patterns.groupby("pattern", sort=False):
        known = group[group["verdict"] != UNANSWERED].to_dict("records")
        if known:
            rows.append([f"{name} {known[0]['pattern_label']}", *[""] * 6])
            rows += [["  " + one["label"], *_pattern_cells(one)] for one in known]
    banded = patterns[patterns["verdict"].isin([IN_BAND, OUTSIDE])]
    inside = int((banded["verdict"] == IN_BAND).sum())
    legend = (f"in band: whether the median of the runs is, as of {inside} of {len(banded)} measures that have a band; "
              "runs in band: the share of runs that are. Bands without a source are judgement; the list of patterns says "
              "which.")
    for reason, rest in patterns[patterns["verdict"] == UNANSWERED].groupby("reason", sort=False):
        lines.append(f"Not answered, {reason}: {'; '.join(rest['pattern'] + ' ' + rest['label'])}.")
    blocks = ["Patterns"]
    blocks += [table(_PATTERN_HEADER, rows, width)] if rows else ["No pattern can be measured in these runs."]
    return [*blocks, "\n".join(paragraph(line, width) for line in [legend, *lines])]


def _hindcast(score, events, width):
    words = {"deaths": "deaths", "events": "violent events"}[score.count]
    by = "" if score.level == "country" else f" by {score.level}"
    head = (f"{events.format.name}'s {words} a month{by}, {score.months[0]} to {score.months[-1]}; naive forecasts are "
            f"made of {score.history[0]} to {score.history[-1]}")
    means = score.means([]).set_index("forecast")
    rows = [[name, number(one["crps"]), number(one["ignorance"]), number(one["interval_score"]),
             percent(one["inside"]) + " %",
             "" if name == RUNS else f"{score.months_better(name)} of {len(score.months)}"]
            for name, one in means.iterrows()]
    blocks = [paragraph(head, width),
              table(["forecast", "CRPS", "ignorance", "interval score", "inside 90 %", "runs better in"], rows, width)]
    blocks += _units(score, words, width)
    factor = score.simulated.mean() / score.observed.mean() if score.observed.any() else math.nan
    lines = [f"The runs have {number(score.simulated.sum((1, 2)).mean())} {words} on average, {events.format.name} "
             f"{number(score.observed.sum())}" + ("" if math.isnan(factor) else f": {number(factor)} times as many") + ".",
             "CRPS, ignorance (bits) and interval score (90 %) are mean losses: less is better. runs better in: months in "
             "which the runs' CRPS is lower. No observer's share is applied: runs count all dead, observers those that "
             "they hear of."]
    return [*blocks, "\n".join(paragraph(line, width) for line in [*lines, *("Note: " + note for note in score.notes)])]


def _units(score, words, width):
    if score.level == "country":
        return []
    means = score.means(["unit"]).pivot(index="unit", columns="forecast", values="crps")
    totals = dict(zip(score.units, score.observed.sum(1)))
    of_runs = dict(zip(score.units, score.simulated.sum(2).mean(0)))
    order = sorted(score.units, key=lambda name: -totals[name])
    rows = [[name, number(totals[name]), number(of_runs[name]), *[number(means.loc[name, one]) for one in
                                                                  (RUNS, LAST, HISTORY, POISSON)]]
            for name in order[:_MOST_UNITS]]
    blocks = [table([f"CRPS by {score.level}", "observed", "runs' mean", RUNS, LAST, HISTORY, POISSON], rows, width)]
    if len(order) > _MOST_UNITS:
        blocks.append(f"The {_MOST_UNITS} with the most {words} of {len(order)}; all in --csv and --json.")
    return blocks


def report(runs, validation, width):
    """The whole report.

    Parameters
    ----------
    runs : runs.Runs
    validation : validation.Validation
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    points = f" at {runs.points} points" if runs.points > 1 else ""
    first, last = (date_of(day) for day in (runs.first_day, runs.last_day))
    blocks = [paragraph(f"{runs.arm}: {runs.count} run{'s' * (runs.count > 1)}{points}, {first} to {last}", width)]
    if validation.scorecard is not None:
        blocks += _scorecard(validation.scorecard, width)
    if validation.patterns is not None:
        blocks += _patterns(validation.patterns, width)
    if validation.scorecard is not None or validation.patterns is not None:
        blocks.append(paragraph(_RANGES, width, ""))
    if validation.hindcast is not None:
        blocks += _hindcast(validation.hindcast, validation.observed, width)
    blocks += ["\n".join(paragraph("Note: " + note, width) for note in validation.notes)] if validation.notes else []
    return "\n\n".join(blocks) + "\n"


def date_of(day):
    """YYYY-MM-DD of days since 1970."""
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days=int(day)))
