"""Measures of patterns give known answers on runs whose events are known."""

import inspect
import sys
from pathlib import Path

import numpy
import pytest

pytest.importorskip("scipy")
pytest.importorskip("xarray")

ANALYSIS = Path(__file__).parents[2] / "analysis"
sys.path.insert(0, str(ANALYSIS))
from sahelsim import pattern_list, pattern_measures, pattern_options, pattern_scores  # noqa: E402
from sahelsim.measures import Measures, Unanswered, day_number, distance_km  # noqa: E402
from sahelsim.problems import Problem  # noqa: E402
from sahelsim.runs import Place  # noqa: E402

pytestmark = pytest.mark.analysis

CODES = {"type": ["battle", "explosion_remote_violence", "violence_against_civilians", "strategic_development"],
         "subtype": ["other", "leader_killed"], "cause_kind": ["none", "event"]}
LABELS = {"organisation": ["army", "rebels", "rivals"], "organisation_side": ["state", "jihad", "others"],
          "authority": ["state", "rebels"], "community": ["one", "two"]}


class KnownRuns:
    """Two years of one or more runs in three cercles, as sahelsim.runs.Runs shows them."""

    def __init__(self, events=(), series=None, count=1, months=24):
        self.count, self._series = count, dict(series or {})
        self.months = numpy.datetime64("2020-01", "M") + numpy.arange(months)
        self.first_day, self.last_day = day_number("2020-01-01"), day_number("2021-12-31")
        self.cercles = Place(["North", "Middle", "South"], ["Desert", "Green", "Green"], numpy.array([0.0, 0.0, 0.0]),
                             numpy.array([18.0, 15.0, 12.0]))
        columns = ("run", "time", "cercle", "type", "subtype", "actor1", "actor2", "community", "deaths_actor1",
                   "civilians_killed", "cause_kind", "cause", "id")
        default = dict(run=0, time=self.first_day, cercle=0, type=0, subtype=0, actor1=1, actor2=0, community=-1,
                       deaths_actor1=0, civilians_killed=0, cause_kind=0, cause=-1, id=0)
        rows = [{**default, "id": number, **event} for number, event in enumerate(events)]
        self.events = {name: numpy.array([row[name] for row in rows], dtype=int) for name in columns}
        self.events["deaths"] = self.events["deaths_actor1"] + self.events["civilians_killed"]
        self.events["side"] = self.events["actor1"]
        self.events["latitude"] = self.cercles.latitude[self.events["cercle"]]
        self.events["longitude"] = numpy.zeros(len(rows))

    def has(self, name):
        return name == "events/run" or name in self._series

    def series(self, name):
        return self._series[name]

    def labels(self, name):
        return LABELS.get(name, [])

    def code(self, column, meaning):
        return CODES[column].index(meaning)


def measure(name, runs, **options):
    return list(pattern_measures.BY_NAME[name](Measures(runs), **options))


def day(date):
    return day_number(date)


def test_distances_on_the_globe():
    """Paris to London, 343.5 km; a quarter of the equator."""
    assert distance_km(2.3522, 48.8566, -0.1276, 51.5072) == pytest.approx(343.5, abs=0.5)
    assert distance_km(0, 0, 90, 0) == pytest.approx(6371 * numpy.pi / 2)


def test_event_ratio_counts_a_day():
    events = [dict(time=day("2020-01-10")), dict(time=day("2020-01-20"), civilians_killed=3),
              *[dict(time=day("2020-03-05") + k, civilians_killed=2) for k in range(3)],
              dict(time=day("2020-03-05"), actor1=0), dict(time=day("2020-03-06"), type=3)]
    periods = dict(period=["2020-03-01", "2020-03-31"], over=["2020-01-01", "2020-01-31"])
    assert measure("event_ratio", KnownRuns(events), organisations=["rebels"], **periods) == [1.5]
    harm = measure("event_ratio", KnownRuns(events), organisations=["rebels"], what="civilians_killed_per_event", **periods)
    assert harm == [pytest.approx(2 / 1.5)]
    assert numpy.isnan(measure("event_ratio", KnownRuns(events), organisations=["rivals"], **periods)).all()
    with pytest.raises(Unanswered, match="cover 2020-01-01 to 2021-12-31"):
        measure("event_ratio", KnownRuns(events), organisations=["rebels"], period=["2022-01-01", "2022-02-01"],
                over=periods["over"])
    with pytest.raises(Unanswered, match="no organisation 'pirates'"):
        measure("event_ratio", KnownRuns(events), organisations=["pirates"], **periods)
    with pytest.raises(Unanswered, match="region Sea is not simulated"):
        measure("event_ratio", KnownRuns(events), organisations=["rebels"], regions=["Sea"], **periods)


def test_violence_that_goes_south():
    events = [dict(cercle=0), dict(cercle=1, time=day("2020-06-01")), dict(cercle=2, time=day("2021-06-01"))]
    runs = KnownRuns(events)
    runs.cercles = Place([*"abcde"], ["Green"] * 5, numpy.zeros(5), numpy.array([18.0, 15, 12, 11, 10]))
    assert measure("southward", runs, organisation="rebels")[0] == pytest.approx(-0.9747, abs=1e-3)
    with pytest.raises(Unanswered):
        measure("southward", KnownRuns(events), organisation="rebels")


def test_the_date_of_the_nth_attack_near_a_place():
    events = [dict(cercle=2, time=day("2020-07-01")), dict(cercle=2, time=day("2021-01-01")), dict(cercle=0)]
    found = measure("nth_event_near", KnownRuns(events), organisation="rebels", cercle="South", km=100, number=2)
    assert found == [pytest.approx(2021.0, abs=0.01)]
    assert measure("nth_event_near", KnownRuns(events), organisation="rebels", cercle="South", km=100,
                   number=3) == [numpy.inf]


def test_attacks_after_the_loss_of_a_leader():
    loss = day("2020-06-01")
    events = [dict(type=3, subtype=1, actor1=0, actor2=1, time=loss), *[dict(time=loss - 5 - k) for k in range(4)],
              *[dict(time=loss + 5 + k) for k in range(3)], dict(time=loss + 80)]
    # 3 after and 4 before; of any day the eight events stand in as many windows after as before.
    assert measure("attacks_after_loss", KnownRuns(events), organisation="rebels", days=30) == [pytest.approx(0.75)]
    with pytest.raises(Unanswered):
        measure("attacks_after_loss", KnownRuns(events[1:]), organisation="rebels", days=30)


def test_break_and_fights():
    relation = numpy.ones((2, 24, 3, 3))
    relation[0, 6:, 1, 2] = -1
    fights = [dict(actor1=1, actor2=2, time=day("2020-08-01") + k) for k in range(6)]
    runs = KnownRuns(fights, {"relation": relation}, count=2)
    pair = dict(one="rebels", other="rivals")
    assert measure("break_date", runs, **pair) == [pytest.approx(2020 + 7 / 12), numpy.inf]
    assert measure("fights_after_break", runs, **pair, least=5, times=2) == [1, 0]
    assert measure("fights_after_break", runs, **pair, least=7, times=2) == [0, 0]
    assert measure("battles_before", runs, **pair, before="2020-09-01") == [6, 0]


def test_recruits_that_follow_harm_by_the_state():
    joined = numpy.zeros((1, 24, 3, 2))
    events = []
    for quarter, killed in enumerate([5, 1, 8, 2, 9, 3, 7]):
        events.append(dict(actor1=0, civilians_killed=killed, community=0, time=day("2020-01-15") + 91 * quarter))
        joined[0, 3 * (quarter + 1), 1, 0] = 10 * killed
        events.append(dict(actor1=1, civilians_killed=10 - killed, community=0, time=day("2020-01-15") + 91 * quarter))
    found = measure("harm_and_recruits", KnownRuns(events, {"recruits_by_community": joined}), recruiters=["rebels"],
                    by=["state"],
                    instead_of=["jihad"])
    assert found == [pytest.approx(2)]


def test_control_growth_and_losses():
    control = numpy.zeros((1, 24, 2))
    control[0, :, 0] = numpy.linspace(0.8, 0.6, 24)
    control[0, :, 1] = 1 - control[0, :, 0]
    deaths = numpy.ones((1, 24, 1, 1))
    deaths[0, 12:] = 3
    losses = numpy.full((1, 24, 3), 2)
    runs = KnownRuns((), {"control": control, "deaths": deaths, "losses": losses})
    assert measure("control_change", runs, authority="rebels") == [pytest.approx(0.2)]
    assert measure("deaths_growth", runs, until="2021-12-31") == [3]
    assert measure("control_speed", runs, until="2021-12-31") == [pytest.approx(0.2 / (23 / 12))]
    assert measure("losses_a_year", runs, organisations=["army", "rebels"],
                   until="2021-12-31") == [pytest.approx(48, rel=1e-2)]


def test_accords_and_massacres():
    collapsed, lapsed = numpy.zeros((2, 24, 2)), numpy.zeros((2, 24))
    collapsed[0, 3, 1], lapsed[0, 5] = 1, 3
    events = [dict(civilians_killed=12), dict(civilians_killed=20, cause_kind=1, cause=0), dict(civilians_killed=2)]
    runs = KnownRuns(events, {"accords_collapsed": collapsed, "accords_lapsed": lapsed}, count=2)
    assert measure("accords_broken", runs)[0] == 0.25 and numpy.isnan(measure("accords_broken", runs)[1])
    assert measure("provoked_massacres", runs, dead=10)[0] == 0.5


def test_bursts():
    generator = numpy.random.default_rng(1)
    events = [dict(cercle=int(cercle), time=day("2020-01-01") + 7 * int(week)) for cercle, week in
              zip(generator.integers(0, 3, 150), generator.integers(0, 100, 150))]
    runs = KnownRuns(events)
    assert measure("dispersion", runs) == [pytest.approx(1, abs=0.25)]
    assert measure("repeat_odds", runs) == [pytest.approx(1, abs=0.5)]
    assert measure("neighbour_odds", runs, km=400) == [pytest.approx(1, abs=0.6)]
    with pytest.raises(Unanswered):
        measure("neighbour_odds", runs, km=10)


def test_the_displaced_before_the_first_year_are_no_rise_of_it():
    """Nobody dies in the first year, and many are displaced when it begins; then both rise together."""
    deaths, displaced = numpy.zeros((1, 60, 1, 1)), numpy.full((1, 60), 500_000.0)
    for year in range(1, 5):
        deaths[0, 12 * year, 0, 0] = 100 * year
        displaced[0, 12 * year:] += 1000 * year
    series = {"deaths": deaths, "displaced": displaced}
    assert measure("displaced_with_deaths", KnownRuns((), series, months=60)) == [pytest.approx(1)]
    with pytest.raises(Unanswered, match="it needs 5 years, of which the first has no year before"):
        measure("displaced_with_deaths", KnownRuns((), {name: each[:, :59] for name, each in series.items()}, months=59))


def test_tails_need_events():
    for name in ("tail_exponent", "tail_p"):
        with pytest.raises(Unanswered, match="100 events"):
            measure(name, KnownRuns([dict(civilians_killed=2)]), type="battle")


# The list


LISTED = """
patterns:
  X1:
    label: "Never"
    measures:
      - {measure: break_date, label: "Break", options: {one: rebels, other: rivals}, band: [2020, 2021]}
      - {measure: control_change, label: "Drift", options: {authority: rebels}}
      - {measure: accords_broken, label: "Accords", band: [0, 1]}
      - {elsewhere: "a command", label: "Other", reason: "another command has it"}
"""


def listed(tmp_path, text):
    (tmp_path / "patterns.yaml").write_text(text, encoding="utf-8")
    return pattern_list.read(tmp_path / "patterns.yaml")


def test_runs_are_judged_by_their_median(tmp_path):
    relation, control = numpy.ones((3, 24, 3, 3)), numpy.zeros((3, 24, 2))
    relation[:2, 3:, 1, 2] = -1
    table = pattern_scores.judge(KnownRuns((), {"relation": relation, "control": control}, count=3),
                                 listed(tmp_path, LISTED))
    assert list(table["verdict"]) == ["in_band", "no_band", "unanswered", "unanswered"]
    assert table["share_in_band"][0] == pytest.approx(2 / 3) and table["range_high"][0] == numpy.inf
    assert "no monthly accords_collapsed" in table["reason"][2] and table["reason"][3] == "another command has it"


def test_the_list_that_comes_with_the_scenarios_is_whole():
    import yaml

    patterns = pattern_list.read(ANALYSIS.parent / "scenarios" / "mali" / "patterns.yaml")
    assert [one.id for one in patterns] == [f"P{number}" for number in range(1, 13)]
    text = (ANALYSIS.parent / "scenarios" / "mali" / "sources.yaml").read_text(encoding="utf-8")
    sources = yaml.safe_load(text)["sources"]
    for pattern in patterns:
        for one in pattern.measures:
            assert one.label and (one.basis or one.reason)
            assert not one.source or one.source in sources
    used = {one.name for pattern in patterns for one in pattern.measures if one.name}
    assert used == set(pattern_measures.BY_NAME)


@pytest.mark.parametrize("change, message", [
    (("break_date", "break_dat"), "no measure 'break_dat'; did you mean 'break_date'"),
    (("[2020, 2021]", "[2022, 2021]"), r"measures\[0\].band: found \[2022, 2021\], expected \[low, high\]"),
    (("[2020, 2021]", "many"), "expected .low, high."),
    (("one: rebels", "one: 5"), r"measures\[0\].options.one: found 5, expected a name"),
    (("authority: rebels", "authority: [a]"), "expected a name"),
    (("authority: rebels", "authority: {a: 1}"), "expected a name"),
    (("one: rebels, ", ""), "measure 'break_date' needs 'one'"),
    (("one: rebels", "won: rebels"), "there is no key 'won'; did you mean 'one'"),
    (("label: \"Drift\"", "label: [1]"), "expected a text"),
    (("patterns:", "pattern:"), "found no map 'patterns'"),
    (("label: \"Never\"", "label: \"Never"), "patterns.yaml:"),
    (("    measures:\n", "    measures: []\n    more:\n"), "there is no key 'more'"),
])
def test_mistakes_in_a_list_are_told(tmp_path, change, message):
    with pytest.raises(Problem, match=message):
        listed(tmp_path, LISTED.replace(*change))


@pytest.mark.parametrize("name, value, message", [
    ("km", "far", "a number above 0"), ("km", True, "a number above 0"), ("days", 2.5, "a whole number"),
    ("within", 1, "true or false"), ("until", "2017-13-01", "YYYY-MM-DD"), ("until", 5, "YYYY-MM-DD"),
    ("period", ["2018-01-01", "2017-01-01"], "first day, last day"), ("period", "2017-01-01", "first day, last day"),
    ("type", "battles", "battle or explosion"), ("law", "cauchy", "exponential or lognormal"), ("regions", "Gao", "a list"),
    ("what", ["events"], "events or deaths"), ("regions", [], "a list"),
])
def test_options_that_make_no_sense(name, value, message):
    with pytest.raises(ValueError, match=message):
        pattern_options.read_option(name, value)


def test_every_option_of_a_measure_has_a_kind():
    for function in pattern_measures.BY_NAME.values():
        for name in list(inspect.signature(function).parameters)[1:]:
            assert name in pattern_options._KINDS


def test_lists_that_are_none(tmp_path):
    with pytest.raises(Problem, match="can't be read"):
        pattern_list.read(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"patterns: \xff")
    with pytest.raises(Problem, match="no UTF-8"):
        pattern_list.read(tmp_path / "bytes.yaml")


def test_the_list_is_found_where_the_library_lies(tmp_path, monkeypatch):
    monkeypatch.delenv("SAHELSIM_SCENARIOS", raising=False)
    assert pattern_list.find() == (ANALYSIS / "../scenarios/mali/patterns.yaml").resolve()
    (tmp_path / "niger").mkdir()
    (tmp_path / "niger" / "patterns.yaml").write_text(LISTED, encoding="utf-8")
    (tmp_path / "sweeps").mkdir()
    monkeypatch.setenv("SAHELSIM_SCENARIOS", str(tmp_path))
    assert pattern_list.find() == tmp_path / "niger" / "patterns.yaml"
    (tmp_path / "chad").mkdir()
    (tmp_path / "chad" / "patterns.yaml").write_text(LISTED, encoding="utf-8")
    with pytest.raises(Problem, match="found 2 lists of patterns .*chad.*niger.*--patterns says which"):
        pattern_list.find()


def test_an_installed_package_finds_the_list_of_its_prefix(tmp_path, monkeypatch):
    monkeypatch.delenv("SAHELSIM_SCENARIOS", raising=False)
    package, library = (tmp_path / part for part in ("lib/python3.11/dist-packages/sahelsim", "share/sahelsim/scenarios/mali"))
    for folder in (package, library):
        folder.mkdir(parents=True)
    monkeypatch.setattr(pattern_list, "__file__", str(package / "pattern_list.py"))
    with pytest.raises(Problem, match="--patterns a list"):
        pattern_list.find()
    (library / "patterns.yaml").write_text(LISTED, encoding="utf-8")
    assert pattern_list.find() == library / "patterns.yaml"
