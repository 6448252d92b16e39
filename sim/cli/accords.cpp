// sahelsim accords FILE.h5

#include <memory>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/table.h"
#include "experiment/accord_effect.h"
#include "output/errors.h"
#include "output/result_reader.h"

namespace sahelsim::cli {

namespace {

using experiment::AccordEffect;
using experiment::Change;
using output::ResultReader;
using output::RunStatus;

struct Arguments {
    std::string file, without;
    std::string area = "cluster";
    int window = 182;
};

/// The run of the other file with this replicate; -1: it has none that is done.
int partner_of(const output::ResultRun& run, const ResultReader& without) {
    const auto& runs = without.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool pair = runs[i].point == run.point && runs[i].replicate == run.replicate;
        if (pair && runs[i].status == RunStatus::done) return static_cast<int>(i);
    }
    return -1;
}

AccordEffect measure(const Arguments& arguments) {
    const ResultReader file(arguments.file);
    std::unique_ptr<ResultReader> without;
    if (!arguments.without.empty()) without = std::make_unique<ResultReader>(arguments.without);
    experiment::AccordEffectBuilder builder(file.commune_numbers(arguments.area), arguments.window);
    for (std::size_t i = 0; i < file.runs().size(); ++i) {
        const auto& run = file.runs()[i];
        if (run.status != RunStatus::done) continue;
        const auto events = file.events(static_cast<int>(i));
        if (without == nullptr) {
            builder.add(events, nullptr);
            continue;
        }
        const int partner = partner_of(run, *without);
        if (partner < 0)
            throw output::FileError(arguments.without,
                                    fmt::format("there is no replicate {} to compare", run.replicate));
        const auto vetoed = without->events(partner);
        try {
            builder.add(events, &vetoed);
        } catch (const std::invalid_argument& error) {
            throw output::FileError(arguments.without, fmt::format("in replicate {}, {}", run.replicate, error.what()));
        }
    }
    return builder.build();
}

TableLine line(const char* label, const Change& change, const char* of) {
    const auto percent = [](double share) { return fmt::format("{:+.0f} %", 100.0 * share); };
    if (change.n == 0) return {label, fmt::format("0 {}", of), "", "", ""};
    return {label, fmt::format("{} {}", change.n, of), percent(change.spread.median), percent(change.spread.low),
            percent(change.spread.high)};
}

void print(const Arguments& arguments, const AccordEffect& effect) {
    fmt::print("Attacks on civilians in the {} of an accord, {} days before and after its signature\n",
               arguments.area == "cluster" ? "communes" : "cercle", arguments.window);
    fmt::print("{} accords with whole windows, {} of them without an attack before\n\n", effect.accords,
               effect.without_any);
    std::vector<TableLine> lines = {{"Relative change", "over", "median", "5 %", "95 %"},
                                    line("Before and after, as reports compare", effect.before_after, "accords"),
                                    line("The same, accords of a run together", effect.pooled, "runs")};
    if (!arguments.without.empty()) {
        lines.push_back(line("Against the same runs without accords", effect.paired, "runs"));
        lines.push_back(line("The same, first accord of a run only", effect.paired_first, "runs"));
    }
    print_table(lines);
    fmt::print("\nAfter {:.0f} % of accords with attacks before there were at most half as many.\n",
               100.0 * effect.halved);
}

}  // namespace

void add_accords(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("accords", "Compare attacks on civilians before and after local accords");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "Result file")->required();
    command->add_option("--without", arguments->without,
                        "Result file of the same scenario, seed and replicates with accord.signature at 0");
    command->add_option("--area", arguments->area, "What is compared: the communes of the accord or its whole cercle")
        ->check(CLI::IsMember({"cluster", "cercle"}))
        ->capture_default_str();
    command->add_option("--window", arguments->window, "Days before and after")
        ->check(CLI::Range(7, 3650))
        ->capture_default_str();
    command->callback([arguments, &exit_code] {
        try {
            print(*arguments, measure(*arguments));
            exit_code = exit_done;
        } catch (const output::FileError& error) {
            fmt::print(stderr, "sahelsim: {}\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
