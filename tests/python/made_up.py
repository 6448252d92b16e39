"""Result files made up by hand, small and with whatever texts and numbers a test wants, in the layout of the real ones."""

import json
import shutil

import h5py
import numpy

TEXT = h5py.string_dtype("utf-8")
RUNS, MONTHS = 12, 15
CERCLES = (("Gao", "Gao", -0.05, 16.27), ("Mopti", "Mopti", -4.2, 14.5), ("Douentza", "Mopti", -2.95, 15.0))
SIDES, AUTHORITIES = ("state", "jnim"), ("state", "jnim")
PARAMETER_TEXTS = ("parameter", "unit", "distribution", "status", "source", "place", "note", "meaning")
INTERVENTION_TEXTS = ("", "_type", "_date", "_until", "_condition", "_change", "_source", "_note")
TARGET_TEXTS = ("target", "label", "role", "quantity", "observer", "places", "actors", "source", "source_place", "note",
                "answer", "first_day", "last_day")
TARGET_NUMBERS = ("low", "high", "observation_error", "area_share")
SOURCE_TEXTS = ("", "_title", "_authors", "_year", "_url")
PARAMETERS = (
    ("control.relaxation_time", "days", "uniform", "estimated", "report-1", "page 7", "A guess.",
     "How slowly control moves.", 60.0, 30.0, 120.0),
    ("revenge.rate", "1/day", "log_uniform", "assumed", "", "", "Nobody knows.", "How often revenge is taken.",
     0.1, 0.01, 0.5),
)
INTERVENTIONS = (("talks", "dialogue", "2017-02-01", "", "", "open at 0.8", "report-1, page 9",
                  "What the report asks for."),)
MECHANISMS = {"revenge": True}
SOURCES = (("report-1", "A report", "Its authors", "2021", "https://example.org/report"),)
TARGETS = (
    ("killed-2017", "Civilians killed, 2017", "calibration", "civilians_killed", "acled", "", "", "report-1", "table 1",
     "Counted by hand.", "answered", "2017-01-01", "2017-12-31", 100.0, 300.0, 0.25, 0.9),
    ("battles-2017", "Battles, 2017", "validation", "battles", "acled", "Mopti, Gao", "JNIM", "report-1", "table 2", "",
     "answered", "2017-01-01", "2017-12-31", 50.0, numpy.inf, 0.25, 1.0),
    ("songs", "Songs sung", "calibration", "", "", "", "", "report-1", "", "", "no_counterpart", "2017-01-01", "2017-12-31",
     numpy.nan, numpy.nan, 0.0, 1.0),
)


def _texts(group, name, values):
    group.create_dataset(name, data=numpy.array(list(values), dtype=object), dtype=TEXT)


def _scale(group, name, values):
    if isinstance(values[0], str):
        _texts(group, name, values)
    else:
        group[name] = values
    group[name].make_scale(name)


def _outcome(group, name, values, axes, kind, unit="person"):
    variable = group.create_dataset(name, data=values)
    variable.attrs.update({"long_name": name.replace("_", " "), "units": unit, "kind": kind})
    for number, axis in enumerate(axes):
        variable.dims[number].attach_scale(group[axis])


def _records(group, names, rows):
    for column, name in enumerate(names):
        _texts(group, name, [row[column] for row in rows])


def scenario(group, title="A scenario", description="What it is for.", parameters=PARAMETERS, interventions=INTERVENTIONS,
             sources=SOURCES, mechanisms=MECHANISMS):
    """The groups /parameters and /scenario, as they stand in a file of `run` or under /arms/NAME."""
    about = group.create_group("parameters")
    _records(about, PARAMETER_TEXTS, parameters)
    for column, name in enumerate(("value", "low", "high")):
        about[name] = [row[8 + column] for row in parameters]
    about["overridden"] = numpy.zeros(len(parameters), numpy.int8)
    about = group.create_group("scenario")
    about.create_dataset("text", data=f"title: {json.dumps(title)}\nperiod: {{}}\n", dtype=TEXT)
    about.create_dataset("description", data=description, dtype=TEXT)
    _texts(about, "mechanism", mechanisms)
    about["mechanism_on"] = numpy.array(list(mechanisms.values()), numpy.int8)
    _records(about, ["intervention" + name for name in INTERVENTION_TEXTS], interventions)
    _records(about, ["source" + name for name in SOURCE_TEXTS], sources)


def put_targets(data, simulated, **columns):
    """The group /targets; `simulated` is [run, target], and `columns` are what isn't the same in all targets."""
    count = len(columns["target"])
    group = data.create_group("targets")
    usual = {"label": columns["target"], "role": "calibration", "quantity": "deaths", "answer": "answered",
             "first_day": "2017-01-01", "last_day": "2017-12-31", "observation_error": 0.2, "area_share": 1.0}
    for name in TARGET_TEXTS:
        values = columns.get(name, usual.get(name, ""))
        _texts(group, name, [values] * count if isinstance(values, str) else values)
    for name in TARGET_NUMBERS:
        group[name] = numpy.broadcast_to(numpy.asarray(columns.get(name, usual.get(name)), dtype=float), count)
    group["simulated"] = simulated


def targets(data, simulated, rows=TARGETS):
    """The group /targets, of rows of texts and numbers."""
    put_targets(data, simulated, **dict(zip((*TARGET_TEXTS, *TARGET_NUMBERS), zip(*rows))))


def _series(data, deaths, displaced, region_of):
    """Outcomes of the country and of cercles; `deaths` is [run, month, cercle, perpetrator, victim]."""
    runs, months = deaths.shape[:2]
    starts = numpy.datetime64("2017-01") + numpy.arange(months)
    group = data.create_group("cercles")
    _scale(data, "run", numpy.arange(runs))
    for place in (data, group):
        _scale(place, "time", starts.astype("datetime64[D]").astype(numpy.int32))
        for name, values in (("perpetrator", SIDES), ("victim", (*SIDES, "civilians")), ("authority", AUTHORITIES)):
            _scale(place, name, values)
            _texts(place, name + "_label", [value.capitalize() for value in values])
    _scale(group, "run", numpy.arange(runs))
    _scale(group, "cercle", [name for name, *_ in CERCLES])
    _texts(group, "region", region_of)
    group["longitude"], group["latitude"] = ([row[column] for row in CERCLES] for column in (2, 3))
    people = numpy.stack([1_000_000 - 10 * displaced, 200_000 + 5 * displaced], -1)
    for place, values, flight, ruled, axes in (
            (data, deaths.sum(2), displaced.sum(2), people.sum(2), ["run", "time"]),
            (group, deaths, displaced, people, ["run", "time", "cercle"])):
        _outcome(place, "deaths", values, [*axes, "perpetrator", "victim"], "flow")
        _outcome(place, "civilians_killed", values[..., -1], [*axes, "perpetrator"], "flow")
        _outcome(place, "displaced", flight, axes, "stock")
        _outcome(place, "population_by_authority", ruled, [*axes, "authority"], "stock")


def draw(runs=RUNS, months=MONTHS, seed=1):
    """Deaths [run, month, cercle, perpetrator, victim] and displaced [run, month, cercle]."""
    rng = numpy.random.default_rng(seed)
    deaths = rng.poisson(6, (runs, months, len(CERCLES), len(SIDES), len(SIDES) + 1))
    return deaths, rng.poisson(500, (runs, months, len(CERCLES))).cumsum(1)


def write(path, name="usual", title="As usual", more=0, runs=RUNS, months=MONTHS, arms=1, change=None, **of_scenario):
    """A file of `run`.

    Parameters
    ----------
    path : path-like
    name, title : str
        Of the scenario.
    more : int or array [run]
        More civilians that the first side kills in the first month and cercle.
    arms : int
        How often the same draws come again.
    change : callable, optional
        Takes the open file before it is closed.
    of_scenario
        As `scenario` takes them.
    """
    deaths, displaced = (numpy.concatenate([values] * arms) for values in draw(runs // arms, months))
    deaths[:, 0, 0, 0, -1] += more
    with h5py.File(path, "w") as data:
        end = numpy.datetime64("2017-01") + months
        data.attrs.update({
            "schema_version": 1, "title": title, "source": "sahelsim 9.9.9", "version": "9.9.9",
            "git_hash": "0123456789abcdef",
            "scenario": name, "seed": 7, "start": "2017-01-01", "end": str(end.astype("datetime64[D]") - 1),
            "persons_per_agent": 100, "complete": 1})
        _texts(data, "arm", [name] * runs)
        data["point"], data["replicate"] = numpy.zeros(runs, numpy.int32), numpy.arange(runs, dtype=numpy.int32)
        data["status"] = numpy.ones(runs, numpy.int8)
        _series(data, deaths, displaced, [region for _, region, *_ in CERCLES])
        scenario(data, title, **of_scenario)
        runtime = data.create_group("runtime")
        for when in ("started", "finished"):
            runtime.create_dataset(when, data=f"2026-01-0{1 + (when == 'finished')}T00:00:00Z", dtype=TEXT)
        if change:
            change(data)
    return path


def changed(file, change):
    """A copy beside the file, in which `change` has been at the open data."""
    copy = file.parent / "changed.h5"
    shutil.copy(file, copy)
    with h5py.File(copy, "r+") as data:
        change(data)
    return copy


def replaced(name, values):
    """A change for `changed`: other values in place of a variable, or with None nothing."""
    def change(data):
        del data[name]
        if values is not None:
            data[name] = values

    return change
