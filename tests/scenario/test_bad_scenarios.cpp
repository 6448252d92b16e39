// What is wrong with a scenario is said: each change of the tiny scenario below must be refused with these words.

#include <algorithm>

#include <catch2/catch.hpp>

#include "scenario/tiny.h"

using sahelsim::test::Project;
using sahelsim::test::replaced;
using sahelsim::test::tiny_text;

namespace {

struct Change {
    const char* from;
    const char* to;
    std::vector<const char*> words;
    const char* file = "tiny.yaml";
};

void must_be_refused(const std::vector<Change>& changes) {
    const Project project;
    for (const auto& change : changes) {
        INFO(change.from << " -> " << change.to);
        project.write(change.file, replaced(tiny_text(change.file), change.from, change.to));
        const auto complaints = project.complaints();
        INFO(complaints);
        CHECK_FALSE(complaints.empty());
        for (const char* word : change.words) {
            INFO("expected: " << word);
            CHECK(complaints.find(word) != std::string::npos);
        }
        project.write(change.file, tiny_text(change.file));
    }
    CHECK(project.complaints().empty());
}

}  // namespace

TEST_CASE("unknown keys are refused at every level") {
    must_be_refused({
        {"title: Tiny", "title: Tiny\ntitel: Tiny", {"tiny.yaml:2:1", "'titel'", "did you mean 'title'?"}},
        {"period: {start", "period: {stop: 2018-01-01, start", {"period: found 'stop'"}},
        {"{revenge: false}", "{reveng: false}", {"mechanisms: found 'reveng'", "did you mean 'revenge'?"}},
        {"  gazetteer:", "  gazeteer:", {"world: found 'gazeteer'", "did you mean 'gazetteer'?"}},
        {"year: 2016", "yaer: 2016", {"sources.survey-2016: found 'yaer'", "'year'"}},
        {"herder: {label", "herder: {lable", {"livelihoods.herder", "did you mean 'label'?"}},
        {"army: {label", "army: {flag: x, label", {"organisations.army: found 'flag'"}},
        {"range: [30, 270]",
         "rnge: [30, 270]",
         {"control.relaxation_time: found 'rnge'", "'range'", "range: found nothing"}},
        {"id: leave", "id: leave\n    til: 2018-05-01", {"interventions.leave: found 'til'"}},
        {"above: 300", "abov: 300", {"interventions.calm.when: found 'abov'", "'above'"}},
        {"personnel: 200",
         "mechanism: revenge",
         {"interventions.arrive: found 'mechanism'", "personnel: found nothing"}},
    });
}

TEST_CASE("wrong types are refused") {
    must_be_refused({
        {"title: Tiny", "title: [Tiny]", {"title: found a list, expected a text"}},
        {"title: Tiny", "title:", {"title: found nothing"}},
        {"title: Tiny", "title: \" \"", {"title: found an empty text"}},
        {"persons_per_agent: 100", "persons_per_agent: 0", {"'0'", "from 1 to 1000000"}},
        {"persons_per_agent: 100", "persons_per_agent: 1000001", {"from 1 to 1000000"}},
        {"persons_per_agent: 100", "persons_per_agent: 1.5", {"a whole number"}},
        {"persons_per_agent: 100", "persons_per_agent: 0100", {"'0100'"}},
        {"persons_per_agent: 100", "persons_per_agent: \"100\"", {"text '100'"}},
        {"{revenge: false}", "{revenge: no}", {"mechanisms.revenge: found 'no', expected true or false"}},
        {"{revenge: false}", "{revenge: off}", {"true or false"}},
        {"mechanisms: {revenge: false}", "mechanisms: [revenge]", {"mechanisms: found a list, expected a map"}},
        {"malian: true", "malian: yes", {"organisations.front.malian: found 'yes'"}},
        {"parameter_tables: [shares.csv]", "parameter_tables: shares.csv", {"a list of CSV files"}},
        {"parameter_tables: [shares.csv]", "parameter_tables: [{a: b}]", {"parameter_tables: found a map"}},
        {"value: 90", "value: yes", {"'yes'", "a finite number"}},
        {"value: 90", "value: .nan", {"'.nan'", "a finite number"}},
        {"value: 90", "value: .inf", {"'.inf'"}},
        {"value: 90", "value: 1e999", {"'1e999'"}},
        {"value: 90", "value: 010", {"'010'"}},
        {"value: 90", "value: 0x5a", {"'0x5a'"}},
        {"value: 90", "value: 9_0", {"'9_0'"}},
        {"value: 90", "value: 1e1 km", {"'1e1 km'"}},
        {"value: 90", "value: \"90\"", {"text '90'"}},
        {"value: 90", "value: [90]", {"value: found a list"}},
        {"value: 90", "value:", {"value: found nothing"}},
        {"value: 5, unit", "value: 5.5, unit", {"'5.5'", "a whole number"}},
        {"range: [30, 270]", "range: 30-270", {"range: found '30-270', expected [low, high]"}},
        {"range: [30, 270]", "range: [30]", {"a list of 1"}},
        {"range: [30, 270]", "range: [30, .inf]", {"range: found '.inf'"}},
        {"  control:\n", "  control: [1]\n  travel:\n", {"parameters.control: found a list"}},
        {"interventions:\n", "interventions: {}\nextends: []\nlivelihoods2:\n", {"a list of interventions"}},
    });
}

TEST_CASE("records must be complete and sensible") {
    must_be_refused({
        {"unit: days", "unit: weeks", {"unit: found 'weeks', expected the unit 'days'"}},
        {"unit: days, ", "", {"control.relaxation_time.unit: found nothing"}},
        {", note: Months.", "", {"note: found nothing"}},
        {"note: Months.", "note: \"\"", {"note: found an empty text"}},
        {"log_uniform, status: assumed", "log_uniform", {"status: found nothing"}},
        {"distribution: log_uniform", "distribution: log_unifrm", {"did you mean 'log_uniform'?"}},
        {"range: [30, 270]", "range: [0, 270]", {"found 0, expected a number from 1 to 3650 (days)"}},
        {"value: 90", "value: 9000", {"found 9000, expected a number from 1 to 3650"}},
        {"value: 90", "value: 20", {"found 20, expected a value inside its range [30, 270]"}},
        {"range: [30, 270]", "range: [270, 30]", {"the lower end first"}},
        {"status: assumed", "status: assume", {"did you mean 'assumed'?"}},
        {"status: assumed", "status: estimated", {"source: found nothing", "place: found nothing"}},
        {", source: survey-2016, place: p. 4", "", {"source: found nothing"}},
        {", place: p. 4", "", {"place: found nothing"}},
        {"source: survey-2016, place: p. 4", "source: survey-2106, place: p. 4", {"did you mean 'survey-2016'?"}},
        {"    relaxation_time:",
         "    relaxaton_time:",
         {"'control.relaxaton_time'", "did you mean 'control.relaxation_time'?",
          "parameters.control.relaxation_time: found no record"}},
        {"    relaxation_time:", "    something_else:", {"'control.something_else'"}},
        {"  jihadist.decision.discipline:",
         "  jihadists.decision.discipline:",
         {"the actor 'jihadists'", "did you mean 'jihadist.decision.discipline'?"}},
        {"      Alpha: {value: 2", "      Alhpa: {value: 2", {"the place 'Alhpa'", "did you mean 'front.home.Alpha'?"}},
        {"  army.home.Gamma Town: {", "  control.relaxation_time: {", {"the parameter a second time in the same file"}},
        {"  army.home.Gamma Town: {", "  army.home: 3\n  army.home.Gamma Town: {", {"'army.home'"}},
        {"  army.home.Gamma Town: {", "  army.home.Beta: 3\n  army.home.Gamma Town: {", {"a value alone"}},
        {"  army.home.Gamma Town: {", "  .: 3\n  army.home.Gamma Town: {", {"'.'"}},
    });
}

TEST_CASE("names must be good, known and mean one thing") {
    must_be_refused({
        {"  herders_people: {", "  Herders: {", {"the name 'Herders'", "small letters"}},
        {"  herders_people: {", "  herders-people: {", {"the name 'herders-people'"}},
        {"  herders_people: {", "  herder_people: {", {"the community 'herders_people'", "herder_people"}},
        {"kind: jihadist", "kind: Jihadist", {"organisations.front.kind: found 'Jihadist'"}},
        {"side: state,", "side: stat,", {"organisations.army.side: found 'stat'", "did you mean 'state'?"}},
        {"authority: state}", "authority: sate}", {"authority: found 'sate'", "did you mean 'state'?"}},
        {"side: state, ", "", {"organisations.army.side: found nothing"}},
        {"  rebels: {label: Rebels}\norganisations",
         "  civilians: {label: X}\n  rebels: {label: Rebels}\norganisations",
         {"sides: found 'civilians'"}},
        {"      north_wing: {label", "      control: {label", {"'control'", "a group of parameters"}},
        {"      north_wing: {label",
         "      army: {label",
         {"'army' as a faction of front", "already the organisation army"}},
        {"kind: jihadist", "kind: army", {"'army'"}},
        {"      north_wing: {label", "      armed_actor: {label", {"every armed actor"}},
        {"survey-2016: {title", "Survey 2016: {title", {"the name 'Survey 2016'"}},
        {"survey-2016: {title: A survey, ", "survey-2016: {", {"sources.survey-2016.title: found nothing"}},
    });
}

TEST_CASE("dates must exist and be in order") {
    must_be_refused({
        {"end: 2018-12-31", "end: 2018-02-29", {"period.end: found '2018-02-29'", "YYYY-MM-DD"}},
        {"end: 2018-12-31", "end: 2018-13-01", {"'2018-13-01'"}},
        {"end: 2018-12-31", "end: 31.12.2018", {"'31.12.2018'"}},
        {"end: 2018-12-31", "end: 2017-12-31", {"a day not before the start, 2018-01-01"}},
        {"end: 2018-12-31", "end: 2099-12-31", {"at most 50 years"}},
        {", end: 2018-12-31", "", {"period.end: found nothing"}},
        {"date: 2018-03-01", "date: 2018-06-31", {"interventions.leave.date: found '2018-06-31'"}},
        {"until: 2018-04-01", "until: 2018-02-01", {"until: found 2018-02-01, expected a day not before 2018-03-01"}},
        {"not_before: 2018-02-01", "not_before: soon", {"not_before: found 'soon'"}},
    });
}

TEST_CASE("interventions must say what they do, and to what") {
    must_be_refused({
        {"type: withdraw", "type: withdrew", {"did you mean 'withdraw'?"}},
        {"    type: withdraw\n", "", {"interventions.leave.type: found nothing"}},
        {"id: arrive, ", "", {"interventions.id: found nothing"}},
        {"id: arrive", "id: Arrive!", {"'Arrive!'"}},
        {"id: arrive", "id: leave", {"the id 'leave' a second time"}},
        {"    date: 2018-03-01\n", "", {"neither 'date' nor 'when'"}},
        {"type: deploy, date",
         "type: deploy, when: {outcome: deaths_90_days, above: 1}, date",
         {"both 'date' and 'when'"}},
        {"faction: army\n", "faction: front\n", {"'front', which has several factions", "north_wing, south_wing"}},
        {"faction: army\n", "faction: north_wnig\n", {"did you mean 'north_wing'?"}},
        {"cercle: Gamma Town", "cercle: Gama Town", {"did you mean 'Gamma Town'?"}},
        {"cercle: Gamma Town", "cercle: Gamma", {"a cercle by its name", "did you mean 'Gamma Town'?"}},
        {"personnel: 200", "personnel: -5", {"personnel: found '-5'"}},
        {"parameter: control.relaxation_time",
         "parameter: control.relaxation_tme",
         {"did you mean 'control.relaxation_time'?"}},
        {"parameter: control.relaxation_time",
         "parameter: front.decision.discipline",
         {"no record of its own", "did you mean 'jihadist.decision.discipline'?"}},
        {"value: 60", "value: 0.5", {"found 0.5, expected a number from 1 to 3650"}},
        {"mechanism: revenge, on: true", "mechanism: revenge", {"interventions.calm.on: found nothing"}},
        {"mechanism: revenge, on", "mechanism: revnge, on", {"did you mean 'revenge'?"}},
        {"outcome: deaths_90_days", "outcome: deaths", {"when.outcome: found 'deaths'"}},
        {"region: North", "region: Nort", {"did you mean 'North'?"}},
        {"above: 300", "above: 300, below: 2", {"both 'above' and 'below'"}},
        {"above: 300, ", "", {"neither 'above' nor 'below'"}},
        {"outcome: deaths_90_days, region: North, above: 300",
         "outcome: control, above: 0.5",
         {"authority: found nothing"}},
        {"outcome: deaths_90_days, region: North, above: 300",
         "outcome: control, authority: state, above: 50",
         {"from 0 to 1"}},
        {"type: deploy, date: 2018-06-01, faction: army, cercle: Gamma Town, personnel: 200",
         "type: disarm, date: 2018-06-01, faction: army, share: 1.5",
         {"arrive.share: found 1.5, expected a number from 0 to 1"}},
        {"type: deploy, date: 2018-06-01, faction: army, cercle: Gamma Town, personnel: 200",
         "type: disarm, date: 2018-06-01, faction: army, share: 0.5, region: North, cercles: [Beta]",
         {"'cercles' and 'region' together", "at most one of cercles, region"}},
        {"type: deploy, date: 2018-06-01, faction: army, cercle: Gamma Town, personnel: 200",
         "type: disarm, date: 2018-06-01, faction: army, share: 0.5, cercles: Beta",
         {"arrive.cercles: found 'Beta', expected a list of cercles"}},
        {"type: deploy, date: 2018-06-01, faction: army, cercle: Gamma Town, personnel: 200",
         "type: disarm, date: 2018-06-01, faction: army, share: 0.5, cercles: [Beta, Bta, Beta]",
         {"did you mean 'Beta'?", "'Beta' a second time"}},
        {"id: arrive, type: deploy, date: 2018-06-01, faction: army, cercle: Gamma Town, personnel: 200",
         "id: arive, cancelled: true",
         {"interventions.arive.cancelled: found 'arive', expected the id of an intervention that is inherited"}},
        {"on: true, note: Revenge begins.,", "on: true, until: 2019-01-01, note: Revenge begins.,", {"found 'until'"}},
        {"source: survey-2016\n    place: p. 9\n", "source: survey-2016\n", {"interventions.leave.place: found nothing"}},
        {"source: survey-2016\n    place", "place", {"interventions.leave.source: found nothing, expected a source"}},
        {"source: survey-2016\n    place", "source: survey\n    place", {"interventions.leave.source: found 'survey'"}},
        {", note: Reinforcements.", "", {"interventions.arrive.note: found nothing"}},
    });
}

TEST_CASE("the tables of the world must fit together") {
    must_be_refused({
        {"region,cercle", "cercle,region", {"cercles.csv:1:1", "the header"}, "cercles.csv"},
        {"-3.0,16.5",
         "-3.0,96.5",
         {"cercles.csv:2:18: seat_lat: found '96.5', expected a number from -90 to 90"},
         "cercles.csv"},
        {"-3.0,16.5", "-190,16.5", {"seat_lon"}, "cercles.csv"},
        {"-3.0,16.5", "x,16.5", {"seat_lon: found 'x'"}, "cercles.csv"},
        {"20000", "-20000", {"area_km2: found '-20000'"}, "cercles.csv"},
        {"4,1,60000", "4,5,60000", {"urban_communes: found '5'", "from 0 to 4"}, "cercles.csv"},
        {"4,1,60000", "0,0,60000", {"communes: found '0'"}, "cercles.csv"},
        {"4,1,60000", "4,1,6e4", {"population_2009: found '6e4'"}, "cercles.csv"},
        {"sahel,Beta", "sahell,Beta", {"ecology: found 'sahell'", "did you mean 'sahel'?"}, "cercles.csv"},
        {"sahel,Beta",
         "sahel,Betta",
         {"neighbours: found 'Betta'", "did you mean 'Beta'?", "not the other way round"},
         "cercles.csv"},
        {"sahel,Beta", "sahel,Alpha;Beta", {"the cercle itself"}, "cercles.csv"},
        {"sahel,Beta", "sahel,Beta;Beta", {"'Beta' a second time"}, "cercles.csv"},
        {"sahel,Beta", "sahel,Beta;Gamma Town", {"not the other way round"}, "cercles.csv"},
        {"North,Beta", "North,Alpha", {"'Alpha' a second time"}, "cercles.csv"},
        {"North,Beta", "North,Be.ta", {"cercle: found 'Be.ta'"}, "cercles.csv"},
        {"Alpha;Beta",
         "Alpha;Beeta",
         {"border-zones.csv:2", "cercles: found 'Beeta'", "did you mean 'Beta'?"},
         "border-zones.csv"},
        {"far_side", "Alpha", {"'Alpha' a second time"}, "border-zones.csv"},
        {"-2.0,15.5", "-2.0,", {"lat: found ''"}, "border-zones.csv"},
        {"Gamma Town",
         "Gama Town",
         {"gazetteer.csv:2", "a region or cercle", "did you mean 'Gamma Town'?"},
         "gazetteer.csv"},
        {"  gazetteer: gazetteer.csv", "  gazetteer: gazetteer.csv\n  regions: [Nroth]", {"did you mean 'North'?"}},
        {"  gazetteer: gazetteer.csv", "  gazetteer: gazetteer.csv\n  regions: North", {"a list of regions"}},
        {"  cercles: cercles.csv\n", "", {"world.cercles: found nothing"}},
        {"cercles.csv", "cercle.csv", {"cercle.csv: named at", "no such file"}},
        {"cercles.csv", "../cercles.csv", {"world.cercles: found '../cercles.csv', which leads out"}},
        {"cercles.csv", "/etc/passwd", {"an absolute path"}},
        {"cercles.csv", "sahelsim:cercles", {"a file of the scenario's own folder"}},
        {"0.6,share", "0.8,share", {"community_share.North: found shares that add up to 1.1"}, "shares.csv"},
        {"0.6,share", ",share", {"community_share.North.herders_people.value: found nothing"}, "shares.csv"},
        {"0.6,share", "0.6,persons", {"shares.csv:2", "unit: found 'persons'"}, "shares.csv"},
        {"North.river_people", "Nort.river_people", {"the region 'Nort'"}, "shares.csv"},
        {"North.river_people", "North.herders_people", {"a second time in the same file"}, "shares.csv"},
        {"uniform,estimated", "uniform,guessed", {"status: found 'guessed'"}, "shares.csv"},
    });
}

TEST_CASE("all problems are reported in one go") {
    const Project project;
    auto text = replaced(tiny_text(), "value: 90", "value: 9000");
    text = replaced(text, "malian: true", "malian: maybe");
    text = replaced(text, "type: deploy", "type: deplo");
    project.write("tiny.yaml", text);
    const auto complaints = project.complaints();
    CHECK(std::count(complaints.begin(), complaints.end(), '\n') == 2);
}

TEST_CASE("a file with very many problems is not answered with very many messages") {
    const Project project;
    std::string text = tiny_text() + "zzz0: 1\n";
    for (int i = 1; i < 20000; ++i) text += "zzz" + std::to_string(i) + ": 1\n";
    project.write("tiny.yaml", text);
    const auto complaints = project.complaints();
    CHECK(std::count(complaints.begin(), complaints.end(), '\n') == 1000);
    CHECK(complaints.find(" more problems") != std::string::npos);
}
