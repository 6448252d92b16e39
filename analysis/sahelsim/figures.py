"""Figures of a comparison, for a paper."""

import math

import numpy
from matplotlib.colors import to_rgba
from matplotlib.ticker import MaxNLocator

from . import plotting
from .comparison import Pairs
from .plotting import COLOURS, HIGHER, LOWER, REFERENCE, caption, entitle, grid, last_days, numbers, plt, time_axis, wrapped
from .series import band, by_cercle, so_far
from .text import short, signed
from .words import scale

_MANY = 3
_MOST_LINES = len(COLOURS)


def draw(folder, results, comparison):
    """Draw all figures that the files have data for.

    Parameters
    ----------
    folder : str
        Folder that exists.
    results : results.Results
    comparison : comparison.Comparison

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    return plotting.save(folder, _figures(results, comparison))


def drawn(results, comparison):
    """The same one by one, in memory; see `plotting.drawn`."""
    return plotting.drawn(_figures(results, comparison))


def _figures(results, comparison):
    settings = comparison.settings
    forest = _forest_of_arms if len(settings.arms) >= _MANY else _forest_of_outcomes
    figure = forest(comparison)
    if figure:
        yield "forest", figure
    if not results.has_series or len(results.months) < 2:
        return
    shown = [one for one in settings.outcomes if _varies(comparison, one)]
    if shown:
        yield "difference_over_time", _differences_over_time(results, settings, shown)
    for outcome in shown:
        yield f"fan_{outcome.name}", _fans(results, settings, outcome)
    if results.has_cercles and len(results.cercles.names) > 1:
        for arm in settings.arms:
            figure = _maps(results, comparison, arm, shown)
            if figure:
                yield f"map_{arm}", figure


def _varies(comparison, outcome):
    """Whether there is anything to draw of the outcome."""
    rows = comparison.effects[comparison.effects["outcome"] == outcome.name]
    return bool((rows["reference_mean"] != 0).any() or (rows["arm_mean"] != 0).any())


def _whisker(axes, row, height, colour, times):
    """Mean difference with its 90 % interval (thick) and the range of nine tenths of the pairs (thin)."""
    if row["range_low"] == row["range_low"]:
        axes.plot([row["range_low"] * times, row["range_high"] * times], [height, height], color=colour, linewidth=0.7,
                  solid_capstyle="butt")
    if row["low"] == row["low"]:
        axes.plot([row["low"] * times, row["high"] * times], [height, height], color=colour, linewidth=3,
                  solid_capstyle="butt")
    axes.plot(row["mean"] * times, height, "o", markersize=4.5, color="white", markeredgecolor=colour, markeredgewidth=1.2)


_HOW = "Points: mean difference; thick: its 90 % interval; thin: 5 to 95 % of the pairs."


def _forest_of_outcomes(comparison):
    """One or two arms: outcomes below each other, in percent of the reference's mean."""
    effects, settings = comparison.effects, comparison.settings
    rows = effects[(effects["reference_mean"] > 0) & (effects["unit"] != "share") & (effects["verdict"] != "no_difference")]
    shares = effects[(effects["unit"] == "share") & (effects["verdict"] != "no_difference")]
    parts = [part for part in (rows, shares) if len(part)]
    if not parts:
        return None
    counts = [part["outcome"].nunique() for part in parts]
    figure, axes = plt.subplots(len(parts), 1, figsize=(6.3, 1.1 + 0.32 * sum(counts) + 0.5 * len(parts)), squeeze=False,
                                height_ratios=[count + 0.6 for count in counts])
    for part, panel in zip(parts, axes.flat):
        _outcome_panel(panel, part, settings)
    if len(rows):
        span = settings.margin * 100
        axes.flat[0].axvspan(-span, span, color="#eeeeee", linewidth=0, zorder=-1)
    if len(settings.arms) > 1:
        handles = [plt.Line2D([], [], color=COLOURS[number], linewidth=3, label=arm)
                   for number, arm in enumerate(settings.arms)]
        axes.flat[0].legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)
    title = f"{settings.arms[0]} less {settings.reference}" if len(settings.arms) == 1 else f"Less {settings.reference}"
    entitle(figure, f"{title}, {comparison.effects['pairs'].min()} pairs")
    grey = f" Grey: within {100 * settings.margin:g} %." if len(rows) else ""
    caption(figure, _HOW + grey)
    return figure


def _outcome_panel(axes, part, settings):
    names = list(dict.fromkeys(part["label"]))
    for row in part.to_dict("records"):
        times = 100 if row["unit"] == "share" else 100 / row["reference_mean"]
        colour = COLOURS[settings.arms.index(row["arm"])]
        _whisker(axes, row, _height(row, settings, names), colour, times)
    if part["unit"].iloc[0] != "share":
        _cut_off_far_ones(axes, part, settings, names)
    axes.axvline(0, color="black", linewidth=0.6, zorder=0)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    numbers(axes.xaxis, "")
    shares = part["unit"].iloc[0] == "share"
    axes.set_xlabel("difference, percentage points of runs" if shares else "difference, % of the reference's mean")


def _height(row, settings, names):
    shift = 0.16 * (2 * settings.arms.index(row["arm"]) - 1) if len(settings.arms) > 1 else 0
    return names.index(row["label"]) + shift


def _cut_off_far_ones(axes, part, settings, names):
    """Keep the axis to what is within 150 %, so that one outcome does not press all others together; tell the rest."""
    extent = 100 * part[["range_low", "range_high", "low", "high"]].abs().max(axis=1) / part["reference_mean"]
    near = extent[extent <= 150]
    if len(near) == len(extent) or near.empty:
        return
    limit = 1.15 * near.max()
    axes.set_xlim(-limit, limit)
    for row in part.to_dict("records"):
        relative = 100 * row["relative"]
        if abs(relative) > limit:
            text = f"{relative:+.0f} %".replace("-", "\N{MINUS SIGN}")
            axes.annotate(text + " \N{RIGHTWARDS ARROW}" if relative > 0 else "\N{LEFTWARDS ARROW} " + text,
                          (math.copysign(limit, relative), _height(row, settings, names)), fontsize=7, va="center",
                          ha="right" if relative > 0 else "left", color=COLOURS[settings.arms.index(row["arm"])],
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


def _forest_of_arms(comparison):
    """Three arms and more: a panel for each outcome in its own unit, arms below each other."""
    settings, effects = comparison.settings, comparison.effects
    shown = [one for one in settings.outcomes
             if (effects.loc[effects["outcome"] == one.name, "verdict"] != "no_difference").any()]
    if not shown:
        return None
    figure, panels = grid(len(shown), 3, 7.5, 0.75 + 0.13 * len(settings.arms), sharey=True)
    for outcome, axes in zip(shown, panels):
        rows = effects[effects["outcome"] == outcome.name].set_index("arm")
        for height, arm in enumerate(settings.arms):
            row = rows.loc[arm]
            colour = REFERENCE if not (row["low"] > 0 or row["high"] < 0) else HIGHER if row["mean"] > 0 else LOWER
            _whisker(axes, row, height, colour, scale(outcome.unit))
        axes.axvline(0, color="black", linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(settings.arms)), settings.arms)
        axes.set_ylim(len(settings.arms) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0, labelsize=7)
        axes.set_title(wrapped(outcome.label))
        axes.set_xlabel(f"difference, {numbers(axes.xaxis, plotting.unit_words(outcome.unit))}")
    entitle(figure, f"Less {settings.reference}, {effects['pairs'].min()} pairs")
    caption(figure, _HOW + " Blue lower, orange higher, grey: the interval holds 0.")
    return figure


def _differences_over_time(results, settings, outcomes):
    """A panel for each outcome, a line for each arm, at most as many as there are colours."""
    arms = settings.arms[:_MOST_LINES]
    figure, panels = grid(len(outcomes), 3, 7.5, 1.75, sharex=True)
    months = last_days(results.months)
    for outcome, axes in zip(outcomes, panels):
        values = so_far(results.monthly(outcome), outcome).values * scale(outcome.unit)
        for number, arm in enumerate(arms):
            pairs = Pairs(results, arm, settings.reference)
            mean, ends = band(pairs, pairs.difference(values))
            axes.plot(months, mean, color=COLOURS[number], linewidth=1.2, label=arm)
            if ends is not None:
                axes.fill_between(months, *ends, color=COLOURS[number], alpha=0.2, linewidth=0)
        axes.axhline(0, color="black", linewidth=0.6, zorder=0)
        axes.set_title(wrapped(outcome.label))
        unit = numbers(axes.yaxis, plotting.unit_words(outcome.unit))
        axes.set_ylabel(unit + (", so far" if outcome.kind == "flow" else ""))
        time_axis(axes, months)
        axes.tick_params(labelbottom=True)
    left_out = f" The first {len(arms)} arms." if len(arms) < len(settings.arms) else ""
    title = f"{arms[0]} less {settings.reference}" if len(arms) == 1 else f"Less {settings.reference}"
    entitle(figure, f"{title}: mean difference and its 90 % interval.{left_out}")
    caption(figure, "Flows are summed from the first month on, so that they end at the table's number."
            + "\n" * (1 + math.ceil(len(arms) / 3) if len(arms) > 1 else 0))
    if len(arms) > 1:
        figure.legend(*panels[0].get_legend_handles_labels(), loc="lower left", ncols=3, borderaxespad=0.2)
    return figure


def _fans(results, settings, outcome):
    """A panel for each arm: median, middle half and middle nine tenths of the runs by month; shares as a line."""
    arms = [settings.reference, *settings.arms]
    series = results.monthly(outcome)
    if outcome.share:
        series = so_far(series, outcome)
    months = last_days(results.months)
    figure, panels = grid(len(arms), 3, 7.5 if len(arms) > 2 else 6.3, 2.1, sharex=True, sharey=True)
    for arm, axes in zip(arms, panels):
        number = results.arms.index(arm)
        runs = series.values[number][results.done[number]] * scale(outcome.unit)
        colour = REFERENCE if arm == settings.reference else COLOURS[settings.arms.index(arm) % len(COLOURS)]
        if outcome.share:
            axes.plot(months, runs.mean(0), color=colour, linewidth=1.4)
        else:
            low, quarter, middle, three_quarters, high = numpy.quantile(runs, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
            axes.fill_between(months, low, high, color=colour, alpha=0.18, linewidth=0)
            axes.fill_between(months, quarter, three_quarters, color=colour, alpha=0.35, linewidth=0)
            axes.plot(months, middle, color=colour, linewidth=1.4)
        axes.set_title(f"{arm} ({len(runs)} runs)")
        time_axis(axes, months)
        axes.tick_params(labelbottom=True)
    panels[0].set_ylim(bottom=0)
    unit = numbers(panels[0].yaxis, plotting.unit_words(outcome.unit))
    every = ", so far" if outcome.share else " a month" if outcome.kind == "flow" else ""
    for axes in panels[::3]:
        axes.set_ylabel(unit + every)
    entitle(figure, outcome.label)
    caption(figure, "Share of the runs in which it has happened." if outcome.share else
            "Line: median of the runs; dark: middle half; light: 5 to 95 %.")
    return figure


def _maps(results, comparison, arm, outcomes):
    """A panel for each outcome: cercles at their seats, areas of circles as large as the mean difference."""
    settings, cercles = comparison.settings, results.cercles
    pairs = Pairs(results, arm, settings.reference)
    found = []
    for outcome in outcomes:
        means = by_cercle(results, pairs, outcome, settings.seed)
        if means is not None and means["mean"].abs().max() > 0:
            found.append((outcome, means))
    if not found:
        return None
    figure, panels = grid(len(found), 3 if len(found) > 2 else 2, 7.5, 2.2 if len(found) > 2 else 2.9)
    for (outcome, means), axes in zip(found, panels):
        _map(axes, cercles, outcome, means)
    entitle(figure, f"{arm} less {settings.reference}, by cercle: mean difference of {pairs.count} pairs")
    caption(figure, "Blue lower, orange higher, area as large as the difference; open: its 90 % interval holds 0, or is not "
            "known.\nThe largest is named. Degrees east and north.")
    return figure


def _map(axes, cercles, outcome, means):
    difference = means["mean"].to_numpy()
    sure = ((means["low"] > 0) | (means["high"] < 0)).to_numpy()
    sizes = 180 * numpy.abs(difference) / numpy.abs(difference).max()
    axes.scatter(cercles.longitude, cercles.latitude, s=1.5, color="#999999", linewidth=0, zorder=1)
    order = numpy.argsort(-sizes)
    order = order[sizes[order] > 0]
    edges = [LOWER if difference[index] < 0 else HIGHER for index in order]
    faces = [to_rgba(edge, 0.55 if sure[index] else 0) for index, edge in zip(order, edges)]
    axes.scatter(cercles.longitude[order], cercles.latitude[order], s=sizes[order], facecolors=faces, edgecolors=edges,
                 linewidth=0.7, zorder=2)
    _name_largest(axes, cercles, order[0], difference[order[0]])
    axes.set_aspect(1 / math.cos(math.radians(float(numpy.mean(cercles.latitude)))))
    axes.margins(0.14)
    axes.set_title(wrapped(f"{outcome.label}, {plotting.unit_words(outcome.unit)}", 26))
    axes.tick_params(labelsize=6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(4, integer=True))


def _name_largest(axes, cercles, index, difference):
    """In the upper left corner, where Mali has no cercles."""
    axes.annotate(f"{cercles.names[index]} {signed(difference, short)}".replace("-", "\N{MINUS SIGN}"),
                  (cercles.longitude[index], cercles.latitude[index]), xytext=(0.04, 0.9), textcoords="axes fraction",
                  fontsize=7, arrowprops={"arrowstyle": "-", "color": "#777777", "linewidth": 0.5, "shrinkA": 1})
