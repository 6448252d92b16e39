// What a run has recorded up to a morning, and one replicate's results in memory.

#include <catch2/catch.hpp>

#include "experiment/replicates.h"
#include "model/recording_so_far.h"
#include "model/small_world.h"
#include "model/state_bytes.h"
#include "output/in_memory.h"

using namespace sahelsim;
using namespace sahelsim::model;

TEST_CASE("the recording so far is that of a run that ended yesterday") {
    const auto setup = testing::small_world({{"period.end", "2017-04-10"}});
    auto state = initial_state(setup, {3, 1});
    CHECK(recording_so_far(setup, state).labels.months == 0);
    for (const char* last : {"2017-01-01", "2017-01-31", "2017-02-14", "2017-04-10"}) {
        CAPTURE(last);
        experiment::run_until(setup, *engine::parse_date(last) + std::chrono::days{1}, state);
        const auto before = bytes_of(state);
        const auto so_far = recording_so_far(setup, state);
        CHECK(bytes_of(state) == before);

        const auto shorter = testing::small_world({{"period.end", last}});
        const auto run = experiment::run_replicate(shorter, 3, 1);
        CHECK(so_far.labels.months == shorter.labels.months);
        CHECK(so_far.labels.end == shorter.labels.end);
        CHECK(so_far.recording.replicate == 1);
        CHECK(so_far.recording.events.size() == run.events.size());
        REQUIRE(so_far.recording.series.size() == run.series.size());
        for (std::size_t k = 0; k < run.series.size(); ++k) {
            CAPTURE(outcomes()[k].name);
            CHECK(so_far.recording.series[k].months == run.series[k].months);
            CHECK(so_far.recording.series[k].values == run.series[k].values);
        }
    }
}

TEST_CASE("results in memory have one value for each place in their shape") {
    const auto setup = testing::small_world({{"period.end", "2017-02-10"}});
    const auto recording = experiment::run_replicate(setup, 3, 1);
    const auto size = [](const output::Values& values) {
        return std::visit([](const auto& list) { return list.size(); }, values);
    };
    const auto check = [&](const std::vector<output::VariableInMemory>& variables) {
        REQUIRE(variables.size() > 10);
        for (const auto& [variable, shape, values] : variables) {
            CAPTURE(variable.name);
            CHECK(shape.size() == variable.dimensions.size());
            std::uint64_t expected = 1;
            for (const auto length : shape) expected *= length;
            CHECK(size(values) == expected);
        }
    };
    check(output::country_in_memory(recording, setup.labels, setup.scenario));
    check(output::cercles_in_memory(recording, setup.labels, setup.scenario));
    check(output::events_in_memory(recording, setup.labels, setup.scenario));
}
