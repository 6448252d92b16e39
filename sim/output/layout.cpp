#include "output/layout.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace sahelsim::output {

namespace {

constexpr std::uint64_t kSmallChunk = 256 * 1024;   // bytes
constexpr std::uint64_t kLargeChunk = 1024 * 1024;  // bytes
constexpr std::uint64_t kBlock = 48 * 1024 * 1024;  // bytes of recordings that wait to be written together
constexpr std::uint64_t kRunsPerBlock = 16;
constexpr std::uint64_t kSummariesPerBlock = 1024;
constexpr std::uint64_t kEventsPerChunkAndRun = 4096;
constexpr std::uint64_t kEventsPerChunk = 65536;  // 256 KiB of the usual four-byte column

std::uint64_t product(const std::vector<std::uint64_t>& lengths, std::size_t first = 0) {
    return std::accumulate(lengths.begin() + static_cast<std::ptrdiff_t>(first), lengths.end(), std::uint64_t{1},
                           std::multiplies<>{});
}

std::uint64_t divide_up(std::uint64_t a, std::uint64_t b) {
    return (a + b - 1) / b;
}

void set_series_lengths(Layout& layout, const model::Labels& labels, int replicates) {
    auto& lengths = layout.lengths;
    lengths["run"] = static_cast<std::uint64_t>(replicates);
    lengths["time"] = static_cast<std::uint64_t>(labels.months);
    lengths["bounds"] = 2;
    lengths["cercle"] = labels.cercles.size();
    for (int a = 0; a <= static_cast<int>(model::last_axis); ++a) {
        const auto axis = static_cast<model::Axis>(a);
        lengths[model::to_string(axis)] = labels.names(axis).size();
    }
    lengths["faction"] = labels.factions.size();
    lengths["event"] = 0;
    lengths["commune"] = labels.communes.size();
}

/// Lengths of the tables that tell of one scenario, with `group` before the names of their dimensions.
void set_scenario_lengths(Layout& layout, const scenario::Scenario& scenario, const std::string& parameters = "",
                          const std::string& group = "") {
    layout.lengths[parameters + "parameter"] = scenario.parameters.records().size();
    layout.lengths[group + "mechanism"] = scenario.mechanisms.size();
    layout.lengths[group + "intervention"] = scenario.interventions.size();
    layout.lengths[group + "source"] = scenario.sources.size();
}

/// The largest power of two for which the recordings of a block fit the memory set aside for it.
std::uint64_t runs_per_block(const Layout& layout) {
    std::uint64_t recording = 0;
    for (const auto& variable : result_schema().variables_of("/cercles")) {
        if (variable.outcome >= 0) recording += sizeof(double) * product(shape_of(variable, layout), 1);
    }
    std::uint64_t runs = 1;
    while (2 * runs <= std::min(kRunsPerBlock, layout.lengths.at("run")) && 2 * runs * recording <= kBlock) runs *= 2;
    return runs;
}

/// [run, time, cercle, axes...]: all months of the runs of a block, as many cercles as make a chunk worth reading.
std::vector<std::uint64_t> cercle_chunk(const Variable& variable, const Layout& layout) {
    auto chunk = shape_of(variable, layout);
    chunk[0] = layout.runs_per_block;
    const auto cercles = chunk[2];
    chunk[2] = 1;
    const auto one_cercle = bytes_of(variable.type) * product(chunk);
    chunk[2] = std::clamp<std::uint64_t>(divide_up(kSmallChunk, std::max<std::uint64_t>(one_cercle, 1)), 1, cercles);
    while (bytes_of(variable.type) * product(chunk) > kLargeChunk && chunk[1] > 1) chunk[1] = divide_up(chunk[1], 2);
    return chunk;
}

/// [run, time, axes...], or [run, axes...] of summaries: all of as many runs as make a chunk.
std::vector<std::uint64_t> national_chunk(const Variable& variable, const Layout& layout) {
    auto chunk = shape_of(variable, layout);
    const auto one_run = bytes_of(variable.type) * product(chunk, 1);
    chunk[0] = std::clamp<std::uint64_t>(divide_up(kSmallChunk, std::max<std::uint64_t>(one_run, 1)), 1, chunk[0]);
    while (chunk.size() > 1 && bytes_of(variable.type) * product(chunk) > kLargeChunk && chunk[1] > 1)
        chunk[1] = divide_up(chunk[1], 2);
    return chunk;
}

}  // namespace

Layout make_layout(const model::Labels& labels, const scenario::Scenario& scenario, int replicates) {
    Layout layout;
    set_series_lengths(layout, labels, replicates);
    set_scenario_lengths(layout, scenario);
    layout.lengths["target"] = scenario.targets.size();
    layout.runs_per_block = runs_per_block(layout);
    return layout;
}

Layout make_sweep_layout(const model::Labels& labels, const SweepContents& contents,
                         const std::vector<const scenario::Scenario*>& scenarios, std::uint64_t runs,
                         std::uint64_t points, std::uint64_t factors) {
    Layout layout;
    set_series_lengths(layout, labels, 0);
    layout.lengths["run"] = runs;
    layout.lengths["point"] = points;
    layout.lengths["factor"] = factors;
    layout.lengths["target"] = scenarios.front()->targets.size();
    for (std::size_t a = 0; a < scenarios.size(); ++a) {
        const auto group = arm_group(contents.arms[a]);
        set_scenario_lengths(layout, *scenarios[a], group + "/parameters/", group + "/scenario/");
    }
    layout.runs_per_block = contents.series ? runs_per_block(layout) : std::min(kSummariesPerBlock, runs);
    return layout;
}

std::uint64_t length_of(const Layout& layout, const std::string& group, const std::string& dimension) {
    const auto own = layout.lengths.find(group + "/" + dimension);
    return own != layout.lengths.end() ? own->second : layout.lengths.find(dimension)->second;
}

std::vector<std::uint64_t> shape_of(const Variable& variable, const Layout& layout) {
    std::vector<std::uint64_t> shape;
    for (const auto& dimension : variable.dimensions) shape.push_back(length_of(layout, variable.group, dimension));
    return shape;
}

std::vector<std::uint64_t> chunk_of(const Variable& variable, const Layout& layout) {
    if (!variable.dimensions.empty() && is_unlimited(variable.dimensions.front())) {
        const auto runs = std::max<std::uint64_t>(1, layout.lengths.at("run"));
        return {std::min(kEventsPerChunk, kEventsPerChunkAndRun * runs)};
    }
    if (variable.outcome < 0 || product(shape_of(variable, layout)) == 0) return {};
    return variable.group == "/cercles" ? cercle_chunk(variable, layout) : national_chunk(variable, layout);
}

std::uint64_t bytes_of(Type type) {
    switch (type) {
        case Type::int8:
            return 1;
        case Type::int16:
            return 2;
        case Type::int32:
            return 4;
        case Type::int64:
        case Type::float64:
            return 8;
        case Type::text:
            return 16;
    }
    assert(false);
    return 8;
}

std::uint64_t estimated_bytes(const model::Labels& labels, int replicates, double events_per_run) {
    // Bytes on disk per byte in memory, from runs of the baseline. Counts of rare events are mostly zeros, stocks mostly
    // what they were last month.
    constexpr double flow = 1.0 / 80.0;
    constexpr double stock = 1.0 / 28.0;
    constexpr double real = 1.0 / 1.2;
    constexpr double event = 1.0 / 3.8;
    constexpr double fixed = 1.1e6;  // parameters, scenario, places, structure
    Layout layout;
    set_series_lengths(layout, labels, replicates);
    double bytes = fixed;
    for (const auto& variable : result_schema().variables()) {
        const auto size = static_cast<double>(bytes_of(variable.type));
        if (variable.outcome >= 0) {
            const auto& outcome = model::outcomes()[static_cast<std::size_t>(variable.outcome)];
            const bool is_flow = outcome.kind == model::OutcomeKind::flow;
            const double share = outcome.storage == model::Storage::real ? real : is_flow ? flow : stock;
            bytes += share * size * static_cast<double>(product(shape_of(variable, layout)));
        } else if (variable.group == "/events") {
            bytes += event * size * events_per_run * replicates;
        }
    }
    return static_cast<std::uint64_t>(std::llround(bytes));
}

}  // namespace sahelsim::output
