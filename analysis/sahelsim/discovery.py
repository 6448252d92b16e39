"""Under which conditions an arm beats another: numbers only; words, tables and figures are made of them elsewhere."""

import math
from dataclasses import dataclass, field, replace

import numpy

from . import prim, targets
from .comparison import sign_of
from .implausibility import CUTOFF, DISCREPANCY, figure_of, of_points
from .outcomes import Outcome
from .points import read_design
from .problems import Problem
from .reversal import corrected, point_effects, reverses, shared_chance, undetected_share
from .robustness import domain, regret_table
from .statistics import holm

FEWEST_POINTS, FEWEST_OF_A_KIND = 20, 5  # for boxes and trees
ALPHA = 0.05


@dataclass(frozen=True)
class Wanted:
    """What is asked of an outcome at each point: below or above a threshold."""

    outcome: Outcome
    below: bool
    threshold: float


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    reference: str
    arms: list  # without the reference
    outcome: Outcome
    outcomes: list  # of the tables of regret
    margin: float = 0.0  # share of the reference's mean at the point by which an arm has to be better
    wanted: list = field(default_factory=list)
    cutoff: float = CUTOFF
    discrepancy: float = DISCREPANCY
    history: str | None = None  # the arm whose runs targets are held against
    only_plausible: bool = False
    boxes: int = 3
    box: int | None = None  # of the trajectory
    peel: float = prim.SHARE  # of a box's points that one step takes
    permutations: int = 199
    seed: int = 1


@dataclass(frozen=True)
class FoundBox:
    """A box, and how far it can be trusted; points of earlier boxes have no part in it.

    Mass, coverage and base are of all points in use; the Youden index, `p` and `held_out` of those that earlier boxes left.
    """

    box: prim.Box
    quality: prim.Quality
    base: float  # share of wins
    quasi_p: numpy.ndarray  # [factor]
    p: float  # of the whole search; of one for a box of this size where it was chosen by --box
    p_corrected: float  # for the number of arms
    held_out: prim.HeldOut
    inside: numpy.ndarray  # [point] of bool, of all points
    trajectory: list  # of (Box, Quality), the whole box first
    chosen: int  # of the trajectory


@dataclass(frozen=True)
class Plausible:
    """Which points the targets rule out."""

    targets: list  # of targets.Target
    by_target: numpy.ndarray | None  # [point, target]
    implausibility: numpy.ndarray  # [point] the highest; NaN where there is none
    kept: numpy.ndarray  # [point] of bool
    later: int = 0  # targets left out since they end after the arms part

    @property
    def asked(self):
        """bool: Whether there are targets to ask."""
        return bool(self.targets)


@dataclass(frozen=True)
class Contest:
    """An arm against the reference.

    Attributes
    ----------
    gain : numpy.ndarray
        [point, replicate] Difference, above 0 where the arm is better; NaN where there is no pair.
    of_reference, of_arm : numpy.ndarray
        [point] Means over pairs, in the outcome's unit.
    known, wins, used : numpy.ndarray of bool
        [point] Whether it has a pair; whether the arm beats the reference by the margin; whether boxes and tree use it.
    boxes : list of FoundBox
    tree : tree.Tree or None
    too_few : str
        Why there are no boxes and no tree, or "".
    effects : reversal.PointEffects
        Of known points.
    reversal : reversal.Reversal or None
        Of known points that are not ruled out; None where there are none.
    """

    arm: str
    gain: numpy.ndarray
    of_reference: numpy.ndarray
    of_arm: numpy.ndarray
    known: numpy.ndarray
    wins: numpy.ndarray
    used: numpy.ndarray
    boxes: list
    tree: object
    too_few: str
    effects: object
    reversal: object
    tested: numpy.ndarray  # [point] of bool: points of `reversal`


@dataclass(frozen=True)
class Discovery:
    """What came of it."""

    settings: Settings
    design: object
    points: numpy.ndarray  # their numbers
    plausible: Plausible
    contests: list
    regret: list  # of (Outcome, arms, number of points, robustness.Regret, costs [arm, point])
    wanted: list  # of (Wanted, share of points [arm], number of points)
    notes: list


def _mean(cells, known):
    with numpy.errstate(invalid="ignore"):
        return numpy.where(known, cells, 0).sum(-1) / known.sum(-1)


def _plausible(results, settings):
    found, later = targets.read(results, targets.CALIBRATION), 0
    used = [] if found is None else [
        target for target in targets.usable(results.paths[0], found.table)
        if found.simulated.sel(target=target.name).notnull().any()]
    branch = str(results.attrs.get("branch", ""))
    if branch and settings.history is None:
        later = sum(target.last_day >= branch for target in used)
        used = [target for target in used if target.last_day < branch]
    if not used:
        count = len(results.points)
        return Plausible([], None, numpy.full(count, numpy.nan), numpy.ones(count, bool), later)
    simulated = found.simulated.sel(arm=settings.history or settings.reference, target=[target.name for target in used])
    by_target = of_points(simulated.values, [figure_of(target, settings.discrepancy) for target in used])
    highest = numpy.fmax.reduce(by_target, axis=1)
    return Plausible(used, by_target, highest, highest <= settings.cutoff, later)


def _boxes(values, wins, settings):
    """Boxes one after the other, each on the points that the earlier ones left, as long as they are better than chance."""
    found, left = [], numpy.ones(len(wins), bool)
    for number in range(settings.boxes):
        if too_few(left.sum(), wins[left].sum()):
            break
        points, won = values[left], wins[left]
        choose = prim.best_by_youden
        if number == 0 and settings.box is not None:
            choose = _numbered(settings.box)
        box, trajectory, chosen = prim.search(points, won, choose, settings.peel)
        if choose is not prim.best_by_youden:
            choose = prim.nearest_mass(trajectory[chosen].holds(points).mean())
        p = prim.search_p(points, won, settings.permutations, settings.seed, settings.peel, choose)
        if number > 0 and (p >= ALPHA or not box.restricted.any()):
            break
        inside = box.holds(values) & left
        found.append(FoundBox(box, _worth(box, values, wins, left), wins.mean(), prim.quasi_p(box, points, won), p, p,
                              prim.held_out(points, won, choose, seed=settings.seed, share=settings.peel), inside,
                              [(one, _worth(one, values, wins, left)) for one in trajectory], chosen))
        left &= ~inside
        if p >= ALPHA or not box.restricted.any():
            break
    return found


def _worth(box, values, wins, left):
    """What a box of the points that are left is worth among all; its Youden index among those that are left."""
    inside = box.holds(values)
    return prim.quality(inside & left, wins)._replace(youden=prim.quality(inside[left], wins[left]).youden)


def _numbered(number):
    def choose(trajectory, points, wins):
        if number >= len(trajectory):
            raise Problem(f"--box: found {number}, expected a box of the trajectory, 0 to {len(trajectory) - 1}")
        return number

    return choose


def too_few(points, wins):
    """Why nothing can be searched for among so many points, or ""."""
    lost = points - wins
    if not points:
        return "no points are left"
    if points < FEWEST_POINTS:
        return f"{points} points are too few to search for boxes, {FEWEST_POINTS} at least are needed"
    if min(wins, lost) < FEWEST_OF_A_KIND:
        return f"it does so at {wins} points and not at {lost}, of which boxes need {FEWEST_OF_A_KIND} each"
    return ""


def _check_numbers(results, settings):
    """Refuse runs that are done and have no number."""
    numbers = [results.arms.index(arm) for arm in [settings.reference, *settings.arms]]
    done = results.done[numbers]
    every = [settings.outcome, *settings.outcomes, *[one.outcome for one in settings.wanted]]
    for outcome in {one.name: one for one in every}.values():
        wrong = int((done & ~numpy.isfinite(results.totals(outcome).values[numbers])).sum())
        if wrong:
            raise Problem(f"{results.paths[0]}: '{outcome.name}' is no finite number in {wrong} of {int(done.sum())} runs that "
                          "are marked as done, expected one in each")


def _contest(results, settings, design, plausible, totals, arm):
    place, other = results.arms.index(arm), results.arms.index(settings.reference)
    pairs = results.done[place] & results.done[other]
    known = pairs.any(1)
    if known.sum() < 2:
        raise Problem(f"arm '{arm}' and '{settings.reference}' have pairs of runs that are done at {known.sum()} "
                      f"point{'s' if known.sum() != 1 else ''}, expected 2 at least")
    of_arm, of_reference = (_mean(totals[number], pairs) for number in (place, other))
    sign = sign_of(settings.outcome)
    gain = numpy.where(pairs, sign * (totals[place] - totals[other]), numpy.nan)
    wins = known & (numpy.where(known, sign * (of_arm - of_reference), 0) > settings.margin * numpy.abs(of_reference))
    used = known & plausible.kept if settings.only_plausible else known
    why = too_few(used.sum(), wins[used].sum()) or ("" if design.factors else "no parameter varies")
    boxes, tree = [], None
    if not why:
        from .tree import classify

        boxes = [_spread(one, used) for one in _boxes(design.values[used], wins[used], settings)]
        tree = classify(design.values[used], wins[used], settings.seed)
    tested = known & plausible.kept
    return Contest(arm, gain, of_reference, of_arm, known, wins, used, boxes, tree, why, point_effects(gain[known]),
                   reverses(gain[tested], settings.seed) if tested.any() else None, tested)


def _spread(found, used):
    """A box of the points in use, with `inside` for all points."""
    inside = numpy.zeros(len(used), bool)
    inside[used] = found.inside
    return replace(found, inside=inside)


def _over_arms(contests):
    """P-values of reversals and searches corrected for the number of arms (Holm), and no boxes behind one that may be chance.

    An arm whose search went no further counts in the correction of later boxes all the same.
    """
    tested = [number for number, one in enumerate(contests) if one.reversal is not None]
    for number, found in zip(tested, corrected([contests[number].reversal for number in tested])):
        contests[number] = replace(contests[number], reversal=found)
    searched = [number for number, one in enumerate(contests) if one.boxes]
    for place in range(max((len(contests[number].boxes) for number in searched), default=0)):
        boxes = [contests[number].boxes for number in searched]
        for number, own, p in zip(searched, boxes, holm([one[place].p if place < len(one) else 1.0 for one in boxes]).tolist()):
            if place < len(own):
                kept = [*own[:place], replace(own[place], p_corrected=p), *own[place + 1:]]
                contests[number] = replace(contests[number], boxes=kept[:max(place, 1)] if p >= ALPHA else kept)
    return contests


def _regrets(results, settings, kept):
    """Regret of the arms by outcome, over points and replicates that all of them have."""
    arms = [settings.reference, *settings.arms]
    numbers = [results.arms.index(arm) for arm in arms]
    shared = results.done[numbers].all(0) & kept[:, None]
    points = shared.any(1)
    found, wanted = [], []
    if points.any():
        for outcome in settings.outcomes:
            cells = numpy.where(shared, -sign_of(outcome) * results.totals(outcome).values[numbers], numpy.nan)[:, points]
            costs = _mean(numpy.nan_to_num(cells), shared[points])
            found.append((outcome, arms, int(points.sum()), regret_table(cells, seed=settings.seed), costs))
        for one in settings.wanted:
            values = _mean(numpy.nan_to_num(results.totals(one.outcome).values[numbers][:, points]), shared[points])
            wanted.append((one, domain(values, one.threshold, one.below), int(points.sum())))
    return found, wanted, int(points.sum())


def _notes(results, settings, design, plausible, contests, shared):
    notes = list(results.notes)
    arms = [settings.reference, *settings.arms]
    numbers = [results.arms.index(arm) for arm in arms]
    lost = int((results.planned[numbers] & ~results.done[numbers]).sum())
    if lost:
        notes.append(f"{lost} of {int(results.planned[numbers].sum())} runs failed or are pending: their pairs are left "
                     "out.")
    if not shared:
        notes.append("There are no tables of regret: at no point have all of these arms runs"
                     + (" and is it not ruled out." if settings.only_plausible else "."))
    elif shared < len(results.points):
        notes.append(f"Tables of regret are over the {shared} points at which all of these arms have runs"
                     + (" and that are not ruled out." if settings.only_plausible else "."))
    if design.constant:
        notes.append(f"The same at all points, so that nothing hangs on them: {', '.join(design.constant)}.")
    part = [f"{name} ({arms})" for name, arms in zip(design.factors, design.arms) if arms]
    if part:
        notes.append(f"These vary in some arms only: {', '.join(part)}.")
    if design.kind in ("grid", "list", "saltelli", "morris"):
        notes.append(f"Points of a {design.kind} design are no random sample of what is plausible: shares of points, "
                     "coverage and bounds on shares are of this design only.")
    if len(contests) > 1:
        searched = sum(bool(one.boxes) for one in contests)
        notes.append(f"{len(contests)} arms are held against {settings.reference}: p of reversals and of searches is corrected "
                     f"for the number of arms that are tested ({sum(one.reversal is not None for one in contests)} and "
                     f"{searched}) by Holm. Held-out densities, quasi-p and points by themselves are not.")
        if searched >= ALPHA * (1 + settings.permutations):
            notes.append(f"With {settings.permutations} permutations no search of {searched} arms can be told from chance: "
                         f"--permutations {math.ceil(2 * searched / ALPHA) - 1} can.")
    if all((~numpy.isnan(one.gain)).sum(1).max() < 2 for one in contests):
        notes.append("One replicate a point: what parameters do and what chance does can't be told apart.")
    elif contests and max(_shared(one) for one in contests) >= 0.05:
        notes.append("Replicates have the same random numbers at all points, and it shows: what chance does is correlated "
                     f"between points by {max(_shared(one) for one in contests):.2f}; tests of points together reckon with "
                     "it.")
    if plausible.asked and numpy.isnan(plausible.implausibility).any():
        notes.append(f"{int(numpy.isnan(plausible.implausibility).sum())} points have no run that answers a target: they "
                     "count as ruled out.")
    return notes


def _shared(contest):
    return shared_chance(contest.gain[contest.known])


def discover(results, settings):
    """Search for the conditions under which arms beat the reference.

    Parameters
    ----------
    results : results.Results
        Of a sweep.
    settings : Settings

    Returns
    -------
    Discovery

    Raises
    ------
    Problem
        Where there are fewer than two points with pairs.
    """
    if len(results.points) < 2:
        raise Problem(f"{results.paths[0]}: found {len(results.points)} point, expected a sweep over 2 points at least "
                      "(vary and design in the sweep file)")
    _check_numbers(results, settings)
    design, plausible = read_design(results), _plausible(results, settings)
    totals = results.totals(settings.outcome).values
    contests = _over_arms([_contest(results, settings, design, plausible, totals, arm) for arm in settings.arms])
    kept = plausible.kept if settings.only_plausible else numpy.ones(len(results.points), bool)
    regrets, wanted, shared = _regrets(results, settings, kept)
    return Discovery(settings, design, results.points, plausible, contests, regrets, wanted,
                     _notes(results, settings, design, plausible, contests, shared))


def other_side(contest):
    """Points, of those not ruled out, whose mean lies on the other side of the overall mean, surest first.

    Returns
    -------
    numpy.ndarray of int
        Indices of points.
    """
    tested = numpy.flatnonzero(contest.tested)
    mean = numpy.nanmean(contest.gain[tested], axis=1)
    z = contest.effects.z[numpy.searchsorted(numpy.flatnonzero(contest.known), tested)]
    side = contest.reversal.side
    order = numpy.argsort(side * (mean if numpy.isnan(z).any() else z), kind="stable")
    return tested[order[(side * mean)[order] < 0]]


def bounds(reversal):
    """Largest share of reversed points: if those on the other side are chance's, and if all of them are real."""
    return undetected_share(0, reversal.points), undetected_share(reversal.other, reversal.points)
