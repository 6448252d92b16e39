// Sweeps in their folders: failed runs, values of points, and what is kept of runs.

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <numeric>

#include <fmt/format.h>

#include "experiment/sweep_merge.h"
#include "experiment/sweep_status.h"
#include "experiment/sweep_work.h"
#include "model/vocabulary.h"
#include "output/file_reader.h"
#include "output/sample_result.h"
#include "scenario/resolved.h"

using namespace sahelsim;
using experiment::Sweep;

namespace fs = std::filesystem;

namespace {

const std::atomic<bool> never{false};

Sweep read(const fs::path& folder, const std::string& text) {
    const auto path = folder / "test.yaml";
    std::ofstream(path) << "title: A test\nuntil: 2017-01-31\n" << text;
    return experiment::read_sweep(path.string(), model::vocabulary());
}

void work(const Sweep& sweep, const fs::path& folder, bool retry_failed = false) {
    const auto manifest = experiment::read_manifest(folder);
    auto list = experiment::remaining_work(folder, manifest, {}, retry_failed);
    experiment::Worker worker(sweep, folder, manifest, 1, never);
    experiment::work_on_threads(
        list, 1, [&](const experiment::Unit& unit) { return worker.work(unit); }, [](const auto&) {}, never);
}

const char* kTwoArms = "arms: {one: sahelsim:small, two: sahelsim:small}\n";

}  // namespace

TEST_CASE("failed runs keep their place and message, and may be tried again") {
    const test::TemporaryFolder folder;
    auto sweep = read(folder.path(), std::string(kTwoArms) + "replicates: 2\n");
    const auto target = folder.path() / "sweep";
    REQUIRE(experiment::create_sweep_folder(target, sweep));
    // A mistake of the program that every run meets: it is asked for months that it doesn't simulate.
    const auto good = sweep.summary;
    sweep.summary.last += 100;
    work(sweep, target);
    auto status = experiment::status_of(target);
    CHECK(status.failed == 4);
    CHECK(status.left() == 0);
    REQUIRE(status.messages.size() == 1);
    CHECK(status.messages.begin()->second == 4);
    const auto manifest = experiment::read_manifest(target);
    sweep.summary = good;
    const auto merged = experiment::merge(sweep, manifest, target, target / "results.h5", true);
    CHECK(merged.failed == 4);
    CHECK(merged.runs == 4);
    {
        const output::FileReader file(target / "results.h5", "result");
        CHECK(file.texts("/message") == std::vector<std::string>(4, "a summary of months that were not run"));
    }
    work(sweep, target);
    CHECK(experiment::status_of(target).done == 0);
    work(sweep, target, true);
    CHECK(experiment::status_of(target).done == 4);
    CHECK(experiment::merge(sweep, manifest, target, target / "results.h5", true).done == 4);
}

TEST_CASE("a point's values are those of the command line") {
    const test::TemporaryFolder folder;
    const auto sweep = read(folder.path(),
                            "arms: {one: sahelsim:small, two: sahelsim:small}\n"
                            "vary:\n  recruitment.base: range\n  decision.armed_weight: {arms: [two]}\n"
                            "design: {type: random, points: 3}\n");
    const auto& values = sweep.design.values;
    for (int point = 0; point < 3; ++point) {
        const auto set = [&](const std::vector<scenario::Override>& overrides) {
            auto expected = scenario::read_scenario("sahelsim:small", model::vocabulary(), overrides);
            expected.end = sweep.arms.front().scenario.end;
            return scenario::resolved_yaml(expected);
        };
        const scenario::Override first{"recruitment.base", fmt::format("{}", values(point, 0))};
        const scenario::Override second{"decision.armed_weight", fmt::format("{}", values(point, 1))};
        CHECK(scenario::resolved_yaml(experiment::scenario_at(sweep, 0, point)) == set({first}));
        CHECK(scenario::resolved_yaml(experiment::scenario_at(sweep, 1, point)) == set({first, second}));
    }
}

TEST_CASE("a sweep is the same when it is read from its folder") {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "points.csv") << "recruitment.base\n-5\n-4.5\n";
    auto sweep = read(folder.path(),
                      "arms: {one: {scenario: sahelsim:small, set: {mechanisms.land: false}}}\n"
                      "design: {type: list, file: points.csv}\n");
    const auto target = folder.path() / "sweep";
    REQUIRE(experiment::create_sweep_folder(target, sweep));
    CHECK_FALSE(experiment::create_sweep_folder(target, sweep));
    const auto manifest = experiment::read_manifest(target);
    const auto again = experiment::read_begun_sweep(target, manifest);
    CHECK(again.name == "test");
    CHECK(again.arms.front().scenario.resolved_yaml == sweep.arms.front().scenario.resolved_yaml);
    CHECK((again.design.values == sweep.design.values).all());
    CHECK_NOTHROW(experiment::expect_this_sweep(target, manifest, sweep));
    sweep.arms.front().scenario.resolved_yaml += " ";
    CHECK_THROWS_AS(experiment::expect_this_sweep(target, manifest, sweep), output::FileError);
}

TEST_CASE("summaries add up months and places") {
    const auto labels = test::sample_labels();
    const auto recording = test::sample_recording(0, labels);
    const output::SummaryPeriod whole{labels.first_month, labels.first_month + labels.months - 1};
    const auto summary = output::summary_of(recording, labels, whole);
    const auto index = [](const char* name) {
        const auto& all = model::outcomes();
        return static_cast<std::size_t>(
            std::find_if(all.begin(), all.end(), [&](const auto& o) { return std::string(o.name) == name; }) -
            all.begin());
    };
    const auto& deaths = recording.series[index("deaths")].values;
    const auto& sums = summary[index("deaths")].values;
    CHECK(std::accumulate(sums.begin(), sums.end(), 0.0) == std::accumulate(deaths.begin(), deaths.end(), 0.0));
    double last = 0.0;
    const auto& population = recording.series[index("population")];
    for (int cercle = 0; cercle < population.cercles; ++cercle) last += population.at(population.months - 1, cercle);
    CHECK(summary[index("population")].values == std::vector<double>{last});
    CHECK(summary[index("presence_class")].values.empty());
    CHECK_THROWS_AS(output::summary_of(recording, labels, {whole.first, whole.last + 1}), std::logic_error);
}
