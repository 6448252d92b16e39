#pragma once
// How far a sweep is, read from the heads of its shards while others may be adding to them.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "experiment/sweep_folder.h"

namespace sahelsim::experiment {

struct SweepStatus {
    Manifest manifest;
    bool running = false;   ///< somebody works on it
    std::int64_t runs = 0;  ///< as far as is known: results may decide on more
    std::int64_t done = 0;
    std::int64_t failed = 0;
    std::int64_t imprecise = 0;  ///< points that took all their replicates and are not as precise as was asked for
    std::map<std::string, std::int64_t> messages;  ///< of failed runs: how many have it
    std::int64_t first_finished = 0;               ///< seconds since 1970-01-01, UTC; 0: none
    std::int64_t last_finished = 0;
    double rate = 0.0;                   ///< runs an hour, over the last quarter of an hour of work
    std::optional<double> seconds_left;  ///< at that rate
    double mean_seconds = 0.0;           ///< a run takes
    double peak_memory = 0.0;            ///< MB, of the largest process
    int processes = 0;                   ///< that have added runs
    std::int64_t bytes = 0;              ///< of all shards

    [[nodiscard]] std::int64_t left() const { return runs - done - failed; }
};

/// Throws output::FileError.
[[nodiscard]] SweepStatus status_of(const std::filesystem::path& folder);

}  // namespace sahelsim::experiment
