#pragma once
// Writes the result file of a scenario's runs. The layout is that of output/schema.h.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "model/recording.h"
#include "output/errors.h"
#include "output/layout.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

/// Throws FileExistsError if `path` exists and may not be overwritten, FileError if no file can be written there.
/// Changes nothing; the writer asks it first.
void check_target(const std::filesystem::path& path, bool overwrite);

struct ResultOptions {
    std::filesystem::path path;
    int replicates = 1;
    std::uint64_t seed = 0;
    int threads = 1;         ///< told in /runtime
    bool overwrite = false;  ///< replace a file of that name
};

/// The file grows under a temporary name beside its target, "NAME.h5.PROCESS-NUMBER.part", and gets its name in one step
/// when it is finished. What it holds depends on the recordings alone, not on the order in which they come; only
/// /runtime differs between two files of the same data.
class ResultWriter {
   public:
    /// Creates the file and writes all that is known before the first run. Throws FileExistsError or FileError.
    ResultWriter(const ResultOptions& options, const model::Labels& labels, const scenario::Scenario& scenario);
    ResultWriter(const ResultWriter&) = delete;
    ResultWriter& operator=(const ResultWriter&) = delete;
    /// Removes the temporary file unless the writer was finished.
    ~ResultWriter();

    /// Takes a replicate's recording; each once, in any order, from any thread (calls wait for each other). A recording
    /// that isn't complete marks its run as stopped; its series and events are left out. Throws FileError, and
    /// std::logic_error for a recording that doesn't fit the labels.
    void write(model::Recording recording);

    /// Completes, closes and renames the file. Runs that were not written stay marked as pending, and the file's
    /// attribute `complete` is 0 unless all are done. Throws FileError; nothing may be written afterwards.
    void finish();

   private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace sahelsim::output
