"""A discovery as CSV and JSON."""

import numpy
import pandas

from . import discover_words as words
from . import documents

LAYOUT = 1


def point_table(discovery):
    """A row for each arm and point: parameters, means, gain, whether it wins, in which box it lies, what targets say."""
    settings, design, plausible = discovery.settings, discovery.design, discovery.plausible
    parts = []
    for contest in discovery.contests:
        rows = pandas.DataFrame(design.values, columns=design.factors)
        order = numpy.flatnonzero(contest.known)
        gain, error, z = (numpy.full(len(rows), numpy.nan) for _ in range(3))
        gain[order], error[order], z[order] = contest.effects.mean, contest.effects.error, contest.effects.z
        rows.insert(0, "point", discovery.points)
        rows.insert(1, "arm", contest.arm)
        found = {"reference": settings.reference, "outcome": settings.outcome.name,
                 "pairs": (~numpy.isnan(contest.gain)).sum(1), "reference_mean": contest.of_reference,
                 "arm_mean": contest.of_arm, "gain": gain, "gain_error": error, "gain_z": z, "wins": contest.wins,
                 "box": numpy.select([one.inside for one in contest.boxes], range(1, len(contest.boxes) + 1), 0)
                 if contest.boxes else 0,
                 "implausibility": plausible.implausibility, "ruled_out": ~plausible.kept}
        for name in ("better", "worse"):
            sure = numpy.zeros(len(rows), bool)
            if contest.reversal is not None:
                sure[contest.tested] = getattr(contest.reversal, f"{name}_points")
            found[f"surely_{name}"] = sure
        parts.append(pandas.concat([rows, pandas.DataFrame(found)], axis=1))
    return pandas.concat(parts, ignore_index=True)


def write_csv(path, results, discovery):
    """The table of points."""
    point_table(discovery).to_csv(path, index=False)


def _box(found, factors, settings, arm, count):
    ends = {name: {"low": low, "high": high, "quasi_p": p, "found_again": again}
            for name, low, high, p, again, kept in zip(factors, found.box.low, found.box.high, found.quasi_p,
                                                       found.held_out.restricted, found.box.restricted) if kept}
    trajectory = [{**quality._asdict(), "restricted": int(box.restricted.sum()),
                   "ends": {name: [box.low[index], box.high[index]] for index, name in enumerate(factors)
                            if box.restricted[index]}} for box, quality in found.trajectory]
    return {"restrictions": ends, **found.quality._asdict(), "base": found.base, "p_search": found.p,
            "p_search_corrected": found.p_corrected,
            "held_out": {name: value for name, value in found.held_out._asdict().items() if name != "restricted"},
            "chosen": found.chosen, "trajectory": trajectory,
            "words": words.sentence_of_box(found, factors, settings, arm, count)}


def _tree(tree, factors):
    leaves = [{"where": [[factors[factor], sign, value] for factor, sign, value in leaf.conditions], "points": leaf.points,
               "wins": leaf.wins} for leaf in tree.leaves]
    return {**tree._asdict(), "leaves": leaves, "words": words.sentence_of_tree(tree)}


def _contest(contest, discovery):
    settings, factors = discovery.settings, discovery.design.factors
    return {
        "arm": contest.arm, "points": int(contest.used.sum()), "wins": int(contest.wins[contest.used].sum()),
        "boxes": [_box(one, factors, settings, contest.arm, count) for count, one in enumerate(contest.boxes, 1)],
        "tree": _tree(contest.tree, factors) if contest.tree else None, "too_few": contest.too_few,
        "reversal": None if contest.reversal is None else
        {name: value for name, value in contest.reversal._asdict().items() if not name.endswith("_points")},
        "words": [words.sentence_of_base(contest, settings), words.sentence_of_reversal(contest, discovery)],
    }


def write_json(path, results, discovery):
    """Settings, tables of regret, boxes, trees, the adversarial question with its sentences, points and notes."""
    settings, plausible = discovery.settings, discovery.plausible
    documents.write(path, {
        "layout": LAYOUT, "source": str(results.attrs.get("source", "")), "files": results.paths,
        "seed_of_runs": results.attrs["seed"], "start": results.start, "end": results.end,
        "reference": settings.reference, "arms": settings.arms, "outcome": settings.outcome.name,
        "better": settings.outcome.better, "margin": settings.margin, "peel": settings.peel, "cutoff": settings.cutoff,
        "discrepancy": settings.discrepancy, "history": settings.history, "only_plausible": settings.only_plausible,
        "seed": settings.seed, "parameters": discovery.design.factors,
        "regret": [{"outcome": outcome.name, "better": outcome.better, "points": points, "arm": arm,
                    **{name: values[row] * (-1 if outcome.better == "more" and name in ("mean", "worst") else 1)
                       for name, values in found._asdict().items()}}
                   for outcome, arms, points, found, _ in discovery.regret for row, arm in enumerate(arms)],
        "satisfice": [{"outcome": one.outcome.name, "below": one.below, "threshold": one.threshold, "points": points,
                       "share": dict(zip([settings.reference, *settings.arms], shares))}
                      for one, shares, points in discovery.wanted],
        "targets": None if not plausible.asked else
        {"names": [target.name for target in plausible.targets], "ruled_out": int((~plausible.kept).sum()),
         "ruled_out_by": (plausible.by_target > settings.cutoff).sum(0)},
        "contests": [_contest(one, discovery) for one in discovery.contests],
        "points": point_table(discovery).to_dict("records"),
        "notes": [*words.plausible_lines(discovery), *discovery.notes],
    })
