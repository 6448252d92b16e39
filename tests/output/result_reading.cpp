// The program's reader gives back the events and names that were written.

#include <catch2/catch.hpp>

#include "output/result_reader.h"
#include "sample_result.h"

using namespace sahelsim;

namespace {

bool same(const model::Event& a, const model::Event& b) {
    return a.id == b.id && a.day == b.day && a.commune == b.commune && a.type == b.type && a.subtype == b.subtype &&
           a.violence == b.violence && a.actor1 == b.actor1 && a.actor2 == b.actor2 && a.faction1 == b.faction1 &&
           a.community == b.community && a.deaths_actor1 == b.deaths_actor1 && a.deaths_actor2 == b.deaths_actor2 &&
           a.civilians_killed == b.civilians_killed && a.civilians_injured == b.civilians_injured &&
           a.civilians_abducted == b.civilians_abducted && a.cause_kind == b.cause_kind && a.cause == b.cause;
}

}  // namespace

TEST_CASE("events of each run are read back as they were written") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    const auto labels = test::sample_labels();
    output::ResultWriter writer({path, 7, 1, 1, false}, labels, test::sample_scenario());
    for (int run = 0; run < 7; ++run) {
        auto recording = test::sample_recording(run, labels);
        recording.complete = run != 3;
        writer.write(std::move(recording));
    }
    writer.finish();
    const output::ResultReader file(path);
    REQUIRE(file.runs().size() == 7);
    CHECK(file.runs_done() == 6);
    for (int run = 0; run < 7; ++run) {
        CAPTURE(run);
        const auto& of = file.runs()[static_cast<std::size_t>(run)];
        CHECK(of.arm == "sample");
        CHECK(of.replicate == run);
        CHECK(of.status == (run == 3 ? output::RunStatus::stopped : output::RunStatus::done));
        const auto expected = run == 3 ? std::vector<model::Event>{} : test::sample_recording(run, labels).events;
        const auto events = file.events(run);
        REQUIRE(events.size() == expected.size());
        CHECK(std::equal(events.begin(), events.end(), expected.begin(), same));
    }
}

TEST_CASE("names of what events point to are read with them") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    const auto labels = test::sample_labels();
    auto scenario = test::sample_scenario();
    scenario.organisations[1].factions = {{"ansar_dine", "Ansar Dine"}, {"katiba_macina", "Katiba Macina"}};
    output::ResultWriter writer({path, 1, 1, 1, false}, labels, scenario);
    writer.finish();
    const output::ResultReader file(path);
    const auto& names = file.names(0);
    REQUIRE(names.communes.size() == 6);
    CHECK(names.communes[4].name == "Diafarabé");
    CHECK(names.communes[4].cercle == "Ténenkou");
    CHECK(names.communes[4].region == "Mopti");
    CHECK(names.communes[5].cercle.empty());
    CHECK(names.organisations[0].label == "Malian Armed Forces");
    CHECK(names.sides[0] != names.sides[1]);
    CHECK(names.factions[0].label == "fama");
    CHECK(names.factions[2].label == "Katiba Macina");
    CHECK(names.communities[1].label == "Dogon");
    CHECK(names.interventions == std::vector<std::string>{"french-exit"});
}
