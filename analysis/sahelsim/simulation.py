"""Runs in this process: `run` for a whole one, `Simulator` for one that goes on day by day."""

import datetime
import operator
import os
from collections.abc import Mapping

try:
    from . import _core
except ImportError as error:
    raise ImportError(
        "sahelsim's compiled module can't be loaded: it is built together with the program where pybind11 and Python's "
        f"development files are found (Debian: pybind11-dev, python3-dev), for the Python of that build ({error})"
    ) from error

import numpy
import pandas

from ._datasets import dataset
from .state import State

_core.find_library(_core.__file__)

__version__ = _core.version

InputError = _core.InputError
InputError.__module__ = "sahelsim"
InputError.__doc__ = """What was given is no valid scenario, parameter, intervention, date or number.

A ValueError. The message is the program's: one line for each thing that is wrong, with what was found, what was expected
and, for a misspelt name, the nearest that there is.
"""

_DAY_0 = datetime.date(1970, 1, 1).toordinal()
_LARGEST = {"seed": 2**64 - 1, "replicate": 2**32 - 1}


def _to_date(number):
    return datetime.date.fromordinal(_DAY_0 + number)


def _day_number(name, value):
    """Days since 1970 of a date, or of a text YYYY-MM-DD."""
    if isinstance(value, str):
        try:
            value = datetime.datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            raise InputError(f"{name}: found '{value}', expected a day of the calendar as YYYY-MM-DD") from None
    if isinstance(value, numpy.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, datetime.datetime):
        value = value.date()
    if not isinstance(value, datetime.date):
        raise TypeError(f"{name}: a {type(value).__name__}; a datetime.date or a text YYYY-MM-DD is expected")
    return value.toordinal() - _DAY_0


def _whole_number(name, value):
    number = operator.index(value)
    if not 0 <= number <= _LARGEST[name]:
        raise InputError(f"{name}: found {number}, expected a whole number from 0 to {_LARGEST[name]}")
    return number


def _as_dict(name, value):
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise TypeError(f"{name}: a {type(value).__name__}; a dict is expected")
    return dict(value)


def _begin(scenario, overrides, replicate, seed, until=None):
    scenario = os.fspath(scenario)
    if not isinstance(scenario, str):
        scenario = os.fsdecode(scenario)
    return _core.Simulation(
        scenario=scenario,
        is_text="\n" in scenario,
        overrides=_as_dict("overrides", overrides),
        seed=_whole_number("seed", seed),
        replicate=_whole_number("replicate", replicate),
        until=None if until is None else _day_number("until", until),
    )


def run(scenario, overrides=None, replicate=0, seed=1, until=None, level="cercle"):
    """Simulate one replicate and return its results.

    The values are those that ``sahelsim run`` writes for the same scenario, seed and replicate, to the last bit.

    Parameters
    ----------
    scenario : str or os.PathLike
        Path of a scenario file, ``"sahelsim:NAME"`` for one of the library, or a scenario's YAML itself (a text of more than
        one line; files that it extends are looked for in the current folder).
    overrides : dict, optional
        Name to value, as the program's ``--set``: parameters by their full names (``{"control.relaxation_time": 45}``),
        ``"mechanisms.NAME"``, ``"period.start"``, ``"period.end"`` and ``"persons_per_agent"``.
    replicate : int, optional
        Number of the replicate, from 0. The same replicate of two scenarios with the same seed shares its chance events.
    seed : int, optional
        Master seed of the random numbers, 0 to 2**64 - 1.
    until : datetime.date or str, optional
        Last day to simulate (``"2018-06-30"``); the scenario's end unless told.
    level : {"cercle", "country", "events"}, optional
        What to return.

        - ``"cercle"``: monthly series by cercle, as in the group ``/cercles`` of a result file, and those that only the country
          has;
        - ``"country"``: monthly series of the country, as in the group ``/``;
        - ``"events"``: the event log, as in the group ``/events``.

    Returns
    -------
    xarray.Dataset
        Variables, dimensions, coordinates, units and values as in the result file (see docs/data-dictionary.md), but for the
        dimension ``run``, its coordinates ``point`` and ``status`` and the column ``run`` of events. ``arm`` (the scenario's
        name) and ``replicate`` are coordinates without dimension, so that ``xarray.concat(datasets, "run")`` joins
        replicates. Counts are int64, since nothing is missing.

    Raises
    ------
    InputError
        For bad input of any kind; a ValueError. The message is the program's.
    KeyboardInterrupt
        On Ctrl-C, within a fraction of a second.

    Notes
    -----
    Other threads of Python go on while it simulates. For many runs on all processors, use processes
    (``multiprocessing``), threads, or the program ``sahelsim run``.

    Examples
    --------
    >>> result = sahelsim.run("sahelsim:small", {"control.relaxation_time": 45}, replicate=3)
    >>> result.deaths.sel(cercle="Mopti", victim="civilians").sum(["time", "perpetrator"]).item()
    """
    _check_level(level)
    simulation = _begin(scenario, overrides, replicate, seed, until)
    simulation.advance(simulation.end + 1)
    return dataset(simulation.results(level))


def _check_level(level):
    if level not in ("cercle", "country", "events"):
        raise InputError(f"level: found {level!r}, expected one of 'cercle', 'country', 'events'")


class Simulator:
    """A run that goes on day by day, shows its state and takes interventions.

    Parameters
    ----------
    scenario, overrides, replicate, seed
        As in :func:`run`.

    Raises
    ------
    InputError
        For bad input of any kind; a ValueError.

    Notes
    -----
    However the days are cut into steps, the run is the one that :func:`run` and the program simulate, to the last bit.

    Other threads of Python go on while a simulator simulates. One simulator serves one thread at a time: a second one gets a
    RuntimeError, but may read `date`, `end` and `done`. Different simulators may run in different threads.

    Examples
    --------
    >>> simulator = sahelsim.Simulator("sahelsim:small")
    >>> while not simulator.done:
    ...     simulator.step(30)
    ...     if simulator.state.control[:, 0].mean() < 0.5:
    ...         ...
    """

    def __init__(self, scenario, overrides=None, replicate=0, seed=1):
        self._simulation = _begin(scenario, overrides, replicate, seed)
        self._replicate = int(replicate)

    def __repr__(self):
        return f"<sahelsim.Simulator of {self.scenario}, replicate {self._replicate}, on the morning of {self.date}>"

    @property
    def scenario(self):
        """str: Name of the scenario: its file's without ending, "text" for a scenario that is no file."""
        return self._simulation.name

    @property
    def date(self):
        """datetime.date: The next day to simulate; the day after `end` when the run is over."""
        return _to_date(self._simulation.date)

    @property
    def start(self):
        """datetime.date: The first day of the scenario."""
        return _to_date(self._simulation.start)

    @property
    def end(self):
        """datetime.date: The last day of the scenario."""
        return _to_date(self._simulation.end)

    @property
    def done(self):
        """bool: Whether the last day has been simulated."""
        return self._simulation.date > self._simulation.end

    @property
    def names(self):
        """dict of list of str: What the positions along an axis of the state's arrays are called.

        Keys are ``authority``, ``organisation``, ``faction``, ``side``, ``community``, ``livelihood``, ``action`` and
        ``unit_type``. Communes and places have their names in `places`.
        """
        return self._simulation.names()

    @property
    def places(self):
        """pandas.DataFrame: The places by number: communes first, then zones beyond the border.

        Columns are ``name`` (one may occur more than once), ``cercle`` and ``region`` (empty beyond the border), ``longitude``
        and ``latitude`` (degrees east and north), ``town`` (bool).
        """
        return pandas.DataFrame(self._simulation.places()).rename_axis("place")

    @property
    def parameters(self):
        """dict of str to float: Every parameter that has a record, as interventions have left it by now."""
        return self._simulation.parameters()

    @property
    def state(self):
        """State: How things stand on the morning of `date`, as arrays.

        It stays that morning's when the run goes on: take it again after each step. See :class:`State`.
        """
        return State(self._simulation.morning())

    def step(self, days=1):
        """Simulate so many days, or as many as are left.

        Parameters
        ----------
        days : int, optional
            0 or more.

        Returns
        -------
        int
            Days that were simulated; 0 when the run is over.

        Raises
        ------
        InputError
            If `days` is negative.
        KeyboardInterrupt
            On Ctrl-C. The simulator stands on a morning then, and can go on.
        """
        days = operator.index(days)
        if days < 0:
            raise InputError(f"days: found {days}, expected 0 or more")
        before = self._simulation.date
        left = self._simulation.end + 1 - before
        self._simulation.advance(before + min(days, left))
        return self._simulation.date - before

    def run_until(self, date):
        """Simulate every day before `date`, so that `date` is the next.

        Parameters
        ----------
        date : datetime.date or str
            From `date` of this simulator to the day after `end`.

        Raises
        ------
        InputError
            For a day before or after these.
        KeyboardInterrupt
            On Ctrl-C. The simulator stands on a morning then, and can go on.
        """
        day = _day_number("date", date)
        last = self._simulation.end + 1
        if not self._simulation.date <= day <= last:
            raise InputError(f"date: found {_to_date(day)}, expected a day from {self.date} to {_to_date(last)}")
        self._simulation.advance(day)

    def apply(self, intervention):
        """Take an intervention, which begins on the next day to simulate.

        Parameters
        ----------
        intervention : dict
            The fields of an intervention as a scenario file has them (docs/intervention-types.md), without ``date`` and
            ``when``: ``{"type": "set", "parameter": "state.doctrine.sweep", "value": -3}``, or ``{"type": "deploy",
            "faction": "minusma", "cercle": "Mopti", "personnel": 500}``. ``id`` and ``note`` may be left out. ``until`` and
            other dates may be datetime.date or text.

        Raises
        ------
        InputError
            For a mistake in it, or if the run is over. The simulator is as it was then.

        Notes
        -----
        From here on the run is that of the scenario with this intervention dated `date`, to the last bit. Interventions of one
        day act in the order of their ids; without one they are called ``applied_0001`` and so on.
        """
        self._simulation.apply(_as_dict("apply", intervention))

    def results(self, level="cercle"):
        """Return the results so far.

        Parameters
        ----------
        level : {"cercle", "country", "events"}, optional
            As in :func:`run`.

        Returns
        -------
        xarray.Dataset
            What :func:`run` would return with yesterday as `until`: flows of the last month count up to then (see
            ``time_bounds``), stocks are yesterday's. Without months before the first day. The attribute ``complete`` is 1
            when the run is over, otherwise 0.
        """
        _check_level(level)
        return dataset(self._simulation.results(level))

    def events(self):
        """Return the event log so far: ``results("events")``.

        Returns
        -------
        xarray.Dataset
            One entry an event along the dimension ``event``, in the order of happening, with the columns of the group
            ``/events`` of a result file but for ``run``. Codes have their meanings in the attributes ``flag_values`` and
            ``flag_meanings``.
        """
        return self.results("events")

    def copy(self):
        """Return a simulator of its own in the same state, for instance to see what comes of each of two interventions.

        Returns
        -------
        Simulator
        """
        other = object.__new__(type(self))
        other._simulation = self._simulation.copy()
        other._replicate = self._replicate
        return other

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()
