"""A discovery on the screen."""

import numpy

from . import discover_words as words
from .discovery import other_side
from .text import number, paragraph, percent, probability, short, signed, table
from .words import scale

_MOST_LISTED = 12


def trajectory_table(found, width, most=10):
    """The peeling trajectory, short: some boxes evenly along it, and the one that was chosen."""
    last = len(found.trajectory) - 1
    shown = sorted({found.chosen, *numpy.linspace(0, last, min(most, last + 1)).round().astype(int).tolist()})
    rows = []
    for index in shown:
        box, quality = found.trajectory[index]
        rows.append([f"{index}{' <' if index == found.chosen else ''}", str(quality.points), percent(quality.mass) + " %",
                     percent(quality.coverage) + " %", percent(quality.density) + " %", f"{quality.youden:.2f}",
                     str(int(box.restricted.sum()))])
    return table(["box", "points", "mass", "coverage", "density", "Youden", "restricted"], rows, width)


def _box_table(found, design, width):
    rows = []
    for index in numpy.flatnonzero(found.box.restricted):
        name, unit = design.factors[index], design.units[index]
        ends = [number(end) if numpy.isfinite(end) else "open" for end in (found.box.low[index], found.box.high[index])]
        column = design.values[:, index]
        rows.append([name if unit in ("", "1") else f"{name}, {unit}", *ends,
                     f"{number(column.min())} to {number(column.max())}", probability(found.quasi_p[index]),
                     percent(found.held_out.restricted[index]) + " %"])
    return table(["parameter", "from", "to", "all points", "quasi-p", "found again"], rows, width)


def _tree_lines(tree, factors):
    lines = []
    for leaf in tree.leaves:
        where = " and ".join(f"{factors[factor]} {sign} {number(value)}" for factor, sign, value in leaf.conditions)
        lines.append(f"  {leaf.wins} of {leaf.points} ({percent(leaf.wins / leaf.points)} %)"
                     + (f"  where {where}" if where else "  everywhere"))
    return lines


def _boxes(contest, discovery, width):
    settings, design = discovery.settings, discovery.design
    blocks = [paragraph(words.sentence_of_base(contest, settings), width)]
    if contest.too_few:
        return [*blocks, paragraph(f"No search for boxes and no tree: {contest.too_few}.", width)]
    for count, found in enumerate(contest.boxes, 1):
        if count == 1:
            blocks += [paragraph(f"Peeling trajectory, of {len(found.trajectory) - 1} steps; < is the box that was "
                                 "chosen, before it was pasted and simplified (--box K chooses another)", width),
                       trajectory_table(found, width)]
        blocks.append(paragraph(words.sentence_of_box(found, design.factors, settings, contest.arm, count), width))
        if found.box.restricted.any():
            blocks.append(_box_table(found, design, width))
    head = f"Tree, as a second opinion: at how many points of each leaf {words.beats(settings, contest.arm)}"
    tree = [paragraph(head, width), *[paragraph(line, width, "    ") for line in _tree_lines(contest.tree, design.factors)]]
    return [*blocks, "\n".join(tree), paragraph(words.sentence_of_tree(contest.tree), width)]


def _reversed_table(contest, discovery, width):
    """Points on the other side, surest first, with their parameters."""
    indices = other_side(contest)
    design, effects = discovery.design, contest.effects
    rows, order = [], numpy.flatnonzero(contest.known)
    sure = contest.reversal.worse_points if contest.reversal.side > 0 else contest.reversal.better_points
    tested = numpy.flatnonzero(contest.tested).tolist()
    for index in indices[:_MOST_LISTED]:
        own = int(numpy.searchsorted(order, index))
        mark = "*" if sure[tested.index(index)] else ""
        rows.append([f"{discovery.points[index]}{mark}", signed(effects.mean[own], short), short(effects.error[own]),
                     *[number(value) for value in design.values[index]]])
    more = len(indices) - len(rows)
    names = [name if len(name) <= 24 else "..." + name[-21:] for name in design.factors]
    return [paragraph("Points on the other side, surest first (* shown by itself; gain: how much better "
                      f"{contest.arm} is on average, with its standard error)" +
                      (f"; {more} more are in --csv" if more else ""), width),
            table(["point", "gain", "error", *names], rows, width)]


def _adversarial(contest, discovery, width):
    blocks = [paragraph(words.sentence_of_reversal(contest, discovery), width)]
    if contest.reversal is not None and contest.reversal.other and contest.reversal.verdict in ("undetermined", "differs"):
        blocks += _reversed_table(contest, discovery, width)
    return blocks


def _regret(discovery, width):
    blocks = []
    for outcome, arms, points, found, _ in discovery.regret:
        times, sign = scale(outcome.unit), 1 if outcome.better == "less" else -1
        rows = [[arm, *[short(value * times) for value in (sign * found.mean[row], sign * found.worst[row],
                                                           found.mean_regret[row], found.mean_by_chance[row],
                                                           found.p90_regret[row], found.max_regret[row],
                                                           found.max_by_chance[row])],
                 percent(found.best[row]) + " %"] for row, arm in enumerate(arms)]
        unit = "% of runs" if outcome.unit == "share" else outcome.unit_words
        title = f"{outcome.label} ({unit}, {outcome.better} is better), {points} points"
        blocks.append(title + "\n" + table(["arm", "mean", "worst point", "mean regret", "(chance)", "90th pct", "largest",
                                            "(chance)", "best at"], rows, width))
    if discovery.wanted:
        arms = discovery.regret[0][1]
        rows = [[f"{one.outcome.name} {'<' if one.below else '>'} {number(one.threshold)}",
                 *[percent(share) + " %" for share in shares]] for one, shares, _ in discovery.wanted]
        blocks.append("Share of points whose mean reaches what is asked for (Starr's domain criterion)\n" +
                      table(["asked for", *arms], rows, width))
    if blocks:
        blocks.append(paragraph(
            "Regret of an arm at a point: how much worse its mean is than that of the best of these arms there. (chance): "
            "what arms that don't differ would show with these replicates; a regret near it tells nothing. Each outcome "
            "stands for itself.", width, ""))
    return blocks


_LEGEND = (
    "mass: share of the points that the box holds; coverage: share of all wins that it holds; density: share of wins among "
    "its points; Youden: coverage less the share of all other points that it holds. quasi-p: the probability of so many "
    "wins in the box if this restriction did nothing; it doesn't count that the restriction was searched for. found again: "
    "share of the searches without a fifth of the points that restrict this parameter.")


def report(results, discovery, width):
    """The whole report.

    Parameters
    ----------
    results : results.Results
    discovery : discovery.Discovery
    width : int
        Characters a line.

    Returns
    -------
    str
    """
    settings = discovery.settings
    pairs = sum(int((~numpy.isnan(one.gain)).sum()) for one in discovery.contests)
    head = (f"{', '.join(settings.arms)} against {settings.reference}: {results.start} to {results.end}, "
            f"{len(discovery.points)} points, {pairs} pairs; {len(discovery.design.factors)} parameters vary")
    blocks = [paragraph(head, width)]
    blocks += ["REGRET AND ROBUSTNESS", *_regret(discovery, width)] if discovery.regret else []
    for contest in discovery.contests:
        blocks += [f"WHERE {contest.arm} BEATS {settings.reference}", *_boxes(contest, discovery, width)]
    if any(not contest.too_few for contest in discovery.contests):
        blocks.append(paragraph(_LEGEND, width, ""))
    blocks += ["DOES THE RANKING HOLD?", "\n".join(paragraph(line, width) for line in words.plausible_lines(discovery))]
    for contest in discovery.contests:
        blocks += _adversarial(contest, discovery, width)
    blocks += ["\n".join(paragraph("Note: " + note, width) for note in discovery.notes)] if discovery.notes else []
    return "\n\n".join(blocks) + "\n"
