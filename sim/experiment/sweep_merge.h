#pragma once
// Puts the runs of a sweep's shards together in one result file, the same whoever did them, in whichever order.

#include <cstdint>
#include <filesystem>

#include "experiment/sweep_folder.h"

namespace sahelsim::experiment {

struct Merged {
    std::int64_t runs = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;
    std::int64_t damaged = 0;    ///< entries of shards that can't be read; a run may be there a second time
    std::int64_t imprecise = 0;  ///< points that took all their replicates and are not as precise as was asked for

    [[nodiscard]] std::int64_t missing() const { return runs - done - failed; }
};

/// Writes `target`, under another name until it is whole. Runs that are not there are marked as pending. Throws
/// output::FileExistsError, output::FileError.
Merged merge(const Sweep& sweep, const Manifest& manifest, const std::filesystem::path& folder,
             const std::filesystem::path& target, bool overwrite);

}  // namespace sahelsim::experiment
