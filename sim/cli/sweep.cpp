// sahelsim sweep FILE -o DIR: all runs of a sweep, or a task's share of them, and going on with what was interrupted.

#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/sweep_report.h"
#include "experiment/mpi_backend.h"
#include "experiment/sweep_merge.h"
#include "experiment/sweep_work.h"
#include "model/vocabulary.h"
#include "output/errors.h"
#include "output/temporary_file.h"

namespace sahelsim::cli {

namespace {

using experiment::Manifest;
using experiment::Share;
using experiment::Sweep;

struct SweepOptions {
    std::string file;
    std::string output;
    std::string resume;
    std::optional<int> threads;
    Share share;
    bool is_task = false;
    bool retry_failed = false;
    bool quiet = false;

    [[nodiscard]] std::filesystem::path folder() const { return resume.empty() ? output : resume; }
};

scenario::InputError usage(const std::string& option, const std::string& found, const std::string& expected) {
    return scenario::InputError({{{}, option, found, expected, ""}});
}

void check_usage(const SweepOptions& options) {
    const bool begins = !options.file.empty();
    if (begins == !options.resume.empty())
        throw usage("sweep", begins ? "a sweep file and --resume" : "neither", "a sweep file with -o, or --resume DIR");
    if (begins && options.output.empty()) throw usage("-o", "nothing", "the folder that the sweep goes to");
    if (!begins && !options.output.empty()) throw usage("-o", options.output, "no -o beside --resume");
    if (options.share.task >= options.share.tasks) {
        throw usage("--task", fmt::to_string(options.share.task),
                    fmt::format("a number from 0 to {}, one less than --tasks", options.share.tasks - 1));
    }
    if (options.retry_failed && options.resume.empty())
        throw usage("--retry-failed", "a new sweep", "--resume beside it");
}

/// The sweep that was begun in a folder.
Sweep begun_sweep(const std::filesystem::path& folder) {
    const auto manifest = experiment::read_manifest(folder);
    experiment::expect_this_build(folder, manifest);
    return experiment::read_begun_sweep(folder, manifest);
}

/// The sweep that is to be worked on, in its folder: made, or found to hold it.
Sweep prepare(const SweepOptions& options) {
    if (options.file.empty()) return begun_sweep(options.resume);
    auto sweep = experiment::read_sweep(options.file, model::vocabulary());
    experiment::check_arms(sweep, experiment::make_setups(sweep, 0));
    if (experiment::create_sweep_folder(options.output, sweep)) return sweep;
    const auto manifest = experiment::read_manifest(options.output);
    experiment::expect_this_sweep(options.output, manifest, sweep);
    experiment::expect_this_build(options.output, manifest);
    if (options.is_task) return sweep;
    throw output::FileExistsError(
        options.output,
        fmt::format("holds this sweep already; 'sahelsim sweep --resume {}' goes on with it", options.output));
}

/// A sweep that is being worked on.
class SweepRun {
   public:
    SweepRun(const SweepOptions& options, Sweep sweep, experiment::MpiJob* job)
        : options_(options),
          job_(job),
          folder_(options.folder()),
          manifest_(experiment::read_manifest(folder_)),
          sweep_(std::move(sweep)),
          threads_(job != nullptr ? 1 : options.threads.value_or(usual_threads())),
          stop_(stop_on_signals(Signals::with_user)),
          worker_(sweep_, folder_, manifest_, threads_, stop_) {}

    /// Returns the exit code.
    int carry_out() {
        const experiment::FolderLock lock(folder_, options_.share);
        output::check_target(target(), true);
        auto list = experiment::remaining_work(folder_, manifest_, options_.share, options_.retry_failed);
        const auto before = list.units_done();
        Progress progress(sweep_.name, list.units() - before, options_.quiet);
        const auto on_unit = [&](const experiment::WorkList& now) {
            progress.extend(now.units() - before);
            progress.step();
        };
        const experiment::DoUnit do_unit = [this](const experiment::Unit& unit) { return worker_.work(unit); };
        try {
            if (job_ != nullptr) {
                job_->coordinate(list, do_unit, on_unit, stop_);
            } else {
                experiment::work_on_threads(list, threads_, do_unit, on_unit, stop_);
            }
            worker_.flush();
        } catch (const output::FileError& error) {
            progress.finish();
            throw output::FileError(
                error.path(), fmt::format("{}; what was finished is safe, and 'sahelsim sweep --resume {}' goes on",
                                          error.reason(), folder_.string()));
        }
        progress.finish();
        return list.done() ? finish() : report_stop(list);
    }

    /// In the processes of a job that are not the first.
    void serve() {
        job_->serve([this](const experiment::Unit& unit) { return worker_.work(unit); });
        worker_.flush();
    }

   private:
    [[nodiscard]] std::filesystem::path target() const { return folder_ / "results.h5"; }
    static int usual_threads() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

    int finish() {
        if (options_.share.tasks > 1) {
            if (!options_.quiet)
                fmt::print(
                    "Task {} of {} is done; when all are, 'sahelsim merge {} -o FILE.h5' puts the runs together\n",
                    options_.share.task, options_.share.tasks, folder_.string());
            return exit_done;
        }
        const auto merged = experiment::merge(sweep_, manifest_, folder_, target(), true);
        report(merged, folder_.string());
        if (!options_.quiet) fmt::print("Written: {}, {} of {} runs\n", target().string(), merged.done, merged.runs);
        return merged.done == merged.runs ? exit_done : exit_failed;
    }

    int report_stop(const experiment::WorkList& list) {
        const auto folder = folder_.string();
        const auto arms = manifest_.work.arms;
        fmt::print(stderr, "sahelsim: stopped; {} of {} runs are done and safe in {}\n", list.units_done() * arms,
                   list.units() * arms, folder);
        fmt::print(stderr, "sahelsim: 'sahelsim sweep --resume {}' goes on\n", folder);
        return exit_resumable;
    }

    const SweepOptions& options_;
    experiment::MpiJob* job_;
    std::filesystem::path folder_;
    Manifest manifest_;
    Sweep sweep_;
    int threads_;
    const std::atomic<bool>& stop_;
    experiment::Worker worker_;
};

int run_alone(const SweepOptions& options) {
    return SweepRun(options, prepare(options), nullptr).carry_out();
}

/// The first process prepares and reports; the others learn from it how things stand.
int run_in_job(const SweepOptions& options) {
    if (!experiment::has_mpi())
        throw usage("mpirun", "several processes", "one: this build has no MPI; --tasks divides the work without it");
    if (options.is_task) throw usage("--task", "a task under mpirun", "either tasks or MPI");
    if (options.threads.value_or(1) != 1)
        throw usage("--threads", fmt::to_string(*options.threads), "no --threads under MPI: start as many processes");
    experiment::MpiJob job;
    if (!job.is_first()) {
        if (const int code = job.from_first(0); code != exit_done) return code;
        try {
            SweepRun(options, begun_sweep(options.folder()), &job).serve();
        } catch (const std::exception& error) {
            fmt::print(stderr, "sahelsim: {}\n", error.what());
            job.abort(exit_failed);
        }
        return job.from_first(0);
    }
    std::optional<Sweep> sweep;
    try {
        sweep = prepare(options);
    } catch (const scenario::InputError&) {
        static_cast<void>(job.from_first(exit_bad_input));
        throw;
    } catch (...) {
        static_cast<void>(job.from_first(exit_failed));
        throw;
    }
    static_cast<void>(job.from_first(exit_done));
    try {
        return job.from_first(SweepRun(options, std::move(*sweep), &job).carry_out());
    } catch (const std::exception& error) {
        fmt::print(stderr, "sahelsim: {}\n", error.what());
        job.abort(exit_failed);
    }
}

int sweep(const SweepOptions& options) {
    check_usage(options);
    // From the beginning: a scheduler may end a task while it still reads.
    static_cast<void>(stop_on_signals(Signals::with_user));
    try {
        return experiment::launched_processes() > 1 ? run_in_job(options) : run_alone(options);
    } catch (const output::FileExistsError& error) {
        fmt::print(stderr, "sahelsim: {}\n", error.what());
        return exit_bad_input;
    }
}

}  // namespace

void add_sweep(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("sweep", "Run scenarios many times with many values of parameters");
    const auto options = std::make_shared<SweepOptions>();
    command->add_option("FILE", options->file, "Sweep file");
    command->add_option("-o,--output", options->output, "Folder for the runs; results.h5 in it is the result");
    command->add_option("--resume", options->resume, "Go on with the sweep in this folder")->type_name("DIR");
    command->add_flag("--retry-failed", options->retry_failed, "With --resume: do failed runs again");
    command
        ->add_option("--threads", options->threads,
                     "Units of work at the same time; as many as there are cores unless told")
        ->check(CLI::Range(1, 4096));
    auto* tasks = command->add_option("--tasks", options->share.tasks, "Divide the work among so many tasks")
                      ->check(CLI::Range(1, 1'000'000));
    auto* task = command->add_option("--task", options->share.task, "Which of the tasks this is, from 0")
                     ->check(CLI::Range(0, 999'999))
                     ->needs(tasks);
    tasks->needs(task);
    command->add_flag("--quiet", options->quiet, "Print nothing but errors");
    command->callback([options, task, &exit_code] {
        options->is_task = task->count() > 0;
        exit_code = sweep(*options);
    });
}

}  // namespace sahelsim::cli
