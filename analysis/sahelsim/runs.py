"""The runs of one arm, of one file or of several: their series, events and targets as arrays over runs that are done."""

import contextlib
from collections import namedtuple
from functools import cached_property

import h5py
import numpy

from .problems import Problem, check_name
from .results import Results

_DONE = 1
Place = namedtuple("Place", "names regions longitude latitude")
_MUST_AGREE = ("cercles/cercle", "organisation", "authority", "event_type", "perpetrator", "community", "targets/target")


class Runs:
    """Runs of one arm. Points of a sweep are pooled, and so are files.

    Parameters
    ----------
    paths : list of path-like
        Files of `run` or of sweeps.
    arm : str, optional
        The first of the first file where none is named.

    Raises
    ------
    Problem
        For files that are no result files, are damaged or hold other worlds, and where the arm has no run that is done.

    Attributes
    ----------
    arm : str
    arms : list of str
        All that the files have.
    count, planned, points : int
        Runs that are done, runs that the files have a place for, and points that they lie at.
    months : numpy.ndarray of datetime64[M] or None
        Of the series; None where the files have summaries only.
    first_day, last_day : int
        Days since 1970 that the runs cover.
    seeds : list of int
    """

    def __init__(self, paths, arm=None):
        self.paths = [str(path) for path in paths]
        self._files = []
        try:
            for path in self.paths:
                with _reading(path, "it"):
                    Results([path]).close()  # which says what is wrong with a file
                    self._files.append(h5py.File(path, "r"))
            self._choose(arm)
            self._check_same()
        except BaseException:
            self.close()
            raise

    def close(self):
        """Close the files; arrays that were read stay."""
        for file in self._files:
            file.close()

    def _choose(self, arm):
        of_runs = [numpy.array(self._texts(file, "arm")) for file in self._files]
        self.arms = list(dict.fromkeys(name for names in of_runs for name in names))
        if not self.arms:
            raise Problem(f"{self.paths[0]}: found no runs")
        if arm is not None:
            check_name("arm", arm, self.arms)
        self.arm = self.arms[0] if arm is None else arm
        chosen = [names == self.arm for names in of_runs]
        for path, mine, names in zip(self.paths, chosen, of_runs):
            if not mine.any():
                raise Problem(f"{path}: found no run of arm '{self.arm}', but of '{names[0]}': files that are given "
                              "together are pooled and must have the arm that is scored")
        self._rows = [numpy.flatnonzero(mine & (_whole(file, "status") == _DONE))
                      for mine, file in zip(chosen, self._files)]
        self.planned = int(sum(mine.sum() for mine in chosen))
        self.count = sum(map(len, self._rows))
        if self.count == 0:
            raise Problem(f"{self.paths[0]}: no run of arm '{self.arm}' is done ({self.planned} planned)")
        keys = [(int(_attribute(file, "seed")), int(point), int(replicate)) for file, rows in zip(self._files, self._rows)
                for point, replicate in zip(_whole(file, "point")[rows], _whole(file, "replicate")[rows])]
        if len(set(keys)) < len(keys):
            raise Problem("the files hold the same run (seed, point and replicate) twice: a run can't count double")
        self.points = len({key[:2] for key in keys})
        self.seeds = sorted({key[0] for key in keys})

    def _check_same(self):
        first = self._files[0]
        # What was recorded, which in a sweep may begin later than the runs.
        period = _period(first)
        days = [day.astype(int) for day in period]
        with _reading(self.paths[0], "time"):
            if "time_bounds" in first and len(first["time_bounds"]):
                days = first["time_bounds"][0, 0], first["time_bounds"][-1, 1] - 1
            self.first_day, self.last_day = map(int, days)
            self.months = first["time"][:].astype("datetime64[D]").astype("datetime64[M]") if "time" in first else None
        for path, other in zip(self.paths[1:], self._files[1:]):
            for name, one, two in zip(("start", "end"), period, _period(other)):
                if one != two:
                    raise Problem(f"{path} has {name} {two}, {self.paths[0]} has {one}: runs of different periods can't be "
                                  "pooled")
            for name in _MUST_AGREE:
                if self._texts(first, name) != self._texts(other, name):
                    raise Problem(f"{path} and {self.paths[0]} differ in /{name}: runs of different worlds can't be pooled")

    @staticmethod
    def _texts(file, name):
        with _reading(file.filename, name):
            if name not in file:
                return None
            return [str(text) for text in file[name].asstr()[:]]

    def has(self, name):
        """Whether all files have the variable or group."""
        with _reading(self.paths[0], name):
            return all(name in file for file in self._files)

    @property
    def has_series(self):
        """bool: Whether the files hold monthly series."""
        return self.months is not None and self.has("deaths")

    def labels(self, name):
        """Texts of a dimension of the country, of the first group that has it; empty where there is none."""
        for group in ("", "cercles/", "summary/"):
            found = self._texts(self._files[0], group + name)
            if found is not None:
                return found
        return []

    def series(self, name):
        """A variable of the country or, with "cercles/" before its name, of cercles.

        Returns
        -------
        numpy.ndarray
            [run, ...]
        """
        return self._read(name, lambda variable, rows: _of_rows(variable, rows))

    def _read(self, name, part):
        parts = []
        for file, rows in zip(self._files, self._rows):
            with _reading(file.filename, name):
                parts.append(part(file[name], rows))
        return numpy.concatenate(parts)

    @cached_property
    def cercles(self):
        """Place: Cercles, None where the files have none."""
        return self._places("cercles", "cercle")

    def _places(self, group, names):
        if f"{group}/{names}" not in self._files[0]:
            return None
        first = self._files[0]
        lacking = [name for name in ("region", "longitude", "latitude") if f"{group}/{name}" not in first]
        if lacking:
            raise Problem(f"{self.paths[0]}: /{group} lacks {', '.join(lacking)}; the file is damaged or of another build")
        return Place(*(self._texts(first, f"{group}/{name}") for name in (names, "region")),
                     *(_whole(first, f"{group}/{name}") for name in ("longitude", "latitude")))

    def communes(self, name):
        """A variable of communes, [commune]; the first file's, which holds for all."""
        return _whole(self._files[0], f"communes/{name}")

    @cached_property
    def events(self):
        """dict of str to numpy.ndarray: Columns of the event log of all runs; `run` counts the runs that are done.

        `side` is the number of the side that acted (-1: none) and `deaths` all that were killed.
        """
        names = ("id", "time", "commune", "cercle", "type", "subtype", "actor1", "actor2", "community", "deaths_actor1",
                 "deaths_actor2", "civilians_killed", "cause_kind", "cause", "longitude", "latitude")
        if not self.has("events/run"):
            raise Problem(f"{self.paths[0]}: the file has no events")
        kept, runs, before = [], [], 0
        for file, rows in zip(self._files, self._rows):
            number = numpy.full(len(file["status"]), -1)
            number[rows] = before + numpy.arange(len(rows))
            with _reading(file.filename, "events/run"):
                of_event = number[file["events/run"][:]]
            kept.append(of_event >= 0)
            runs.append(of_event[of_event >= 0])
            before += len(rows)
        masks = iter(kept * len(names))
        columns = {name: self._read(f"events/{name}", lambda variable, _: variable[:][next(masks)]) for name in names}
        columns["run"] = numpy.concatenate(runs)
        sides = numpy.unique(self.labels("organisation_side"), return_inverse=True)[1]
        with _reading(self.paths[0], "organisation_side"):
            columns["side"] = numpy.where(columns["actor1"] >= 0, sides[columns["actor1"]], -1)
        columns["deaths"] = columns["deaths_actor1"] + columns["deaths_actor2"] + columns["civilians_killed"]
        return columns

    def code(self, column, meaning):
        """The code of a meaning in a coded column of the event log; -2, which no event has, where the file lacks it."""
        with _reading(self.paths[0], f"events/{column}"):
            about = self._files[0]["events"][column].attrs
            meanings = str(about["flag_meanings"]).split()
            return int(about["flag_values"][meanings.index(meaning)]) if meaning in meanings else -2

    def group(self, name):
        """A group of the first file, for what holds for all runs."""
        return self._files[0][name]

    def texts(self, name):
        """A variable of texts that holds for all runs, as a list."""
        return self._texts(self._files[0], name)

    def shared(self, name):
        """A variable that holds for all runs."""
        return _whole(self._files[0], name)


@contextlib.contextmanager
def _reading(path, name):
    """What HDF5 says of a damaged file, told with its name."""
    try:
        yield
    except Problem:
        raise
    except (OSError, LookupError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        words = " ".join(str(error).split())
        raise Problem(f"{path}: {name} can't be read; the file is damaged ({words})") from None


def _whole(file, name):
    with _reading(file.filename, name):
        return file[name][:]


def _attribute(file, name):
    with _reading(file.filename, f"the attribute {name}"):
        if name not in file.attrs:
            raise Problem(f"{file.filename}: the attribute '{name}' is missing; the file is damaged or of another build")
        return file.attrs[name]


def _period(file):
    """First and last day."""
    with _reading(file.filename, "the period"):
        return [numpy.datetime64(_attribute(file, name), "D") for name in ("start", "end")]


def _of_rows(variable, rows):
    """Rows of a dataset, which HDF5 reads quickly only side by side."""
    if len(rows) == 0:
        return variable[:0]
    block = variable[rows[0]:rows[-1] + 1]
    return block if len(block) == len(rows) else block[rows - rows[0]]
