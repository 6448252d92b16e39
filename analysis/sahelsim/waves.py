"""Waves of a calibration, from the files of sweeps: points, simulated figures, and the figures for calibration only.

Of `/targets` this reads which role each target has, and of those for calibration the rest. Figures for validation, observed
or simulated, are not read.
"""

from dataclasses import dataclass

import h5py
import numpy

from . import priors, targets
from .design import read_columns
from .problems import Problem, check_name, reading
from .results import Results

FEWEST_BEYOND = 5  # points beyond the number of parameters
_DRAWN = ("random", "latin_hypercube", "sobol")  # designs whose values are as good as drawn


@dataclass(frozen=True)
class Wave:
    """One sweep.

    Attributes
    ----------
    points : numpy.ndarray
        [point, factor] in the unit cube of the priors.
    simulated : numpy.ndarray
        [point, replicate, target], NaN where there is no run.
    """

    path: str
    seed: int
    points: numpy.ndarray
    simulated: numpy.ndarray


@dataclass(frozen=True)
class Calibrated:
    """All waves, with what they have in common.

    Attributes
    ----------
    arm : str
    priors : list of priors.Prior
    record_values : numpy.ndarray
        [factor] What the scenario gives.
    targets : list of targets.Target
    waves : list of Wave
    notes : list of str
    sweep_text, scenario_text : str
        Of the last wave: the sweep file, and the arm's scenario as it was run.
    attributes : dict
        Of the last wave's file.
    """

    arm: str
    priors: list
    record_values: numpy.ndarray
    targets: list
    waves: list
    notes: list
    sweep_text: str
    scenario_text: str
    attributes: dict


@dataclass(frozen=True)
class Choice:
    """Which targets and arm were asked for; None is all, or the only one."""

    targets: list | None = None
    exclude: list | None = None
    arm: str | None = None


def _reading(path):
    return reading(path, "the sweep for calibration")


def _check_shapes(path, columns, expected):
    """Texts or numbers by name have one place for each of the first name's."""
    for name, values in columns.items():
        if numpy.shape(values) != expected:
            raise Problem(f"{path}: {name} has the shape {numpy.shape(values)}, expected {expected}; the file is damaged")


def _texts(group, name, where=slice(None)):
    return [str(text) for text in group[name].asstr()[where]]


def _check_names(choice, roles):
    for name in [*(choice.targets or []), *(choice.exclude or [])]:
        check_name("target", name, roles)
        if roles[name] != targets.CALIBRATION:
            raise Problem(f"target '{name}' is for {roles[name]}, expected one for calibration: figures for validation "
                          "judge what was calibrated without them")


def _targets(results, path, arm, choice):
    """The chosen targets, what runs of the arm give, [point, replicate, target], and what is to be said of others."""
    (_, group), = results.groups("targets")
    if group is None:
        raise Problem(f"{path}: has no group /targets; sweeps of this version of sahelsim have one: run the sweep again")
    _check_names(choice, targets.read_roles(path, group))
    found = targets.read(results, targets.CALIBRATION)
    wanted = [name for name in found.table.index
              if (not choice.targets or name in choice.targets) and name not in (choice.exclude or [])]
    table, left_out = found.table.loc[wanted], {}
    used = targets.usable(path, table)
    for name, row in table.iterrows():
        why = targets.unanswered(row)
        if why:
            left_out.setdefault(why, []).append(name)
    notes = [f"{len(which)} target{'s' if len(which) > 1 else ''} for calibration left out, since {why}: {', '.join(which)}."
             for why, which in left_out.items()]
    return used, found.simulated.sel(arm=arm, target=[target.name for target in used]).values, notes


@dataclass
class _Design:
    names: list
    values: numpy.ndarray  # [point, factor]
    priors: list  # None where the sweep is of a list
    record_values: numpy.ndarray


def _design(data, path, arm):
    found = read_columns(path, data, ("factor", "unit", "distribution", "arms"), ("record_value",))
    names, units, texts, arms, values, records = (found[name] for name in ("factor", "unit", "distribution", "arms", "value",
                                                                           "record_value"))
    here = [index for index, text in enumerate(arms) if not text or arm in text.split()]
    if not here:
        raise Problem(f"{path}: no parameter varies in arm '{arm}', expected a sweep that varies some")
    try:
        drawn = data.attrs.get("design") in _DRAWN
        made = [priors.make(names[index], units[index], texts[index], values[:, index], drawn) for index in here]
    except Problem as problem:
        raise Problem(f"{path}: {problem}") from None
    return _Design([names[index] for index in here], values[:, here], made, records[here])


def _check_figures(path, names, table, done):
    """Runs that are done give a number of 0 or more, as all figures are; what none gives is told by the emulators."""
    for name, values in zip(names, numpy.moveaxis(table, -1, 0)):
        if numpy.isnan(values).all():
            continue
        wrong = values[done & ~((values >= 0) & numpy.isfinite(values))]
        if len(wrong):
            raise Problem(f"{path}: /targets/simulated of target '{name}' holds {wrong[0]} ({len(wrong)} of {int(done.sum())} "
                          "runs that are done are no number of 0 or more)")


def _choose_arm(results, path, wanted):
    if wanted:
        results.check_arm(wanted)
        return wanted
    if len(results.arms) > 1:
        raise Problem(f"{path}: found {len(results.arms)} arms, expected one: --arm says which is calibrated; there are "
                      + ", ".join(results.arms))
    return results.arms[0]


@dataclass
class _Read:
    """One file, read."""

    path: str
    arm: str
    attributes: dict
    design: _Design
    targets: list
    simulated: numpy.ndarray
    points: numpy.ndarray  # numbers of points
    notes: list
    sweep_text: str
    scenario_text: str
    constants: dict  # parameter -> value, of those that don't vary
    failed: int


def _read(path, choice):
    results = Results([path])
    try:
        if not results.is_sweep:
            raise Problem(f"{path}: found a file of run, expected the file of a sweep that varies parameters")
        arm = _choose_arm(results, path, choice.arm)
        used, simulated, notes = _targets(results, path, arm, choice)
        if not used:
            raise Problem(f"{path}: no target for calibration is left that its runs answer" +
                          ("" if not notes else " (" + " ".join(notes)[:-1] + ")"))
        _check_figures(path, [target.name for target in used], simulated, results.done[results.arms.index(arm)])
        with _reading(path), h5py.File(path, "r") as data:
            design = _design(data, path, arm)
            if results.points[0] < 0 or results.points[-1] >= len(design.values):
                raise Problem(f"{path}: there are runs of points that /design lacks; the file is damaged")
            with _reading(path):
                group = data["arms"][arm]
                names, values = _texts(group["parameters"], "parameter"), group["parameters/value"][:]
                _check_shapes(path, {f"/arms/{arm}/parameters/value": values}, (len(names),))
                texts = data["sweep/text"].asstr()[()], group["scenario/text"].asstr()[()]
        number = results.arms.index(arm)
        constants = {name: value for name, value in zip(names, values) if name not in design.names}
        return _Read(str(path), arm, results.attrs, design, used, simulated, results.points, notes, *texts,
                      constants, int((results.planned[number] & ~results.done[number]).sum()))
    finally:
        results.close()


def _check_alike(first, other):
    """Waves of one calibration have the same parameters, targets, scenario and period."""
    here, there = f"{other.path} and {first.path}", set(first.design.names) ^ set(other.design.names)
    if there:
        raise Problem(f"{here} vary different parameters ({', '.join(sorted(there))}), expected waves of one calibration")
    for name in ("start", "end", "persons_per_agent"):
        if first.attributes.get(name) != other.attributes.get(name):
            raise Problem(f"{here} differ in {name} ({other.attributes.get(name)} and {first.attributes.get(name)}), "
                          "expected waves of one calibration")
    if first.targets != other.targets:
        names = {target.name for target in set(first.targets) ^ set(other.targets)}
        raise Problem(f"{here} have different figures or targets ({', '.join(sorted(names))}), expected waves of one "
                      "calibration")
    different = [name for name, value in first.constants.items() if other.constants.get(name) != value]
    if different or len(first.constants) != len(other.constants):
        raise Problem(f"{here} are of different scenarios: " + (f"{different[0]} is {other.constants.get(different[0])} and "
                      f"{first.constants[different[0]]}" if different else "they have different parameters"))


def _priors(reads):
    """From the first wave that drew its points from distributions; a list does not say them."""
    for read in reads:
        if all(read.design.priors):
            return read.design.priors
    raise Problem(f"{reads[0].path}: its points are a list, which doesn't say what distributions they come from; expected "
                  "the first wave too, whose points the sweep drew itself")


def _wave(read, order, made, notes):
    """Points with runs, in the order of the first wave's parameters."""
    values = read.design.values[read.points][:, order]
    inside = numpy.array([(values[:, index] >= prior.low) & (values[:, index] <= prior.high)
                          for index, prior in enumerate(made)]).all(0)
    known = ~numpy.isnan(read.simulated).all((1, 2))
    if (~inside).any():
        notes.append(f"{read.path}: {int((~inside).sum())} points lie outside the first wave's ranges and are left out.")
    if (~known).any():
        notes.append(f"{read.path}: {int((~known).sum())} points have no run that is done and are left out.")
    if read.failed:
        notes.append(f"{read.path}: {read.failed} runs failed or are pending.")
    kept = inside & known
    fewest = len(made) + FEWEST_BEYOND
    if kept.sum() < fewest:
        raise Problem(f"{read.path}: found {int(kept.sum())} points with runs, expected {fewest} at least for {len(made)} "
                      "parameters, and better ten times as many as parameters")
    if kept.sum() < 10 * len(made):
        notes.append(f"{read.path}: {int(kept.sum())} points are few for {len(made)} parameters; ten a parameter are the "
                     "rule of thumb (Loeppky, Sacks & Welch 2009, Technometrics 51:366-376).")
    return Wave(read.path, int(read.attributes["seed"]), priors.to_unit(made, values[kept]), read.simulated[kept])


def read(paths, choice=Choice()):
    """Read the waves of a calibration.

    Parameters
    ----------
    paths : list of path-like
        Result files of sweeps, in the order of the waves.
    choice : Choice, optional

    Returns
    -------
    Calibrated

    Raises
    ------
    Problem
        For files that are no sweeps, are damaged, lack targets, or don't belong together.
    """
    reads = [_read(path, choice) for path in paths]
    for other in reads[1:]:
        _check_alike(reads[0], other)
    for index, one in enumerate(reads):
        for other in reads[:index]:
            if one.design.values.shape == other.design.values.shape and (one.design.values == other.design.values).all() \
                    and one.attributes["seed"] == other.attributes["seed"]:
                raise Problem(f"{one.path} has the same points and seed as {other.path}: give each wave once")
    made = _priors(reads)
    names, notes = [prior.name for prior in made], list(reads[0].notes)
    if len({one.attributes["git_hash"] for one in reads}) > 1:
        notes.append("The waves were made by different builds of sahelsim: differences between them may be the builds'.")
    waves = [_wave(one, [one.design.names.index(name) for name in names], made, notes) for one in reads]
    if any(wave.simulated.shape[1] == 1 for wave in waves):
        notes.append("A wave has one replicate a point: its chance is estimated as what the emulators can't explain, and "
                     "all its points share the same random numbers, of which nothing can be told. Take several.")
    last = reads[-1]
    records = reads[0].design.record_values[[reads[0].design.names.index(name) for name in names]]
    return Calibrated(last.arm, made, records, reads[0].targets, waves, notes, last.sweep_text, last.scenario_text,
                      last.attributes)
