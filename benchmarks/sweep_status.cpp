// How long it takes to tell how far a sweep of 100,000 runs is. All runs are copies of one real run.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "experiment/replicates.h"
#include "experiment/sweep.h"
#include "experiment/sweep_folder.h"
#include "experiment/sweep_status.h"
#include "model/vocabulary.h"
#include "output/run_summary.h"

namespace {

using namespace sahelsim;
namespace fs = std::filesystem;

constexpr int kRuns = 100'000;
constexpr int kShards = 8;

experiment::Sweep one_month(const fs::path& folder) {
    const auto file = folder / "sweep.yaml";
    std::ofstream(file) << "title: A benchmark\narms: {small: sahelsim:small}\nuntil: 2017-01-31\n"
                        << "replicates: " << kRuns << "\n";
    return experiment::read_sweep(file.string(), model::vocabulary());
}

experiment::RunRecord one_run(const experiment::Sweep& sweep) {
    const auto setup = model::make_setup(experiment::scenario_at(sweep, 0, 0));
    experiment::RunRecord record;
    record.recording = experiment::run_replicate(setup, 1, 0);
    record.recording.summary = output::summary_of(record.recording, setup.labels, sweep.summary);
    record.recording.series.clear();
    record.recording.events.clear();
    return record;
}

/// The folder of a sweep of which every run is done.
class DoneSweep {
   public:
    DoneSweep() : folder_(fs::temp_directory_path() / ("sahelsim-status-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        const auto sweep = one_month(folder_);
        experiment::create_sweep_folder(path(), sweep);
        const auto manifest = experiment::read_manifest(path());
        auto record = one_run(sweep);
        for (int shard = 0; shard < kShards; ++shard) {
            experiment::ShardWriter writer(path(), {manifest.key(), "host", shard, 0});
            for (int run = shard; run < kRuns; run += kShards) {
                record.head.replicate = run;
                record.head.finished = run;
                writer.append({record});
            }
        }
    }
    DoneSweep(const DoneSweep&) = delete;
    DoneSweep& operator=(const DoneSweep&) = delete;
    ~DoneSweep() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    [[nodiscard]] fs::path path() const { return folder_ / "out"; }

   private:
    fs::path folder_;
};

void status_of_a_hundred_thousand_runs(benchmark::State& state) {
    const DoneSweep sweep;
    for (auto iteration : state) {
        static_cast<void>(iteration);
        if (experiment::status_of(sweep.path()).done != kRuns) throw std::logic_error("runs are missing");
    }
    state.counters["runs"] = kRuns;
}
BENCHMARK(status_of_a_hundred_thousand_runs)->Unit(benchmark::kMillisecond);

}  // namespace
