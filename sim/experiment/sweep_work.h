#pragma once
// Works on a sweep in its folder: what is left of it, or one task's share of that.

#include <atomic>
#include <filesystem>
#include <mutex>

#include "experiment/shard.h"
#include "experiment/sweep_backend.h"
#include "experiment/sweep_folder.h"
#include "experiment/sweep_unit.h"
#include "experiment/work_list.h"

namespace sahelsim::experiment {

/// What is left to do, from the shards that there are.
[[nodiscard]] WorkList remaining_work(const std::filesystem::path& folder, const Manifest& manifest, const Share& share,
                                      bool retry_failed);

/// Does units in this process, and adds their runs to a shard of its own.
class Worker {
   public:
    /// Creates the shard when the first run is done. `threads`: how many units are done at a time.
    Worker(const Sweep& sweep, const std::filesystem::path& folder, const Manifest& manifest, int threads,
           const std::atomic<bool>& stop);

    /// From any thread. Nothing where `stop` ended it. Throws output::FileError where the runs can't be kept.
    [[nodiscard]] std::optional<std::vector<RunHead>> work(const Unit& unit);

    /// Waits until the disk has all runs.
    void flush();

   private:
    [[nodiscard]] std::optional<std::vector<RunRecord>> simulate(const Unit& unit);
    void keep(const std::vector<RunRecord>& records);

    const Sweep& sweep_;
    std::filesystem::path folder_;
    ShardTitle title_;
    const std::atomic<bool>& stop_;
    SetupCache setups_;
    std::mutex keeping_;
    std::optional<ShardWriter> shard_;
    std::int64_t flushed_ = 0;  ///< when, in seconds since 1970-01-01
};

}  // namespace sahelsim::experiment
