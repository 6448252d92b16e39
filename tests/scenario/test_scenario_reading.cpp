// What a good scenario becomes: values, merging, overrides, the resolved text.

#include <catch2/catch.hpp>

#include <algorithm>

#include "scenario/tiny.h"

using namespace sahelsim;
using sahelsim::test::Project;
using sahelsim::test::replaced;
using sahelsim::test::tiny_text;

namespace {

void same_records(const scenario::Scenario& a, const scenario::Scenario& b) {
    REQUIRE(a.parameters.records().size() == b.parameters.records().size());
    for (const auto& [name, r] : a.parameters.records()) {
        INFO(name);
        const auto* other = b.parameters.find(name);
        REQUIRE(other != nullptr);
        CHECK(r.value == other->value);
        CHECK(r.unit == other->unit);
        CHECK(r.low == other->low);
        CHECK(r.high == other->high);
        CHECK(r.distribution == other->distribution);
        CHECK(r.status == other->status);
        CHECK(r.source == other->source);
        CHECK(r.place == other->place);
        CHECK(r.note == other->note);
        CHECK(r.overridden == other->overridden);
        CHECK(r.declaration == other->declaration);
    }
}

}  // namespace

TEST_CASE("a scenario is read into values") {
    const Project project;
    const auto s = project.read();
    CHECK(s.name == "tiny");
    CHECK(engine::format_date(s.end) == "2018-12-31");
    CHECK(s.mechanisms == std::map<std::string, bool>{{"control", true}, {"revenge", false}});
    REQUIRE(s.world.cercles.size() == 3);
    CHECK(s.world.cercles[1].neighbours == std::vector<std::string>{"Alpha", "Gamma Town"});
    CHECK(s.world.cercles[2].population == 300000);
    CHECK(s.world.border_zones[0].label == "The far side, abroad");
    CHECK(s.world.gazetteer[0].name == "Gamma Town");
    CHECK(s.sources[0].year == "2016");
    REQUIRE(s.organisations.size() == 2);
    CHECK(s.organisations[0].factions.size() == 1);
    CHECK(s.organisations[0].factions[0].id == "army");
    CHECK(s.organisations[1].factions[1].label == "South wing");
    CHECK(s.actors() == std::vector<std::string>{"armed_actor", "state_force", "jihadist", "army", "front",
                                                 "north_wing", "south_wing"});
    CHECK(s.scopes("south_wing") == std::vector<std::string>{"south_wing", "front", "jihadist", "armed_actor"});
    CHECK(s.scopes("nobody").empty());
}

TEST_CASE("parameters come from YAML and tables, and actors inherit them") {
    const Project project;
    const auto s = project.read();
    const auto* time = s.parameters.find("control.relaxation_time");
    REQUIRE(time != nullptr);
    CHECK(time->value == 90.0);
    CHECK(time->low == 30.0);
    CHECK(time->distribution == scenario::Distribution::log_uniform);
    CHECK(time->where.line > 0);
    const auto* share = s.parameters.find("community_share.North.river_people");
    REQUIRE(share != nullptr);
    CHECK(share->status == scenario::Status::estimated);
    CHECK(share->where.line == 3);
    CHECK(share->note == "About a third live on the river.");
    CHECK(s.parameters.find(s.scopes("north_wing"), "decision.discipline")->value == 0.7);
    CHECK(s.parameters.find(s.scopes("army"), "decision.discipline")->value == 0.5);
    CHECK(s.parameters.find("army.home.Gamma Town") != nullptr);
}

TEST_CASE("interventions come in order of date, conditional ones last") {
    const Project project;
    const auto s = project.read();
    REQUIRE(s.interventions.size() == 4);
    CHECK(s.interventions[0].id == "leave");
    CHECK(s.interventions[0].personnel == 0);
    CHECK(s.interventions[0].source_place == "p. 9");
    CHECK(s.interventions[1].id == "arrive");
    CHECK(s.interventions[1].personnel == 200);
    CHECK(s.interventions[2].parameter == "control.relaxation_time");
    REQUIRE(s.interventions[3].condition);
    CHECK(s.interventions[3].condition->threshold == 300.0);
    CHECK(s.interventions[3].condition->region == "North");
}

TEST_CASE("a file that extends another merges maps, replaces lists and merges interventions by id") {
    const Project project;
    project.write("variant.yaml",
                  "title: Variant\n"
                  "extends: tiny.yaml\n"
                  "mechanisms: {control: false}\n"
                  "world: {regions: [South]}\n"
                  "organisations: {front: {factions: {east_wing: {label: East wing}}}}\n"
                  "interventions:\n"
                  "  - {id: leave, date: 2018-03-15}\n"
                  "  - {id: new-one, type: switch, date: 2018-05-01, mechanism: control, on: true, note: On again.}\n");
    const auto s = project.read("variant.yaml");
    CHECK(s.title == "Variant");
    CHECK(s.description.starts_with("Three cercles"));
    CHECK(s.mechanisms == std::map<std::string, bool>{{"control", false}, {"revenge", false}});
    CHECK(s.world.cercles.size() == 3);
    CHECK(s.world.regions == std::vector<std::string>{"South"});
    CHECK(s.organisations[1].factions.size() == 3);
    REQUIRE(s.interventions.size() == 5);
    REQUIRE(s.interventions[0].id == "leave");
    CHECK(engine::format_date(*s.interventions[0].date) == "2018-03-15");
    CHECK(engine::format_date(*s.interventions[0].until) == "2018-04-01");
    CHECK(s.interventions[1].id == "new-one");
}

TEST_CASE("mediators go to a region or to named cercles, and resolve to what was read") {
    const Project project;
    project.write(
        "mediated.yaml",
        "title: Mediated\n"
        "extends: tiny.yaml\n"
        "interventions:\n"
        "  - {id: a-council, type: mediate, date: 2018-03-20, until: 2018-06-01, cercles: [Gamma Town],\n"
        "     mediators: 3, note: A council.}\n"
        "  - {id: b-council, type: mediate, date: 2018-03-21, region: North, mediators: 2, note: Another.}\n");
    const auto s = project.read("mediated.yaml");
    const Project other;
    other.write("resolved.yaml", s.resolved_yaml);
    for (const auto& read : {s, other.read("resolved.yaml")}) {
        const auto found = std::find_if(read.interventions.begin(), read.interventions.end(),
                                        [](const auto& i) { return i.id == "a-council"; });
        REQUIRE(found != read.interventions.end());
        CHECK(found->type == scenario::InterventionType::mediate);
        CHECK(found->cercles == std::vector<std::string>{"Gamma Town"});
        CHECK(found->personnel == 3);
        CHECK(engine::format_date(*found->until) == "2018-06-01");
        CHECK((found + 1)->region == "North");
        CHECK((found + 1)->cercles.empty());
    }
    project.write("wrong.yaml",
                  "title: Wrong\n"
                  "extends: tiny.yaml\n"
                  "interventions:\n"
                  "  - {id: council, type: mediate, date: 2018-03-20, cercles: [Gama Town], mediators: 3, note: N.}\n");
    CHECK_THROWS_WITH(project.read("wrong.yaml"), Catch::Contains("did you mean 'Gamma Town'?"));
}

TEST_CASE("a file reached on two ways is laid down once, before those that extend it") {
    const Project project;
    project.write("a.yaml", "extends: tiny.yaml\ntitle: A\npersons_per_agent: 7\n");
    project.write("b.yaml", "extends: tiny.yaml\ntitle: B\n");
    project.write("both.yaml", "extends: [a.yaml, b.yaml]\n");
    const auto s = project.read("both.yaml");
    CHECK(s.title == "B");
    CHECK(s.persons_per_agent == 7);
}

TEST_CASE("a full record replaces the whole record, a bare value only the value") {
    const Project project;
    project.write("variant.yaml",
                  "extends: tiny.yaml\n"
                  "parameters:\n"
                  "  control.relaxation_time: 300\n"
                  "  jihadist.decision:\n"
                  "    discipline: {value: 0.1, unit: \"1\", range: [0, 1], status: assumed, note: Loose.}\n"
                  "  community_share.South.river_people: 0.25\n");
    const auto s = project.read("variant.yaml");
    const auto* time = s.parameters.find("control.relaxation_time");
    CHECK(time->value == 300.0);
    CHECK(time->high == 270.0);  // outside its range on purpose
    CHECK(time->overridden);
    CHECK(time->where.line == 3);
    CHECK(time->where.file == project.path("variant.yaml"));
    const auto* discipline = s.parameters.find("jihadist.decision.discipline");
    CHECK(discipline->value == 0.1);
    CHECK(discipline->source.empty());
    CHECK_FALSE(discipline->overridden);
    CHECK(s.parameters.find("community_share.South.river_people")->value == 0.25);
}

TEST_CASE("a bare value for an actor takes over the record that the actor would inherit") {
    const Project project;
    const auto s =
        project.read("tiny.yaml", {{"south_wing.decision.discipline", "0.95"}, {"army.decision.discipline", "1e-1"}});
    const auto* south = s.parameters.find("south_wing.decision.discipline");
    REQUIRE(south != nullptr);
    CHECK(south->value == 0.95);
    CHECK(south->low == 0.4);
    CHECK(south->status == scenario::Status::assumed);
    CHECK(south->overridden);
    CHECK(south->where.file == "--set");
    CHECK(s.parameters.find("army.decision.discipline")->low == 0.2);
    CHECK(s.parameters.find(s.scopes("north_wing"), "decision.discipline")->value == 0.7);
}

TEST_CASE("the command line sets parameters, mechanisms and the period; the last word counts") {
    const Project project;
    const auto s = project.read("tiny.yaml", {{"control.relaxation_time", "40"},
                                              {"control.relaxation_time", "50"},
                                              {"mechanisms.revenge", "true"},
                                              {"period.end", "2019-01-31"},
                                              {"persons_per_agent", "1"}});
    CHECK(s.parameters.find("control.relaxation_time")->value == 50.0);
    CHECK(s.mechanisms.at("revenge"));
    CHECK(engine::format_date(s.end) == "2019-01-31");
    CHECK(s.persons_per_agent == 1);
    CHECK(project.complaints("tiny.yaml", {{"control.relaxation_tme", "40"}}) ==
          "--set: parameters.control.relaxation_tme: found the unknown parameter 'control.relaxation_tme', expected a "
          "parameter of "
          "the program; did you mean 'control.relaxation_time'?");
    CHECK_FALSE(project.complaints("tiny.yaml", {{"control.relaxation_time", "abc"}}).empty());
    CHECK_FALSE(project.complaints("tiny.yaml", {{"", "1"}}).empty());
}

TEST_CASE("reading the resolved text gives the same scenario") {
    const Project project;
    project.write("tiny.yaml",
                  replaced(tiny_text(), "title: Tiny", "title: \"Tiny: \\\"quoted\\\" # é\\n\\ttwo lines \""));
    const auto s =
        project.read("tiny.yaml", {{"south_wing.decision.discipline", "0.95"}, {"control.relaxation_time", "0.1e4"}});
    const Project other;
    other.write("resolved.yaml", s.resolved_yaml);
    std::filesystem::remove(other.path("cercles.csv"));
    const auto again = other.read("resolved.yaml");
    CHECK(again.resolved_yaml == s.resolved_yaml);
    CHECK(again.title == s.title);
    CHECK(again.description == s.description);
    CHECK(again.mechanisms == s.mechanisms);
    CHECK(again.world.cercles.size() == s.world.cercles.size());
    CHECK(again.world.border_zones[0].cercles == s.world.border_zones[0].cercles);
    CHECK(again.organisations[1].factions.size() == 2);
    same_records(s, again);
    same_records(again, s);
}

TEST_CASE("files of a library are found by name") {
    const Project library;
    const Project project;
    setenv("SAHELSIM_SCENARIOS", library.path("").c_str(), 1);
    project.write("mine.yaml", "extends: sahelsim:tiny\ntitle: Mine\n");
    CHECK(project.read("mine.yaml").world.cercles.size() == 3);
    project.write("mine.yaml", "extends: sahelsim:tinny\n");
    CHECK(project.complaints("mine.yaml").find("did you mean 'sahelsim:tiny'?") != std::string::npos);
    project.write("mine.yaml", "extends: sahelsim:../tiny\n");
    CHECK_FALSE(project.complaints("mine.yaml").empty());
    CHECK(scenario::read_scenario("sahelsim:tiny", test::tiny_vocabulary()).title == "Tiny");
}
