"""What the numbers of a discovery allow to say, in plain lines and never more than they do."""

import math

from .discovery import ALPHA, bounds
from .prim import SUPPORTED
from .text import number, percent, probability, short


def restriction(name, low, high):
    """A factor's ends in a box, "0.4 <= harm.restraint <= 0.6"."""
    ends = [number(end) if math.isfinite(end) else "" for end in (low, high)]
    return (f"{ends[0]} <= " if ends[0] else "") + name + (f" <= {ends[1]}" if ends[1] else "")


def restrictions(box, factors):
    """All of them in one line."""
    return " and ".join(restriction(name, low, high) for name, low, high in zip(factors, box.low, box.high)
                        if math.isfinite(low) or math.isfinite(high)) or "no restriction"


def beats(settings, arm):
    """What counts as a win."""
    margin = f" by more than {percent(settings.margin)} % of its mean" if settings.margin else ""
    return f"{arm} beats {settings.reference}{margin}"


def sentence_of_base(contest, settings):
    """In how many points it wins."""
    wins, used = int(contest.wins[contest.used].sum()), int(contest.used.sum())
    if not used:
        return f"{settings.outcome.label}: no point is left that targets don't rule out, so that no wins can be counted."
    return (f"{settings.outcome.label}, {settings.outcome.better} is better: {beats(settings, contest.arm)} at {wins} of "
            f"{used} points ({percent(wins / used)} %), by the mean of each point's pairs.")


def sentence_of_box(found, factors, settings, arm, number_of_box):
    """What one box is worth; p is corrected where there are several arms."""
    start = f"Box {number_of_box}: "
    quality, held = found.quality, found.held_out
    chance = f"{probability(found.p)}: wins dealt out at random over the points give as good a box that often"
    if settings.box is not None and number_of_box == 1:
        chance = (f"{probability(found.p)}: wins dealt out at random over the points give as good a box of this size that "
                  "often; that this size was chosen doesn't count in it")
    if len(settings.arms) > 1:
        chance = f"{probability(found.p_corrected)}, corrected for the arms; by itself {chance}"
    if not found.box.restricted.any():
        return start + f"no restriction is worth keeping (p of the search {chance})."
    earlier = number_of_box > 1
    outside = f"outside box{'es' if number_of_box > 2 else ''} {' and '.join(map(str, range(1, number_of_box)))} and "
    text = (f"{outside if earlier else ''}where {restrictions(found.box, factors)}, {beats(settings, arm)} at {quality.wins} "
            f"of {quality.points} points (density {percent(quality.density)} %, against {percent(found.base)} % of all"
            + (f" and {percent(held.base)} % of those that earlier boxes left" if earlier else "") + "); the box holds "
            f"{percent(quality.coverage)} % of all wins and {percent(quality.mass)} % of all points. ")
    if math.isnan(held.density):
        text += "On held-out points the search found no box to try. "
    else:
        text += (f"Of points held out of the search, {percent(held.density)} % of those in its boxes are wins (90 % "
                 f"interval {percent(held.low)} to {percent(held.high)} %): the density to expect of points that are not in "
                 "the file. ")
    weak = [name for name, p in zip(factors, found.quasi_p) if p > SUPPORTED]
    text += f"Not supported by themselves (quasi-p above {SUPPORTED:g}): {', '.join(weak)}. " if weak else ""
    if found.p_corrected >= ALPHA:
        return start + text + f"That may be chance (p of the search {chance})."
    if not held.low > held.base:
        return start + text + ("That is not surely more than among "
                               f"{'the points that earlier boxes left' if earlier else 'all points'}: don't build on this box.")
    if not held.low > found.base:
        return start + text + (f"That is not surely more than among all points. p of the search {chance}.")
    return start + text + f"p of the search {chance}."


def sentence_of_tree(tree):
    """Whether a tree knows more than nothing."""
    text = (f"The tree sorts {percent(tree.accuracy_within)} % of its points rightly, and {percent(tree.accuracy)} % of "
            f"points held out while it was grown (90 % interval {percent(tree.low)} to {percent(tree.high)} %); always "
            f"saying the more frequent answer is right at {percent(tree.base)} %. ")
    if len(tree.leaves) == 1:
        return text + "Cross-validation prunes it to its root: it finds no split worth keeping."
    if not tree.low > tree.base:
        return text + "It doesn't surely know more than that."
    return text


def plausible_lines(discovery):
    """What was done with the targets."""
    plausible, settings = discovery.plausible, discovery.settings
    later = (f"{plausible.later} answered targets end after the arms part and are left out (--history ARM takes those of an "
             "arm that follows what happened). " if plausible.later else "")
    if not plausible.asked:
        return [later + "The file has no calibration target that its runs answer" + (" before that. " if later else ". ") +
                "Which points the targets rule out can't be asked of it: all points are used."]
    count, kept = len(plausible.kept), int(plausible.kept.sum())
    targets = plausible.targets
    text = (f"{later}Targets rule out {count - kept} of {count} points: implausibility, the largest distance of a point's "
            f"mean from {len(targets)} calibration targets in standard deviations, above {settings.cutoff:g} (runs of "
            f"{settings.history or settings.reference}; discrepancy of the model {settings.discrepancy:g} of the "
            "logarithm, an assumption).")
    over = (plausible.by_target > settings.cutoff).sum(0)
    worst = [f"{targets[index].name} ({over[index]})" for index in (-over).argsort(kind="stable")[:4] if over[index]]
    return [text] + ([f"Targets that rule out most: {', '.join(worst)}."] if worst else [])


def _direction(contest, settings, side):
    first, second = (contest.arm, settings.reference)[::side]
    return f"{first} beats {second}"


def sentence_of_reversal(contest, discovery):
    """The finding: undetermined, holding as far as these points go, or open."""
    settings, found = discovery.settings, contest.reversal
    if found is None:
        return ("No point is left that targets don't rule out: nothing can be said of the ranking where the model agrees "
                "with them. A larger --discrepancy asks less of the model.")
    where = f"{found.points} point{'s' if found.points != 1 else ''}"
    where += " not ruled out" if discovery.plausible.asked else ""
    main = _direction(contest, settings, found.side)
    tests = f"p = {probability(found.p_together)} by all points together, {probability(found.p_single)} by single points"
    tests += f"; {probability(found.p_reversal)} by both, corrected for the arms" if len(discovery.contests) > 1 else ""
    chance = (f"by their means it is so at {found.points - found.other - found.ties}, the other way at {found.other}"
              + (f", the same at {found.ties}" if found.ties else "") +
              f"; an equal effect everywhere would give {number(found.expected)} by chance (middle 90 %: "
              f"{found.expected_low:.0f} to {found.expected_high:.0f})")
    if found.ties == found.points:
        return f"The arms have the same mean at each of {where}."
    if found.verdict == "untested":
        return (f"Not tested: no point has two pairs, so that chance can't be told. By single pairs, {main} at "
                f"{found.points - found.other - found.ties} of {where}, the other way at {found.other}.")
    if found.verdict == "undetermined":
        open_ones = "parameters that the targets leave open" if discovery.plausible.asked else "the parameters that vary"
        return (f"UNDETERMINED: among {where} the ranking is reversed, beyond chance ({tests}). Overall {main}; {chance}. "
                f"{_by_themselves(found)} Which arm is better hangs on {open_ones}.")
    if found.verdict == "unclear":
        return (f"The arms can't be told apart at any of {where}, nor by all of them together. On average {main}; {chance}. "
                "That is not the same as no difference.")
    if found.verdict == "differs":
        return (f"Open: overall {main} among {where}, and no reversal is shown ({tests}); but {chance}: the effect is not "
                "the same everywhere, and may vanish or turn at some. More replicates would tell.")
    none, all_real = bounds(found)
    return (f"Holds in all {where}, as far as their replicates tell: {main}, and at no point nor at all together is the "
            f"opposite shown ({tests}); {chance}. " + _by_themselves(found) + " If no point is reversed, a share of "
            f"up to {percent(none)} % of such points may still be"
            + (f"; if all {found.other} are, up to {percent(all_real)} %" if found.other else "") +
            f" (95 %, points taken as drawn at random). A reversal at a single point smaller than about "
            f"{short(found.detectable)} would mostly go unseen.")


def _by_themselves(found):
    better, worse = int(found.better_points.sum()), int(found.worse_points.sum())
    main, other = (better, worse) if found.side > 0 else (worse, better)
    return f"By themselves {main} points show it and {other} show the opposite (Holm)."
