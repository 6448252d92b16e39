// sahelsim status DIR and sahelsim merge DIR -o FILE.h5

#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/sweep_report.h"
#include "engine/machine.h"
#include "experiment/sweep_merge.h"
#include "experiment/sweep_status.h"
#include "output/errors.h"

namespace sahelsim::cli {

namespace {

using experiment::SweepStatus;

constexpr double kBytesPerMegabyte = 1e6;
constexpr std::size_t kMessagesShown = 10;

void print_text(const SweepStatus& status, const std::string& folder) {
    const auto& work = status.manifest.work;
    fmt::print("{}: {} ({}), {}, ", status.manifest.name, counted(work.arms, "arm"),
               fmt::join(status.manifest.arms, ", "), counted(work.points, "point"));
    if (work.replicates.until) {
        fmt::print("{} to {} replicates\n", work.replicates.least, work.replicates.most);
    } else {
        fmt::print("{}\n", counted(work.replicates.most, "replicate"));
    }
    const double share = status.runs > 0 ? static_cast<double>(status.done) / static_cast<double>(status.runs) : 1.0;
    const bool open = work.replicates.until && status.left() > 0;
    fmt::print("  {}\n", status.left() == 0 ? "finished" : status.running ? "running" : "not running");
    fmt::print("  done     {} of {} runs ({:.1f} %)\n", status.done, status.runs, 100.0 * share);
    fmt::print("  failed   {}\n", status.failed);
    fmt::print("  left     {}{}\n", status.left(), open ? ", as far as is known" : "");
    if (status.last_finished > 0) {
        fmt::print("  rate     {:.0f} runs an hour; {:.2f} s a run, at most {:.0f} MB a process\n", status.rate,
                   status.mean_seconds, status.peak_memory);
        fmt::print("  last run finished at {}\n", engine::time_text(status.last_finished));
    }
    if (status.running && status.left() > 0 && status.seconds_left)
        fmt::print("  about {} left at that rate\n", duration_text(*status.seconds_left));
    fmt::print("  {:.1f} MB in {}\n", static_cast<double>(status.bytes) / kBytesPerMegabyte,
               counted(status.processes, "shard"));
    if (status.imprecise > 0)
        fmt::print("  {} took all replicates and {} not as precise as was asked for\n",
                   counted(status.imprecise, "point"), status.imprecise == 1 ? "is" : "are");
    std::size_t shown = 0;
    for (const auto& [message, count] : status.messages) {
        if (shown++ == kMessagesShown) break;
        fmt::print("  {} failed: {}\n", count, message);
    }
    if (status.failed > 0) fmt::print("  'sahelsim sweep --resume {} --retry-failed' does failed runs again\n", folder);
    if (status.left() > 0 && !status.running) fmt::print("  'sahelsim sweep --resume {}' goes on\n", folder);
}

void print_json(const SweepStatus& status) {
    std::string messages;
    for (const auto& [message, count] : status.messages)
        messages += fmt::format("{}{}: {}", messages.empty() ? "" : ", ", json_string(message), count);
    const auto left = status.seconds_left ? fmt::to_string(*status.seconds_left) : "null";
    fmt::print("{{\"name\": {}, \"running\": {},\n", json_string(status.manifest.name), status.running);
    fmt::print(" \"runs\": {}, \"done\": {}, \"failed\": {}, \"left\": {}, \"imprecise_points\": {},\n", status.runs,
               status.done, status.failed, status.left(), status.imprecise);
    fmt::print(" \"runs_per_hour\": {}, \"seconds_left\": {}, \"seconds_per_run\": {}, \"peak_memory_mb\": {},\n",
               status.rate, left, status.mean_seconds, status.peak_memory);
    fmt::print(" \"shards\": {}, \"bytes\": {}, \"first_finished\": {}, \"last_finished\": {},\n", status.processes,
               status.bytes, status.first_finished, status.last_finished);
    fmt::print(" \"messages\": {{{}}}}}\n", messages);
}

/// Runs that are missing or failed make it fail, unless they were expected: a script should not take the file for whole.
int merge(const std::string& folder, const std::string& output, bool overwrite, bool partial, bool quiet) {
    const auto manifest = experiment::read_manifest(folder);
    experiment::expect_this_build(folder, manifest);
    const auto sweep = experiment::read_begun_sweep(folder, manifest);
    const auto merged = experiment::merge(sweep, manifest, folder, output, overwrite);
    report(merged, folder);
    if (!quiet) fmt::print("Written: {}, {} of {} runs\n", output, merged.done, merged.runs);
    return merged.done == merged.runs || partial ? exit_done : exit_failed;
}

}  // namespace

void add_status(CLI::App& app, int& /*exit_code*/) {
    auto* command = app.add_subcommand("status", "How far a sweep is, while it runs or after");
    const auto folder = std::make_shared<std::string>();
    const auto format = std::make_shared<std::string>("text");
    command->add_option("DIR", *folder, "Folder of the sweep")->required();
    command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->callback([folder, format] {
        const auto status = experiment::status_of(*folder);
        if (*format == "json") {
            print_json(status);
        } else {
            print_text(status, *folder);
        }
    });
}

void add_merge(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("merge", "Put the runs of a sweep together in one HDF5 file");
    struct Options {
        std::string folder, output;
        bool force = false, partial = false, quiet = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("DIR", options->folder, "Folder of the sweep")->required();
    command->add_option("-o,--output", options->output, "Result file")->required();
    command->add_flag("--force", options->force, "Replace the result file if there is one");
    command->add_flag("--partial", options->partial, "Runs that are missing or failed are no mistake");
    command->add_flag("--quiet", options->quiet, "Print nothing but errors");
    command->callback([options, &exit_code] {
        try {
            exit_code = merge(options->folder, options->output, options->force, options->partial, options->quiet);
        } catch (const output::FileExistsError& error) {
            fmt::print(stderr, "sahelsim: {}; --force replaces it\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
