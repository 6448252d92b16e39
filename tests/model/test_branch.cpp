// States saved and read back, and scenarios that go on from a shared past.

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "engine/archive.h"
#include "experiment/replicates.h"
#include "experiment/sweep_unit.h"
#include "model/branch.h"
#include "model/small_world.h"
#include "model/state_bytes.h"
#include "model/vocabulary.h"
#include "output/sample_result.h"

using namespace sahelsim;
using namespace sahelsim::model;
using Catch::Contains;

namespace {

engine::Date day(const char* text) {
    return *engine::parse_date(text);
}

/// The small world with more in it: texts of YAML lines.
Setup small(const std::string& interventions = "", const std::string& end = "2017-05-20", const std::string& more = "") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "mine.yaml";
    std::ofstream(path) << "title: Mine\ndescription: A branch.\nextends: sahelsim:small\n"
                        << "period: {start: 2017-01-01, end: " << end << "}\n"
                        << more << (interventions.empty() ? "" : "interventions:\n" + interventions);
    return make_setup(scenario::read_scenario(path.string(), vocabulary()));
}

State run_through(const Setup& setup, engine::Date until, std::uint32_t replicate = 0) {
    auto state = initial_state(setup, {5, replicate});
    experiment::run_until(setup, until, state);
    return state;
}

State saved_and_read(const State& state) {
    return state_from(bytes_of(state));
}

const std::string kAfterTheBranch = R"(
  - {id: a_wider_reach, type: set, date: 2017-04-12, parameter: control.reach, value: 8, note: From the branch on.}
  - {id: b_longer_ways, type: set, date: 2017-04-20, parameter: jihadist.decision.travel_limit, value: 20, note: Later.}
  - {id: c_no_land, type: switch, date: 2017-04-25, mechanism: land, on: false, note: Later.}
  - {id: d_more, type: deploy, date: 2017-04-15, faction: fama, cercle: Mopti, personnel: 400, note: Later.}
  - {id: a_condition, type: deploy, when: {outcome: events_90_days, above: 3, not_before: 2017-04-12},
     faction: fama, cercle: Douentza, personnel: 100, note: Comes true on the day.}
)";

const std::string kBefore = R"(
  - {id: early_condition, type: deploy, when: {outcome: events_90_days, above: 3}, faction: fama, cercle: Bankass,
     personnel: 100, note: Comes true early.}
  - {id: early_value, type: set, date: 2017-02-06, parameter: control.reach, value: 3, note: Early.}
  - {id: leaving, type: withdraw, date: 2017-03-20, until: 2017-05-10, faction: minusma, note: Across the branch.}
)";

std::string complaint(const Setup& past, const Setup& to, const char* date = "2017-04-12") {
    try {
        check_past(past_of(past), to, day(date));
    } catch (const scenario::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a state that was read is the state that was saved, and goes on as that does") {
    const auto setup = small(kBefore, "2017-05-10");
    for (const char* morning : {"2017-01-01", "2017-03-01", "2017-04-12"}) {
        CAPTURE(morning);
        auto state = run_through(setup, day(morning));
        const auto bytes = bytes_of(state);
        auto again = state_from(bytes);
        CHECK(bytes_of(again) == bytes);
        again = continue_as(past_of(setup), setup, std::move(again));
        CHECK(bytes_of(again) == bytes);
        experiment::run_until(setup, day("2017-05-11"), state);
        experiment::run_until(setup, day("2017-05-11"), again);
        CHECK(bytes_of(again) == bytes_of(state));
    }
}

TEST_CASE("a branch is the scenario run through, whatever happens after it") {
    const auto branch = day("2017-04-12");
    const std::vector<Setup> scenarios = {
        small(kBefore),
        small(kBefore + kAfterTheBranch),
        small(kBefore + R"(
  - {id: minusma_sector_centre_2018, type: deploy, date: 2017-04-12, faction: minusma, cercle: Djenne, personnel: 10, note: Other.}
)",
              "2017-06-03"),
        small(kBefore, "2017-04-12"),
    };
    std::vector<std::vector<std::byte>> through;
    for (const auto& scenario : scenarios) through.push_back(bytes_of(run_through(scenario, scenario.scenario.end)));
    REQUIRE(through[0] != through[1]);
    for (const std::size_t first : {1U, 2U}) {
        const auto& from = scenarios[first];
        const auto past = run_through(from, branch);
        REQUIRE(past.events.size() > 30);
        for (std::size_t k = 0; k < scenarios.size(); ++k) {
            const auto& to = scenarios[k];
            CAPTURE(from.scenario.end, to.scenario.interventions.size(), to.scenario.end);
            check_past(past_of(from), to, branch);
            auto state = continue_as(past_of(from), to, k % 2 == 0 ? past : saved_and_read(past));
            experiment::run_until(to, to.scenario.end, state);
            CHECK(bytes_of(state) == through[k]);
        }
    }
}

TEST_CASE("the end of a past within a month leaves no stocks of that month behind") {
    const auto history = small("", "2017-04-11");
    const auto baseline = small("", "2017-05-20");
    auto state = continue_as(past_of(history), baseline, run_through(history, day("2017-04-12")));
    experiment::run_until(baseline, day("2017-05-21"), state);
    CHECK(bytes_of(state) == bytes_of(run_through(baseline, day("2017-05-21"))));
}

TEST_CASE("branches of one past are the runs of their scenarios") {
    experiment::Sweep sweep;
    sweep.seed = 5;
    sweep.branch = day("2017-04-12");
    sweep.summary = {engine::month_number(day("2017-05-01")), engine::month_number(day("2017-05-01"))};
    sweep.series = sweep.events = true;
    sweep.arms = {{"one", small(kBefore).scenario}, {"other", small(kBefore + kAfterTheBranch).scenario}};
    sweep.design.values.resize(1, 0);
    const auto setups = experiment::make_setups(sweep, 0);
    experiment::check_arms(sweep, setups);
    const auto bytes = [](const auto& value) {
        engine::ArchiveWriter writer;
        writer.put(value);
        return writer.take();
    };
    for (int replicate = 0; replicate < 2; ++replicate) {
        const auto runs = experiment::run_unit(sweep, setups, {0, replicate});
        REQUIRE(runs);
        REQUIRE(runs->size() == 2);
        for (std::size_t arm = 0; arm < 2; ++arm) {
            const auto expected = experiment::run_replicate(setups.arms[arm], 5, static_cast<std::uint32_t>(replicate));
            CHECK(bytes(runs->at(arm).recording.events) == bytes(expected.events));
            CHECK(bytes(runs->at(arm).recording.series) == bytes(expected.series));
        }
    }
}

TEST_CASE("a unit that is told to stop leaves nothing") {
    experiment::Sweep sweep;
    sweep.summary = {engine::month_number(day("2017-05-01")), engine::month_number(day("2017-05-01"))};
    sweep.arms = {{"one", small().scenario}};
    sweep.design.values.resize(1, 0);
    const std::atomic<bool> stop{true};
    CHECK_FALSE(experiment::run_unit(sweep, experiment::make_setups(sweep, 0), {0, 0}, &stop));
}

TEST_CASE("a past that differs is told by key") {
    const auto past = small(kBefore);
    CHECK(complaint(past, small(kBefore + kAfterTheBranch)).empty());
    CHECK_THAT(complaint(past, small()), Contains("interventions.leaving: found nothing") && Contains("early_value"));
    CHECK_THAT(complaint(small(), past),
               Contains("interventions.early_condition") && Contains("must be dated 2017-04-12 or later"));
    CHECK_THAT(complaint(past, small(kBefore, "2017-05-20", "parameters: {control.relaxation_time: 45}\n")),
               Contains("parameters.control.relaxation_time.value: found '45'") && Contains("type set") &&
                   Contains("mine.yaml:"));
    CHECK_THAT(complaint(past, small(kBefore, "2017-05-20", "mechanisms: {land: false}\n")),
               Contains("mechanisms.land: found 'false'") && Contains("type switch"));
    CHECK_THAT(complaint(past, small(kBefore, "2017-05-20", "persons_per_agent: 500\n")),
               Contains("persons_per_agent: found '500', expected '1000'"));
    CHECK_THAT(complaint(past, small(kBefore, "2017-05-20", "world: {regions: [Gao]}\n")),
               Contains("world.regions[0]: found 'Gao', expected 'Mopti'"));
    CHECK_THAT(complaint(past, past, "2017-05-21"), Contains("period") && Contains("2017-05-21"));
    CHECK(complaint(past, past, "2017-05-20").empty());
}

TEST_CASE("a past may differ in what no process reads") {
    CHECK(complaint(small(), small("", "2019-06-30", R"(
organisations: {fama: {label: Army}}
observers: {me: {label: Me}}
parameters:
  observation.me.incidents: {value: 0.5, unit: share, range: [0, 1], status: assumed, note: Half of them.}
)"))
              .empty());
}

TEST_CASE("a condition that may have come true belongs to the past") {
    const auto with = [](const std::string& when) {
        return small("  - {id: maybe, type: deploy, when: {outcome: events_90_days, above: 9000" + when +
                     "}, faction: fama, cercle: Mopti, personnel: 100, note: Never.}\n");
    };
    const auto none = small();
    CHECK_THAT(complaint(none, with("")), Contains("interventions.maybe"));
    CHECK_THAT(complaint(none, with(", not_before: 2017-04-11")), Contains("interventions.maybe"));
    CHECK(complaint(none, with(", not_before: 2017-04-12")).empty());
    CHECK(complaint(with(", not_before: 2017-04-12"), none).empty());
    CHECK_THAT(complaint(with(""), none), Contains("interventions.maybe"));
    CHECK(complaint(with(""), with("")).empty());
}

TEST_CASE("a state that doesn't fit its scenario is refused") {
    const auto setup = small();
    const auto state = run_through(setup, day("2017-02-10"));
    auto lost = state;
    --lost.cohorts.residents[3];
    CHECK_THROWS_AS(continue_as(past_of(setup), setup, lost), std::logic_error);
    auto other_people = state;
    other_people.cohorts.commune.pop_back();
    CHECK_THROWS_AS(continue_as(past_of(setup), setup, other_people), std::logic_error);
    auto other_outcomes = state;
    other_outcomes.series.pop_back();
    CHECK_THROWS_AS(continue_as(past_of(setup), setup, other_outcomes), std::logic_error);
    auto acted = state;
    acted.events.front().cause_kind = CauseKind::intervention;
    acted.events.front().cause = 7;
    CHECK_THROWS_AS(continue_as(past_of(setup), setup, acted), std::logic_error);
}

TEST_CASE("bytes that no state has are refused and ask for no more memory than they have") {
    const auto setup = small();
    const auto bytes = bytes_of(run_through(setup, day("2017-01-03")));
    for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 50)
        CHECK_THROWS_AS(state_from(std::span<const std::byte>(bytes).first(length)), engine::ArchiveError);
    auto longer = bytes;
    longer.push_back(std::byte{0});
    CHECK_THROWS_AS(state_from(longer), engine::ArchiveError);
    auto nonsense = bytes;
    std::fill(nonsense.begin() + 20, nonsense.end(), std::byte{0xee});
    CHECK_THROWS_AS(state_from(nonsense), engine::ArchiveError);
}
