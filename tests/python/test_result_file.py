"""A result file opens in xarray, h5py and h5dump as it is, and what it holds fits together."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy
import pytest

h5py = pytest.importorskip("h5py")
xarray = pytest.importorskip("xarray")
pytest.importorskip("h5netcdf")

PROGRAM = os.environ.get("SAHELSIM_PROGRAM")
SCENARIOS = Path(os.environ.get("SAHELSIM_SCENARIOS", Path(__file__).parents[2] / "scenarios"))
GROUPS = ["cercles", "events", "communes", "parameters", "scenario", "targets", "runtime"]
RUNS = 2

pytestmark = pytest.mark.skipif(not PROGRAM, reason="SAHELSIM_PROGRAM names no program")


def simulate(path, *options, scenario=SCENARIOS / "small.yaml"):
    command = [PROGRAM, "run", scenario, "-o", path, "--replicates", str(RUNS), "--quiet", *options]
    subprocess.run(command, check=True, timeout=300)
    return path


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return simulate(tmp_path_factory.mktemp("result") / "small.h5", "--seed", "1", "--threads", "1")


@pytest.fixture(scope="module")
def country(result):
    with xarray.open_dataset(result, engine="h5netcdf") as data:
        yield data.load()


@pytest.fixture(scope="module")
def cercles(result):
    with xarray.open_dataset(result, group="cercles", engine="h5netcdf") as data:
        yield data.load()


@pytest.fixture(scope="module")
def events(result):
    with xarray.open_dataset(result, group="events", engine="h5netcdf") as data:
        yield data.load()


def test_the_folder_holds_the_result_and_nothing_else(result):
    assert [path.name for path in result.parent.iterdir()] == ["small.h5"]


@pytest.mark.parametrize("group", [None, *GROUPS])
def test_every_group_opens_without_an_option(result, group):
    with xarray.open_dataset(result, group=group) as data:
        assert data.load().sizes


@pytest.mark.parametrize("group", [None, *GROUPS])
def test_every_group_opens_with_the_netcdf4_library(result, group):
    pytest.importorskip("netCDF4")
    with xarray.open_dataset(result, group=group, engine="netcdf4") as other:
        with xarray.open_dataset(result, group=group, engine="h5netcdf") as data:
            assert other.load().equals(data.load())


def test_runs_are_labelled(country):
    assert list(country.run.values) == list(range(RUNS))
    assert set(country.deaths.coords) >= {"run", "arm", "point", "replicate", "status", "time", "perpetrator", "victim"}
    assert set(country.arm.values) == {"small"}
    assert country.status.attrs["flag_meanings"].split()[country.status.values[0]] == "done"
    assert country.attrs["complete"] == 1
    assert country.attrs["seed"] == 1


def test_time_is_calendar_time(country):
    assert numpy.issubdtype(country.time.dtype, numpy.datetime64)
    assert (country.time.dt.day == 1).all()
    assert str(country.time_bounds.values[0, 0])[:10] == country.attrs["start"]
    last_day = country.time_bounds.values[-1, 1] - numpy.timedelta64(1, "D")
    assert str(last_day)[:10] == country.attrs["end"]
    assert country.deaths.sel(time=country.attrs["start"][:7]).sizes["time"] == 1


def test_cercles_are_chosen_by_name(cercles):
    for name in cercles.cercle.values:
        one = cercles.sel(cercle=name)
        assert one.deaths.dims == ("run", "time", "perpetrator", "victim")
        assert one.deaths.sel(perpetrator="jnim", victim="civilians").shape == (RUNS, cercles.sizes["time"])
    by_region = cercles.deaths.groupby("region").sum()
    assert int(by_region.sum()) == int(cercles.deaths.sum())


def test_the_country_is_the_sum_of_its_cercles(country, cercles):
    means = {"control", "grievance", "fear", "hardship", "pasture_stress", "market_access", "strictness"}
    for name in set(country.data_vars) & set(cercles.data_vars) - {"time_bounds"} - means:
        whole = numpy.issubdtype(country[name].dtype, numpy.integer)
        numpy.testing.assert_allclose(
            country[name], cercles[name].sum("cercle"), rtol=0 if whole else 1e-12, err_msg=name)
    numpy.testing.assert_allclose(country.control.sum("authority"), 1.0, rtol=1e-9)
    for name in means:
        weighted = (cercles[name] * cercles.population).sum("cercle") / cercles.population.sum("cercle")
        numpy.testing.assert_allclose(country[name], weighted.transpose(*country[name].dims), rtol=1e-12, atol=1e-15)


def test_the_event_log_and_the_series_agree(country, cercles, events):
    assert (numpy.diff(events.run) >= 0).all()
    for run in country.run.values:
        chosen = events.isel(event=events.run.values == run)
        assert list(chosen.id.values) == list(range(chosen.sizes["event"]))
        assert (numpy.diff(chosen.time) >= numpy.timedelta64(0)).all()
        assert chosen.sizes["event"] == country.events_by_type.sel(run=run).sum()
        assert chosen.civilians_killed.sum() == country.civilians_killed.sel(run=run).sum()
    meanings = events.cercle.attrs["flag_meanings"].split()
    assert meanings == ["none", *(str(name).replace(" ", "_") for name in cercles.cercle.values)]
    assert len(events.cercle.attrs["flag_values"]) == len(meanings)


def test_causes_come_before_what_they_cause(events):
    by_event = events.cause_kind.attrs["flag_meanings"].split().index("event")
    caused = events.isel(event=events.cause_kind.values == by_event)
    assert ((caused.cause >= 0) & (caused.cause < caused.id)).all()


def test_events_happen_where_their_commune_is(result, events):
    with xarray.open_dataset(result, group="communes") as communes:
        assert (communes.longitude.values[events.commune.values] == events.longitude.values).all()
        assert (communes.cercle.values[events.commune.values] == events.cercle.values).all()


def test_parameters_say_what_they_rest_on(result):
    with xarray.open_dataset(result, group="parameters") as parameters:
        table = parameters.to_dataframe()
    assert table.index.is_unique
    assert ((table.low <= table.value) & (table.value <= table.high)).all()
    assert set(table.status) <= {"reported", "estimated", "assumed"}
    assert (table.note != "").all()
    assert table.source[table.status != "assumed"].ne("").all()
    assert table.unit["control.relaxation_time"] == "days"
    with xarray.open_dataset(result, group="scenario") as scenario:
        assert set(table.source) - {""} <= set(scenario.source.values)


def test_the_scenario_in_the_file_gives_the_same_series_again(result, country, tmp_path):
    again = tmp_path / "small.yaml"
    with h5py.File(result) as file:
        again.write_text(file["scenario/text"].asstr()[()], encoding="utf-8")
    simulate(tmp_path / "again.h5", "--seed", "1", scenario=again)
    with xarray.open_dataset(tmp_path / "again.h5") as other:
        assert other.load().equals(country)


def test_h5py_reads_types_as_documented(result):
    with h5py.File(result) as file:
        assert file["cercles/deaths"].dtype == numpy.dtype("<i8")
        assert file["cercles/control"].dtype == numpy.dtype("<f8")
        assert file["cercles/cercle"].asstr()[0]
        assert [dimension.keys() for dimension in file["cercles/deaths"].dims] == [
            ["run"], ["time"], ["cercle"], ["perpetrator"], ["victim"]]
        assert file["cercles/deaths"].shuffle and file["cercles/deaths"].compression_opts == 1
        assert file.attrs["Conventions"] == "CF-1.8"
        for attribute in ("schema_version", "version", "git_hash", "seed", "title"):
            assert attribute in file.attrs


@pytest.mark.skipif(shutil.which("h5dump") is None, reason="no h5dump")
def test_h5dump_reads_everything(result):
    dump = subprocess.run(["h5dump", result], check=True, capture_output=True, text=True, timeout=300)
    assert "error" not in dump.stderr.lower()
    assert 'GROUP "cercles"' in dump.stdout


@pytest.mark.skipif(shutil.which("h5diff") is None, reason="no h5diff")
def test_two_files_of_the_same_seed_differ_in_runtime_only(result, tmp_path):
    again = simulate(tmp_path / "again.h5", "--seed", "1", "--threads", "2")
    subprocess.run(["h5diff", "--exclude-path", "/runtime", result, again], check=True, timeout=300)
    other = simulate(tmp_path / "other.h5", "--seed", "2")
    assert subprocess.run(["h5diff", "-q", "--exclude-path", "/runtime", result, other], timeout=300).returncode == 1


def test_an_existing_file_is_kept(result):
    before = result.read_bytes()
    command = [PROGRAM, "run", SCENARIOS / "small.yaml", "-o", result, "--quiet"]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert refused.returncode == 2
    assert "small.h5" in refused.stderr and "--force" in refused.stderr
    assert result.read_bytes() == before
