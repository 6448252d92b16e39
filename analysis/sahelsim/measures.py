"""What patterns are measured by: numbers of each run, made of its events and series."""

from functools import cache

import numpy

from . import patterns, tails

VIOLENT = ("battle", "explosion_remote_violence", "violence_against_civilians")
DAYS_A_YEAR = 365.25
_RADIUS = 6371.0  # km
_FEWEST_CHANGES = 4  # years from which a correlation over them is told


class Unanswered(Exception):
    """The file has not what a measure needs; the text says what."""


def day_number(date):
    """Days since 1970 of "YYYY-MM-DD" or a date."""
    return int(numpy.datetime64(str(date), "D").astype(int))


def distance_km(longitude, latitude, from_longitude, from_latitude):
    """Great-circle distance, by the haversine formula, of degrees east and north that are broadcast."""
    one, other, east = (numpy.radians(each) for each in (latitude, from_latitude, numpy.subtract(longitude, from_longitude)))
    part = numpy.sin((one - other) / 2) ** 2 + numpy.cos(one) * numpy.cos(other) * numpy.sin(east / 2) ** 2
    return 2 * _RADIUS * numpy.arcsin(numpy.sqrt(numpy.clip(part, 0, 1)))


class Measures:
    """Measures of the runs of one arm.

    Parameters
    ----------
    runs : runs.Runs
    seed : int, optional
        Of bootstraps.
    """

    def __init__(self, runs, seed=1):
        self.runs = runs
        self.seed = seed
        self._tail = cache(self._tail_of_run)

    # What there is

    @property
    def events(self):
        """Columns of the event log."""
        if not self.runs.has("events/run"):
            raise Unanswered("the file has no events")
        return self.runs.events

    def series(self, name):
        """A monthly series [run, month, ...]."""
        if self.runs.months is None or not self.runs.has(name):
            raise Unanswered(f"the file has no monthly {name.rpartition('/')[2]}"
                             + (" by cercle" if name.startswith("cercles/") else ""))
        return self.runs.series(name)

    def number(self, what, name):
        """Position of a name along a dimension."""
        names = self.runs.labels(what)
        if not names:
            raise Unanswered(f"the file has no dimension {what}")
        if name not in names:
            raise Unanswered(f"there is no {what} '{name}' in these runs")
        return names.index(name)

    def numbers(self, what, names):
        """Positions of several names."""
        return [self.number(what, name) for name in names]

    def cercles_in(self, *regions):
        """Positions of the cercles of regions that are all simulated."""
        cercles = self.runs.cercles
        if cercles is None:
            raise Unanswered("the file has nothing by cercle")
        for region in regions:
            if region not in cercles.regions:
                raise Unanswered(f"region {region} is not simulated")
        return numpy.flatnonzero(numpy.isin(cercles.regions, regions))

    def covered(self, first, last):
        """Days since 1970 of two dates that the runs cover."""
        first, last = day_number(first), day_number(last)
        if first < self.runs.first_day or last > self.runs.last_day:
            days = [numpy.datetime64(day, "D") for day in (self.runs.first_day, self.runs.last_day)]
            raise Unanswered(f"it needs {numpy.datetime64(first, 'D')} to {numpy.datetime64(last, 'D')}, and the runs cover "
                             f"{days[0]} to {days[1]}")
        return first, last

    def months_before(self, date):
        """How many months began before the date."""
        return int((self.runs.months.astype("datetime64[D]") < numpy.datetime64(str(date), "D")).sum())

    def month_name(self, month):
        """A month as YYYY-MM; "never" for -1."""
        return str(self.runs.months[month]) if month >= 0 else "never"

    def by_year(self, series):
        """Monthly flows [run, month, ...] summed over years of twelve months: [run, year, ...]."""
        years = series.shape[1] // 12
        if years < 1:
            raise Unanswered("it needs a year")
        return series[:, :years * 12].reshape((series.shape[0], years, 12, *series.shape[2:])).sum(axis=2)

    # Choices of events

    def of_types(self, *types):
        """[event] whether it has one of the types and happened in the country."""
        found = numpy.isin(self.events["type"], [self.runs.code("type", name) for name in types])
        return found & (self.events["cercle"] >= 0)

    def violent(self):
        """[event] whether it is violent and happened in the country."""
        return self.of_types(*VIOLENT)

    def acted(self, *organisations):
        """[event] whether one of the organisations acted."""
        return numpy.isin(self.events["actor1"], self.numbers("organisation", organisations))

    def in_regions(self, regions):
        """[event] whether it happened there; everywhere in the country for None."""
        cercle = self.events["cercle"]
        return cercle >= 0 if regions is None else numpy.isin(cercle, self.cercles_in(*regions))

    def within(self, first, last):
        """[event] whether it happened from the first to the last day."""
        return (self.events["time"] >= first) & (self.events["time"] <= last)

    def near(self, cercle, km):
        """[event] whether it happened so near to the seat of a cercle, in the country."""
        cercles = self.runs.cercles
        if cercles is None or cercle not in cercles.names:
            raise Unanswered(f"cercle {cercle} is not simulated")
        seat = cercles.names.index(cercle)
        distance = distance_km(self.events["longitude"], self.events["latitude"], cercles.longitude[seat],
                               cercles.latitude[seat])
        return (distance <= km) & (self.events["cercle"] >= 0)

    def per_run(self, chosen, weights=None):
        """Number of chosen events in each run, or the sum of their weights: [run]."""
        return numpy.bincount(self.events["run"][chosen], None if weights is None else weights[chosen], self.runs.count)

    # Sizes of events

    def sizes(self, *types):
        """Deaths of all events of the types, in which somebody died, of all runs."""
        deaths = self.events["deaths"][self.of_types(*types)]
        return deaths[deaths > 0]

    def sizes_in(self, run, *types):
        """The same of one run."""
        deaths = self.events["deaths"][self.of_types(*types) & (self.events["run"] == run)]
        return deaths[deaths > 0]

    def _tail_of_run(self, run, *types):
        return tails.fit_tail(self.sizes_in(run, *types))

    def tail(self, run, *types):
        """tails.Tail or None: The power law that fits the sizes in a run."""
        return self._tail(run, *types)

    # Bursts

    def weekly_counts(self, until=None):
        """Violent events up to a date: [run, cercle, week]."""
        e, chosen = self.events, self.violent()
        first = self.runs.first_day
        weeks = ((self.runs.last_day + 1 if until is None else day_number(until)) - first) // 7
        week = (e["time"] - first) // 7
        chosen &= week < weeks
        if weeks < 2 or self.runs.cercles is None:
            raise Unanswered("it needs several weeks by cercle")
        counts = numpy.zeros((self.runs.count, len(self.runs.cercles.names), weeks), int)
        numpy.add.at(counts, (e["run"][chosen], e["cercle"][chosen], week[chosen]), 1)
        return counts

    def neighbours(self, km):
        """[cercle, cercle] whether the seats of two cercles are no farther apart."""
        cercles = self.runs.cercles
        apart = distance_km(cercles.longitude[:, None], cercles.latitude[:, None], cercles.longitude, cercles.latitude)
        return (apart <= km) & ~numpy.eye(len(apart), dtype=bool)

    # Control

    def control_gaps(self, regions, authority="state"):
        """The authority's control of towns minus that of rural communes in the regions: [run, month]."""
        chosen = self.cercles_in(*regions)
        residents = self.series("cercles/population")[:, :, chosen]
        a = self.number("authority", authority)
        in_towns = self.series("cercles/town_residents_held")[:, :, chosen]
        held = self.series("cercles/control")[:, :, chosen, a] * residents
        town_residents = in_towns.sum(axis=(2, 3))
        town_held = in_towns[..., a].sum(axis=2)
        return town_held / town_residents - (held.sum(axis=2) - town_held) / (residents.sum(axis=2) - town_residents)

    # Chains

    def chains_a_year(self, regions, acts, until=None):
        """[run] alternating chains of at least so many events within the regions, a year."""
        e = self.events
        last = self.runs.last_day if until is None else day_number(until)
        inside = self.in_regions(regions) & (e["time"] <= last)
        years = (last - self.runs.first_day + 1) / DAYS_A_YEAR
        counts = []
        for run in range(self.runs.count):
            of_run = e["run"] == run
            ids = e["id"][of_run]
            if not numpy.array_equal(ids, numpy.arange(len(ids))):
                raise Unanswered("the events of a run are not numbered through")
            causes = numpy.where(e["cause_kind"] == self.runs.code("cause_kind", "event"), e["cause"], -1)[of_run]
            lengths = patterns.chain_lengths(causes, numpy.where(inside, e["side"], -1)[of_run])
            counts.append((lengths + 1 >= acts).sum() / years)
        return numpy.array(counts)

    # Two rivals

    def battles_between(self, one, other):
        """Battles between two organisations by run and month: [run, month]."""
        e = self.events
        pair = self.numbers("organisation", [one, other])
        chosen = e["type"] == self.runs.code("type", "battle")
        chosen &= numpy.isin(e["actor1"], pair) & numpy.isin(e["actor2"], pair) & (e["actor1"] != e["actor2"])
        return self._by_month(chosen)

    def _by_month(self, chosen):
        if self.runs.months is None:
            raise Unanswered("the file has no months")
        starts = self.runs.months.astype("datetime64[D]").astype(int)
        month = numpy.searchsorted(starts, self.events["time"], side="right") - 1
        counts = numpy.zeros((self.runs.count, len(starts)), int)
        numpy.add.at(counts, (self.events["run"][chosen], month[chosen]), 1)
        return counts

    def breaks(self, one, other):
        """[run] the first month at whose end the relation of the two is below 0; -1 if it never is."""
        relation = self.series("relation")[:, :, self.number("organisation", one), self.number("organisation", other)]
        return numpy.array([patterns.first_below(of_run, 0.0) for of_run in relation])

    # Displacement

    def flight_after_deaths(self):
        """[run] rank correlation of people who fled with deaths, over cercles and years."""
        fled = self.by_year(self.series("cercles/fled"))
        deaths = self.by_year(self.series("cercles/deaths").sum(axis=(3, 4)))
        return numpy.array([patterns.rank_correlation(*of_run) for of_run in zip(fled, deaths)])

    def displaced_with_deaths(self):
        """[run] rank correlation of the rise of the displaced in a year with the year's deaths, over years but the first.

        How many were displaced before the first year is not in the series, so that its rise is unknown.
        """
        deaths = self.by_year(self.series("deaths").sum(axis=(2, 3)))[:, 1:]
        if deaths.shape[1] < _FEWEST_CHANGES:
            raise Unanswered(f"it needs {_FEWEST_CHANGES + 1} years, of which the first has no year before")
        rise = numpy.diff(self.series("displaced")[:, 11::12].astype(float), axis=1)
        return numpy.array([patterns.rank_correlation(*of_run) for of_run in zip(rise, deaths)])
