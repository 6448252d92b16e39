// sahelsim run FILE -o OUT.h5: from the start, or from states that an earlier run saved on the way.

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
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
#include "model/branch.h"
#include "output/checkpoint.h"
#include "output/result_writer.h"

namespace sahelsim::cli {

namespace {

constexpr int kProbeDays = 90;
constexpr double kBytesPerMegabyte = 1e6;
constexpr std::size_t kPlainWidth = 120;  // of tables in files and pipes

struct RunOptions {
    ScenarioArgument scenario;
    std::string output;
    std::optional<int> replicates;  ///< 1, or all of the checkpoint
    int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    std::optional<std::uint64_t> seed;  ///< 1, or the checkpoint's
    std::string until;
    bool saves = false;           ///< whether --checkpoint was given
    std::string checkpoint;       ///< a date; empty: at the end
    std::string checkpoint_file;  ///< empty: beside the result file
    std::string restart;          ///< checkpoint to go on from; empty: from the start
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

/// Runs what reads the checkpoint of --restart: a file that doesn't serve is bad input.
template <class Read>
auto from_checkpoint(Read read) {
    try {
        return read();
    } catch (const output::FileError& error) {
        throw scenario::InputError({{{}, error.what(), "", "", ""}});
    }
}

/// What the options mean for a scenario.
struct Plan {
    int replicates = 1;
    std::uint64_t seed = 1;
    engine::Date begin{};                        ///< first day to simulate
    std::optional<engine::Date> checkpoint;      ///< morning on which states are saved
    std::filesystem::path checkpoint_file = {};  ///< where
    std::shared_ptr<const output::CheckpointReader> past = nullptr;

    /// How replicates begin; empty: at the start.
    [[nodiscard]] experiment::Beginning beginning(const model::Setup& setup) const {
        if (!past) return {};
        return [reader = past, &setup](std::uint32_t replicate) {
            return model::continue_as(reader->past(), setup, from_checkpoint([&] { return reader->read(replicate); }));
        };
    }
};

/// "out/history.h5": "out/history.checkpoint.h5".
std::filesystem::path checkpoint_beside(const std::filesystem::path& result) {
    auto name = result.stem();
    name += ".checkpoint";
    name += result.extension();
    return result.parent_path() / name;
}

engine::Date checkpoint_date(const std::string& text, engine::Date begin, engine::Date end) {
    const auto after = end + std::chrono::days{1};
    if (text.empty()) return after;
    const auto date = engine::parse_date(text);
    if (!date) throw bad_option("--checkpoint", "'" + text + "'", "a date as in 2019-12-31, or nothing for the end");
    if (*date >= begin && *date <= after) return *date;
    throw bad_option("--checkpoint", text,
                     fmt::format("a morning from {} to {}, the day after the last", engine::format_date(begin),
                                 engine::format_date(after)));
}

void go_on_from_checkpoint(const RunOptions& options, Plan& plan) {
    plan.past = from_checkpoint([&] { return std::make_shared<const output::CheckpointReader>(options.restart); });
    if (options.seed && *options.seed != plan.past->seed()) {
        throw bad_option("--seed", fmt::to_string(*options.seed),
                         fmt::format("{}, the seed of {}", plan.past->seed(), options.restart));
    }
    plan.seed = plan.past->seed();
    plan.replicates = options.replicates.value_or(plan.past->replicates());
    plan.begin = plan.past->date();
    from_checkpoint([&] { plan.past->expect(plan.replicates); });
}

Plan make_plan(const model::Setup& setup, const RunOptions& options) {
    Plan plan;
    plan.replicates = options.replicates.value_or(1);
    plan.seed = options.seed.value_or(1);
    plan.begin = setup.scenario.start;
    if (!options.restart.empty()) {
        go_on_from_checkpoint(options, plan);
        model::check_past(plan.past->past(), setup, plan.begin);
    }
    if (!options.saves) return plan;
    plan.checkpoint = checkpoint_date(options.checkpoint, plan.begin, setup.scenario.end);
    plan.checkpoint_file = options.checkpoint_file;
    if (options.checkpoint_file.empty()) plan.checkpoint_file = checkpoint_beside(options.output);
    if (plan.checkpoint_file == std::filesystem::path(options.output))
        throw bad_option("--checkpoint-file", options.output, "another file than the results go to");
    return plan;
}

std::int64_t days_of(const Plan& plan, const scenario::Scenario& scenario) {
    return (scenario.end - plan.begin).count() + 1;
}

void print_plan(const model::Setup& setup, const RunOptions& options, const Plan& plan) {
    const auto probe = experiment::probe(setup, plan.seed, kProbeDays, plan.beginning(setup));
    const auto bytes = output::estimated_bytes(setup.labels, plan.replicates, probe.events);
    fmt::print("{}: {}\n", setup.scenario.name, setup.scenario.title);
    fmt::print("  {} to {}, {} days{}\n", engine::format_date(plan.begin), engine::format_date(setup.scenario.end),
               days_of(plan, setup.scenario), plan.past ? ", going on from " + options.restart : "");
    fmt::print("  {} communes, {} cohorts of up to {} people\n", setup.communes(), setup.cohorts.size(),
               setup.cohorts.capacity);
    fmt::print("  {} replicates on {} threads with seed {}\n", plan.replicates, options.threads, plan.seed);
    const double rounds = std::ceil(static_cast<double>(plan.replicates) / options.threads);
    fmt::print("  about {:.1f} s, judged by the first {} days\n", rounds * probe.seconds, kProbeDays);
    fmt::print("  about {:.1f} MB in {}\n", static_cast<double>(bytes) / kBytesPerMegabyte, options.output);
    if (plan.checkpoint)
        fmt::print("  states of the morning of {} in {}\n", engine::format_date(*plan.checkpoint),
                   plan.checkpoint_file.string());
}

/// Everything that a running experiment reports to.
class Run {
   public:
    Run(const model::Setup& setup, const RunOptions& options, const Plan& plan)
        : setup_(setup),
          options_(options),
          plan_(plan),
          stop_(stop_on_signals()),
          summary_(setup.labels),
          targets_(setup.scenario, setup.labels),
          progress_(setup.scenario.name, plan.replicates * days_of(plan, setup.scenario), options.quiet),
          writer_({options.output, plan.replicates, plan.seed, options.threads, options.force}, setup.labels,
                  setup.scenario) {
        if (!plan.checkpoint) return;
        states_.emplace(output::CheckpointOptions{plan.checkpoint_file, plan.replicates, plan.seed, *plan.checkpoint,
                                                  options.force},
                        model::past_of(setup));
    }

    /// Returns the exit code.
    int carry_out() {
        experiment::ReplicateOptions replicates;
        replicates.replicates = plan_.replicates;
        replicates.threads = options_.threads;
        replicates.seed = plan_.seed;
        replicates.stop = &stop_;
        replicates.begin = plan_.beginning(setup_);
        replicates.checkpoint = plan_.checkpoint;
        replicates.on_state = [this](const model::State& state) { states_->write(state); };
        experiment::run_replicates(
            setup_, replicates, [this] { progress_.step(); },
            [this](model::Recording recording) { take(std::move(recording)); });
        progress_.finish();
        writer_.finish();
        // A file without any state serves nobody.
        if (states_ && states_->written() == 0) states_.reset();
        if (states_) states_->finish();
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
            fmt::print(stderr, "sahelsim: stopped by a signal; {} of {} replicates are in {}\n", done, plan_.replicates,
                       options_.output);
            if (states_)
                fmt::print(stderr, "sahelsim: states of {} of them are in {}\n", states_->written(),
                           plan_.checkpoint_file.string());
            return 128 + received_signal();
        }
        if (!options_.quiet) fmt::print("Written: {}\n", options_.output);
        if (!options_.quiet && states_)
            fmt::print("Written: {}, the states of the morning of {}\n", plan_.checkpoint_file.string(),
                       engine::format_date(*plan_.checkpoint));
        return exit_done;
    }

    const model::Setup& setup_;
    const RunOptions& options_;
    const Plan& plan_;
    const std::atomic<bool>& stop_;  // before the files, which no signal may leave unfinished
    experiment::SummaryBuilder summary_;
    experiment::TargetSummaryBuilder targets_;
    std::mutex summarising_;
    Progress progress_;
    output::ResultWriter writer_;
    std::optional<output::CheckpointWriter> states_;
};

int run(const RunOptions& options) {
    if (!options.dry_run) output::check_target(options.output, options.force);
    const auto setup = model::make_setup(read_for_run(options));
    const auto plan = make_plan(setup, options);
    if (options.dry_run) {
        print_plan(setup, options, plan);
        return exit_done;
    }
    return Run(setup, options, plan).carry_out();
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("run", "Simulate a scenario and write the results to one HDF5 file");
    const auto options = std::make_shared<RunOptions>();
    add_scenario_argument(*command, options->scenario);
    command->add_option("-o,--output", options->output, "Result file")->required();
    command
        ->add_option("--replicates", options->replicates,
                     "How many times to simulate; 1 unless told, with --restart all that were saved")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--threads", options->threads, "Replicates at the same time; has no influence on results")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--seed", options->seed,
                        "Master seed of the random streams; 1 unless told, with --restart the saved one");
    command->add_option("--until", options->until, "Last day to simulate, YYYY-MM-DD")->type_name("DATE");
    auto* checkpoint =
        command
            ->add_option(
                "--checkpoint", options->checkpoint,
                "Save all states of that morning, before anything of the day happens; without a date, those at "
                "the end")
            ->type_name("DATE")
            ->expected(0, 1);
    command
        ->add_option("--checkpoint-file", options->checkpoint_file,
                     "Where to save them; else beside the result file, as in NAME.checkpoint.h5")
        ->needs(checkpoint);
    command->add_option(
        "--restart", options->restart,
        "Go on from the states in this file, which --checkpoint of a scenario with the same past saved");
    command->add_flag("--dry-run", options->dry_run,
                      "Say what would be done, how long it takes and how large the file gets");
    command->add_flag("--quiet", options->quiet, "Print nothing but errors");
    command->add_flag("--force", options->force, "Replace the result file, and the checkpoint, if there is one");
    command->callback([options, checkpoint, &exit_code] {
        options->saves = checkpoint->count() > 0;
        try {
            exit_code = run(*options);
        } catch (const output::FileExistsError& error) {
            fmt::print(stderr, "sahelsim: {}; --force replaces it\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
