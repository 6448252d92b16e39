// sahelsim design FILE: what a sweep would do, without doing it.

#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/sweep_report.h"
#include "cli/table.h"
#include "experiment/replicates.h"
#include "experiment/sweep_unit.h"
#include "model/vocabulary.h"
#include "output/layout.h"
#include "scenario/scalars.h"

namespace sahelsim::cli {

namespace {

using experiment::Sweep;

constexpr int kProbeDays = 60;
constexpr double kBytesPerMegabyte = 1e6;

/// What a sweep takes, judged by the first days of each arm at its first point.
struct Cost {
    double seconds_per_unit = 0.0;
    double bytes_per_run = 0.0;
};

/// The share of a scenario's days that lie before the branch.
double share_of_past(const Sweep& sweep) {
    if (!sweep.branch) return 0.0;
    const auto& first = sweep.arms.front().scenario;
    return static_cast<double>((*sweep.branch - first.start).count()) /
           static_cast<double>((first.end - first.start).count() + 1);
}

Cost cost_of(const Sweep& sweep, const experiment::PointSetups& setups) {
    Cost cost;
    const double past = share_of_past(sweep);
    for (std::size_t arm = 0; arm < setups.arms.size(); ++arm) {
        const auto probe = experiment::probe(setups.arms[arm], sweep.seed, kProbeDays);
        cost.seconds_per_unit += probe.seconds * (1.0 - past);
        if (arm == 0) cost.seconds_per_unit += probe.seconds * past;
        if (arm == 0) {
            constexpr int many = 1000;  // what a file holds once counts for little
            const double all = static_cast<double>(
                output::estimated_bytes(setups.arms[arm].labels, many, sweep.events ? probe.events : 0.0));
            cost.bytes_per_run = all / many;
        }
    }
    if (!sweep.series) {
        constexpr double per_summary = 2000.0;  // bytes; measured
        cost.bytes_per_run = per_summary;
    }
    return cost;
}

void print_factors(const Sweep& sweep) {
    if (sweep.factors.empty()) return;
    std::vector<TableLine> lines = {{"parameter", "unit", "values", "arms"}};
    for (const auto& factor : sweep.factors) {
        std::string arms;
        for (const int arm : factor.arms)
            arms += (arms.empty() ? "" : ", ") + sweep.arms[static_cast<std::size_t>(arm)].name;
        const auto& scenario = sweep.arms[static_cast<std::size_t>(factor.first_arm())].scenario;
        const auto& record = *scenario.parameters.find(factor.parameter);
        const auto values =
            sweep.design.kind == experiment::DesignKind::list ? std::string("listed") : describe(factor.distribution);
        lines.push_back({factor.parameter, record.unit, values, arms.empty() ? "all" : arms});
    }
    print_table(lines);
}

std::string settings_of(const experiment::Arm& arm) {
    std::string text;
    for (const auto& [name, value] : arm.overrides)
        text += fmt::format("{}{} = {}", text.empty() ? ", with " : ", ", name, value);
    return text;
}

/// What is allowed and yet may surprise.
void print_notes(const Sweep& sweep) {
    for (const auto& factor : sweep.factors) {
        const auto& scenario = sweep.arms[static_cast<std::size_t>(factor.first_arm())].scenario;
        const auto& record = *scenario.parameters.find(factor.parameter);
        const auto [low, high] = ends_of(factor.distribution);
        if (sweep.design.kind == experiment::DesignKind::list || (low >= record.low && high <= record.high)) continue;
        fmt::print("  note: {} varies beyond its plausible range, {} to {}\n", factor.parameter, record.low,
                   record.high);
    }
    const auto kind = sweep.design.kind;
    const int points = sweep.design.points();
    if (kind == experiment::DesignKind::sobol && (points & (points - 1)) != 0)
        fmt::print("  note: a Sobol sequence is even where the number of points is a power of 2\n");
}

void print_arms(const Sweep& sweep) {
    const auto& first = sweep.arms.front().scenario;
    fmt::print("{}: {}\n", sweep.name, sweep.title);
    for (const auto& arm : sweep.arms) fmt::print("  arm {}: {}{}\n", arm.name, arm.scenario.title, settings_of(arm));
    fmt::print("  {} to {}", engine::format_date(first.start), engine::format_date(first.end));
    fmt::print("{}\n", sweep.branch
                           ? fmt::format("; the arms share what comes before {}", engine::format_date(*sweep.branch))
                           : std::string());
}

void print_replication(const experiment::Replication& replicates) {
    if (!replicates.until) {
        fmt::print("  {} of each\n", counted(replicates.most, "replicate"));
        return;
    }
    const auto& until = *replicates.until;
    fmt::print("  {} to {} replicates of each, until the mean of {} is known to +-{}{}\n", replicates.least,
               replicates.most, until.outcome, until.half_width * (until.relative ? 100.0 : 1.0),
               until.relative ? " %" : "");
}

void print_cost(const Sweep& sweep, const Cost& cost, int threads) {
    constexpr double per_arm = 0.9e6;  // bytes: its parameters and scenario
    const auto arms = static_cast<double>(sweep.arms.size());
    const auto runs = static_cast<double>(sweep.most_runs());
    const char* at_most = sweep.replicates.until ? "at most " : "";
    fmt::print("  {}{} runs with seed {}\n", at_most, sweep.most_runs(), sweep.seed);
    fmt::print("  {}about {} on {} threads, judged by the first {} days\n", at_most,
               duration_text(std::ceil(runs / arms / threads) * cost.seconds_per_unit), threads, kProbeDays);
    fmt::print("  {}about {:.1f} MB\n", at_most, (per_arm * arms + cost.bytes_per_run * runs) / kBytesPerMegabyte);
}

void print_plan(const Sweep& sweep, int threads) {
    const auto setups = experiment::make_setups(sweep, 0);
    experiment::check_arms(sweep, setups);
    print_arms(sweep);
    print_factors(sweep);
    fmt::print("  design: {}, {}\n", to_string(sweep.design.kind), counted(sweep.design.points(), "point"));
    print_replication(sweep.replicates);
    print_cost(sweep, cost_of(sweep, setups), threads);
    print_notes(sweep);
}

void print_points(const Sweep& sweep) {
    std::string header = "point";
    for (const auto& factor : sweep.factors) header += "," + factor.parameter;
    fmt::print("{}\n", header);
    for (int point = 0; point < sweep.design.points(); ++point) {
        std::string row = fmt::to_string(point);
        for (Eigen::Index f = 0; f < sweep.design.values.cols(); ++f)
            row += "," + scenario::number_text(sweep.design.values(point, f));
        fmt::print("{}\n", row);
    }
}

}  // namespace

void add_design(CLI::App& app, int& /*exit_code*/) {
    auto* command = app.add_subcommand("design", "Show what a sweep would do, without doing it");
    struct Options {
        std::string file;
        bool points = false;
        int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    };
    const auto options = std::make_shared<Options>();
    command->add_option("FILE", options->file, "Sweep file")->required();
    command->add_flag("--points", options->points, "Print every point of the design as CSV instead");
    command->add_option("--threads", options->threads, "To estimate the time for")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->callback([options] {
        const auto sweep = experiment::read_sweep(options->file, model::vocabulary());
        if (options->points) {
            print_points(sweep);
        } else {
            print_plan(sweep, options->threads);
        }
    });
}

}  // namespace sahelsim::cli
