// Whether the answer is built in: talks without content change nothing, and every end can be reached.

#include <catch2/catch.hpp>

#include <set>

#include <fmt/format.h>

#include "model/quiet_region.h"
#include "model/tally.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// Both sides want to talk at any price, and talks have neither content nor price.
scenario::Scenario empty_dialogue() {
    auto scenario = testing::library_scenario("small");
    const auto set = [&](const std::string& name, double value) { scenario.parameters.set_value(name, value); };
    for (const char* side : {"government", "armed"}) set(fmt::format("dialogue.{}_base", side), 50.0);
    for (const char* stage : {"none", "signals", "channel", "teams"})
        set(fmt::format("dialogue.rate.{}", stage), 1000.0);
    set("dialogue.round_rate", 1000.0);
    set("dialogue.sincere_prior", 1.0);
    set("dialogue.compliance", 1.0);
    for (const char* none : {"stand_down", "recognition", "polarisation", "algiers_strain", "exchange_rate",
                             "demobilised_share", "hardliner_share", "court_services", "bitterness", "collapse_rate"})
        set(fmt::format("dialogue.{}", none), 0.0);
    for (const char* price : {"talks", "hardliners"}) set(fmt::format("rivalry.{}", price), 0.0);
    for (const auto& [name, record] : scenario.parameters.records()) {
        // Nothing is asked for but to leave the opposition its way in schools, which is how things are.
        if (name.starts_with("party.") && name.find(".ideal.") != std::string::npos)
            set(name, name.ends_with(".schools") ? 1.0 : 0.0);
    }
    for (const char* actor : {"barkhane", "takuba", "minusma", "g5_joint_force"}) {
        const auto name = fmt::format("{}.mandate.talks_weight", actor);
        if (scenario.parameters.find(name) != nullptr) set(name, 0.0);
    }
    scenario.end = *engine::parse_date("2017-09-30");
    return scenario;
}

State run_through(scenario::Scenario scenario) {
    const Setup setup = make_setup(std::move(scenario));
    State state = initial_state(setup, {11, 0});
    while (state.date <= setup.scenario.end) run_day(setup, state);
    return state;
}

}  // namespace

TEST_CASE("talks without terms, stand-down and price leave everything else as it is, bit by bit") {
    auto silent = empty_dialogue();
    silent.mechanisms["dialogue"] = false;
    const State with = run_through(empty_dialogue());
    const State without = run_through(std::move(silent));
    CHECK(with.dialogue.in_force());
    CHECK(without.dialogue.stage == Stage::none);
    // Stages, opinion and the agreement itself are what talks are; the agreement is one more event.
    const std::set<std::string> of_talks = {"dialogue_stage",    "dialogue_support",     "dialogue_terms",
                                            "agreements_signed", "agreements_collapsed", "events_by_type"};
    for (std::size_t k = 0; k < outcomes().size(); ++k) {
        if (of_talks.contains(outcomes()[k].name)) continue;
        CAPTURE(outcomes()[k].name);
        CHECK(with.series[k].values == without.series[k].values);
    }
    CHECK(with.events.size() == without.events.size() + 1);
}
