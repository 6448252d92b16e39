"""Figures of a calibration, for a paper."""

import textwrap

import numpy
from matplotlib.ticker import MaxNLocator
from scipy.stats import qmc

from . import plotting
from .plotting import COLOURS, REFERENCE, caption, entitle, grid, plt
from .text import short

_PAIRED = 5  # parameters of the figure of pairs: those that are narrowed most
_BINS = 16
_PRIOR_POINTS = 2**13
_MOST_TARGETS = 24  # a page


def draw(folder, calibration, tables, draws):
    """Draw all figures.

    Parameters
    ----------
    folder : str
        Folder that exists.
    calibration : calibration.Calibration
    tables : dict of str to pandas.DataFrame
        As `calibration_tables` gives them.
    draws : draws.PosteriorDraws or None

    Returns
    -------
    list of str
        Names of the figures, without ending.
    """
    return plotting.save(folder, _figures(calibration, tables, draws))


def _figures(calibration, tables, draws):
    for page, figure in enumerate(_targets(calibration, tables["targets"], draws), 1):
        yield "targets" if page == 1 else f"targets_{page}", figure
    yield "emulators", _emulators(calibration)
    if len(calibration.left.points):
        yield "marginals", _marginals(calibration, draws)
        if len(calibration.data.priors) > 1:
            yield "pairs", _pairs(calibration, tables["parameters"])


# Simulated against observed


def _targets(calibration, targets, draws):
    """Simulated figures of each wave's points, and the observed ones, divided by the latter: pages of figures."""
    rows = targets.to_dict("records")
    for first in range(0, len(rows), _MOST_TARGETS):
        yield _page_of_targets(calibration, rows, range(first, min(first + _MOST_TARGETS, len(rows))), draws)


def _page_of_targets(calibration, rows, indices, draws):
    waves = calibration.data.waves
    figure, axes = plt.subplots(figsize=(6.3, 1.3 + 0.13 * (len(waves) + 3) * len(indices)))
    for height, index in enumerate(indices):
        one = calibration.figures[index]
        centre = one.low if numpy.isinf(one.high) else (one.low + one.high) / 2
        high = one.high - centre
        axes.barh(height, min(high, 1e3) - (one.low - centre), left=one.low - centre, height=0.86, color="#e4e4e4",
                  linewidth=0, zorder=0)
        end = one.high + 1.645 * one.error if numpy.isfinite(one.high) else one.low
        errors = [one.low - 1.645 * one.error - centre, end - centre]
        axes.plot(errors, [height - 0.36] * 2, color=REFERENCE, linewidth=2.5, solid_capstyle="butt")
        if one.low == one.high or numpy.isinf(one.high):
            axes.plot(0, height - 0.36, "o", markersize=3, color=REFERENCE)
        for number, wave in enumerate(waves):
            _strip(axes, one.scale.forward(wave.simulated[..., index]) - centre,
                   height - 0.2 + 0.5 * number / max(2, len(waves)), COLOURS[number % len(COLOURS)])
        if draws is not None and index in draws.targets:
            _strip(axes, draws.foretold[:, draws.targets.index(index)] - centre, height + 0.36, "black")
    axes.axvline(0, color="black", linewidth=0.6, zorder=1)
    labels = ["\n".join(textwrap.wrap(rows[index]["label"], 38)) for index in indices]
    axes.set_yticks(range(len(indices)), labels, fontsize=7)
    axes.set_ylim(len(indices) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    low, high = _limits(calibration, indices, waves)
    axes.set_xlim(low, high)
    axes.set_xlabel("simulated less observed, logarithm (of classes, classes)")
    handles = [plt.Line2D([], [], color=REFERENCE, linewidth=2.5, marker="o", markersize=3, label="observed, 90 % error")]
    handles += [plt.Line2D([], [], color=COLOURS[number % len(COLOURS)], linewidth=2, label=f"wave {number + 1}")
                for number in range(len(waves))]
    handles += [plt.Line2D([], [], color="black", linewidth=2, label="posterior")] if draws is not None else []
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, borderaxespad=0.2)
    entitle(figure, "Simulated against observed")
    caption(figure, "Lines: 5 to 95 % of runs, dots: their median; of the posterior, runs that emulators foretell.\nGrey: "
            "an interval, or all above a lower bound. Intervals are held against their middle, bounds against themselves.")
    return figure


def _strip(axes, values, height, colour):
    values = values[~numpy.isnan(values)]
    if len(values):
        low, middle, high = numpy.quantile(values, (0.05, 0.5, 0.95))
        axes.plot([low, high], [height] * 2, color=colour, linewidth=1.6, solid_capstyle="butt", zorder=2)
        axes.plot(middle, height, "o", markersize=3, color=colour, zorder=3)


def _limits(calibration, indices, waves):
    """Far enough for nine tenths of all runs, and no farther than what still can be read."""
    ends = []
    for index in indices:
        one = calibration.figures[index]
        centre = one.low if numpy.isinf(one.high) else (one.low + one.high) / 2
        for wave in waves:
            values = one.scale.forward(wave.simulated[..., index]) - centre
            if not numpy.isnan(values).all():
                ends.append(numpy.nanquantile(values, (0.05, 0.95)))
    low, high = min(0, *[end[0] for end in ends]), max(0, *[end[1] for end in ends])
    margin = 0.05 * (high - low) + 0.1
    return low - margin, high + margin


# Emulators


def _emulators(calibration):
    """Standardised errors of left-out points of the last wave's emulators."""
    shown = [(calibration.figures[index], one) for index, one in enumerate(calibration.fitted[-1]) if one.emulator]
    figure, axes = plt.subplots(figsize=(6.3, 1.2 + 0.22 * max(1, len(shown))))
    generator = numpy.random.default_rng(0)
    for height, (one, fitted) in enumerate(shown):
        residuals = numpy.clip(fitted.emulator.residuals, -6, 6)
        colour = COLOURS[0] if fitted.used else COLOURS[1]
        axes.plot(residuals, height + generator.uniform(-0.25, 0.25, len(residuals)), ".", markersize=2.5, color=colour,
                  alpha=0.6)
    for end in (-1.645, 1.645):
        axes.axvline(end, color=REFERENCE, linewidth=0.7, linestyle="--")
    names = [f"{one.target.name}  ({fitted.emulator.left_out.explained:.2f})" for one, fitted in shown]
    axes.set_yticks(range(len(shown)), names, fontsize=7)
    axes.set_ylim(max(1, len(shown)) - 0.4, -0.6)
    axes.set_xlim(-6.2, 6.2)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("standardised error")
    entitle(figure, "Emulators: each point foretold from all others")
    caption(figure, "In brackets the share of variance explained. Nine tenths of the points should lie between the dashed "
            "lines.\nOrange: fails that and is not used. Errors beyond 6 are drawn at 6.")
    return figure


# Parameters


def _marginals(calibration, draws):
    data, points = calibration.data, calibration.left.points
    figure, panels = grid(len(data.priors), 4, 6.3, 1.5)
    bins = numpy.linspace(0, 1, 21)
    for index, (prior, axes) in enumerate(zip(data.priors, panels)):
        axes.axhline(1, color=REFERENCE, linewidth=0.8, linestyle="--")
        axes.hist(points[:, index], bins, density=True, histtype="stepfilled", color=COLOURS[4], alpha=0.6, linewidth=0)
        if draws is not None:
            axes.hist(draws.points[:, index], bins, density=True, histtype="step", color=COLOURS[1], linewidth=1.2)
        record = data.record_values[index]
        if prior.low <= record <= prior.high:
            axes.plot(prior.to_unit(numpy.array([record])), [0], marker="^", markersize=5, color="black", clip_on=False)
        axes.set_title("\n".join(textwrap.wrap(prior.name.replace(".", ". "), 24)).replace(". ", "."), fontsize=7)
        _unit_axis(axes.xaxis, prior)
        axes.set_xlim(0, 1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    entitle(figure, "Parameters: prior and what is left" if draws is None else "Parameters: prior, what is left, posterior")
    line = "" if draws is None else " Orange line: posterior draws."
    caption(figure, "Density in the prior's own probability, so that the prior is flat (dashed). Blue: not ruled out." +
            line + "\nTriangle: the scenario's value. Ticks: 5, 50 and 95 % of the prior, in the parameter's unit.")
    return figure


def _unit_axis(axis, prior, places=(0.05, 0.5, 0.95)):
    values = prior.from_unit(numpy.array(places))
    axis.set_ticks(places, [short(value).replace("-", "\N{MINUS SIGN}") for value in values], fontsize=6)


def _pairs(calibration, parameters):
    """Optical depth (below the diagonal) and least implausibility (above) of the pairs that are narrowed most."""
    data, settings = calibration.data, calibration.settings
    order = numpy.argsort(-parameters["narrowed"].to_numpy(), kind="stable")[:_PAIRED]
    cube = qmc.Sobol(len(data.priors), seed=settings.seed).random(_PRIOR_POINTS)
    measures = numpy.concatenate([calibration.screens.measure(cube), calibration.left.measures])
    cube = numpy.concatenate([cube, calibration.left.points])
    size = len(order)
    figure, axes = plt.subplots(size, size, figsize=(6.3, 5.9), squeeze=False)
    depths = {(row, column): _depth(calibration.left, order[column], order[row])
              for row in range(size) for column in range(row)}
    deepest = max(float(depth.max()) for depth in depths.values())
    depth_map = least_map = None
    for row in range(size):
        for column in range(size):
            panel = axes[row, column]
            if row > column:
                depth_map = panel.imshow(depths[row, column].T, origin="lower", extent=(0, 1, 0, 1), aspect="auto",
                                         cmap="Greys", vmin=0, vmax=deepest)
            elif row < column:
                least = _least(cube[:, order[column]], cube[:, order[row]], measures)
                least_map = panel.imshow(least.T, origin="lower", extent=(0, 1, 0, 1), aspect="auto", cmap="cividis_r",
                                         vmin=0, vmax=2 * settings.cutoff)
            else:
                panel.text(0.5, 0.5, data.priors[order[row]].name.replace(".", ".\n").replace("_", "_\n", 1), ha="center",
                           va="center", fontsize=7, transform=panel.transAxes)
            _pair_axes(panel, row, column, size, data.priors[order[column]], data.priors[order[row]])
    _bars(figure, axes, depth_map, least_map, settings)
    entitle(figure, f"What is left of pairs of parameters ({_percent(calibration.left.share)} of the prior in all)")
    caption(figure, "Below the diagonal: share of the other parameters' space that is not ruled out (optical depth). "
            "Above: the least\nimplausibility that the other parameters allow. Axes are even in the prior's probability; "
            "ticks 5 and 95 %.")
    return figure


def _percent(share):
    return f"{share:.1e}" if share < 1e-3 else f"{100 * share:.2g} %"


def _pair_axes(panel, row, column, size, across, up):
    panel.set_xlim(0, 1)
    panel.set_ylim(0, 1)
    for spine in panel.spines.values():
        spine.set_visible(True)
    below, left = row == size - 1, column == 0 and row > 0
    _unit_axis(panel.xaxis, across, (0.05, 0.95))
    _unit_axis(panel.yaxis, up, (0.05, 0.95))
    panel.tick_params(labelbottom=below, labelleft=left, bottom=below, left=left, labelrotation=0)
    if row == column and row != size - 1:
        panel.tick_params(bottom=False, left=False)


def _bars(figure, axes, depth_map, least_map, settings):
    half = len(axes) // 2
    bar = figure.colorbar(least_map, ax=list(axes[:half].flat), location="right", pad=0.02, aspect=20)
    bar.set_label("least implausibility", fontsize=7)
    bar.set_ticks([0, settings.cutoff / 2, settings.cutoff, 2 * settings.cutoff])
    bar.ax.axhline(settings.cutoff, color="white", linewidth=1.5)
    bar.ax.tick_params(labelsize=6)
    bar = figure.colorbar(depth_map, ax=list(axes[half:].flat), location="right", pad=0.02, aspect=20)
    bar.set_label("optical depth", fontsize=7)
    bar.locator = MaxNLocator(4)
    bar.update_ticks()
    bar.ax.tick_params(labelsize=6)


def _depth(region, across, up):
    """Share of each cell that is not ruled out, [cell across, cell up]."""
    counts = numpy.histogram2d(region.points[:, across], region.points[:, up], _BINS, ((0, 1), (0, 1)))[0]
    return numpy.minimum(counts / len(region.points) * region.share * _BINS**2, 1)


def _least(across, up, measures):
    """Least measure of each cell, [cell across, cell up]; NaN where no point lies."""
    cells = numpy.full(_BINS**2, numpy.inf)
    index = [numpy.minimum((each * _BINS).astype(int), _BINS - 1) for each in (across, up)]
    numpy.minimum.at(cells, index[0] * _BINS + index[1], measures)
    return numpy.where(numpy.isinf(cells), numpy.nan, cells).reshape(_BINS, _BINS)
