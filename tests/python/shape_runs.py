"""Runs of the baseline with mechanisms switched off, and what the tests of their shape take from the result files."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import h5py
import numpy

import patterns

VIOLENT = ("battle", "explosion_remote_violence", "violence_against_civilians")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Simulator:
    """Simulates variants of the baseline and keeps the result files in a folder."""
    program: str
    folder: Path

    def runs(self, name, until, *changes, replicates=20):
        """`changes`: lines of YAML that say how the variant differs from the baseline."""
        scenario = self.folder / f"{name}.yaml"
        scenario.write_text("\n".join([f"title: {name}", "description: A variant of the baseline.",
                                       "extends: sahelsim:baseline", *changes, ""]))
        result = self.folder / f"{name}.h5"
        subprocess.run([self.program, "run", scenario, "-o", result, "--until", until, "--replicates", str(replicates),
                        "--threads", "2", "--seed", "1", "--quiet"], check=True, timeout=850)
        return Runs(result)


class Runs:
    """The runs of one result file."""

    def __init__(self, path):
        self.path = path
        with h5py.File(path) as file:
            self.sizes = {name: file[name].shape[0] for name in ("run", "time")}
            self.first_day = int(file["time_bounds"][0, 0])
            self.month_days = file["time"][:]
            self.labels = {name: list(file[name].asstr()[:])
                           for name in ("authority", "event_type", "organisation", "organisation_side")}
            self.regions = file["cercles/region"].asstr()[:]
            self.last_day = int(file["time_bounds"][-1, 1]) - 1

    @cached_property
    def events(self):
        """The columns of the event log, and `side`, the number of the side that acted."""
        names = ("run", "id", "time", "cercle", "type", "actor1", "actor2", "deaths_actor1", "deaths_actor2",
                 "civilians_killed", "cause_kind", "cause")
        with h5py.File(self.path) as file:
            columns = {name: file["events"][name][:] for name in names}
        numbers = numpy.unique(self.labels["organisation_side"], return_inverse=True)[1]
        columns["side"] = numpy.where(columns["actor1"] >= 0, numbers[columns["actor1"]], -1)
        return columns

    def series(self, name):
        with h5py.File(self.path) as file:
            return file[name][:]

    def organisation(self, name):
        return self.labels["organisation"].index(name)

    def cercles_in(self, *regions):
        return numpy.flatnonzero(numpy.isin(self.regions, regions))

    def months_before(self, date):
        """How many months began before the date."""
        return int((self.month_days < day_number(date)).sum())

    def month_name(self, month):
        return str(numpy.datetime64(int(self.month_days[month]), "D"))[:7] if month >= 0 else "never"

    def by_year(self, series):
        """Monthly flows [run, month, ...] summed over years of twelve months: [run, year, ...]."""
        years = series.shape[1] // 12
        shape = (series.shape[0], years, 12, *series.shape[2:])
        return series[:, :years * 12].reshape(shape).sum(axis=2)

    def violent(self):
        """[event] whether it is violent and happened in Mali."""
        types = [self.labels["event_type"].index(name) for name in VIOLENT]
        return numpy.isin(self.events["type"], types) & (self.events["cercle"] >= 0)

    def battles(self):
        return self.events["type"] == self.labels["event_type"].index("battle")

    # What the tests assert

    def deaths_per_battle(self):
        """Of all battles of all runs in which somebody died."""
        e = self.events
        deaths = (e["deaths_actor1"] + e["deaths_actor2"] + e["civilians_killed"])[self.battles()]
        return deaths[deaths > 0]

    def weekly_counts(self, until):
        """Violent events up to a date: [run, cercle, week]."""
        e = self.events
        weeks = (day_number(until) - self.first_day) // 7
        week = (e["time"] - self.first_day) // 7
        chosen = self.violent() & (week < weeks)
        counts = numpy.zeros((self.sizes["run"], len(self.regions), weeks), int)
        numpy.add.at(counts, (e["run"][chosen], e["cercle"][chosen], week[chosen]), 1)
        return counts

    def control_gaps(self, regions, authority="state"):
        """The authority's control of towns minus that of rural communes in the regions: [run, month]."""
        chosen = self.cercles_in(*regions)
        residents = self.series("cercles/population")[:, :, chosen]
        a = self.labels["authority"].index(authority)
        in_towns = self.series("cercles/town_residents_held")[:, :, chosen]
        held = self.series("cercles/control")[:, :, chosen, a] * residents
        town_residents = in_towns.sum(axis=(2, 3))
        town_held = in_towns[..., a].sum(axis=2)
        return town_held / town_residents - (held.sum(axis=2) - town_held) / (residents.sum(axis=2) - town_residents)

    def chains_a_year(self, regions, acts, until):
        """[run] alternating chains of at least so many events within the regions, a year."""
        e = self.events
        inside = numpy.isin(e["cercle"], self.cercles_in(*regions)) & (e["time"] <= day_number(until))
        years = (day_number(until) - self.first_day + 1) / DAYS_A_YEAR
        counts = []
        for run in range(self.sizes["run"]):
            of_run = e["run"] == run
            causes = numpy.where(e["cause_kind"] == 1, e["cause"], -1)[of_run]
            lengths = patterns.chain_lengths(causes, numpy.where(inside, e["side"], -1)[of_run])
            counts.append((lengths + 1 >= acts).sum() / years)
        return numpy.array(counts)

    def battles_between(self, one, other):
        """Battles between two organisations by run and month: [run, month]."""
        e = self.events
        pair = [self.organisation(one), self.organisation(other)]
        chosen = self.battles() & numpy.isin(e["actor1"], pair) & numpy.isin(e["actor2"], pair)
        chosen &= e["actor1"] != e["actor2"]
        month = numpy.searchsorted(self.month_days, e["time"], side="right") - 1
        counts = numpy.zeros((self.sizes["run"], self.sizes["time"]), int)
        numpy.add.at(counts, (e["run"][chosen], month[chosen]), 1)
        return counts

    def breaks(self, one, other):
        """[run] the first month at whose end the relation of the two is below 0; -1 if it never is."""
        relation = self.series("relation")[:, :, self.organisation(one), self.organisation(other)]
        return numpy.array([patterns.first_below(of_run, 0.0) for of_run in relation])

    def flight_after_deaths(self):
        """[run] rank correlation of people who fled with deaths, over cercles and years."""
        fled = self.by_year(self.series("cercles/fled"))
        deaths = self.by_year(self.series("cercles/deaths").sum(axis=(3, 4)))
        return numpy.array([patterns.rank_correlation(*of_run) for of_run in zip(fled, deaths)])

    def displaced_with_deaths(self):
        """[run] rank correlation of the rise of the displaced in a year with the year's deaths, over years."""
        level = self.series("displaced")[:, 11::12]
        rise = numpy.diff(level, axis=1, prepend=0)
        deaths = self.by_year(self.series("deaths").sum(axis=(2, 3)))
        return numpy.array([patterns.rank_correlation(*of_run) for of_run in zip(rise, deaths)])


def day_number(date):
    return int(numpy.datetime64(date).astype("datetime64[D]").astype(int))
