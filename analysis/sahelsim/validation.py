"""What `sahelsim validate` finds out, put together from its parts. Numbers only."""

from dataclasses import dataclass, field

import pandas

from . import pattern_list, pattern_scores, scores
from .hindcast import Hindcast, hindcast
from .observed_events import ObservedEvents
from .problems import Problem
from .scorecard import Scorecard, has_targets, scorecard
from .targets import ROLES

SCORECARD, PATTERNS, OBSERVED = "scorecard", "patterns", "observed"
PARTS = (SCORECARD, PATTERNS, OBSERVED)


@dataclass(frozen=True)
class Settings:
    """What was asked for."""

    parts: list = field(default_factory=list)  # empty: those that the files have
    roles: tuple = ROLES
    patterns: str | None = None  # file of patterns
    observed: str | None = None  # file of events
    country: str | None = None
    level: str = "country"
    count: str = "deaths"
    start: object = None  # first month that is scored against events, datetime64[M]
    seed: int = 1


@dataclass
class Validation:
    """What came of it; None for parts that were not asked for, or that the files can't give.

    Attributes
    ----------
    scorecard : scorecard.Scorecard or None
    patterns : pandas.DataFrame or None
    hindcast : hindcast.Hindcast or None
    observed : observed_events.ObservedEvents or None
    notes : list of str
    """

    settings: Settings
    scorecard: Scorecard | None
    patterns: pandas.DataFrame | None
    hindcast: Hindcast | None
    observed: ObservedEvents | None
    notes: list


def validate(runs, settings):
    """Score the runs.

    Parameters
    ----------
    runs : runs.Runs
    settings : Settings

    Returns
    -------
    Validation
    """
    if settings.observed is None and OBSERVED in settings.parts:
        raise Problem("--parts observed needs --observed FILE.csv")
    parts = settings.parts or ([OBSERVED] if settings.observed else [SCORECARD, PATTERNS])
    notes = _notes(runs)
    card = patterns = score = events = None
    # What is quickly refused comes first.
    listed = pattern_list.read(settings.patterns or pattern_list.find()) if PATTERNS in parts else None
    if OBSERVED in parts:
        events = ObservedEvents(settings.observed, settings.country)
        score = hindcast(runs, events, settings.level, settings.count, settings.start)
    if SCORECARD in parts and (settings.parts or has_targets(runs)):
        card = scorecard(runs, settings.roles)
    elif SCORECARD in parts:
        notes.append("No scorecard: the file has no targets (group /targets): it is of an older build, or its scenario has "
                     "none.")
    if listed:
        patterns = pattern_scores.judge(runs, listed, settings.seed)
    return Validation(settings, card, patterns, score, events, notes)


def _notes(runs):
    notes = []
    if runs.points > 1:
        notes.append(f"The runs of {runs.points} points are pooled: ranges hold what parameters do and what chance does. "
                     "They are a forecast only if the points are drawn from what is believed of the parameters.")
    if len(runs.paths) > 1:
        notes.append(f"The runs of {len(runs.paths)} files are pooled.")
    if runs.count < runs.planned:
        notes.append(f"{runs.planned - runs.count} of {runs.planned} runs are left out: they failed, were stopped or are "
                     f"pending.")
    if runs.count < scores.fewest():
        notes.append(f"{runs.count} run{'s are' if runs.count > 1 else ' is'} too few for 90 % ranges, which need "
                     f"{scores.fewest()}: ranges go from the lowest to the highest run, which hold a further one in "
                     f"{100 * (runs.count - 1) / (runs.count + 1):.0f} %.")
    others = [name for name in runs.arms if name != runs.arm]
    if others:
        notes.append(f"Arm '{runs.arm}' of {len(runs.arms)}; --arm chooses another: "
                     f"{', '.join(others[:5])}{', ...' * (len(others) > 5)}.")
    return notes
