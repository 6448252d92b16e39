"""sahelsim validate --observed: events that others collected, beside runs and naive forecasts."""

import h5py
import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.register_assert_rewrite("validating")
from validating import ACLED, COUNT, GED, GOOD, acled, measured, refused, succeed, write  # noqa: E402

from sahelsim.observed_events import ObservedEvents  # noqa: E402
from sahelsim.problems import Problem  # noqa: E402

pytestmark = pytest.mark.analysis

pytest_plugins = ["validating"]  # fixtures


@pytest.fixture(scope="module")
def true_months(usual):
    """Deaths by month and cercle of the first run, and the names of cercles."""
    with h5py.File(usual) as data:
        return data["cercles/deaths"][0].sum((2, 3)), list(data["cercles/cercle"].asstr()[:])


def rows_of(deaths, names, rename=lambda name: name, form="2017-{:02d}-15"):
    return [acled(form.format(month + 1), int(count), cercle=rename(name), region="Région de Mopti")
            for month, row in enumerate(deaths) for name, count in zip(names, row)]


@pytest.mark.parametrize("level", ["country", "region", "cercle"])
def test_a_run_that_came_true_lies_among_the_runs(usual, folder, true_months, level):
    file = write(folder / f"true_{level}.csv", ACLED, rows_of(*true_months, rename=str.upper))
    found = measured(folder, usual, "--observed", file, "--level", level)["observed"]
    assert found["months"] == ["2017-03", "2017-04"] and found["history"] == ["2017-01", "2017-02"]
    assert found["format"] == "ACLED" and found["country"] == "Mali"
    assert not any("nearest" in note for note in found["notes"])
    cells = [row for row in found["cells"] if row["forecast"] == "runs"]
    assert len(cells) == 2 * {"country": 1, "region": 1, "cercle": len(true_months[1])}[level]
    assert sum(row["observed"] for row in cells) == true_months[0][2:].sum()
    with h5py.File(usual) as data:
        members = data["deaths"][:, 2].sum((1, 2))
    if level == "country":
        assert cells[0]["mean"] == pytest.approx(members.mean())
        y = true_months[0][2].sum()
        spread = numpy.abs(members[:, None] - members).sum() / (COUNT * (COUNT - 1))
        assert cells[0]["crps"] == pytest.approx(numpy.abs(members - y).mean() - spread / 2)


def test_naive_forecasts_know_the_history_only(usual, folder):
    rows = [acled("2016-11-03", 4), acled("20 December 2016", 6), acled("2017-01-01", 8), acled("2017-02-11", 100),
            acled("2017-04-30", 1)]
    found = measured(folder, usual, "--observed", write(folder / "naive.csv", ACLED, rows), "--from", "2017-02")["observed"]
    assert found["history"] == ["2016-11", "2016-12", "2017-01"] and found["months"] == ["2017-02", "2017-03", "2017-04"]
    cells = {(row["forecast"], row["month"]): row for row in found["cells"]}
    assert cells["last value", "2017-02"]["crps"] == 92 and cells["last value", "2017-03"]["mean"] == 8
    assert cells["last value", "2017-03"]["interval_score"] == pytest.approx(20 * 8)
    assert cells["history", "2017-03"]["mean"] == pytest.approx(6, abs=0.01)
    # Members 4, 6 and 8, and 0 came: 6 - 16/9/2.
    assert cells["history", "2017-03"]["crps"] == pytest.approx(6 - 16 / 18, abs=0.01)
    assert cells["Poisson", "2017-03"]["mean"] == pytest.approx(6, abs=0.02)
    assert cells["runs", "2017-03"]["observed"] == 0


def test_events_are_counted_as_the_observer_counts(usual, folder):
    rows = [acled("2017-01-05", 0), acled("2017-03-05", 0), acled("2017-03-06", 3, kind="Protests"),
            acled("2017-03-07", 0, kind="Violence against civilians"), acled("2017-04-30", 2)]
    found = measured(folder, usual, "--observed", write(folder / "events.csv", ACLED, rows), "--count", "events", "--from",
                     "2017-03")["observed"]
    cells = {row["month"]: row for row in found["cells"] if row["forecast"] == "runs"}
    with h5py.File(usual) as data:
        every = data["events_by_type"][:, 2, :3].sum(1).mean()
        columns = {name: data["events"][name][:] for name in ("run", "time", "type", "cercle", "deaths_actor1",
                                                              "deaths_actor2",
                                                              "civilians_killed")}
    assert cells["2017-03"]["observed"] == 2 and cells["2017-03"]["mean"] == pytest.approx(every)
    assert any("1 events of other types" in note for note in found["notes"])
    ged = [["2017-01-05", "2017-01-05", "1", "JNIM", "Government of Mali", "1", "Mopti region", "Koro cercle", "14", "-3",
            "Mali"],
           ["2017-03-05 00:00:00.000", "2017-04-02", "3", "JNIM", "Civilians", "7", "Mopti region", "", "", "", "Mali"],
           ["2017-04-30", "2017-04-30", "2", "Dan Na", "JNIM", "2", "Mopti region", "Koro cercle", "14", "-3", "Mali"]]
    file = write(folder / "ged.csv", GED, ged)
    found = measured(folder, usual, "--observed", file, "--count", "events", "--from", "2017-03")["observed"]
    cells = {row["month"]: row for row in found["cells"] if row["forecast"] == "runs"}
    march = (columns["time"] >= 17226) & (columns["time"] < 17257) & (columns["type"] < 3) & (columns["cercle"] >= 0)
    deadly = (columns["deaths_actor1"] + columns["deaths_actor2"] + columns["civilians_killed"]) > 0
    assert found["format"] == "UCDP GED" and cells["2017-03"]["mean"] == pytest.approx((march & deadly).sum() / COUNT)
    assert any("1 events lasted into a later month" in note for note in found["notes"])
    region = measured(folder, usual, "--observed", file, "--level", "region", "--from", "2017-03")["observed"]
    assert {row["observed"] for row in region["cells"] if row["month"] == "2017-03"} == {7}


def test_places_without_a_known_name_go_to_the_nearest_seat(usual, folder):
    rows = [acled("2017-01-05", 1), acled("2017-03-05", 5, region="Bandiagara Region", cercle="Nowhere",
                                          position=("14.35", "-3.61")),
            acled("2017-03-06", 9, region="", cercle="", position=("", "")), acled("2017-04-30", 0, cercle="KORO")]
    found = measured(folder, usual, "--observed", write(folder / "near.csv", ACLED, rows), "--level", "cercle", "--from",
                     "2017-03")["observed"]
    seen = {row["unit"]: row["observed"] for row in found["cells"]
            if row["month"] == "2017-03" and row["forecast"] == "runs"}
    assert seen["Bandiagara"] == 5 and sum(seen.values()) == 5
    note = next(note for note in found["notes"] if "nearest" in note)
    assert note.startswith("1 of 4 events are of places") and "Nowhere" in note
    assert "1 without a position are left out" in note
    strange = write(folder / "strange.csv", ACLED, [acled("2017-01-05", 1, "Kano", "Kano"),
                                                    acled("2017-04-05", 1, "Kano", "Kano")])
    assert "none of its places (Kano) is a region of the runs (Mopti)" in refused(usual, "--observed", strange, "--level",
                                                                                  "region")


def test_actors_that_resemble_nobody_are_named(usual, folder):
    rows = [*[acled("2017-01-05", 1, actor="Space Pirates")] * 3, acled("2017-04-05", 1, actor="JNIM and others")]
    notes = measured(folder, usual, "--observed", write(folder / "actors.csv", ACLED, rows), "--from",
                     "2017-02")["observed"]["notes"]
    note = next(note for note in notes if "resemble none" in note)
    assert "Space Pirates (3)" in note and "JNIM" not in note


@pytest.mark.parametrize("name, content, message", [
    ("empty", b"", "the file is empty"),
    ("header", (",".join(ACLED) + "\n").encode(), "found a header and no events"),
    ("latin", "event_date,event_type,fatalities\n2017-01-01,Battles,1\nSégou".encode("latin-1"),
     "latin.csv:3: found a byte that is no UTF-8"),
    ("utf16", ",".join(ACLED).encode("utf-16-le"), "bytes of value 0"),
    ("columns", b"event_date,event_type,deaths\n2017-01-01,Battles,1\n",
     "looks like ACLED, and lacks the column fatalities"),
    ("other", b"a,b\n1,2\n", "found the columns a, b, expected those of ACLED"),
    ("short", b"event_date,event_type,fatalities\n2017-01-01,Battles\n", "short.csv:2: found 2 cells, expected 3"),
    ("date", b"event_date,event_type,fatalities\n2017-01-01,Battles,1\n2017-13-01,Battles,1\n", "date.csv:3: found "
                                                                                                "'2017-13-01' as a date"),
    ("slash", b"event_date,event_type,fatalities\n03/04/2017,Battles,1\n", "slash.csv:2: found '03/04/2017' as a date"),
    ("count", b"event_date,event_type,fatalities\n2017-01-01,Battles,-1\n", "count.csv:2: found '-1' in column fatalities"),
    ("nan", b"event_date,event_type,fatalities\n2017-01-01,Battles,nan\n", "found 'nan' in column fatalities"),
    ("types", b"event_date,event_type,fatalities\n2017-01-01,Protests,0\n", "found no violent event"),
    ("early", b"event_date,event_type,fatalities\n2010-01-01,Battles,1\n2011-01-01,Battles,1\n", "there is no whole month "
                                                                                                 "in common"),
    ("quote", b'event_date,event_type,fatalities\n2017-01-01,"Batt"les,1\n', "found no CSV"),
    ("twice", b"event_date,event_type,fatalities,fatalities\n2017-01-01,Battles,1,1\n", "column 'fatalities' occurs twice"),
])
def test_bad_event_files_are_refused_in_one_line(usual, folder, name, content, message):
    (folder / f"{name}.csv").write_bytes(content)
    assert message in refused(usual, "--observed", folder / f"{name}.csv")


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_rows_end_where_lines_of_csv_do(folder, mark):
    """Notes hold what Unicode takes for the end of a line, in quotes and without."""
    rows = [[*row[:-1], f"one{mark}two"] for row in (acled("2017-01-05", 1), acled("2017-04-05", 2, actor=f"A{mark}B"))]
    found = ObservedEvents(write(folder / "marks.csv", ACLED, rows))
    assert found.deaths.tolist() == [1, 2] and found.actors[f"A{mark}B"] == 1
    bad = write(folder / "marks.csv", ACLED, [*rows, acled("2017-13-05", 1)])
    with pytest.raises(Problem, match="marks.csv:4: found '2017-13-05'"):
        ObservedEvents(bad)


def test_other_mistakes_with_events_are_told(usual, folder, sweep):
    good = write(folder / "good.csv", ACLED, GOOD)
    assert "separated by semicolons, expected commas" in refused(usual, "--observed",
                                                                 write(folder / "semi.csv", ACLED, GOOD, separator=";"))
    assert "separated by tabs" in refused(usual, "--observed", write(folder / "tabs.csv", ACLED, GOOD, separator="\t"))
    assert "can't be read" in refused(usual, "--observed", folder / "none.csv")
    two = write(folder / "two.csv", ACLED, [*GOOD, acled("2017-01-01", 1, country="Niger")])
    assert "events of 2 countries (Mali, Niger); --country" in refused(usual, "--observed", two)
    assert "found no event of country 'Chad'" in refused(usual, "--observed", two, "--country", "Chad")
    assert "ACLED's deaths" in succeed(usual, "--observed", two, "--country", "mali")
    assert "expected a month from 2017-01 to 2017-04" in refused(usual, "--observed", good, "--from", "2019-01")
    assert "need an observed month before it" in refused(usual, "--observed", good, "--from", "2017-01")
    assert "needs monthly series" in refused(sweep, "--observed", good)
    spreadsheet = write(folder / "bom.csv", ACLED, GOOD, encoding="utf-8-sig")
    assert "ACLED's deaths" in succeed(usual, "--observed", spreadsheet)


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=12), st.integers(0, 400), st.integers(0, 30))
def test_no_event_file_is_too_strange_to_be_told_of(tmp_path, patch, at, cut):
    """A few bytes of a good file replaced: it is read, or refused with a message."""
    good = write(tmp_path / "good.csv", ACLED, [acled("2017-01-05", 1), acled("2017-04-05", 2)]).read_bytes()
    file = tmp_path / "patched.csv"
    file.write_bytes(good[:at] + patch + good[at + cut:])
    try:
        assert len(ObservedEvents(file).months) >= 1
    except Problem as problem:
        assert str(problem).startswith(str(file))
