// One more intervention in a scenario that has been read, and scenarios that are no files.

#include <catch2/catch.hpp>

#include <fstream>

#include "scenario/tiny.h"
#include "scenario/yaml_tree.h"

using namespace sahelsim;
using namespace sahelsim::scenario;
using Catch::Contains;

namespace {

const engine::Date kDay = *engine::parse_date("2018-06-01");

Node fields(const std::string& text) {
    Problems problems;
    auto node = parse_yaml(text, "fields", problems);
    problems.throw_if_any();
    return node;
}

std::string complaint(const Scenario& scenario, const std::string& text, engine::Date date = kDay) {
    try {
        static_cast<void>(with_intervention(scenario, fields(text), date, test::tiny_vocabulary()));
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

constexpr const char* kSlower = "{type: set, parameter: control.relaxation_time, value: 120}";

}  // namespace

TEST_CASE("a scenario with one more intervention is what its file with it would be") {
    const test::Project project;
    const auto scenario = project.read();
    const auto more = with_intervention(scenario, fields(kSlower), kDay, test::tiny_vocabulary());
    project.write(
        "more.yaml",
        "title: A\nextends: tiny.yaml\ninterventions:\n"
        "  - {id: applied_0001, type: set, date: 2018-06-01, parameter: control.relaxation_time, value: 120,\n"
        "     note: Applied while the run went on.}\n");
    auto expected = project.read("more.yaml").resolved_yaml;
    CHECK(more.resolved_yaml == test::replaced(expected, "title: \"A\"", "title: \"" + scenario.title + "\""));
    CHECK(more.name == scenario.name);
}

TEST_CASE("interventions without an id get one of their own, in the order in which they come") {
    const test::Project project;
    auto scenario = project.read();
    for (int i = 0; i < 11; ++i)
        scenario = with_intervention(std::move(scenario), fields(kSlower), kDay, test::tiny_vocabulary());
    const auto& all = scenario.interventions;
    REQUIRE(all.size() == 15);
    CHECK(all[0].id == "leave");
    CHECK(all[1].id == "applied_0001");
    CHECK(all[11].id == "applied_0011");
    CHECK(all[12].id == "arrive");
}

TEST_CASE("what is wrong with an intervention is said, and what only a file may say is refused") {
    const test::Project project;
    const auto scenario = project.read();
    CHECK(complaint(scenario, kSlower).empty());
    CHECK_THAT(complaint(scenario, "{type: surprise}"), Contains("one of set"));
    CHECK_THAT(complaint(scenario, "{type: set, parameter: control.relaxation_tim, value: 3}"),
               Contains("did you mean"));
    CHECK_THAT(complaint(scenario, "{id: leave, type: set, parameter: control.relaxation_time, value: 3}"),
               Contains("another id"));
    CHECK_THAT(complaint(scenario, "{type: set, parameter: control.relaxation_time, value: 3, date: 2018-06-01}"),
               Contains("date"));
    CHECK_THAT(complaint(scenario, "{id: leave, cancelled: true}"), Contains("cancelled"));
    CHECK_THAT(complaint(scenario, "[a, b]"), Contains("a map"));
    CHECK_THAT(complaint(scenario, kSlower, scenario.end + std::chrono::days(1)), Contains("period"));
}

TEST_CASE("a scenario may be a text") {
    const test::Project project;
    const auto text = test::tiny_text();
    const auto name = project.path("nowhere.yaml").string();
    const auto scenario = read_scenario_text(text, name, test::tiny_vocabulary());
    CHECK(scenario.name == "nowhere");
    CHECK(scenario.resolved_yaml == project.read().resolved_yaml);
    try {
        static_cast<void>(read_scenario_text("title: [", "text", test::tiny_vocabulary()));
        FAIL("a syntax error was read");
    } catch (const InputError& error) {
        CHECK_THAT(error.what(), Contains("text:2:1"));
    }
}
