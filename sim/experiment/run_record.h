#pragma once
// What one run of a sweep leaves behind, as bytes of a shard and back.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/recording.h"
#include "output/schema.h"

namespace sahelsim::experiment {

/// All replicates of a point in one arm have the same `arm` and `point`.
struct RunHead {
    std::int32_t arm = 0;
    std::int32_t point = 0;
    std::int32_t replicate = 0;
    output::RunStatus status = output::RunStatus::done;  ///< done or failed
    double watched = 0.0;       ///< the outcome that Replication::until asks for, all categories added up
    double wall_seconds = 0.0;  ///< with the past in the first arm, without it in the others
    double peak_memory = 0.0;   ///< MB, of the process so far
    std::int64_t finished = 0;  ///< seconds since 1970-01-01, UTC
    std::string message;        ///< of a failed run
};

/// Which of two records of the same run counts: one that is done, otherwise the later.
[[nodiscard]] bool supersedes(const RunHead& candidate, const RunHead& known);

struct RunRecord {
    RunHead head;
    /// Summary, and series and events where the sweep keeps them; nothing of a failed run.
    model::Recording recording;
};

[[nodiscard]] std::vector<std::byte> bytes_of(const RunHead& head);
/// Throws engine::ArchiveError.
[[nodiscard]] RunHead head_from(std::span<const std::byte> bytes);

/// Compressed.
[[nodiscard]] std::vector<std::byte> bytes_of(const model::Recording& recording);
/// Throws engine::ArchiveError.
[[nodiscard]] model::Recording recording_from(std::span<const std::byte> bytes);

}  // namespace sahelsim::experiment
