"""The simulator in the Python process gives what the program gives, and leaves Python as it was."""

import datetime
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest

if os.environ.get("SAHELSIM_PYTHON_MODULE") == "0":
    pytest.skip("the Python module was not built: see the line 'Python module' of cmake", allow_module_level=True)
if "SAHELSIM_PYTHON_MODULE" not in os.environ:
    pytest.importorskip("sahelsim._core", reason="the Python module is not in PYTHONPATH")

xarray = pytest.importorskip("xarray")
pytest.importorskip("h5netcdf")

import sahelsim  # noqa: E402

PROGRAM = os.environ.get("SAHELSIM_PROGRAM")
SCENARIOS = Path(os.environ.get("SAHELSIM_SCENARIOS", Path(__file__).parents[2] / "scenarios"))
SMALL = SCENARIOS / "small.yaml"
LEVELS = ("cercle", "country", "events")
NOT_IN_PROCESS = {"run", "point", "status"}  # what tells the runs of a file apart

# A day in the middle of a month and of a week, and what is told of a month that is cut.
MID = "2017-05-17"
END = datetime.date(2017, 8, 10)

needs_program = pytest.mark.skipif(not PROGRAM, reason="SAHELSIM_PROGRAM names no program")


def program(*arguments, check=True):
    return subprocess.run([PROGRAM, *map(str, arguments)], check=check, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def result_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("in-process") / "small.h5"
    program("run", SMALL, "-o", path, "--replicates", 3, "--seed", 7, "--until", END, "--set",
            "control.relaxation_time=45", "--quiet")
    return path


@pytest.fixture(scope="module")
def usual():
    """One whole run, by level."""
    simulator = begin()
    simulator.run_until(END)
    return {level: simulator.results(level) for level in LEVELS}


def begin(**arguments):
    """A run of a few months: its scenario ends at END."""
    arguments.setdefault("overrides", {"period.end": END - datetime.timedelta(days=1)})
    return sahelsim.Simulator(SMALL, **arguments)


def in_file(path, group, replicate):
    with xarray.open_dataset(path, group=group, engine="h5netcdf") as data:
        if group == "events":
            chosen = data.isel(event=data.run.values == replicate).drop_vars("run")
        else:
            chosen = data.isel(run=replicate).drop_vars(NOT_IN_PROCESS & {*data.variables})
        return chosen.load()


def attributes_of(variable):
    return {name: value.tolist() if isinstance(value, (numpy.ndarray, numpy.generic)) else value
            for name, value in variable.attrs.items()}


def assert_same_variables(ours, theirs, names):
    for name in names:
        assert ours[name].dims == theirs[name].dims, name
        assert {*ours[name].coords} - {"arm", "replicate"} == {*theirs[name].coords} - {"arm", "replicate"}, name
        assert attributes_of(ours[name]) == attributes_of(theirs[name]), name
        assert ours[name].encoding.get("units") == theirs[name].encoding.get("units"), name
        numpy.testing.assert_array_equal(ours[name].values, theirs[name].values, err_msg=name)


def assert_same_data(one, other):
    """Equal to the last bit; only `complete` may differ."""
    assert {*one.variables} == {*other.variables}
    for name in one.variables:
        assert one[name].dtype == other[name].dtype, name
        numpy.testing.assert_array_equal(one[name].values, other[name].values, err_msg=name)
    assert {**one.attrs, "complete": None} == {**other.attrs, "complete": None}


# The same as the program


@needs_program
@pytest.mark.parametrize("replicate", [0, 2])
def test_a_run_by_cercle_is_what_the_program_writes(result_file, replicate):
    ours = sahelsim.run(SMALL, {"control.relaxation_time": 45}, replicate, seed=7, until=END)
    cercles = in_file(result_file, "cercles", replicate)
    country = in_file(result_file, None, replicate)
    assert {*cercles.variables} <= {*ours.variables} == {*cercles.variables, *national_only(country, cercles)}
    assert_same_variables(ours, cercles, cercles.variables)
    assert_same_variables(ours, country, national_only(country, cercles))
    assert ours.replicate == replicate and ours.arm == "small"


def national_only(country, cercles):
    return {*country.variables} - {*cercles.variables}


@needs_program
@pytest.mark.parametrize("replicate", [0, 2])
def test_a_run_of_the_country_is_what_the_program_writes(result_file, replicate):
    ours = sahelsim.run(SMALL, {"control.relaxation_time": 45}, replicate, seed=7, until=str(END), level="country")
    theirs = in_file(result_file, None, replicate)
    assert {*ours.variables} == {*theirs.variables}
    assert_same_variables(ours, theirs, theirs.variables)
    assert {name: str(value) for name, value in ours.attrs.items()} == {
        name: str(value) for name, value in theirs.attrs.items()}


@needs_program
@pytest.mark.parametrize("replicate", [0, 2])
def test_events_are_what_the_program_writes(result_file, replicate):
    ours = sahelsim.run(SMALL, {"control.relaxation_time": 45}, replicate, seed=7, until=END, level="events")
    theirs = in_file(result_file, "events", replicate)
    assert {*ours.variables} == {*theirs.variables, "arm", "replicate"}
    assert_same_variables(ours, theirs, theirs.variables)
    for name in theirs.variables:
        assert ours[name].dtype == theirs[name].dtype, name
    assert ours.sizes["event"] > 100


@needs_program
def test_replicates_can_be_joined_to_what_the_file_holds(result_file):
    runs = [sahelsim.run(SMALL, {"control.relaxation_time": 45}, k, seed=7, until=END) for k in range(3)]
    joined = xarray.concat(runs, "run", coords=["arm", "replicate"], data_vars="all")
    with xarray.open_dataset(result_file, group="cercles", engine="h5netcdf") as theirs:
        assert joined.deaths.dims == theirs.deaths.dims
        assert (joined.deaths.values == theirs.deaths.values).all()
        assert (joined.replicate.values == theirs.replicate.values).all()


def test_counts_are_whole_numbers(usual):
    assert usual["cercle"].deaths.dtype == numpy.int64
    assert usual["cercle"].control.dtype == numpy.float64


# Scenarios and overrides


def test_a_scenario_may_be_a_path_a_name_or_a_text():
    text = "title: Mine\ndescription: Of this test.\nextends: sahelsim:small\n"
    scenarios = [str(SMALL), SMALL, "sahelsim:small", text]
    results = [sahelsim.run(scenario, until="2017-02-10", level="country") for scenario in scenarios]
    for result in results[1:]:
        assert (result.deaths.values == results[0].deaths.values).all()
    assert [str(result.arm.values) for result in results] == ["small", "small", "small", "text"]
    assert results[-1].attrs["title"] == "Mine"


def test_overrides_take_numbers_truth_values_and_dates():
    overrides = {
        "control.relaxation_time": numpy.float64(45.5),
        "persons_per_agent": numpy.int64(500),
        "mechanisms.revenge": False,
        "period.end": datetime.date(2017, 3, 1),
    }
    simulator = sahelsim.Simulator(SMALL, overrides)
    assert simulator.parameters["control.relaxation_time"] == 45.5
    assert simulator.end == datetime.date(2017, 3, 1)
    assert simulator.results("country").attrs["persons_per_agent"] == 500
    simulator.run_until("2017-03-02")
    assert simulator.done


@pytest.mark.parametrize("arguments, message", [
    ({"scenario": "no-such-file.yaml"}, "no-such-file.yaml"),
    ({"scenario": "sahelsim:smal"}, "did you mean 'sahelsim:small'"),
    ({"scenario": "title: [\n"}, "text:"),
    ({"scenario": "title: A\nsurprise: 1\nextends: sahelsim:small\n"}, "surprise"),
    ({"overrides": {"control.relaxation_tim": 45}}, "did you mean 'control.relaxation_time'"),
    ({"overrides": {"control.relaxation_time": "soon"}}, "soon"),
    ({"overrides": {"control.relaxation_time": float("nan")}}, "nan"),
    ({"overrides": {"control.relaxation_time": -1}}, "control.relaxation_time"),
    ({"overrides": {"mechanisms.revenge": "maybe"}}, "maybe"),
    ({"until": "2016-12-31"}, "a day from 2017-01-01 to 2018-12-31"),
    ({"until": datetime.date(2030, 1, 1)}, "a day from 2017-01-01 to 2018-12-31"),
    ({"until": "2017-02-30"}, "a day of the calendar"),
    ({"level": "commune"}, "'cercle', 'country', 'events'"),
    ({"replicate": -1}, "replicate"),
    ({"seed": 2**64}, "seed"),
])
def test_bad_input_is_told_in_the_programs_words(arguments, message):
    with pytest.raises(sahelsim.InputError) as caught:
        sahelsim.run(**{"scenario": SMALL, **arguments})
    assert message in str(caught.value)
    assert isinstance(caught.value, ValueError)


@needs_program
def test_messages_are_those_of_the_program(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("title: A\nextends: sahelsim:small\nparameters: {control.relaxation_tim: 3}\n", encoding="utf-8")
    told = program("check", wrong, check=False)
    with pytest.raises(sahelsim.InputError) as caught:
        sahelsim.run(wrong)
    assert str(caught.value).strip() in told.stderr + told.stdout


@pytest.mark.parametrize("arguments", [
    {"scenario": 3}, {"overrides": [("a", 1)]}, {"overrides": {1: 2}}, {"overrides": {"control.relaxation_time": [1]}},
    {"overrides": {"control.relaxation_time": object()}}, {"until": 20170301}, {"seed": "1"}, {"replicate": 0.5},
])
def test_wrong_types_raise(arguments):
    with pytest.raises(TypeError):
        sahelsim.run(**{"scenario": SMALL, **arguments})


# Day by day


@pytest.mark.parametrize("days", [1, 7, 50, 1000])
def test_steps_of_any_length_give_the_same_run(usual, days):
    simulator = begin()
    simulated = []
    while not simulator.done:
        simulated.append(simulator.step(days))
    assert sum(simulated) == (END - datetime.date(2017, 1, 1)).days
    assert simulator.step(days) == 0
    assert simulator.date == END == simulator.end + datetime.timedelta(days=1)
    for level in LEVELS:
        assert_same_data(simulator.results(level), usual[level])


def test_a_run_gives_what_stepping_gives(usual):
    until = END - datetime.timedelta(days=1)
    for level in LEVELS:
        assert_same_data(sahelsim.run(SMALL, until=until, level=level), usual[level])


@pytest.mark.parametrize("date", ["2017-01-02", "2017-02-01", MID, "2017-05-31"])
def test_results_so_far_are_those_of_a_run_that_ended_yesterday(usual, date):
    simulator = begin()
    simulator.run_until(date)
    yesterday = simulator.date - datetime.timedelta(days=1)
    for level in LEVELS:
        assert_same_data(simulator.results(level), sahelsim.run(SMALL, until=yesterday, level=level))
    assert simulator.results().attrs["complete"] == 0
    # Looking at them leaves the run as it was.
    simulator.run_until(END)
    for level in LEVELS:
        assert_same_data(simulator.results(level), usual[level])
    assert simulator.results().attrs["complete"] == 1


def test_before_the_first_day_there_are_no_months():
    simulator = begin()
    for level in ("cercle", "country"):
        assert simulator.results(level).sizes["time"] == 0
    assert simulator.events().sizes["event"] == 0


@pytest.mark.parametrize("date", ["2017-02-09", "2017-08-11", "tomorrow"])
def test_days_that_are_not_to_come_are_refused(date):
    simulator = begin()
    simulator.run_until("2017-02-10")
    with pytest.raises(sahelsim.InputError):
        simulator.run_until(date)
    with pytest.raises(sahelsim.InputError):
        simulator.step(-1)
    assert simulator.date == datetime.date(2017, 2, 10)


@pytest.mark.parametrize("date", [
    "2017-01-05", datetime.date(2017, 1, 5), datetime.datetime(2017, 1, 5, 12), numpy.datetime64("2017-01-05", "ns"),
])
def test_a_day_may_be_of_any_type_that_has_one(date):
    simulator = begin()
    simulator.run_until(date)
    assert simulator.date == datetime.date(2017, 1, 5)


# Interventions

INTERVENTIONS = {
    "set": [{"type": "set", "parameter": "state.doctrine.sweep", "value": -3}],
    "reach": [{"type": "set", "parameter": "control.reach", "value": 9.0}],
    "deploy": [{"type": "deploy", "faction": "minusma", "cercle": "Mopti", "personnel": 400}],
    "switch": [{"type": "switch", "mechanism": "revenge", "on": False}],
    "withdraw": [{"type": "withdraw", "faction": "minusma", "until": datetime.date(2017, 6, 20)}],
    "two of a day": [
        {"type": "disarm", "faction": "dan_na_ambassagou", "share": 0.5, "cercles": ["Bankass", "Koro"], "id": "b"},
        {"type": "set", "parameter": "state.doctrine.protect", "value": -1.5, "id": "a", "note": "Ours."},
    ],
}


def as_yaml(intervention, number):
    fields = {"id": f"applied_{number + 1:04}", "note": "Applied while the run went on.", **intervention, "date": MID}

    def shown(value):
        if isinstance(value, list):
            return "[" + ", ".join(value) + "]"
        return str(value).lower() if isinstance(value, bool) else str(value)

    return "{" + ", ".join(f"{key}: {shown(value)}" for key, value in fields.items()) + "}"


@pytest.mark.parametrize("name", INTERVENTIONS)
def test_an_intervention_applied_is_one_dated_in_the_scenario(name, usual):
    interventions = INTERVENTIONS[name]
    simulator = begin()
    simulator.run_until(MID)
    for intervention in interventions:
        simulator.apply(intervention)
    assert str(simulator.date) == MID
    simulator.run_until(END)
    listed = "\n".join(f"  - {as_yaml(intervention, k)}" for k, intervention in enumerate(interventions))
    text = f"title: {usual['cercle'].attrs['title']!r}\nextends: sahelsim:small\ninterventions:\n{listed}\n"
    dated = sahelsim.Simulator(text, {"period.end": simulator.end})
    dated.run_until(END)
    for level in LEVELS:
        one, other = simulator.results(level), dated.results(level)
        other.attrs["scenario"] = "small"
        assert_same_data(one.drop_vars("arm"), other.drop_vars("arm"))
    assert simulator.parameters == dated.parameters
    assert not simulator.events().equals(usual["events"]), "it did nothing"


def test_interventions_of_two_days_and_of_the_scenario_go_together():
    simulator = sahelsim.Simulator(SMALL, {"period.end": "2018-02-15"})
    simulator.run_until("2017-09-01")
    simulator.apply({"type": "set", "parameter": "state.doctrine.sweep", "value": -3})
    simulator.run_until("2018-01-01")  # the day of one of the scenario's own
    simulator.apply({"type": "set", "parameter": "state.doctrine.sweep", "value": -0.5, "id": "zzz"})
    simulator.run_until("2018-02-16")
    text = """title: Two
extends: sahelsim:small
period: {end: 2018-02-15}
interventions:
  - {id: applied_0001, type: set, date: 2017-09-01, parameter: state.doctrine.sweep, value: -3, note: A}
  - {id: zzz, type: set, date: 2018-01-01, parameter: state.doctrine.sweep, value: -0.5, note: B}
"""
    for level in LEVELS:
        assert_same_data(simulator.results(level).drop_vars("arm").assign_attrs(scenario="", title=""),
                         sahelsim.run(text, level=level).drop_vars("arm").assign_attrs(scenario="", title=""))


@pytest.mark.parametrize("intervention, message", [
    ({"type": "surprise"}, "one of set, switch"),
    ({}, "type"),
    ({"type": "set", "parameter": "state.doctrine.sweeps", "value": -3}, "did you mean 'state.doctrine.sweep'"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": "-3"}, "-3"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": None}, "value"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": -3, "id": "g5_headquarters"}, "another id"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": -3, "id": {"a": 1}}, "id"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": -3, "date": MID}, "date"),
    ({"type": "set", "parameter": "state.doctrine.sweep", "value": -3, "surprise": 1}, "surprise"),
    ({"type": "coup", "when": {"outcome": "deaths_90_days", "above": 10}}, "when"),
    ({"cancelled": True, "id": "g5_headquarters"}, "cancelled"),
    ({"type": "withdraw", "faction": "minusma", "until": "2017-01-01"}, "until"),
])
def test_a_mistaken_intervention_changes_nothing(usual, intervention, message):
    simulator = begin()
    simulator.run_until(MID)
    with pytest.raises(sahelsim.InputError) as caught:
        simulator.apply(intervention)
    assert message in str(caught.value)
    simulator.run_until(END)
    assert_same_data(simulator.results(), usual["cercle"])


def test_nothing_is_applied_after_the_end():
    simulator = begin()
    simulator.run_until(END)
    with pytest.raises(sahelsim.InputError, match="period"):
        simulator.apply({"type": "coup"})
    with pytest.raises(TypeError):
        simulator.apply("coup")
    with pytest.raises(TypeError):
        simulator.apply({"type": "set", "value": object()})


# The state


def test_arrays_have_the_shapes_and_types_that_they_are_said_to_have():
    simulator = begin()
    simulator.step(40)
    names, places, state = simulator.names, simulator.places, simulator.state
    lengths = {axis: len(of) for axis, of in names.items()}
    lengths["place"] = len(places)
    lengths["commune"] = int((places.cercle != "").sum())
    assert (places.cercle.values[: lengths["commune"]] != "").all(), "communes come first"
    checked = 0
    for name in dir(sahelsim.State):
        about = getattr(sahelsim.State, name).__doc__ or ""
        if not about.startswith("numpy.ndarray: ["):
            continue
        axes = about[about.index("[") + 1 : about.index("]")].split(", ")
        array = getattr(state, name)
        assert array.shape == tuple(lengths[axis] for axis in axes), name
        assert array.dtype.name in about, name
        checked += 1
    assert checked >= 15
    for group, length in ((state.cohorts, len(state.cohorts.commune)), (state.units, len(state.units.place))):
        for name in dir(type(group)):
            if isinstance(getattr(type(group), name), property):
                assert getattr(group, name).shape == (length,), name


def test_arrays_agree_with_the_results():
    simulator = begin()
    simulator.run_until("2017-03-01")
    state, places, names = simulator.state, simulator.places, simulator.names
    month = simulator.results().isel(time=-1)
    numpy.testing.assert_allclose(state.control.sum(axis=1), 1.0, rtol=1e-9)
    communes = state.residents.shape[0]
    for cercle in month.cercle.values:
        there = (places.cercle == cercle).values[:communes]
        assert state.residents[there].sum() == month.population.sel(cercle=cercle)
    assert state.residents.sum() == state.cohorts.residents.sum()
    units = state.units
    for number, organisation in enumerate(names["organisation"]):
        strength = units.strength[units.organisation == number].sum()
        assert strength == month.personnel.sel(organisation=organisation).sum(), organisation
    assert state.displaced_to.sum() == state.displaced_from.sum() == state.cohorts.displaced.sum()
    assert ((state.besieged_by == -1) | (state.besieged_by < len(units.place))).all()
    for group in ("action", "type", "faction"):
        assert getattr(units, group).max() < len(names["unit_type" if group == "type" else group])


def test_arrays_are_views_that_nobody_can_write_to():
    state = begin().state
    for array in (state.control, state.presence, state.grievance, state.residents, state.besieged_by,
                  state.cohorts.residents, state.units.morale, state.units.action):
        assert array.base is not None and not array.flags.owndata
        with pytest.raises(ValueError):
            array[...] = 0
        with pytest.raises(ValueError):
            array.flags.writeable = True
    assert numpy.shares_memory(state.control, state.control)


def test_a_view_shows_its_morning_whatever_comes(usual):
    simulator = begin()
    simulator.step(30)
    state = simulator.state
    views = [state.control, state.presence, state.grievance, state.units.place, state.cohorts.residents]
    copies = [view.copy() for view in views]
    later = simulator.state.control
    simulator.step(60)
    simulator.apply({"type": "deploy", "faction": "minusma", "cercle": "Mopti", "personnel": 400})
    simulator.step(10)
    assert not numpy.array_equal(simulator.state.control, later)
    del simulator, state
    gc.collect()
    for view, copy in zip(views, copies):
        numpy.testing.assert_array_equal(view, copy)


def test_views_and_copies_leave_the_run_as_it_was(usual):
    simulator = begin()
    kept = []
    while not simulator.done:
        kept.append((simulator.state, simulator.state.control, simulator.copy()))
        simulator.step(60)
    for level in LEVELS:
        assert_same_data(simulator.results(level), usual[level])
    for _, _, other in kept:
        other.run_until(END)
        assert_same_data(other.results(), usual["cercle"])


def test_copies_go_their_own_ways(usual):
    simulator = begin()
    simulator.run_until(MID)
    other = simulator.copy()
    other.apply({"type": "set", "parameter": "state.doctrine.sweep", "value": -3})
    other.run_until(END)
    assert str(simulator.date) == MID
    simulator.run_until(END)
    assert_same_data(simulator.results(), usual["cercle"])
    assert not other.results().deaths.equals(simulator.results().deaths)


# Threads and signals


def test_other_threads_go_on_while_it_simulates():
    simulator = begin()
    counted, stop = [0], threading.Event()

    def count():
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0)

    thread = threading.Thread(target=count)
    thread.start()
    try:
        before = counted[0]
        simulator.step(200)
        assert counted[0] - before > 50
    finally:
        stop.set()
        thread.join()


def test_simulators_in_several_threads_give_what_they_give_alone():
    def simulate(replicate):
        return sahelsim.run(SMALL, replicate=replicate, until="2017-03-10")

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(simulate, range(4)))
    for replicate, result in enumerate(together):
        assert_same_data(result, simulate(replicate))


def test_two_threads_can_not_use_one_simulator():
    simulator = sahelsim.Simulator(SMALL)
    thread = threading.Thread(target=simulator.step, args=(10_000,))
    thread.start()
    refused = 0
    seen = set()
    while thread.is_alive():
        seen.add(simulator.date)
        try:
            simulator.events()
        except RuntimeError as error:
            assert "another thread" in str(error)
            refused += 1
    thread.join()
    assert refused > 0 and len(seen) > 2
    assert simulator.events().sizes["event"] > 0


@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals come to the main thread")
def test_ctrl_c_ends_a_long_call_and_the_run_can_go_on():
    simulator = sahelsim.Simulator(SMALL)

    def interrupt():
        # Not before the run is on its way.
        while simulator.date < datetime.date(2017, 1, 10):
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            simulator.step(10_000)
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    assert datetime.date(2017, 1, 10) <= simulator.date < simulator.end
    simulator.step(10_000)
    assert_same_data(simulator.results(), sahelsim.run(SMALL))


# The package


def test_the_package_is_imported_without_the_simulator():
    code = "import sys, sahelsim; sys.exit(any(name.startswith(('sahelsim.', 'xarray')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
    with pytest.raises(AttributeError):
        sahelsim.surprise


@needs_program
def test_the_module_is_of_the_programs_version():
    assert f"sahelsim {sahelsim.__version__} " in program("--version").stdout


def test_everything_that_people_use_is_documented():
    for thing in (sahelsim, sahelsim.run, sahelsim.InputError, sahelsim.Simulator, sahelsim.State, sahelsim.Cohorts,
                  sahelsim.Units):
        assert thing.__doc__
        for name in dir(thing) if isinstance(thing, type) else ():
            if not name.startswith("_") and not issubclass(thing, Exception):
                assert getattr(thing, name).__doc__, f"{thing.__name__}.{name}"
