// sahelsim run FILE -o OUT.h5

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/scenario_argument.h"
#include "cli/signals.h"
#include "cli/summary_table.h"
#include "cli/target_table.h"
#include "cli/terminal.h"
#include "experiment/replicates.h"
#include "experiment/summary.h"
#include "experiment/target_summary.h"
#include "output/result_writer.h"

namespace sahelsim::cli {

namespace {

constexpr int kProbeDays = 90;
constexpr double kBytesPerMegabyte = 1e6;
constexpr std::size_t kPlainWidth = 120;  // of tables in files and pipes

struct RunOptions {
    ScenarioArgument scenario;
    std::string output;
    int replicates = 1;
    int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    std::uint64_t seed = 1;
    std::string until;
    bool dry_run = false;
    bool quiet = false;
    bool force = false;
};

scenario::InputError bad_option(const std::string& option, const std::string& found, const std::string& expected) {
    return scenario::InputError({{{}, option, found, expected, ""}});
}

scenario::Scenario read_for_run(const RunOptions& options) {
    auto scenario = read_scenario(options.scenario);
    if (options.until.empty()) return scenario;
    const auto until = engine::parse_date(options.until);
    if (!until) throw bad_option("--until", "'" + options.until + "'", "a date as in 2019-12-31");
    if (*until < scenario.start || *until > scenario.end) {
        throw bad_option(
            "--until", options.until,
            fmt::format("a day from {} to {}", engine::format_date(scenario.start), engine::format_date(scenario.end)));
    }
    scenario.end = *until;
    return scenario;
}

std::int64_t days_of(const scenario::Scenario& scenario) {
    return (scenario.end - scenario.start).count() + 1;
}

void print_plan(const model::Setup& setup, const RunOptions& options) {
    const auto probe = experiment::probe(setup, options.seed, kProbeDays);
    const auto bytes = output::estimated_bytes(setup.labels, options.replicates, probe.events);
    fmt::print("{}: {}\n", setup.scenario.name, setup.scenario.title);
    fmt::print("  {} to {}, {} days\n", engine::format_date(setup.scenario.start),
               engine::format_date(setup.scenario.end), days_of(setup.scenario));
    fmt::print("  {} communes, {} cohorts of up to {} people\n", setup.communes(), setup.cohorts.size(),
               setup.cohorts.capacity);
    fmt::print("  {} replicates on {} threads with seed {}\n", options.replicates, options.threads, options.seed);
    const double rounds = std::ceil(static_cast<double>(options.replicates) / options.threads);
    fmt::print("  about {:.1f} s, judged by the first {} days\n", rounds * probe.seconds, kProbeDays);
    fmt::print("  about {:.1f} MB in {}\n", static_cast<double>(bytes) / kBytesPerMegabyte, options.output);
}

/// Everything that a running experiment reports to.
class Run {
   public:
    Run(const model::Setup& setup, const RunOptions& options)
        : setup_(setup),
          options_(options),
          summary_(setup.labels),
          targets_(setup.scenario, setup.labels, options.seed),
          progress_(setup.scenario.name, options.replicates * days_of(setup.scenario), options.quiet),
          writer_({options.output, options.replicates, options.seed, options.threads, options.force}, setup.labels,
                  setup.scenario) {}

    /// Returns the exit code.
    int carry_out() {
        const auto& stop = stop_on_signals();
        experiment::run_replicates(
            setup_, {options_.replicates, options_.threads, options_.seed, &stop}, [this] { progress_.step(); },
            [this](model::Recording recording) { take(std::move(recording)); });
        progress_.finish();
        writer_.finish();
        return report();
    }

   private:
    void take(model::Recording recording) {
        if (recording.complete) {
            const std::lock_guard lock(summarising_);
            summary_.add(recording);
            targets_.add(recording);
        }
        writer_.write(std::move(recording));
    }

    void print_tables(int done) const {
        const auto width = terminal_width().value_or(kPlainWidth);
        fmt::print("{}\n", summary_table(summary_.build(), done, width));
        const auto targets = target_table(targets_.build(), done, width);
        if (!targets.empty()) fmt::print("{}\n", targets);
    }

    int report() {
        const int done = summary_.replicates();
        if (!options_.quiet && done > 0) print_tables(done);
        if (received_signal() != 0) {
            fmt::print(stderr, "sahelsim: stopped by a signal; {} of {} replicates are in {}\n", done,
                       options_.replicates, options_.output);
            return 128 + received_signal();
        }
        if (!options_.quiet) fmt::print("Written: {}\n", options_.output);
        return exit_done;
    }

    const model::Setup& setup_;
    const RunOptions& options_;
    experiment::SummaryBuilder summary_;
    experiment::TargetSummaryBuilder targets_;
    std::mutex summarising_;
    Progress progress_;
    output::ResultWriter writer_;
};

int run(const RunOptions& options) {
    if (!options.dry_run) output::check_target(options.output, options.force);
    const auto setup = model::make_setup(read_for_run(options));
    if (options.dry_run) {
        print_plan(setup, options);
        return exit_done;
    }
    return Run(setup, options).carry_out();
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("run", "Simulate a scenario and write the results to one HDF5 file");
    const auto options = std::make_shared<RunOptions>();
    add_scenario_argument(*command, options->scenario);
    command->add_option("-o,--output", options->output, "Result file")->required();
    command->add_option("--replicates", options->replicates, "How many times to simulate")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--threads", options->threads, "Replicates at the same time; has no influence on results")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Master seed of the random streams")->capture_default_str();
    command->add_option("--until", options->until, "Last day to simulate, YYYY-MM-DD")->type_name("DATE");
    command->add_flag("--dry-run", options->dry_run,
                      "Say what would be done, how long it takes and how large the file gets");
    command->add_flag("--quiet", options->quiet, "Print nothing but errors");
    command->add_flag("--force", options->force, "Replace the result file if there is one");
    command->callback([options, &exit_code] {
        try {
            exit_code = run(*options);
        } catch (const output::FileExistsError& error) {
            fmt::print(stderr, "sahelsim: {}; --force replaces it\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
