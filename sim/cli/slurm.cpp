// sahelsim slurm FILE -o DIR: a script that runs a sweep as a job array of Slurm.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/sweep_report.h"
#include "experiment/sweep_folder.h"
#include "experiment/sweep_unit.h"
#include "model/vocabulary.h"
#include "output/errors.h"
#include "output/temporary_file.h"

namespace sahelsim::cli {

namespace {

namespace fs = std::filesystem;

constexpr int kUsualMaxArraySize = 1001;  // Slurm's default
constexpr int kUsualTasks = 100;
const std::string kNames = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,";

struct SlurmOptions {
    std::string file, output, script;
    std::optional<int> tasks;
    int at_once = 0;
    int threads = 1;
    std::string time = "01:00:00";
    std::string memory = "1G";
    std::string partition, account;
    bool force = false;
};

/// How many tasks an array of this cluster may have: MaxArraySize is one more than the largest index.
int most_tasks() {
    int most = kUsualMaxArraySize;
    FILE* pipe = ::popen("scontrol show config 2> /dev/null", "r");
    if (pipe == nullptr) return most;
    std::array<char, 512> line{};
    while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
        int found = 0;
        if (std::sscanf(line.data(), "MaxArraySize = %d", &found) == 1 && found > 0) most = found;
    }
    ::pclose(pipe);
    return most;
}

/// A word that the shell takes as it is.
std::string quoted(const std::string& text) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string optional_line(const char* option, const std::string& value) {
    return value.empty() ? "" : fmt::format("#SBATCH --{}={}\n", option, value);
}

std::string script_text(const SlurmOptions& options, const std::string& name, int tasks) {
    const auto folder = fs::absolute(options.output).lexically_normal().string();
    const auto program = fs::read_symlink("/proc/self/exe").string();
    return fmt::format(
        R"script(#!/bin/bash
# The sweep {name} as a job array of {tasks} tasks. `bash SCRIPT` submits it, and after it a job that puts the runs together;
# `sbatch SCRIPT` submits the array alone. Submitted again, it goes on where it stopped.
#SBATCH --job-name={name}
#SBATCH --array=0-{last}{limit}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task={threads}
#SBATCH --time={time}
#SBATCH --mem={memory}
{partition}{account}#SBATCH --requeue
#SBATCH --open-mode=append
# A warning a minute before the time is up, for this script and not for what it starts.
#SBATCH --signal=B:USR1@60

sahelsim={program}
folder={folder}
# On network file systems HDF5 often can't lock files, and here nobody else writes to them.
export HDF5_USE_FILE_LOCKING=FALSE

if [[ -z "${{SLURM_ARRAY_TASK_ID:-}}" ]]; then
    array=$(sbatch --parsable --output="$folder.logs/%A_%a.log" "$0") || exit 1
    merge=$(sbatch --parsable --dependency="afterany:${{array%%;*}}" --job-name={name}-merge --ntasks=1 --mem={memory} \
        {merge_options}--output="$folder.logs/merge.log" \
        --wrap "$(printf '%q ' "$sahelsim" merge "$folder" -o "$folder/results.h5" --force)") || exit 1
    echo "Submitted job array $array and job $merge; '$sahelsim status $folder' shows how far they are"
    exit 0
fi

"$sahelsim" sweep --resume "$folder" --task "$SLURM_ARRAY_TASK_ID" --tasks {tasks} --threads {threads} --quiet &
sweep=$!
trap 'kill -USR1 "$sweep" 2> /dev/null' USR1 TERM
wait "$sweep"
code=$?
# A signal ends the wait before the program has put its runs into safety.
while kill -0 "$sweep" 2> /dev/null; do
    wait "$sweep"
    code=$?
done
# 75: stopped in good order, with work left.
if [[ $code -eq 75 ]]; then
    scontrol requeue "${{SLURM_ARRAY_JOB_ID}}_${{SLURM_ARRAY_TASK_ID}}"
    sleep 30 # until Slurm ends this task
fi
exit "$code"
)script",
        fmt::arg("name", name), fmt::arg("tasks", tasks), fmt::arg("last", tasks - 1),
        fmt::arg("limit", options.at_once > 0 ? fmt::format("%{}", options.at_once) : std::string()),
        fmt::arg("threads", options.threads), fmt::arg("time", options.time), fmt::arg("memory", options.memory),
        fmt::arg("partition", optional_line("partition", options.partition)),
        fmt::arg("account", optional_line("account", options.account)), fmt::arg("program", quoted(program)),
        fmt::arg("folder", quoted(folder)),
        fmt::arg("merge_options",
                 (options.partition.empty() ? "" : fmt::format("--partition={} ", quoted(options.partition))) +
                     (options.account.empty() ? "" : fmt::format("--account={} ", quoted(options.account)))));
}

/// Tasks that the sweep can use and the scheduler allows.
int tasks_of(const SlurmOptions& options, const experiment::Sweep& sweep) {
    const auto units = sweep.replicates.until ? std::int64_t{sweep.design.points()}
                                              : std::int64_t{sweep.design.points()} * sweep.replicates.most;
    const int most = most_tasks();
    if (options.tasks && *options.tasks > most) {
        throw scenario::InputError({{{},
                                     "--tasks",
                                     fmt::to_string(*options.tasks),
                                     fmt::format("at most {}, the MaxArraySize of this cluster", most),
                                     ""}});
    }
    return static_cast<int>(std::min<std::int64_t>(options.tasks.value_or(std::min(kUsualTasks, most)), units));
}

/// Tasks go on with what is in the folder, whatever becomes of the sweep file.
void make_folder(const fs::path& folder, const experiment::Sweep& sweep) {
    if (experiment::create_sweep_folder(folder, sweep)) return;
    const auto manifest = experiment::read_manifest(folder);
    experiment::expect_this_sweep(folder, manifest, sweep);
    experiment::expect_this_build(folder, manifest);
}

/// What goes into a script as it is.
CLI::Validator matching(const std::string& characters, const std::string& expected) {
    return {[characters, expected](const std::string& text) {
                const bool good = !text.empty() && text.find_first_not_of(characters) == std::string::npos;
                return good ? std::string() : "found '" + text + "', expected " + expected;
            },
            ""};
}

int slurm(const SlurmOptions& options) {
    const auto sweep = experiment::read_sweep(options.file, model::vocabulary());
    experiment::check_arms(sweep, experiment::make_setups(sweep, 0));
    const int tasks = tasks_of(options, sweep);
    make_folder(options.output, sweep);
    const fs::path script = options.script.empty() ? sweep.name + ".slurm" : options.script;
    output::check_target(script, options.force);
    std::error_code code;
    fs::create_directories(fs::path(options.output).string() + ".logs", code);
    if (code) throw output::FileError(options.output + ".logs", "cannot be created: " + code.message());
    output::write_text_file(script, script_text(options, sweep.name, tasks), options.force);
    fmt::print("Written: {}, {} for {}; runs go to {}, logs to {}.logs\n'bash {}' submits it\n", script.string(),
               counted(tasks, "task"), counted(sweep.most_runs(), "run"), options.output, options.output,
               script.string());
    return exit_done;
}

}  // namespace

void add_slurm(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("slurm", "Write a script that runs a sweep as a job array of Slurm");
    const auto options = std::make_shared<SlurmOptions>();
    command->add_option("FILE", options->file, "Sweep file")->required();
    command->add_option("-o,--output", options->output, "Folder for the runs, which all nodes of the cluster see")
        ->required();
    command->add_option("--script", options->script, "Where to write the script; NAME.slurm unless told");
    command->add_option("--tasks", options->tasks, "Tasks of the array; 100 unless told, or what the cluster allows")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--at-once", options->at_once, "So many tasks at the same time at most")
        ->check(CLI::Range(1, 1'000'000));
    command->add_option("--threads", options->threads, "Threads of each task")
        ->check(CLI::Range(1, 4096))
        ->capture_default_str();
    command->add_option("--time", options->time, "Time limit of a task; what is left then is queued again")
        ->check(matching("0123456789-:", "minutes, HOURS:MINUTES:SECONDS or DAYS-HOURS"))
        ->capture_default_str();
    command->add_option("--memory", options->memory, "Memory of a task, as in 800M or 2G")
        ->check(matching("0123456789KMGT", "a number with K, M, G or T"))
        ->capture_default_str();
    command->add_option("--partition", options->partition, "Partition of the cluster")
        ->check(matching(kNames, "a name"));
    command->add_option("--account", options->account, "Account to charge")->check(matching(kNames, "a name"));
    command->add_flag("--force", options->force, "Replace the script if there is one");
    command->callback([options, &exit_code] {
        try {
            exit_code = slurm(*options);
        } catch (const output::FileExistsError& error) {
            fmt::print(stderr, "sahelsim: {}; --force replaces it\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
