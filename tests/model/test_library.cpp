// The library of scenarios: every file is valid, says what it answers to, and shares the past of history.

#include <algorithm>
#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

#include "model/small_world.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

std::vector<std::string> library() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(SAHELSIM_SCENARIO_SOURCE_DIR)) {
        if (file.path().extension() == ".yaml") names.push_back(file.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Last day that a scenario shares with history.
engine::Date branch_of(const std::string& name) {
    static const std::map<std::string, const char*> earlier = {
        {"counterfactual_no_coup", "2020-08-17"}, {"dialogue_2017", "2017-03-26"}, {"dialogue_2020", "2020-02-09"}};
    const auto found = earlier.find(name);
    return *engine::parse_date(found == earlier.end() ? "2021-12-10" : found->second);
}

/// All of Mali, from history on.
std::vector<std::string> scenarios_of_mali() {
    auto names = library();
    names.erase(std::remove(names.begin(), names.end(), "small"), names.end());
    return names;
}

/// What would happen by itself up to a day, and what waits on a condition that could hold by then.
std::vector<std::string> interventions_until(const scenario::Scenario& scenario, engine::Date day) {
    std::vector<std::string> ids;
    for (const auto& i : scenario.interventions) {
        const auto first = i.date ? *i.date : i.condition->not_before.value_or(scenario.start);
        if (first <= day) ids.push_back(i.id);
    }
    return ids;
}

/// The events of a run of a month up to a day.
std::vector<Event> events_until(const std::string& name, engine::Date day) {
    auto scenario = testing::library_scenario(name);
    scenario.start = day - std::chrono::days(30);
    scenario.end = day;
    const auto setup = make_setup(std::move(scenario));
    auto state = initial_state(setup, {7, 2});
    while (state.date <= day) run_day(setup, state);
    return state.events;
}

bool same(const Event& a, const Event& b) {
    return a.day == b.day && a.commune == b.commune && a.type == b.type && a.subtype == b.subtype &&
           a.faction1 == b.faction1 && a.deaths_actor1 == b.deaths_actor1 && a.deaths_actor2 == b.deaths_actor2 &&
           a.civilians_killed == b.civilians_killed && a.cause_kind == b.cause_kind && a.cause == b.cause;
}

}  // namespace

TEST_CASE("every scenario of the library is valid and says which report it answers to") {
    REQUIRE(library().size() > 3);
    for (const auto& name : library()) {
        INFO(name);
        const auto scenario = testing::library_scenario(name);
        if (name == "small") continue;
        const auto cites = [&](const char* report) { return scenario.description.find(report) != std::string::npos; };
        CHECK((cites("Crisis Group") || cites("Landinfo") || cites("FOI") || cites("Doherty")));
    }
}

TEST_CASE("the scenarios of Mali differ by interventions after the branch and by nothing else") {
    const auto history = testing::library_scenario("history");
    for (const auto& name : scenarios_of_mali()) {
        INFO(name);
        const auto scenario = testing::library_scenario(name);
        const auto branch = branch_of(name);
        CHECK(scenario.start == history.start);
        CHECK(scenario.persons_per_agent == history.persons_per_agent);
        CHECK(scenario.mechanisms == history.mechanisms);
        CHECK(scenario.world.regions == history.world.regions);
        REQUIRE(scenario.parameters.records().size() == history.parameters.records().size());
        for (const auto& [parameter, record] : history.parameters.records()) {
            const auto* own = scenario.parameters.find(parameter);
            REQUIRE(own != nullptr);
            CHECK(own->value == record.value);
        }
        CHECK(interventions_until(scenario, branch) == interventions_until(history, branch));
    }
}

TEST_CASE("the scenarios of Mali share the days up to the branch, to the bit", "[slow]") {
    std::map<engine::Date, std::vector<Event>> past;
    for (const auto& name : scenarios_of_mali()) {
        INFO(name);
        const auto branch = branch_of(name);
        if (!past.contains(branch)) past[branch] = events_until("history", branch);
        const auto events = events_until(name, branch);
        CHECK(events.size() > 50);
        CHECK(std::equal(events.begin(), events.end(), past[branch].begin(), past[branch].end(), same));
    }
}
