"""Runs scored month by month against events that others collected, beside naive forecasts. Numbers only."""

from dataclasses import dataclass

import numpy
import pandas
from scipy import stats

from . import places, scores
from .measures import VIOLENT
from .observed_events import GED
from .problems import Problem

LEVELS, COUNTS = ("country", "region", "cercle"), ("deaths", "events")
RUNS, LAST, HISTORY, POISSON = "runs", "last value", "history", "Poisson"
MEMBERS = 1000  # of naive forecasts, as in the VIEWS challenge
SCORES = ("crps", "ignorance", "interval_score")


@dataclass
class Hindcast:
    """What came of it.

    Attributes
    ----------
    level, count : str
    units : list of str
        Regions and the like.
    months : numpy.ndarray of datetime64[M]
        Months that are scored.
    history : numpy.ndarray of datetime64[M]
        Months before them, from which naive forecasts are made.
    observed : numpy.ndarray
        [unit, month]
    simulated : numpy.ndarray
        [run, unit, month]
    cells : pandas.DataFrame
        A row for each forecast, unit and month: observed, mean, median, range_low, range_high and scores.
    notes : list of str
    """

    level: str
    count: str
    units: list
    months: numpy.ndarray
    history: numpy.ndarray
    observed: numpy.ndarray
    simulated: numpy.ndarray
    cells: pandas.DataFrame
    notes: list

    def means(self, by):
        """Mean scores of each forecast by columns of `cells`, and the share of observed values inside the 90 % range."""
        return self.cells.groupby(["forecast", *by], sort=False)[[*SCORES, "crps_plain", "inside"]].mean().reset_index()

    def months_better(self, other):
        """In how many months the runs' mean CRPS over units is lower than another forecast's."""
        table = self.means(["month"]).pivot(index="month", columns="forecast", values="crps")
        return int((table[RUNS] < table[other]).sum())


def naive(history):
    """The three naive forecasts, as ensembles of 1000 evenly spaced quantiles of their distributions.

    Each month's forecast is the same, and made of the history alone: its last value; its values, each as likely (the
    bootstrap's limit); Poisson with its mean. Hegre et al. (2025), the VIEWS prediction challenge, has their like.

    Parameters
    ----------
    history : array_like
        [unit, month]

    Returns
    -------
    dict of str to numpy.ndarray
        [unit, member]
    """
    history = numpy.asarray(history, dtype=float)
    levels = (numpy.arange(MEMBERS) + 0.5) / MEMBERS
    return {
        LAST: numpy.repeat(history[:, -1:], MEMBERS, axis=1),
        HISTORY: numpy.quantile(history, levels, axis=1, method="inverted_cdf").T,
        POISSON: stats.poisson.ppf(levels, history.mean(1, keepdims=True)),
    }


def hindcast(runs, events, level="country", count="deaths", start=None):
    """Score runs against observed events by unit and month.

    Parameters
    ----------
    runs : runs.Runs
    events : observed_events.ObservedEvents
    level : str, optional
        "country", "region" or "cercle".
    count : str, optional
        "deaths" or "events".
    start : numpy.datetime64, optional
        First month that is scored; the middle of the common period where none is named.

    Returns
    -------
    Hindcast

    Raises
    ------
    Problem
        Where the periods have nothing in common, or no month is left before or after the start.
    """
    if not runs.has_series:
        raise Problem(f"{runs.paths[0]}: --observed needs monthly series, and the file has summaries only (outputs: "
                      "[summary, series] in the sweep file keeps them)")
    notes = []
    units, of_event = _units(runs, events, level, notes)
    months, start = _months(runs, events, start)
    first = int(numpy.searchsorted(months, start))
    observed = _observed(events, of_event, len(units), months, count)
    scored = months[first:]
    simulated = _simulated(runs, events, level, count)[:, :, numpy.isin(runs.months, scored)]
    forecasts = {RUNS: numpy.moveaxis(simulated, 0, -1)}
    forecasts.update({name: numpy.repeat(members[:, None], len(scored), axis=1)
                      for name, members in naive(observed[:, :first]).items()})
    cells = pandas.concat([_cells(name, members, observed[:, first:], units, scored) for name, members in forecasts.items()],
                          ignore_index=True)
    notes += _notes(runs, events)
    return Hindcast(level, count, units, scored, months[:first], observed[:, first:], simulated, cells, notes)


def _units(runs, events, level, notes):
    """Names of the units, and the unit of each observed event (-1: none)."""
    if level == "country":
        return [events.country or "country"], numpy.zeros(len(events.months), int)
    cercles = runs.cercles
    if cercles is None:
        raise Problem(f"{runs.paths[0]}: --level {level} needs series by cercle, and the file has none")
    regions = list(dict.fromkeys(cercles.regions))
    region_of = numpy.array([regions.index(name) for name in cercles.regions])
    by_cercle = places.find(events.cercles, cercles.names)
    if level == "cercle":
        found, names = by_cercle, cercles.names
    else:
        by_region = places.find(events.regions, regions)
        found, names = numpy.where(by_region >= 0, by_region, numpy.where(by_cercle >= 0, region_of[by_cercle], -1)), regions
    given = events.cercles if level == "cercle" else events.regions
    if (found < 0).all():
        raise Problem(f"{events.path}: none of its places ({_first(given)}) is a {level} of the runs ({_first(names)})")
    unknown = numpy.flatnonzero(found < 0)
    if len(unknown):
        seats = places.nearest(events.longitude[unknown], events.latitude[unknown], cercles)
        found[unknown] = numpy.where(seats < 0, -1, seats if level == "cercle" else region_of[seats])
        lost = int((seats < 0).sum())
        left_out = f" {lost} without a position are left out." if lost else ""
        notes.append(f"{len(unknown) - lost} of {len(found)} events are of places that the runs have no name for "
                     f"({_first(given[index] for index in unknown)}) and count for the nearest seat of a cercle.{left_out}")
    return names, found


def _first(names, most=4):
    """Some of the names."""
    found = list(dict.fromkeys(name or "(none)" for name in names))
    return ", ".join(found[:most]) + ", ..." * (len(found) > most)


def _months(runs, events, start):
    """Observed months up to the last that the runs have too, and the first that is scored."""
    days = numpy.arange(events.months.min(), events.months.max() + 1)
    first, end = (numpy.datetime64(day, "D") for day in (runs.first_day, runs.last_day + 1))
    whole = runs.months[(runs.months.astype("datetime64[D]") >= first) & ((runs.months + 1).astype("datetime64[D]") <= end)]
    common = numpy.intersect1d(days, whole)
    if len(common) == 0:
        raise Problem(f"{events.path} has events from {days[0]} to {days[-1]}, and the runs go from {runs.months[0]} to "
                      f"{runs.months[-1]}: there is no whole month in common")
    if start is None:
        start = common[len(common) // 2]
    if start not in common:
        raise Problem(f"--from {start}: expected a month from {common[0]} to {common[-1]}, which events and runs have in "
                      f"common")
    months = days[days <= common[-1]]
    if start <= months[0]:
        raise Problem(f"--from {start}: naive forecasts need an observed month before it, and the events begin in "
                      f"{months[0]}")
    return months, start


def _observed(events, of_event, units, months, count):
    month = numpy.searchsorted(months, events.months)
    chosen = (of_event >= 0) & (month < len(months))
    found = numpy.zeros((units, len(months)))
    numpy.add.at(found, (of_event[chosen], month[chosen]), events.deaths[chosen] if count == "deaths" else 1)
    return found


def _simulated(runs, events, level, count):
    """[run, unit, month] of all months of the runs."""
    if count == "events" and events.format is GED:
        found = _deadly_events(runs)
    else:
        name = "deaths" if count == "deaths" else "events_by_type"
        series = runs.series(name if level == "country" else f"cercles/{name}").astype(float)
        if count == "events":
            series = series[..., [runs.labels("event_type").index(one) for one in VIOLENT]]
        found = series.sum(tuple(range(2 if level == "country" else 3, series.ndim)))
    if level == "country":
        return (found.sum(2) if found.ndim == 3 else found)[:, None]
    if level == "cercle":
        return found.transpose(0, 2, 1)
    regions = list(dict.fromkeys(runs.cercles.regions))
    return numpy.stack([found[:, :, numpy.isin(runs.cercles.regions, [region])].sum(2) for region in regions], axis=1)


def _deadly_events(runs):
    """Violent events in which somebody died, as UCDP counts: [run, month, cercle]."""
    if not runs.has("events/run"):
        raise Problem(f"{runs.paths[0]}: UCDP counts events with deaths only, which needs an event log, and the file has "
                      f"none")
    e = runs.events
    chosen = numpy.isin(e["type"], [runs.code("type", name) for name in VIOLENT]) & (e["deaths"] > 0) & (e["cercle"] >= 0)
    month = numpy.searchsorted(runs.months.astype("datetime64[D]").astype(int), e["time"], side="right") - 1
    found = numpy.zeros((runs.count, len(runs.months), len(runs.cercles.names)))
    numpy.add.at(found, (e["run"][chosen], month[chosen], e["cercle"][chosen]), 1)
    return found


def _cells(name, members, observed, units, months):
    """Scores of one forecast [unit, month, member]."""
    low, high = scores.central_range(members)
    plain = scores.crps(members, observed)
    # Naive forecasts are distributions, not samples of them: their score has nothing to correct.
    fair = name == RUNS and members.shape[-1] > 1
    table = {"forecast": name, "unit": numpy.repeat(units, len(months)), "month": numpy.tile(months.astype(str), len(units)),
             "observed": observed, "mean": members.mean(-1), "median": numpy.median(members, axis=-1), "range_low": low,
             "range_high": high, "inside": (observed >= low) & (observed <= high),
             "crps": scores.crps(members, observed, fair=True) if fair else plain, "crps_plain": plain,
             "ignorance": scores.ignorance(members, observed), "interval_score": scores.interval_score(low, high, observed)}
    return pandas.DataFrame({key: numpy.ravel(value) if isinstance(value, numpy.ndarray) else value
                             for key, value in table.items()})


def _notes(runs, events):
    notes = []
    if events.left_out:
        notes.append(f"{events.left_out} events of other types (protests, riots, strategic developments) are left out.")
    if events.across_months:
        notes.append(f"{events.across_months} events lasted into a later month and count for the month in which they began.")
    known = [*runs.labels("organisation"), *runs.labels("organisation_label"), "civilians"]
    strange = places.unknown_actors(events.actors, known)
    if strange:
        notes.append("The commonest actors whose names resemble none of the runs' organisations, all counted: " +
                     ", ".join(f"{name} ({number})" for name, number in strange) + ".")
    if runs.count < 20:
        notes.append(f"{runs.count} runs are few for a distribution: its tails, and with them ignorance and interval "
                     "score, are known badly.")
    return notes
