"""Figures of a comparison, for a paper: each as PNG and SVG, in the colours of Okabe & Ito, which colour-blind people tell apart."""

import functools
import io
import math
import os
import re
import textwrap

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy  # noqa: E402
from matplotlib.colors import to_rgba  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

from .comparison import Pairs  # noqa: E402
from .series import band, by_cercle, so_far  # noqa: E402
from .text import short, signed  # noqa: E402

# Okabe & Ito (2008), "Color universal design", without yellow, which is too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
REFERENCE, LOWER, HIGHER = "#444444", "#0072B2", "#D55E00"
_MANY = 3
_MOST_LINES = len(COLOURS)
_STYLE = {
    "font.size": 8, "axes.titlesize": 8, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.labelsize": 8,
    "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.6, "xtick.major.width": 0.6,
    "ytick.major.width": 0.6, "legend.frameon": False, "legend.fontsize": 8, "figure.dpi": 200, "svg.fonttype": "none",
    "svg.hashsalt": "sahelsim", "figure.constrained_layout.use": True, "figure.constrained_layout.w_pad": 0.08,
}


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
    names = []
    for name, _, image in drawn(results, comparison):
        for ending in ("png", "svg"):
            with open(os.path.join(folder, f"{name}.{ending}"), "wb") as file:
                file.write(image(ending))
        names.append(name)
    return names


def drawn(results, comparison):
    """The same one by one, in memory.

    Yields
    ------
    name, title : str
    image : callable
        Takes "png" or "svg" and gives the file's bytes, until the next figure is asked for.
    """
    with plt.rc_context(_STYLE):
        for name, figure in _figures(results, comparison):
            figure.draw_without_rendering()
            figure.set_layout_engine("none")  # which has done its work: not once for each kind of file
            # Arms may be called by the path of their file.
            yield re.sub(r"[^\w.#-]", "_", name), figure.get_label(), functools.partial(_image, figure)
            plt.close(figure)


def _image(figure, ending):
    content = io.BytesIO()
    figure.savefig(content, format=ending, metadata={"Date": None} if ending == "svg" else None)
    return content.getvalue()


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


def _scale(outcome):
    return 100 if outcome.unit == "share" else 1


def _unit(outcome):
    return {"1": "number", "person": "people", "share": "% of runs"}.get(outcome.unit, outcome.unit)


def _numbers(axis, unit):
    """Few round numbers, in thousands or millions where they are large; the unit with that."""
    largest = max(map(abs, axis.get_view_interval()))
    divisor, words = (1e6, "million ") if largest >= 2e6 else (1e3, "thousand ") if largest >= 1e4 else (1, "")
    axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / divisor:,.6g}".replace("-", "\N{MINUS SIGN}")))
    return (words + unit).replace("thousand number", "thousands").replace("million number", "millions")


def _grid(count, columns, width, height, **options):
    """A grid of panels; those that are left over are hidden."""
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    figure, axes = plt.subplots(rows, columns, figsize=(width, height * rows), squeeze=False, **options)
    for axis in axes.flat[count:]:
        axis.set_visible(False)
    return figure, list(axes.flat[:count])


def _title(figure, text):
    figure.set_label(text)
    figure.suptitle(text, fontsize=9, fontweight="bold", x=0.01, ha="left")


def _caption(figure, text):
    figure.supxlabel(text, fontsize=7, color="#555555")


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
    _title(figure, f"{title}, {comparison.effects['pairs'].min()} pairs")
    grey = f" Grey: within {100 * settings.margin:g} %." if len(rows) else ""
    _caption(figure, _HOW + grey)
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
    _numbers(axes.xaxis, "")
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
    figure, panels = _grid(len(shown), 3, 7.5, 0.75 + 0.13 * len(settings.arms), sharey=True)
    for outcome, axes in zip(shown, panels):
        rows = effects[effects["outcome"] == outcome.name].set_index("arm")
        for height, arm in enumerate(settings.arms):
            row = rows.loc[arm]
            colour = REFERENCE if not (row["low"] > 0 or row["high"] < 0) else HIGHER if row["mean"] > 0 else LOWER
            _whisker(axes, row, height, colour, _scale(outcome))
        axes.axvline(0, color="black", linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(settings.arms)), settings.arms)
        axes.set_ylim(len(settings.arms) - 0.5, -0.5)
        axes.tick_params(axis="y", length=0, labelsize=7)
        axes.set_title(_wrapped(outcome.label))
        axes.set_xlabel(f"difference, {_numbers(axes.xaxis, _unit(outcome))}")
    _title(figure, f"Less {settings.reference}, {effects['pairs'].min()} pairs")
    _caption(figure, _HOW + " Blue lower, orange higher, grey: the interval holds 0.")
    return figure


def _wrapped(label, width=30):
    return textwrap.fill(label, width)


def _last_days(months):
    """Where months stand on the axis: sums and stocks are those of their last day."""
    return (months + 1).astype("datetime64[D]") - 1


def _time_axis(axes, months):
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=2, maxticks=5)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=len(months) < 12))
    axes.set_xlim(months[0], months[-1])


def _differences_over_time(results, settings, outcomes):
    """A panel for each outcome, a line for each arm, at most as many as there are colours."""
    arms = settings.arms[:_MOST_LINES]
    figure, panels = _grid(len(outcomes), 3, 7.5, 1.75, sharex=True)
    months = _last_days(results.months)
    for outcome, axes in zip(outcomes, panels):
        values = so_far(results.monthly(outcome), outcome).values * _scale(outcome)
        for number, arm in enumerate(arms):
            pairs = Pairs(results, arm, settings.reference)
            mean, ends = band(pairs, pairs.difference(values))
            axes.plot(months, mean, color=COLOURS[number], linewidth=1.2, label=arm)
            if ends is not None:
                axes.fill_between(months, *ends, color=COLOURS[number], alpha=0.2, linewidth=0)
        axes.axhline(0, color="black", linewidth=0.6, zorder=0)
        axes.set_title(_wrapped(outcome.label))
        axes.set_ylabel(_numbers(axes.yaxis, _unit(outcome)) + (", so far" if outcome.kind == "flow" else ""))
        _time_axis(axes, months)
        axes.tick_params(labelbottom=True)
    left_out = f" The first {len(arms)} arms." if len(arms) < len(settings.arms) else ""
    title = f"{arms[0]} less {settings.reference}" if len(arms) == 1 else f"Less {settings.reference}"
    _title(figure, f"{title}: mean difference and its 90 % interval.{left_out}")
    _caption(figure, "Flows are summed from the first month on, so that they end at the table's number."
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
    months = _last_days(results.months)
    figure, panels = _grid(len(arms), 3, 7.5 if len(arms) > 2 else 6.3, 2.1, sharex=True, sharey=True)
    for arm, axes in zip(arms, panels):
        number = results.arms.index(arm)
        runs = series.values[number][results.done[number]] * _scale(outcome)
        colour = REFERENCE if arm == settings.reference else COLOURS[settings.arms.index(arm) % len(COLOURS)]
        if outcome.share:
            axes.plot(months, runs.mean(0), color=colour, linewidth=1.4)
        else:
            low, quarter, middle, three_quarters, high = numpy.quantile(runs, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
            axes.fill_between(months, low, high, color=colour, alpha=0.18, linewidth=0)
            axes.fill_between(months, quarter, three_quarters, color=colour, alpha=0.35, linewidth=0)
            axes.plot(months, middle, color=colour, linewidth=1.4)
        axes.set_title(f"{arm} ({len(runs)} runs)")
        _time_axis(axes, months)
        axes.tick_params(labelbottom=True)
    panels[0].set_ylim(bottom=0)
    unit = _numbers(panels[0].yaxis, _unit(outcome))
    every = ", so far" if outcome.share else " a month" if outcome.kind == "flow" else ""
    for axes in panels[::3]:
        axes.set_ylabel(unit + every)
    _title(figure, outcome.label)
    _caption(figure, "Share of the runs in which it has happened." if outcome.share else
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
    figure, panels = _grid(len(found), 3 if len(found) > 2 else 2, 7.5, 2.2 if len(found) > 2 else 2.9)
    for (outcome, means), axes in zip(found, panels):
        _map(axes, cercles, outcome, means)
    _title(figure, f"{arm} less {settings.reference}, by cercle: mean difference of {pairs.count} pairs")
    _caption(figure, "Blue lower, orange higher, area as large as the difference; open: its 90 % interval holds 0, or is not "
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
    axes.set_title(_wrapped(f"{outcome.label}, {_unit(outcome)}", 26))
    axes.tick_params(labelsize=6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(4, integer=True))


def _name_largest(axes, cercles, index, difference):
    """In the upper left corner, where Mali has no cercles."""
    axes.annotate(f"{cercles.names[index]} {signed(difference, short)}".replace("-", "\N{MINUS SIGN}"),
                  (cercles.longitude[index], cercles.latitude[index]), xytext=(0.04, 0.9), textcoords="axes fraction",
                  fontsize=7, arrowprops={"arrowstyle": "-", "color": "#777777", "linewidth": 0.5, "shrinkA": 1})
