"""Figures of a sensitivity analysis, for a paper: each as PNG and SVG, in the style of the figures of comparisons."""

import math
import textwrap

import numpy
from statsmodels.nonparametric.smoothers_lowess import lowess

from . import plotting
from .plotting import COLOURS, LOWER, REFERENCE, caption, entitle, grid, numbers, plt, unit_words, wrapped
from .sensitivity_analysis import EFFECTS, RANKS, SOBOL, Runs
from .words import scale

_MOST_BARS, _MOST_SCATTERS, _MOST_DOTS, _MOST_NAMES = 12, 6, 2000, 6
FIRST, TOTAL, NONE = COLOURS[4], COLOURS[0], "#BBBBBB"


def draw(folder, results, analysis):
    """Draw all figures of the analysis.

    Parameters
    ----------
    folder : str
        Folder that exists.
    results : results.Results
    analysis : sensitivity_analysis.Analysis

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    return plotting.save(folder, _figures(results, analysis))


def _figures(results, analysis):
    panel = {SOBOL: _index_bars, RANKS: _rank_bars, EFFECTS: _effect_plane}[analysis.method]
    for subject in analysis.settings.subjects:
        chosen = analysis.factors[analysis.factors["subject"] == subject.name]
        shown = [one for one in analysis.settings.outcomes if _says_something(analysis, chosen, one)]
        tables = [chosen[chosen["outcome"] == one.name].reset_index(drop=True) for one in shown]
        if shown:
            yield f"{analysis.method}_{subject.name}", _overview(analysis, subject, shown, tables, panel)
        for outcome, rows in zip(shown, tables):
            yield f"scatter_{subject.name}_{outcome.name}", _scatters(results, analysis, subject, outcome, rows)


def _says_something(analysis, rows, outcome):
    name = {SOBOL: "total", RANKS: "prcc", EFFECTS: "mu_star"}[analysis.method]
    return rows.loc[rows["outcome"] == outcome.name, name].abs().max() > 0


_TITLES = {SOBOL: "Sobol indices", RANKS: "Partial rank correlations", EFFECTS: "Elementary effects"}
_CAPTIONS = {
    SOBOL: "Share of the variance between points that a parameter carries alone (first) and with its interactions (total), the "
           "noise of replicates subtracted.\nWhiskers: 90 % interval. Grey: can't be told from none.",
    RANKS: "Correlation of ranks, the other parameters held. Whiskers: 90 % interval. Grey: can't be told from none (p by Holm "
           "above 0.05).",
    EFFECTS: "Effect of a move over all quantiles of a parameter: mean size, and standard deviation over trajectories. "
             "Whiskers: 90 % interval of mu*.\nDashed: sigma = mu*, above which interactions or curves outweigh. Shaded: mu* "
             "that chance alone makes on average. Open: can't be told from none.",
}


def _overview(analysis, subject, outcomes, tables, panel):
    """A panel for each outcome."""
    if analysis.method == EFFECTS:
        figure, panels = grid(len(tables), 2, 7.5, 2.9)
    else:
        bars = max(min(len(rows), _MOST_BARS) for rows in tables)
        figure, panels = grid(len(tables), 2, 7.5, 0.9 + 0.24 * bars)
    for outcome, rows, axes in zip(outcomes, tables, panels):
        panel(axes, rows)
        axes.set_title(wrapped(outcome.label, 44))
    summary = analysis.summaries[analysis.summaries["subject"] == subject.name].iloc[0]
    single = summary["replicates"] == 1
    text = _CAPTIONS[analysis.method]
    if single:
        text = text.replace(", the noise of replicates subtracted", "").replace(
            "Grey: can't be told from none.", "One replicate: noise counts as the parameters'.").replace(
            " Shaded: mu* that chance alone makes on average. Open: can't be told from none.",
            " One replicate: noise is included.")
    entitle(figure, f"{_TITLES[analysis.method]}, {subject.name}: {summary['points']} points, {summary['replicates']} "
                    f"replicate{'' if single else 's'}")
    if analysis.method == SOBOL:
        handles = [plt.Rectangle((0, 0), 1, 1, color=colour, label=label)
                   for colour, label in ((FIRST, "first"), (TOTAL, "total"))]
        panels[0].legend(handles=handles, loc="lower right")
    caption(figure, "\n".join(textwrap.fill(line, 112) for line in text.split("\n")))
    return figure


def _whiskers(axes, rows, name, heights):
    for height, row in zip(heights, rows):
        if row[f"{name}_low"] == row[f"{name}_low"]:
            axes.plot([row[f"{name}_low"], row[f"{name}_high"]], [height, height], color=REFERENCE, linewidth=0.9)


def _index_bars(axes, rows):
    rows = rows.head(_MOST_BARS).to_dict("records")
    for shift, name, colour in ((-0.19, "first", FIRST), (0.19, "total", TOTAL)):
        heights = numpy.arange(len(rows)) + shift
        colours = [NONE if row["told"] == "no" else colour for row in rows]
        axes.barh(heights, [row[name] for row in rows], height=0.36, color=colours)
        _whiskers(axes, rows, name, heights)
    _name_bars(axes, rows)
    axes.set_xlim(right=max(1.0, axes.get_xlim()[1]))
    axes.set_xlabel("share of variance between points")


def _rank_bars(axes, rows):
    rows = rows.head(_MOST_BARS).to_dict("records")
    colours = [NONE if row["told"] != "yes" else LOWER for row in rows]
    axes.barh(range(len(rows)), [row["prcc"] for row in rows], height=0.6, color=colours)
    _whiskers(axes, rows, "prcc", range(len(rows)))
    _name_bars(axes, rows)
    axes.set_xlim(-1, 1)
    axes.set_xlabel("PRCC")


def _name_bars(axes, rows):
    axes.axvline(0, color="black", linewidth=0.6)
    axes.set_yticks(range(len(rows)), [row["factor"] for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0, labelsize=7)


def _effect_plane(axes, rows):
    """mu* and sigma; the strongest are named."""
    records = rows.to_dict("records")
    times = scale(records[0]["unit"])
    floor = rows["chance_alone"].max() * times
    if floor == floor:
        axes.axvspan(0, floor, color="#eeeeee", linewidth=0, zorder=-1)
    for row in records:
        at = row["mu_star"] * times, row["sigma"] * times
        if row["mu_star_low"] == row["mu_star_low"]:
            axes.plot([row["mu_star_low"] * times, row["mu_star_high"] * times], [at[1]] * 2, color=LOWER, linewidth=0.7)
        axes.plot(*at, "o", markersize=4.5, color="white" if row["told"] == "no" else LOWER, markeredgecolor=LOWER)
    right = max(axes.get_xlim()[1], 1.25 * rows["mu_star"].max() * times)
    top = max(1.12 * rows["sigma"].max() * times, 0.3 * right)
    axes.set_xlim(0, right)
    axes.set_ylim(-0.04 * top, top)
    axes.plot([0, max(right, top)], [0, max(right, top)], "--", color="#999999", linewidth=0.7, zorder=0)
    _name_dots(axes, records[:_MOST_NAMES], times, right, top)
    unit = unit_words(records[0]["unit"])
    axes.set_xlabel(f"mu*, {numbers(axes.xaxis, unit)}")
    axes.set_ylabel(f"sigma, {numbers(axes.yaxis, unit)}")


def _name_dots(axes, records, times, right, top):
    """Names beside dots, the next one higher where two would touch."""
    taken = []
    for row in sorted(records, key=lambda each: each["sigma"]):
        x, y = row["mu_star"] * times / right, row["sigma"] * times / top
        left = x > 0.55
        height = y + 0.035
        while any(abs(height - other) < 0.075 and abs(x - at) < 0.6 for at, other in taken):
            height += 0.075
        taken.append((x, height))
        axes.annotate(row["factor"], (x * right, y * top), xytext=((x - 0.02 if left else x + 0.02) * right, height * top),
                      fontsize=6.5, ha="right" if left else "left", va="center", annotation_clip=False,
                      arrowprops={"arrowstyle": "-", "color": "#999999", "linewidth": 0.5, "shrinkA": 0, "shrinkB": 2,
                                  "relpos": (1, 0.5) if left else (0, 0.5)})


def _scatters(results, analysis, subject, outcome, rows):
    """The outcome against its strongest parameters, a panel each, with a smoother."""
    runs = Runs(results, analysis.design, subject, outcome, results.totals(outcome).values)
    points, values = runs.sample
    times = scale(outcome.unit)
    means = values.mean(1) * times
    shown = rows.head(_MOST_SCATTERS).to_dict("records")
    figure, panels = grid(len(shown), 3, 7.5, 2.0, sharey=True)
    few = numpy.random.default_rng(1).permutation(len(points))[:_MOST_DOTS]
    for row, axes in zip(shown, panels):
        column = analysis.design.factors.index(row["factor"])
        own = analysis.design.values[points, column]
        ratio = row["distribution"].startswith("log_uniform")
        axes.scatter(own[few], means[few], s=5, color=COLOURS[4], alpha=0.6, linewidth=0, rasterized=True)
        axes.plot(*_smooth(own, means, ratio), color=COLOURS[1], linewidth=1.4)
        if ratio:
            _ratio_axis(axes, own)
        axes.set_title(row["factor"])
        axes.set_xlabel("" if row["factor_unit"] in ("", "1") else row["factor_unit"])
    unit = numbers(panels[0].yaxis, unit_words(outcome.unit))
    for axes in panels[::3]:
        axes.set_ylabel(unit)
    entitle(figure, f"{outcome.label}, {subject.name}, against its strongest parameters")
    caption(figure, f"Points: means over {len(runs.replicates)} replicate{'s' if len(runs.replicates) > 1 else ''} of "
            f"{len(points)} points" + (f", of which {len(few)} are shown" if len(few) < len(points) else "") +
            ". Line: " + ("means at each value." if _has_levels(analysis.design.values[points]) else
                          "local regression (lowess), all other parameters varying too."))
    return figure


def _has_levels(values):
    return max(len(numpy.unique(column)) for column in values.T) <= 10


def _smooth(own, means, ratio):
    """Means at each value where there are few, else a robust local line."""
    values = numpy.unique(own)
    if len(values) <= 10:
        return values, [means[own == value].mean() for value in values]
    position = numpy.log(own) if ratio else own
    line = lowess(means, position, frac=0.6, delta=0.01 * numpy.ptp(position))
    return (numpy.exp(line[:, 0]) if ratio else line[:, 0]), line[:, 1]


def _ratio_axis(axes, own):
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    axes.set_xscale("log")
    low, high = own.min(), own.max()
    steps = [base * 10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
             for base in (1, 2, 5)]
    axes.xaxis.set_major_locator(FixedLocator([step for step in steps if low <= step <= high]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
