#pragma once
// The folder of a sweep: everything that it takes to go on with it, and the runs so far.
//
//   manifest.yaml    what it is, and which build of the program began it
//   sweep.yaml       the sweep file
//   arms/NAME.yaml   each scenario with all that it extends
//   points.csv       the points of a list design
//   *.shard          runs, one file a process (experiment/shard.h)
//   results.h5       the runs put together
//   sweep.lock, tasks-of-N.lock, task-I-of-N.lock   held by whoever works on it

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "experiment/shard.h"
#include "experiment/sweep.h"
#include "experiment/work_list.h"

namespace sahelsim::experiment {

/// What is known of a sweep without reading its scenarios.
struct Manifest {
    std::string name;
    std::string plan;  ///< the same for the same sweep file, scenarios and points
    std::string version, git_hash;
    std::vector<std::string> arms;
    WorkPlan work;

    /// Identifies shards: other plans or builds have other results.
    [[nodiscard]] std::string key() const { return plan + " " + version + " " + git_hash; }
};

/// Makes the folder, in one step unless an empty one is there. False if there is one already that holds a sweep. Throws output::FileError.
bool create_sweep_folder(const std::filesystem::path& folder, const Sweep& sweep);

/// Throws output::FileError for a folder without a sweep.
[[nodiscard]] Manifest read_manifest(const std::filesystem::path& folder);

/// Throws output::FileError unless this build of the program began the sweep.
void expect_this_build(const std::filesystem::path& folder, const Manifest& manifest);

/// Throws output::FileError unless the folder holds this very sweep.
void expect_this_sweep(const std::filesystem::path& folder, const Manifest& manifest, const Sweep& sweep);

/// The sweep as it was begun.
[[nodiscard]] Sweep read_begun_sweep(const std::filesystem::path& folder, const Manifest& manifest);

/// The shards of the sweep.
[[nodiscard]] std::vector<Shard> read_shards(const std::filesystem::path& folder, const Manifest& manifest,
                                             Verify verify);

/// Keeps others from doing the same work as long as it lives: a whole sweep alone, or one of several tasks. The system takes
/// the lock back from a process that dies.
class FolderLock {
   public:
    /// Throws output::FileError where somebody else holds it.
    FolderLock(const std::filesystem::path& folder, const Share& share);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

   private:
    std::vector<int> files_;
};

/// Whether anybody works on the sweep, as far as the file system tells.
[[nodiscard]] bool is_worked_on(const std::filesystem::path& folder);

}  // namespace sahelsim::experiment
