// The section `leaders` and the intervention that loses one.

#include <catch2/catch.hpp>

#include "scenario/tiny.h"

using sahelsim::test::Project;
using sahelsim::test::replaced;
using sahelsim::test::tiny_text;
namespace scenario = sahelsim::scenario;

namespace {

const char* const kLeaders = R"(leaders:
  first: {label: The first, faction: north_wing, role: head, source: survey-2016, place: p. 1}
  second: {label: The second, faction: south_wing, role: commander, source: survey-2016, place: p. 2, note: Young.}
  third: {label: The third, faction: south_wing, role: commander, follows: second, source: survey-2016, place: p. 3}
parameter_tables:)";

std::string with_leaders() {
    const auto text = replaced(tiny_text(), "parameter_tables:", kLeaders);
    return text + "  - {id: dead, type: lose_leader, date: 2018-05-05, leader: second, note: Killed.}\n";
}

}  // namespace

TEST_CASE("leaders and their loss are read into values") {
    const Project project;
    project.write("tiny.yaml", with_leaders());
    CHECK(project.complaints().empty());
    const auto read = project.read();
    REQUIRE(read.leaders.size() == 3);
    CHECK(read.leaders[0].role == scenario::LeaderRole::head);
    CHECK(read.leaders[0].faction == "north_wing");
    CHECK(read.leaders[1].note == "Young.");
    CHECK(read.leaders[1].follows.empty());
    CHECK(read.leaders[2].follows == "second");
    CHECK(read.placeholders().at("leader") == std::vector<std::string>{"first", "second", "third"});
    REQUIRE(read.interventions[1].id == "dead");
    CHECK(read.interventions[1].type == scenario::InterventionType::lose_leader);
    CHECK(read.interventions[1].leader == "second");
}

TEST_CASE("the resolved text with leaders reads as the same scenario") {
    const Project project;
    project.write("tiny.yaml", with_leaders());
    const auto before = project.read();
    project.write("again.yaml", before.resolved_yaml);
    const auto after = project.read("again.yaml");
    CHECK(after.resolved_yaml == before.resolved_yaml);
    CHECK(after.leaders.size() == 3);
}

TEST_CASE("bad leaders are refused") {
    struct Change {
        const char* from;
        const char* to;
        const char* words;
    };
    const std::vector<Change> changes = {
        {"faction: north_wing, role", "faction: north_wnig, role", "did you mean 'north_wing'?"},
        {"faction: north_wing, role", "faction: front, role", "leaders.first.faction"},
        {"role: head", "role: chief", "one of head, commander"},
        {"role: head, ", "", "leaders.first.role: found nothing"},
        {"source: survey-2016, place: p. 1", "place: p. 1", "leaders.first.source: found nothing"},
        {"source: survey-2016, place: p. 1", "source: survey-2015, place: p. 1", "did you mean 'survey-2016'?"},
        {"{label: The first", "{rank: 1, label: The first", "leaders.first: found 'rank'"},
        {"follows: second", "follows: fourth", "leaders.third.follows"},
        {"follows: second", "follows: first", "a leader of the same faction and role"},
        {"place: p. 2, note: Young.}",
         "place: p. 2}\n  other: {label: X, faction: south_wing, role: commander, follows: second, source: "
         "survey-2016, "
         "place: p}",
         "whom other follows already"},
        {"leader: second, note", "leader: secnd, note", "did you mean 'second'?"},
        {"leader: second, note", "note", "interventions.dead.leader: found nothing"},
    };
    const Project project;
    for (const auto& change : changes) {
        INFO(change.from << " -> " << change.to);
        project.write("tiny.yaml", replaced(with_leaders(), change.from, change.to));
        const auto complaints = project.complaints();
        INFO(complaints);
        CHECK(complaints.find(change.words) != std::string::npos);
    }
}
