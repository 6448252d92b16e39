"""Figures of a validation, for a paper, in the style of those of comparisons."""

import math

import numpy

from . import plotting, scores, tails
from .hindcast import HISTORY, LAST, POISSON, RUNS
from .measures import Measures
from .plotting import COLOURS, caption, entitle, grid, last_days, plt, time_axis
from .text import short

_OBSERVED = COLOURS[1]
_LEAST = 0.3  # left end of logarithmic axes: where 0 is drawn
_MOST_PANELS = 6
_SIZES = (("battle", "Battles"), ("violence_against_civilians", "Attacks on civilians"))
_FORECASTS = {RUNS: COLOURS[0], LAST: COLOURS[3], HISTORY: COLOURS[2], POISSON: COLOURS[5]}


def draw(folder, runs, validation):
    """Draw what was scored.

    Parameters
    ----------
    folder : str
        Folder that exists.
    runs : runs.Runs
    validation : validation.Validation

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    return plotting.save(folder, _figures(runs, validation))


def _figures(runs, validation):
    if validation.scorecard is not None:
        for role, rows in validation.scorecard.targets.groupby("role", sort=False):
            answered = rows[rows["reason"] == ""]
            if len(answered):
                yield f"scorecard_{role}", _scorecard(runs, role, answered)
    if validation.patterns is not None and runs.has("events/run"):
        figure = _tails(runs)
        if figure:
            yield "event_sizes", figure
    if validation.hindcast is not None:
        yield "observed_months", _months(runs, validation.hindcast, validation.observed)
        yield "scores_by_month", _scores(validation.hindcast, validation.observed)
        if validation.hindcast.level != "country":
            yield f"scores_by_{validation.hindcast.level}", _by_unit(validation.hindcast)


# Figures of reports


def _scorecard(runs, role, rows):
    """Figures on a logarithmic axis; classes, which have none, on one of their own below it."""
    classes = rows["quantity"] == "presence_class"
    parts = [part for part in (rows[~classes], rows[classes]) if len(part)]
    counts = [len(part) for part in parts]
    figure, axes = plt.subplots(len(parts), 1, figsize=(7, 1.1 + 0.17 * sum(counts) + 0.45 * len(parts)), squeeze=False,
                                height_ratios=[count + 0.8 for count in counts])
    for part, panel in zip(parts, axes.flat):
        linear = part["quantity"].iloc[0] == "presence_class"
        for height, row in enumerate(part.to_dict("records")):
            _target(panel, row, height, linear)
        panel.set_yticks(range(len(part)), part["label"])
        panel.set_ylim(len(part) - 0.4, -0.6)
        panel.tick_params(axis="y", length=0, labelsize=7)
        if linear:
            panel.set_xlim(-0.2, 3.2)
            panel.set_xticks(range(4), ["none", "marginal", "contested", "hegemonic"])
            panel.set_xlabel("class of presence")
        else:
            panel.set_xscale("log")
            panel.set_xlabel("number, people or share (logarithmic)")
    handles = [plt.Line2D([], [], color=_OBSERVED, marker="D", linestyle="", markersize=4, label="observed"),
               plt.Line2D([], [], color=COLOURS[0], linewidth=3, marker="o", markerfacecolor="white", markersize=4.5,
                          label="runs: median, 5 to 95 %"),
               plt.Line2D([], [], color=COLOURS[0], linewidth=0.8, label="with the error of observation")]
    axes.flat[0].legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=3, borderaxespad=0.1, fontsize=7)
    entitle(figure, f"Figures of reports for {role}, {runs.arm}: {runs.count} runs")
    caption(figure, "Worst log score first. An arrow: \"at least\"; a bar: an interval. 0 is drawn at 0.3 on the "
                    "logarithmic axis.")
    return figure


def _target(axes, row, height, linear):
    def place(value):
        return value if linear else max(value, min(_LEAST, row["observed_low"] or _LEAST))

    blue = COLOURS[0]
    axes.plot([place(row["with_error_low"]), place(row["with_error_high"])], [height] * 2, color=blue, linewidth=0.8)
    axes.plot([place(row["range_low"]), place(row["range_high"])], [height] * 2, color=blue, linewidth=3, alpha=0.6,
              solid_capstyle="butt")
    axes.plot(place(row["median"]), height, "o", markersize=4, color="white", markeredgecolor=blue, markeredgewidth=1.1)
    low, high = place(row["observed_low"]), place(row["observed_high"])
    if math.isinf(high):
        axes.annotate("", (low * 1.9, height), (low, height),
                      arrowprops={"arrowstyle": "->", "color": _OBSERVED, "linewidth": 1.1})
        high = low
    axes.plot([low, high], [height] * 2, color=_OBSERVED, linewidth=1.6)
    axes.plot(math.sqrt(low * high) if not linear else low, height, "D", markersize=3.6, color=_OBSERVED)


# Sizes of events


def _tails(runs):
    """Share of events with as many deaths or more: each run in grey, all runs together, and the middle run's power law."""
    measures = Measures(runs)
    found = [(name, title, measures.sizes(name)) for name, title in _SIZES]
    found = [(name, title, sizes) for name, title, sizes in found if len(sizes) >= tails.LEAST]
    if not found:
        return None
    figure, panels = grid(len(found), 2, 7, 3.2)
    for (name, title, sizes), axes in zip(found, panels):
        for run in range(runs.count):
            axes.plot(*_beyond(measures.sizes_in(run, name)), color="#bbbbbb", linewidth=0.4, zorder=1)
        levels, shares = _beyond(sizes)
        axes.plot(levels, shares, ".", color="black", markersize=3, zorder=2, label="all runs")
        fits = sorted(filter(None, (measures.tail(run, name) for run in range(runs.count))), key=lambda fit: fit.exponent)
        if fits:
            fit = fits[len(fits) // 2]
            line = numpy.geomspace(fit.start, levels[-1], 50)
            axes.plot(line, shares[numpy.searchsorted(levels, fit.start)] * (line / fit.start) ** (1 - fit.exponent),
                      color=_OBSERVED, linewidth=1.4, zorder=3,
                      label=f"middle run's power law: from {fit.start} on,\nexponent {fit.exponent:.2f}")
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_ylim(0.5 / len(sizes), 1.5)
        axes.set_title(title)
        axes.set_xlabel("deaths")
        axes.set_ylabel("share of deadly events with as many or more")
        axes.legend(loc="lower left", fontsize=7)
    entitle(figure, f"Sizes of events, {runs.arm}: {runs.count} runs")
    caption(figure, "Grey: single runs. To each a power law is fitted; shown is that with the middle exponent, laid to "
                    "all runs.")
    return figure


def _beyond(sizes):
    levels, counts = numpy.unique(sizes, return_counts=True)
    return levels, counts[::-1].cumsum()[::-1] / max(1, len(sizes))


# Event data of others


def _largest(score):
    order = numpy.argsort(-score.observed.sum(1), kind="stable")
    return order[:_MOST_PANELS]


def _months(runs, score, events):
    """Observed months against the runs' range, in the units with most."""
    chosen = _largest(score)
    figure, panels = grid(len(chosen), 2, 7, 1.9 if len(chosen) > 1 else 2.8, sharex=True)
    months = last_days(score.months)
    for unit, axes in zip(chosen, panels):
        low, high = scores.central_range(score.simulated[:, unit].T)
        median = numpy.median(score.simulated[:, unit], axis=0)
        axes.fill_between(months, low, high, color=COLOURS[0], alpha=0.22, linewidth=0, label="runs: 5 to 95 %")
        axes.plot(months, median, color=COLOURS[0], linewidth=1.2, label="runs: median")
        axes.plot(months, score.observed[unit], "o-", color=_OBSERVED, markersize=2.5, linewidth=0.8,
                  label=events.format.name)
        axes.set_title(score.units[unit])
        axes.set_ylim(bottom=0)
        if len(months) > 1:
            time_axis(axes, months)
        axes.tick_params(labelbottom=True)
    for axes in panels[::2]:
        axes.set_ylabel(f"{score.count} a month")
    panels[0].legend(fontsize=7)
    more = f", the {len(chosen)} {score.level}s with most" if len(chosen) < len(score.units) else ""
    entitle(figure, f"{events.format.name}'s {score.count} and those of {runs.count} runs of {runs.arm}{more}")
    return figure


def _scores(score, events):
    """Mean CRPS over units by month of the runs and of naive forecasts."""
    means = score.means(["month"])
    figure, axes = plt.subplots(figsize=(7, 3))
    months = last_days(score.months)
    for name, colour in _FORECASTS.items():
        values = means.loc[means["forecast"] == name, "crps"].to_numpy()
        axes.plot(months, values, ".-", color=colour, linewidth=1.6 if name == RUNS else 0.9,
                  label=f"{name}, mean {short(values.mean())}")
    if len(months) > 1:
        time_axis(axes, months)
    axes.set_ylim(bottom=0)
    axes.set_ylabel(f"CRPS, {score.count} a month")
    axes.legend(ncols=2, fontsize=7)
    each = "" if score.level == "country" else f", mean of {len(score.units)} {score.level}s"
    entitle(figure, f"How far forecasts lie from {events.format.name}'s {score.count}{each}")
    caption(figure, f"Less is better. Naive forecasts are made of {score.history[0]} to {score.history[-1]}.")
    return figure


def _by_unit(score):
    """Mean CRPS over months by unit, those with most observed first."""
    means = score.means(["unit"]).pivot(index="unit", columns="forecast", values="crps")
    order = [score.units[unit] for unit in numpy.argsort(-score.observed.sum(1), kind="stable")]
    figure, axes = plt.subplots(figsize=(6.3, 1.2 + 0.17 * len(order)))
    for name, colour in _FORECASTS.items():
        axes.plot(means.loc[order, name], range(len(order)), "o" if name == RUNS else "|", color=colour,
                  markersize=5 if name == RUNS else 8,
                  markeredgewidth=1.6, label=name)
    axes.set_yticks(range(len(order)), order)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_xscale("symlog", linthresh=0.1)
    axes.set_xlim(left=-0.01, right=2 * max(means.to_numpy().max(), 0.1))
    axes.tick_params(axis="y", length=0, labelsize=7)
    axes.set_xlabel(f"CRPS, {score.count} a month (logarithmic from 0.1 on)")
    axes.legend(loc="lower right", fontsize=7)
    entitle(figure, f"How far forecasts lie from what was observed, by {score.level}")
    caption(figure, f"Less is better. {score.level.capitalize()}s with the most {score.count} first.")
    return figure
