// Chunks of a result file, its size foretold, and the country's series.

#include <cmath>
#include <functional>
#include <numeric>

#include <catch2/catch.hpp>

#include "output/layout.h"
#include "output/national.h"
#include "read_result.h"
#include "sample_result.h"

using namespace sahelsim;

namespace {

/// As large as the map of Mali over six years.
model::Labels large_labels() {
    auto labels = test::sample_labels();
    labels.months = 72;
    labels.cercles.resize(50);
    labels.communes.resize(720);
    labels.sides.resize(7);
    labels.victim_sides.resize(8);
    labels.authorities.resize(5);
    labels.organisations.resize(14);
    labels.communities.resize(9);
    labels.actions.resize(16);
    labels.issues.resize(8);
    labels.collapse_causes.resize(6);
    return labels;
}

std::uint64_t product(const std::vector<std::uint64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{1}, std::multiplies<>{});
}

const output::Variable& variable(const std::string& path) {
    for (const auto& candidate : output::result_schema().variables()) {
        if (candidate.path() == path) return candidate;
    }
    throw std::out_of_range(path);
}

}  // namespace

TEST_CASE("chunks of large series are of a quarter to one mebibyte") {
    const int runs = GENERATE(8, 1000);
    const auto layout = output::make_layout(large_labels(), test::sample_scenario(), runs);
    CHECK(layout.runs_per_block == 4);
    for (const auto& candidate : output::result_schema().variables()) {
        if (candidate.outcome < 0) continue;
        const auto chunk = output::chunk_of(candidate, layout);
        const auto shape = output::shape_of(candidate, layout);
        const auto bytes = output::bytes_of(candidate.type) * product(chunk);
        INFO(candidate.path());
        CHECK(bytes <= 1024 * 1024);
        // Small ones hold all that is written at a time, or all there is.
        const bool whole_block = candidate.group == "/cercles" && chunk[2] == shape[2];
        CHECK((bytes >= 256 * 1024 || whole_block || chunk == shape));
        CHECK(chunk[1] == 72);
    }
}

TEST_CASE("one cercle's series over all runs is a short read") {
    const auto layout = output::make_layout(large_labels(), test::sample_scenario(), 1000);
    const auto chunk = output::chunk_of(variable("/cercles/deaths"), layout);
    CHECK(chunk == std::vector<std::uint64_t>{4, 72, 3, 7, 8});
}

TEST_CASE("chunks are never longer than what they cut, whatever the size of the world") {
    auto labels = large_labels();
    labels.months = GENERATE(1, 24, 1200);
    labels.cercles.resize(GENERATE(1u, 3u, 50u));
    const auto layout = output::make_layout(labels, test::sample_scenario(), GENERATE(1, 3, 100));
    for (const auto& candidate : output::result_schema().variables()) {
        const auto chunk = output::chunk_of(candidate, layout);
        if (chunk.empty() || candidate.group == "/events") continue;
        const auto shape = output::shape_of(candidate, layout);
        INFO(candidate.path());
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            CHECK(chunk[i] >= 1);
            CHECK(chunk[i] <= shape[i]);
        }
        CHECK(output::bytes_of(candidate.type) * product(chunk) <= 1024 * 1024);
    }
}

TEST_CASE("the file's size grows with runs and events") {
    const auto labels = large_labels();
    const auto one = output::estimated_bytes(labels, 1, 5000.0);
    CHECK(one > 100'000);
    CHECK(output::estimated_bytes(labels, 100, 5000.0) > 20 * one / 2);
    CHECK(output::estimated_bytes(labels, 100, 50000.0) > output::estimated_bytes(labels, 100, 5000.0));
}

TEST_CASE("the country is the sum of its cercles, or their mean by residents") {
    const model::Series values{1, 3, 2, 1, {0.5, 1.0, 0.25, 0.0, 7.0, 7.0}};
    const model::Series residents{1, 3, 1, 1, {100.0, 300.0, 0.0}};
    model::Outcome outcome{};
    outcome.national = model::National::sum;
    CHECK(output::national_series(outcome, values, residents).values == std::vector<double>{7.75, 8.0});
    outcome.national = model::National::mean_by_residents;
    CHECK(output::national_series(outcome, values, residents).values == std::vector<double>{125.0 / 400.0, 0.25});
    const model::Series nobody{1, 3, 1, 1, {0.0, 0.0, 0.0}};
    CHECK(std::isnan(output::national_series(outcome, values, nobody).values[0]));
}
