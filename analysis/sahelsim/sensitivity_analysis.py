"""Which parameters drive outcomes and differences of arms: numbers only; words, tables and figures are elsewhere."""

from dataclasses import dataclass
from itertools import combinations

import numpy
import pandas

from .chance import FEWEST_FOR_REPLICATES, components, fullest_block
from .design import MORRIS, SALTELLI, Design
from .morris import FEWEST_FOR_INTERVAL, elementary_effects, summarize
from .partial_ranks import correlations_of_means, fewest_points
from .problems import Problem
from .sobol import sobol_indices
from .statistics import holm

SOBOL, EFFECTS, RANKS = "sobol", "morris", "prcc"
ALPHA = 0.05  # of corrected p-values
STRENGTH = {SOBOL: "total", EFFECTS: "mu_star", RANKS: "prcc"}
_UNIT_WORDS = {SOBOL: "base samples", EFFECTS: "trajectories", RANKS: "points"}


@dataclass(frozen=True)
class Subject:
    """An arm, or the difference of two, pair by pair."""

    arm: str
    reference: str = ""

    @property
    def name(self):
        """str: As people read it."""
        return f"{self.arm} less {self.reference}" if self.reference else self.arm

    @property
    def arms(self):
        """list of str"""
        return [self.arm, self.reference] if self.reference else [self.arm]


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    subjects: list  # of Subject
    outcomes: list  # of Outcome
    seed: int = 1


@dataclass
class Analysis:
    """What came of it.

    Attributes
    ----------
    method : str
        SOBOL, EFFECTS or RANKS, as the design allows.
    factors, pairs, summaries : pandas.DataFrame
        A row for each subject, outcome and factor, the strongest first; for each pair of factors (of Saltelli's design with
        BA; else empty); for each subject and outcome. See docs/tutorial-sensitivity.md for the columns.
    notes : list of str
    """

    settings: Settings
    design: Design
    method: str
    factors: pandas.DataFrame
    pairs: pandas.DataFrame
    summaries: pandas.DataFrame
    notes: list


class Runs:
    """The runs of a subject that can be used for an outcome: whole groups of points, all with the same replicates."""

    def __init__(self, results, design, subject, outcome, totals):
        self.subject, self.outcome = subject, outcome
        self.design, self.factors = design, design.moving(subject.arms)
        values = numpy.full((len(design.values), len(results.replicates)), numpy.nan)
        numbers = [results.arms.index(arm) for arm in subject.arms]
        values[results.points] = _difference(*totals[numbers]) if subject.reference else totals[numbers[0]]
        self.units, self.replicates = fullest_block(numpy.isfinite(values)[design.groups].all(1))
        self.points = design.groups[self.units]
        self.values = values[self.points][..., self.replicates]  # [unit, row, replicate]
        self.left_out = int(results.planned[numbers].any(0).sum()) - self.values.size

    @property
    def sample(self):
        """Points that are a sample of the parameters' distributions (of trajectories all), and values [point, replicate]."""
        rows = [0, -1] if self.design.kind == SALTELLI else slice(None)
        points, values = self.points[:, rows], self.values[:, rows]
        return points.ravel(), values.reshape(-1, values.shape[-1])


def _difference(values, reference):
    """Arm less reference, without what rounding leaves of equal differences: twelve digits of the larger one."""
    largest = numpy.nanmax(numpy.abs([values, reference]), initial=0.0)
    digits = 11 - int(numpy.floor(numpy.log10(largest))) if largest > 0 else 0
    return numpy.round(values - reference, digits)


def method_of(design):
    """What the design was made for."""
    return {SALTELLI: SOBOL, MORRIS: EFFECTS}.get(design.kind, RANKS)


def _check(runs, results, method):
    """Refuse what is too little to say anything."""
    found = len(runs.units)
    least = {SOBOL: 8, EFFECTS: 2, RANKS: fewest_points(len(runs.factors))}[method]
    if not runs.factors:
        raise Problem(f"no parameter of the design varies in {' or '.join(runs.subject.arms)}")
    if found < least:
        raise Problem(f"{results.paths[0]}: found {found} {_UNIT_WORDS[method]} with all runs done for {runs.subject.name} "
                      f"({runs.outcome.name}), expected {least} at least" +
                      (f" for {len(runs.factors)} parameters" if method == RANKS else ""))


def _sobol(runs, seed):
    """Rows of factors and of pairs, and what the summary adds."""
    design, factors = runs.design, runs.factors
    count = len(design.factors)
    ab, ba = runs.values[:, 1: 1 + count], runs.values[:, 1 + count: 1 + 2 * count]
    found = sobol_indices(runs.values[:, 0], ab[:, factors], runs.values[:, -1], ba[:, factors] if design.has_pairs else None,
                          seed=seed)
    rows = pandas.DataFrame({
        "first": found.first, "first_low": found.first_interval[:, 0], "first_high": found.first_interval[:, 1],
        "total": found.total, "total_low": found.total_interval[:, 0], "total_high": found.total_interval[:, 1],
        "total_uncorrected": found.uncorrected_total})
    moved = (ab[:, factors] != runs.values[:, :1]).any((0, 2))
    rows["told"] = _told(len(runs.replicates) >= FEWEST_FOR_REPLICATES, found.total_interval[:, 0] > 0, moved)
    rows[["prcc", "p"]] = _directions(runs)
    rows.loc[~moved, ["prcc", "p"]] = numpy.nan  # whatever ranks say by chance
    names = [design.factors[index] for index in factors]
    pairs = pandas.DataFrame(list(combinations(names, 2)), columns=["factor", "with_factor"])
    if design.has_pairs:
        pairs = pairs.assign(second=found.second, second_low=found.second_interval[:, 0],
                             second_high=found.second_interval[:, 1])
    return rows, pairs if design.has_pairs else pairs.iloc[:0], {"alone": found.first.sum()}


def _directions(runs):
    """Partial rank correlations over A and B, [factor, (coefficient, p)], since indices don't tell up from down."""
    points, values = runs.sample
    if len(points) < fewest_points(len(runs.factors)):
        return numpy.nan
    found = correlations_of_means(runs.design.values[points][:, runs.factors], values)
    return numpy.column_stack([found.coefficient, found.p])


def _effects(runs, seed):
    design = runs.design
    every = elementary_effects(runs.values, design.changed[runs.units], design.sign[runs.units], design.step)
    every = every[:, runs.factors]
    found = summarize(every, seed=seed)
    rows = pandas.DataFrame({
        "mu_star": found.mu_star, "mu_star_low": found.mu_star_interval[:, 0], "mu_star_high": found.mu_star_interval[:, 1],
        "mu": found.mu, "mu_low": found.mu_interval[:, 0], "mu_high": found.mu_interval[:, 1], "sigma": found.sigma,
        "chance_alone": found.chance_alone, "square": found.square, "square_low": found.square_interval[:, 0],
        "square_high": found.square_interval[:, 1]})
    able = every.shape[2] >= FEWEST_FOR_REPLICATES and every.shape[0] >= FEWEST_FOR_INTERVAL
    sure = (found.square_interval[:, 0] > 0) | (found.mu_interval[:, 0] > 0) | (found.mu_interval[:, 1] < 0)
    rows["told"] = _told(able, sure, (every != 0).any((0, 2)))
    return rows, {}


def _ranks(runs, _):
    points, values = runs.sample
    found = correlations_of_means(runs.design.values[points][:, runs.factors], values)
    rows = pandas.DataFrame({"prcc": found.coefficient, "prcc_low": found.low, "prcc_high": found.high, "p": found.p})
    return rows, {"explained": found.explained}


def _told(able, sure, moved):
    """Whether a factor can be told from none: "no" where it changes no run, "" where nothing separates it from chance; of
    Sobol indices later "ranks" where only the rank correlation tells it."""
    return numpy.where(~moved, "no", numpy.where(sure, "yes", "no") if able else "")


def _summary(runs, method):
    points, values = runs.sample
    found = components(values, independent=len(runs.units) if method == EFFECTS else None)
    one = len(runs.replicates) == 1
    return {
        "units": len(runs.units), "points": len(numpy.unique(runs.points)), "replicates": len(runs.replicates),
        "runs_left_out": runs.left_out, "mean": found.mean, "sd_of_points": numpy.sqrt(max(0, found.between)),
        "sd_within_points": numpy.nan if one else numpy.sqrt(found.common + found.own),
        "chance_share": found.chance_share, "chance_low": found.low, "chance_high": found.high,
        "noise_of_mean": found.noise_of_mean, "constant": not (runs.values != runs.values[:1, :1]).any(),
    }


def _names(runs):
    subject, outcome = runs.subject, runs.outcome
    return {"subject": subject.name, "arm": subject.arm, "reference": subject.reference, "outcome": outcome.name,
            "label": outcome.label, "unit": outcome.unit}


def _described(runs, rows):
    """Rows of factors with their names, the strongest first."""
    design = runs.design
    chosen = [[column[index] for index in runs.factors] for column in (design.factors, design.units, design.distributions)]
    strength = rows[STRENGTH[method_of(design)]]
    strength = strength.abs() if method_of(design) == RANKS else strength  # indices near 0 may fall below it
    about = pandas.DataFrame({**_names(runs), "factor": chosen[0], "factor_unit": chosen[1], "distribution": chosen[2]})
    # By name where they are as strong, so that the order of factors in the sweep file does not matter.
    order = pandas.DataFrame({"strength": -strength, "name": chosen[0]}).sort_values(["strength", "name"], kind="stable").index
    return pandas.concat([about, rows], axis=1).loc[order]


def analyse(results, design, settings):
    """Find out which parameters drive each outcome of each subject, by the way the design was made for.

    Parameters
    ----------
    results : results.Results
        A sweep's.
    design : design.Design
    settings : Settings

    Returns
    -------
    Analysis

    Raises
    ------
    Problem
        Where too few runs are done.
    """
    if len(results.points) and results.points[-1] >= len(design.values):
        raise Problem(f"{results.paths[0]}: found runs of point {results.points[-1]}, but /design has "
                      f"{len(design.values)} points")
    method = method_of(design)
    every, factors, pairs, summaries = [], [], [], []
    for outcome in settings.outcomes:
        totals = results.totals(outcome).values
        for subject in settings.subjects:
            runs = Runs(results, design, subject, outcome, totals)
            _check(runs, results, method)
            if method == SOBOL:
                rows, of_pairs, more = _sobol(runs, settings.seed)
                pairs.append(of_pairs.assign(**_names(runs)))
            else:
                rows, more = (_effects if method == EFFECTS else _ranks)(runs, settings.seed)
            factors.append(_described(runs, rows))
            summaries.append({**_names(runs), **_summary(runs, method), **more})
            every.append(runs)
    factors = pandas.concat(factors, ignore_index=True)
    if method != EFFECTS:
        factors["p_corrected"] = holm(factors["p"])
        sure = factors["p_corrected"] < ALPHA
        by_index = factors["told"] if method == SOBOL else "no"
        factors["told"] = numpy.where(sure & (by_index == "no"), "yes" if method == RANKS else "ranks", by_index)
    pairs = pandas.concat(pairs, ignore_index=True) if pairs else pandas.DataFrame()
    summaries = pandas.DataFrame(summaries)
    return Analysis(settings, design, method, factors, pairs, summaries, _notes(results, design, settings, method, every))


def _notes(results, design, settings, method, every):
    notes = list(results.notes)
    left_out = max(runs.left_out for runs in every)
    if left_out:
        notes.append(f"Up to {left_out} runs of a row are left out: {_UNIT_WORDS[method]} count only where all their runs are "
                     "done, with the replicates that all of them have. Where runs failed for what their parameters are, what "
                     "is left is no fair sample.")
    replicates = min(len(runs.replicates) for runs in every)
    if replicates == 1:
        notes.append("One replicate a point: what chance does can't be told from what parameters do, and counts as theirs." +
                     {SOBOL: " If chance does about the same to all rows, the smallest total index says how much of each that "
                             "may be at most.", EFFECTS: "", RANKS: " Their p-values count the chance of "
                      "points only: a parameter may go with the outcome in this course of chance and not in others."}[method])
    elif replicates < FEWEST_FOR_REPLICATES:
        notes.append(f"With {replicates} replicates intervals and p-values count the chance of {_UNIT_WORDS[method]} only, not "
                     f"that of replicates, which takes {FEWEST_FOR_REPLICATES}" +
                     (": a parameter may go with the outcome in these courses of chance and not in others." if method == RANKS
                      else "; what can't be told from none is left open."))
    units = min(len(runs.units) for runs in every)
    if method == EFFECTS and units < FEWEST_FOR_INTERVAL:
        notes.append(f"Intervals need {FEWEST_FOR_INTERVAL} trajectories.")
    if method == SOBOL and units & (units - 1):
        notes.append(f"{units} base samples are no power of 2, for which a Sobol sequence is most even.")
    return notes + _notes_on_factors(design, settings)


def _notes_on_factors(design, settings):
    notes = []
    fixed = [name for index, name in enumerate(design.factors) if (design.values[:, index] == design.values[0, index]).all()]
    if fixed:
        notes.append(f"Left out, since they have one value at all points: {', '.join(fixed)}.")
    for subject in settings.subjects:
        moving = design.moving(subject.arms)
        still = [name for index, name in enumerate(design.factors) if index not in moving and name not in fixed]
        if still:
            notes.append(f"Left out of {subject.name}, where they do not vary: {', '.join(still)}.")
    return notes
