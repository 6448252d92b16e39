"""Result files of `run` and `sweep`, in one form: arrays over arm, point and replicate."""

from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy
import xarray

from .problems import Problem, check_name, reading

_LAYOUT = 1
_DONE = 1
_BLOCK_BYTES = 64 * 2**20
_RUN_AXES = {"run", "time", "cercle"}
_OF_RUNS = ("arm", "point", "replicate", "status")

Axis = namedtuple("Axis", "name names labels")
Cercles = namedtuple("Cercles", "names regions longitude latitude")  # degrees east and north, of the seat


@dataclass(frozen=True)
class Variable:
    """What a file says of an outcome of the country."""

    label: str
    unit: str
    kind: str
    axes: tuple  # of Axis, behind run and time


class _Variables(Mapping):
    """Variable by name, read when it is asked for: names of dimensions are slow to find."""

    def __init__(self, group):
        self._group = group
        self._path = group.file.filename
        self._names = [name for name, item in group.items() if isinstance(item, h5py.Dataset) and "kind" in item.attrs]
        self._found = {}

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)

    def __contains__(self, name):
        return name in self._names

    def __getitem__(self, name):
        if name not in self._found:
            with reading(self._path, name):
                item = self._group[name]
                axes = tuple(self._axis(axis) for axis in _dimensions(item) if axis not in _RUN_AXES)
                self._found[name] = Variable(*(_text(item, about) for about in ("long_name", "units", "kind")), axes)
        return self._found[name]

    def _axis(self, name):
        names = _texts(self._group, name)
        if names is None:
            raise Problem(f"{self._path}: a variable of {self._group.name} has a dimension '{name}' that is "
                          "not there; the file is damaged")
        labels = _texts(self._group, name + "_label") or [one.replace("_", " ") for one in names]
        if len(labels) != len(names):
            raise Problem(f"{self._path}: found {len(labels)} labels of {len(names)} in {name}; the file is damaged")
        return Axis(name, names, labels)


@dataclass
class _File:
    """One open file, and where its runs belong in the arrays."""

    path: Path
    data: h5py.File
    arms: list  # of each run
    done: numpy.ndarray
    points: numpy.ndarray
    replicates: numpy.ndarray
    place: tuple = ()  # indices of each run along arm, point and replicate


def _open(path):
    path = Path(path)
    if path.is_dir():
        inside = path / "results.h5"
        raise Problem(f"{path}: found a folder, expected a result file" + (f"; did you mean '{inside}'?"
                                                                             if inside.is_file() else ""))
    if not path.exists():
        raise Problem(f"{path}: there is no such file")
    try:
        data = h5py.File(path, "r")
    except OSError as error:
        words = " ".join(str(error).split())
        if "truncated" in words:
            raise Problem(f"{path}: the file is cut off ({words})") from None
        if "signature not found" in words:
            raise Problem(f"{path}: found no HDF5 file, expected a result file of sahelsim") from None
        raise Problem(f"{path}: can't be read ({words})") from None
    with reading(path, "what it says of its runs"):
        if "schema_version" not in data.attrs or "status" not in data or "seed" not in data.attrs:
            raise Problem(f"{path}: found a HDF5 file of another kind, expected a result file of sahelsim")
        if data.attrs["schema_version"] != _LAYOUT:
            raise Problem(f"{path}: found layout {data.attrs['schema_version']}, this version reads layout {_LAYOUT}")
        _check_attributes(data)
        return _File(path, data, *_read_runs(path, data))


def _check_attributes(data):
    """Raise what comes of attributes that aren't there, or aren't what they should be."""
    int(data.attrs["seed"])
    _text(data, "git_hash")
    for name in ("start", "end", *(("summary_start", "summary_end") if "sweep" in data.attrs else ())):
        numpy.datetime64(_text(data, name), "D")


def _read_runs(path, data):
    """Arm of each run, whether it is done, its point and its replicate."""
    arms, *numbers = [_texts(data, "arm") if name == "arm" else data[name][:] for name in _OF_RUNS]
    shapes = {name: numpy.shape(values) for name, values in zip(_OF_RUNS, [arms, *numbers])}
    if set(shapes.values()) != {(len(arms),)}:
        found = ", ".join(f"{shape} of {name}" for name, shape in shapes.items())
        raise Problem(f"{path}: found the shapes {found}, expected one number for each run; the file is damaged")
    points, replicates, status = (values.astype(numpy.int64) for values in numbers)
    return arms, status == _DONE, points, replicates


def _text(item, name):
    """An attribute that is a text."""
    text = item.attrs[name]
    if not isinstance(text, str):
        raise TypeError(f"found '{text}' as {name}, expected a text")
    return text


def _texts(data, name):
    return [str(text) for text in data[name].asstr()[:]] if name in data else None


def _dimensions(variable):
    """Names of a variable's dimensions, as its scales are called."""
    return [scale[0].name.rsplit("/", 1)[1] if len(scale) else "" for scale in variable.dims]


def _name_arms(files):
    """Arms of several files of `run`: the scenario's name, or what else tells them apart."""
    for names in ([file.arms[0] if file.arms else "" for file in files], [file.path.stem for file in files],
                  [str(file.path) for file in files],
                  [f"{file.path.stem}#{number}" for number, file in enumerate(files, 1)]):
        if len(set(names)) == len(names) and all(names):
            return names
    raise AssertionError("numbers tell files apart")


def _check_same(first, other):
    """Two files of `run` can be compared pair by pair."""
    same = {"seed": "random numbers (seed)", "start": "periods (first day)", "end": "periods (last day)",
            "persons_per_agent": "worlds (persons_per_agent)"}
    for name, words in same.items():
        with reading(first.path, name):
            one = first.data.attrs[name]
        with reading(other.path, name):
            two = other.data.attrs[name]
        if one != two:
            raise Problem(f"{other.path} has {name} {two}, {first.path} has {one}: runs with different {words} are no pairs")
    for name in ("cercles/cercle", "communes/name", "authority", "perpetrator", "victim", "event_type", "organisation",
                 "community"):
        with reading(first.path, "/" + name):
            one = _texts(first.data, name)
        with reading(other.path, "/" + name):
            two = _texts(other.data, name)
        if one != two:
            raise Problem(f"{other.path} and {first.path} differ in /{name}: runs of different worlds are no pairs")


class Results:
    """Runs of several arms, from the file of one sweep or from several files of `run`.

    Parameters
    ----------
    paths : list of path-like
        One file of a sweep, or two and more of `run`, of which each becomes an arm.
    start, end : numpy.datetime64, optional
        First and last month of what is compared, where the files have monthly series; otherwise the months that a sweep's
        summary covers, or all.

    Raises
    ------
    Problem
        For files that are no result files, are damaged or can't be compared.

    Attributes
    ----------
    arms : list of str
    points, replicates : numpy.ndarray of int
    done, planned : numpy.ndarray of bool, [arm, point, replicate]
        Which runs are done, and which the files have a place for.
    variables : mapping of str to Variable
    is_sweep : bool
    notes : list of str
        What the reader should know of the files.
    """

    def __init__(self, paths, start=None, end=None):
        self._files = []
        try:
            self._files += map(_open, paths)
            with reading(paths[0], "the file"):
                self._look(paths, start, end)
        except BaseException:
            self.close()
            raise

    def _look(self, paths, start, end):
        first = self._files[0].data
        sweeps = [file for file in self._files if "sweep" in file.data.attrs]
        self.is_sweep = bool(sweeps)
        self.paths = [str(path) for path in paths]
        self.notes = []
        if sweeps and len(self._files) > 1:
            raise Problem(f"{sweeps[0].path}: found a sweep's file among several, expected one sweep's file, which has all "
                          "its arms, or files of run")
        if not sweeps:
            self._arms_of_files()
        self.attrs = {key: value.item() if hasattr(value, "item") else value for key, value in first.attrs.items()}
        self._group = "summary" if self.is_sweep else "/"
        self.has_series = all("time" in file.data and "civilians_killed" in file.data for file in self._files)
        self.has_cercles = all("cercles/time" in file.data for file in self._files)
        self._place_runs()
        self._choose_months(start, end)
        self.variables = _Variables(first[self._group])

    def _arms_of_files(self):
        for other in self._files[1:]:
            _check_same(self._files[0], other)
        if len({file.data.attrs["git_hash"] for file in self._files}) > 1:
            self.notes.append("The files were made by different builds of sahelsim: a part of the differences may be "
                              "theirs.")
        for file, arm in zip(self._files, _name_arms(self._files)):
            file.arms = [arm] * len(file.arms)

    def _place_runs(self):
        self.arms = list(dict.fromkeys(arm for file in self._files for arm in file.arms))
        if self.is_sweep and "arms" in self._files[0].data:
            missing = [arm for arm in self.arms if arm not in self._files[0].data["arms"]]
            if missing:
                raise Problem(f"{self.paths[0]}: /arms lacks '{missing[0]}', of which there are runs; the file is damaged or "
                              "incomplete")
        self.points = numpy.unique(numpy.concatenate([file.points for file in self._files]))
        self.replicates = numpy.unique(numpy.concatenate([file.replicates for file in self._files]))
        number = {arm: index for index, arm in enumerate(self.arms)}
        shape = len(self.arms), len(self.points), len(self.replicates)
        self.planned, self.done = numpy.zeros(shape, bool), numpy.zeros(shape, bool)
        for file in self._files:
            file.place = (numpy.array([number[arm] for arm in file.arms], dtype=int),
                          numpy.searchsorted(self.points, file.points),
                          numpy.searchsorted(self.replicates, file.replicates))
            self.planned[file.place] = True
            self.done[file.place] = file.done

    def _choose_months(self, start, end):
        wanted = start is not None or end is not None
        if wanted and not self.has_series:
            raise Problem("--start and --end need monthly series, and the file has summaries only "
                          "(outputs: [summary, series] in the sweep file keeps them)")
        self._own_months = wanted
        if self.is_sweep and not wanted:
            start, end = (numpy.datetime64(self.attrs[name], "M") for name in ("summary_start", "summary_end"))
        self.months = None
        if self.has_series:
            every = self._files[0].data["time"][:].astype("datetime64[D]").astype("datetime64[M]")
            start, end = every[0] if start is None else start, every[-1] if end is None else end
            self._kept = numpy.flatnonzero((every >= start) & (every <= end))
            if len(self._kept) == 0:
                raise Problem(f"no month of the file, which has {every[0]} to {every[-1]}, lies between {start} and {end}")
            self.months = every[self._kept]
            start, end = self.months[0], self.months[-1]
        self.start, self.end = str(start), str(end)

    def close(self):
        """Close the files; arrays that were read stay."""
        for file in self._files:
            file.data.close()

    @property
    def cercles(self):
        """Cercles: Names, regions and positions; None where the file has no cercles."""
        if not self.has_cercles:
            return None
        path, group = self.groups("cercles")[0]
        with reading(path, "/cercles"):
            found = Cercles(_texts(group, "cercle"), _texts(group, "region"), group["longitude"][:], group["latitude"][:])
            if len({numpy.shape(values) for values in found}) > 1:
                raise Problem(f"{path}: variables of /cercles differ in length; the file is damaged")
        return found

    def check_arm(self, arm):
        """Refuse an arm that there is not."""
        check_name("arm", arm, self.arms)

    def totals(self, outcome):
        """One number a run.

        Parameters
        ----------
        outcome : outcomes.Outcome

        Returns
        -------
        xarray.DataArray
            [arm, point, replicate], in the outcome's unit: flows summed over the months, stocks as at the end of the last,
            0 or 1 for shares of runs; NaN for runs that are not done.
        """
        if self.is_sweep and not self._own_months:
            values = self._gather("summary", outcome, (), lambda block: block)
            return (values > 0).where(values.notnull()).astype(float) if outcome.share else values
        return over_time(self.monthly(outcome), outcome)

    def monthly(self, outcome):
        """The series of the country.

        Returns
        -------
        xarray.DataArray or None
            [arm, point, replicate, time], NaN for runs that are not done; None where the file has no series.
        """
        if not self.has_series:
            return None
        return self._gather("/", outcome, (len(self._kept),), lambda block: block[:, self._kept],
                            {"time": self.months.astype("datetime64[ns]")})

    def by_cercle(self, outcome):
        """One number a run and cercle.

        Returns
        -------
        xarray.DataArray or None
            [arm, point, replicate, cercle] as `totals`; None where the file has none or cercles don't add up.
        """
        if not self.has_cercles or not outcome.by_cercle or outcome.variable not in self._files[0].data["cercles"]:
            return None
        cercles = self.cercles

        def reduce(block):
            return block[:, self._kept].sum(1) if outcome.kind == "flow" else block[:, self._kept[-1]]

        values = self._gather("cercles", outcome, (len(cercles.names),), reduce, {"cercle": cercles.names})
        return (values > 0).where(values.notnull()).astype(float) if outcome.share else values

    def groups(self, name):
        """A group of each file, with the file's path; None in place of the group where a file has none."""
        found = []
        for path, file in zip(self.paths, self._files):
            with reading(path, name):
                found.append((path, file.data[name] if name in file.data else None))
        return found

    def of_runs(self, name, coordinates, columns=None):
        """A variable that has a number for each run, laid out as those of `totals`.

        Parameters
        ----------
        name : str
            Such as ``targets/simulated``; its first dimension is `run`.
        coordinates : dict of str to list
            Its other dimensions.
        columns : list of int, optional
            Only these places of the second dimension are read; `coordinates` are of them.

        Returns
        -------
        xarray.DataArray
            [arm, point, replicate, ...], NaN for runs that are not done.

        Raises
        ------
        Problem
            Where the variable can't be read or has another shape.
        """
        shape = tuple(len(values) for values in coordinates.values())
        whole = numpy.full(self.done.shape + shape, numpy.nan)
        for file in self._files:
            with reading(file.path, name):
                values = file.data[name][:] if columns is None else file.data[name][:, columns or slice(0, 0)]
                values = values.astype(float)
            if values.shape != file.done.shape + shape:
                raise Problem(f"{file.path}: {name} has shape {values.shape}, expected {file.done.shape + shape}")
            whole[tuple(index[file.done] for index in file.place)] = values[file.done]
        coordinates = {"arm": self.arms, "point": self.points, "replicate": self.replicates, **coordinates}
        return xarray.DataArray(whole, coordinates, list(coordinates), name=name.rpartition("/")[2])

    def _gather(self, group, outcome, shape, reduce, coordinates=None):
        """Read a variable block by block of runs, so that memory stays small, and lay it out by arm, point, replicate."""
        whole = numpy.full(self.done.shape + shape, numpy.nan)
        for file in self._files:
            with reading(file.path, outcome.variable):
                variable = file.data[group][outcome.variable]
                self._check_shape(file, group, outcome.variable, variable.shape)
                for runs in _blocks(variable):
                    done = file.done[runs]
                    if done.any():
                        block = reduce(_sum_categories(variable[runs], outcome, self.variables[outcome.variable].axes))
                        place = tuple(index[runs][done] for index in file.place)
                        whole[place] = block[done]
        coordinates = {"arm": self.arms, "point": self.points, "replicate": self.replicates, **(coordinates or {})}
        return xarray.DataArray(whole, coordinates, list(coordinates), name=outcome.name, attrs={"units": outcome.unit})

    def _check_shape(self, file, group, name, found):
        """Each run, month, cercle and category has its place."""
        names = {"summary": (), "/": ("time",), "cercles": ("time", "cercle")}[group]
        lengths = [len(file.data[group][axis]) for axis in names]
        expected = (len(file.done), *lengths, *(len(axis.names) for axis in self.variables[name].axes))
        if found != expected:
            raise Problem(f"{file.path}: {name} of {group} has the shape {found}, expected {expected}; the file is damaged")


def _blocks(variable):
    """Slices of runs that hold whole chunks and no more than a few dozen megabytes."""
    runs = variable.shape[0]
    chunk = variable.chunks[0] if variable.chunks else runs
    size = variable.dtype.itemsize * int(numpy.prod(variable.shape[1:], dtype=numpy.int64))
    step = max(chunk, _BLOCK_BYTES // max(size, 1) // chunk * chunk, 1)
    return [slice(first, min(first + step, runs)) for first in range(0, runs, step)]


def _sum_categories(block, outcome, axes):
    """Sum the categories that the outcome is made of, which are the last axes; those of run, time and cercle stay."""
    for axis in reversed(axes):
        if axis.name in outcome.chosen:
            chosen = [axis.names.index(name) for name in outcome.chosen[axis.name]]
            block = block.take(chosen[0], -1) if len(chosen) == 1 else block.take(chosen, -1).sum(-1)
        else:
            block = block.sum(-1)
    return block


def over_time(series, outcome):
    """What a series comes to: its sum for flows, its last month for stocks, whether it was ever above 0 for shares."""
    if outcome.share:
        known = series.notnull().all("time")
        return (series > 0).any("time").where(known).astype(float)
    return series.sum("time", skipna=False) if outcome.kind == "flow" else series.isel(time=-1, drop=True)
