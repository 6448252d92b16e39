"""Figures of a discovery, for a paper: peeling trajectory, box, regret, and the points' effects."""

import numpy
from scipy import stats

from . import plotting
from .discover_words import restrictions
from .plotting import COLOURS, REFERENCE, caption, entitle, grid, numbers, unit_words, wrapped
from .text import percent
from .words import scale

WINS, LOSES = COLOURS[0], COLOURS[1]
_LEVEL = 0.9


def draw(folder, results, discovery):
    """Draw all figures.

    Parameters
    ----------
    folder : str
        Folder that exists.
    results : results.Results
    discovery : discovery.Discovery

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    return plotting.save(folder, _figures(discovery))


def _figures(discovery):
    for outcome, arms, points, _, costs in discovery.regret:
        yield f"regret_{outcome.name}", _regret(outcome, arms, costs)
    for contest in discovery.contests:
        if contest.boxes:
            yield f"trajectory_{contest.arm}", _trajectory(contest, discovery)
        shown = _factors_shown(contest, discovery)
        if len(shown) > 1:
            yield f"box_{contest.arm}", _scatter(contest, discovery, shown)
        yield f"points_{contest.arm}", _effects(contest, discovery)


def _regret(outcome, arms, costs):
    """Share of points with at most so much regret: the further up and left, the less an arm is ever sorry."""
    regrets = (costs - costs.min(0)) * scale(outcome.unit)
    figure, (axes,) = grid(1, 1, 4.5, 3.0)
    points = regrets.shape[1]
    largest = regrets.max() or 1.0
    for number, arm in enumerate(arms):
        values = numpy.sort(regrets[number])
        style = ("-", "--", ":")[number // len(COLOURS) % 3]
        axes.step(numpy.concatenate([[0], values, [1.02 * largest]]),
                  100 * numpy.concatenate([[0], numpy.arange(1, points + 1) / points, [1]]), where="post", linestyle=style,
                  color=COLOURS[number % len(COLOURS)], label=arm, linewidth=1.3)
    axes.set_xlim(-0.02 * largest, 1.02 * largest)
    axes.set_ylim(0, 103)
    axes.set_xlabel(f"regret, {numbers(axes.xaxis, unit_words(outcome.unit))}")
    axes.set_ylabel("% of points with no more")
    axes.legend(loc="lower right", fontsize=7, ncols=1 + len(arms) // 8)
    entitle(figure, f"{outcome.label}: regret at {points} points")
    caption(figure, "Regret: how much worse an arm's mean is than that of the best of these arms at the point.\n"
                    "Chance makes regret too, where arms don't differ.")
    return figure


def _trajectory(contest, discovery):
    """Density against coverage, the whole box at the right."""
    found = contest.boxes[0]
    coverage, density, restricted = (numpy.array(each) for each in zip(*[
        (100 * quality.coverage, 100 * quality.density, int(box.restricted.sum())) for box, quality in found.trajectory]))
    figure, (axes,) = grid(1, 1, 4.5, 3.3)
    axes.plot(coverage, density, color="#bbbbbb", linewidth=0.8, zorder=1)
    marks = axes.scatter(coverage, density, c=restricted, cmap="viridis_r", s=18, zorder=2, vmin=0,
                         vmax=max(1, restricted.max()), linewidth=0)
    axes.scatter([coverage[found.chosen]], [density[found.chosen]], s=70, facecolors="none", edgecolors="black", linewidth=1,
                 zorder=3, label=f"box {found.chosen}, chosen")
    if found.box.restricted.any():
        axes.scatter([100 * found.quality.coverage], [100 * found.quality.density], marker="D", s=30, color=LOSES, zorder=4,
                     label="the same, pasted\nand simplified")
    held = found.held_out
    if not numpy.isnan(held.density):
        axes.axhspan(100 * held.low, 100 * held.high, color=LOSES, alpha=0.15, linewidth=0, zorder=0)
        axes.axhline(100 * held.density, color=LOSES, linewidth=1, zorder=0,
                     label="density on held-out points,\n90 % interval")
    axes.axhline(100 * held.base, color="black", linewidth=0.7, linestyle=":", zorder=0, label="all points")
    bar = figure.colorbar(marks, ax=axes, ticks=numpy.unique(restricted), pad=0.02)
    bar.set_label("restricted parameters")
    bar.outline.set_linewidth(0)
    axes.set_xlabel("coverage, % of all wins")
    axes.set_ylabel("density, % wins in the box")
    axes.set_xlim(-2, 104)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.1, -0.17), ncols=2, fontsize=7)
    entitle(figure, f"Peeling: where {contest.arm} beats {discovery.settings.reference}")
    return figure


def _factors_shown(contest, discovery):
    """Two or three factors: those most surely restricted by the first box, then those that searches restrict most often."""
    if not contest.boxes or len(discovery.design.factors) < 2:
        return []
    found = contest.boxes[0]
    p = numpy.where(numpy.isnan(found.quasi_p), 2, found.quasi_p)
    order = numpy.lexsort((-found.held_out.restricted, p))
    return order[:max(2, min(3, int(found.box.restricted.sum())))].tolist()


def _is_log(values):
    return values.min() > 0 and values.max() / values.min() >= 30


def _scatter(contest, discovery, shown):
    """Points in pairs of factors, coloured by who wins, with the first box."""
    pairs = [(one, two) for number, one in enumerate(shown) for two in shown[number + 1:]]
    design, box = discovery.design, contest.boxes[0].box
    width = 2.5 * len(pairs) if len(pairs) > 1 else 4.5
    figure, panels = grid(len(pairs), 3, width, 2.7 if len(pairs) > 1 else 3.4)
    for (across, up), axes in zip(pairs, panels):
        for wins, colour, mark, label in ((False, LOSES, "x", "doesn't"), (True, WINS, "o", f"{contest.arm} beats")):
            chosen = contest.used & (contest.wins == wins)
            axes.scatter(design.values[chosen, across], design.values[chosen, up], s=13, marker=mark, linewidth=0.8,
                         facecolors=colour if mark == "x" else "none", edgecolors=None if mark == "x" else colour,
                         label=f"{label} ({int(chosen.sum())})")
        for axis, factor in ((axes.xaxis, across), (axes.yaxis, up)):
            if _is_log(design.values[:, factor]):
                (axes.set_xscale if axis is axes.xaxis else axes.set_yscale)("log")
                axis.set_major_formatter(lambda value, _: f"{value:g}")
            unit = design.units[factor]
            axis.set_label_text(design.factors[factor] + ("" if unit in ("", "1") else f", {unit}"))
        _rectangle(axes, box, across, up)
    handles, labels = panels[0].get_legend_handles_labels()
    caption(figure, " ")  # room for the legend
    figure.legend(handles[::-1], labels[::-1], loc="lower left", ncols=2, borderaxespad=0.2)
    margin = f" by more than {percent(discovery.settings.margin)} %" if discovery.settings.margin else ""
    where = "box: " + restrictions(box, design.factors) if box.restricted.any() else "no box"
    against = f"{contest.arm} against {discovery.settings.reference}{margin}"
    entitle(figure, wrapped(f"{discovery.settings.outcome.label}: {against}; {where}", round(11 * width)))
    return figure


def _rectangle(axes, box, across, up):
    """The box's two sides; open ends go to the frame."""
    if not box.restricted[[across, up]].any():
        return
    ends = []
    for axis, factor in ((axes.get_xlim(), across), (axes.get_ylim(), up)):
        ends.append((box.low[factor] if numpy.isfinite(box.low[factor]) else axis[0],
                     box.high[factor] if numpy.isfinite(box.high[factor]) else axis[1]))
    limits = axes.get_xlim(), axes.get_ylim()
    axes.fill_between(ends[0], *ends[1], facecolor="#888888", alpha=0.15, linewidth=0, zorder=0)
    axes.plot([ends[0][0], ends[0][1], ends[0][1], ends[0][0], ends[0][0]],
              [ends[1][0], ends[1][0], ends[1][1], ends[1][1], ends[1][0]], color="black", linewidth=0.9, zorder=1)
    axes.set_xlim(limits[0])
    axes.set_ylim(limits[1])


def _effects(contest, discovery):
    """All points from the worst to the best for the arm, with intervals; those that targets rule out are open and grey."""
    outcome, effects = discovery.settings.outcome, contest.effects
    times = scale(outcome.unit)
    order = numpy.argsort(effects.mean, kind="stable")
    mean, kept = times * effects.mean[order], contest.tested[contest.known][order]
    half = times * stats.t.ppf(0.5 + _LEVEL / 2, effects.freedom[order]) * effects.error[order]
    figure, (axes,) = grid(1, 1, 6.3, 2.9)
    colours = numpy.where(~kept, "#aaaaaa", numpy.where(mean > 0, WINS, LOSES))
    for place, colour in enumerate(colours):
        if not numpy.isnan(half[place]):
            axes.plot([place, place], [mean[place] - half[place], mean[place] + half[place]], color=colour, linewidth=0.8,
                      alpha=0.7)
    axes.scatter(numpy.arange(len(mean)), mean, s=9, facecolors=numpy.where(kept, colours, "white"), edgecolors=colours,
                 linewidth=0.7, zorder=3)
    axes.axhline(0, color="black", linewidth=0.6)
    overall = mean[kept].mean() if kept.any() else numpy.nan
    axes.axhline(overall, color=REFERENCE, linewidth=0.8, linestyle="--", zorder=0)
    axes.set_xticks([])
    axes.set_xlabel(f"{len(mean)} points, from the worst to the best for {contest.arm}")
    axes.set_ylabel(f"how much better, {numbers(axes.yaxis, unit_words(outcome.unit))}")
    entitle(figure, f"{outcome.label}: {contest.arm} against {discovery.settings.reference}, point by point")
    caption(figure, "Difference of means, above 0 where the arm is better; 90 % interval by moderated t; dashed: mean."
            + (" Grey and open: ruled out by targets." if not kept.all() else ""))
    return figure
