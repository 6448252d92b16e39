#pragma once
// Writes the result file of a sweep. The layout is that of output/schema.h (sweep_schema).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/date.h"
#include "model/recording.h"
#include "output/errors.h"
#include "output/run_summary.h"
#include "output/schema.h"
#include "output/temporary_file.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

struct SweepOptions {
    std::filesystem::path path;
    bool overwrite = false;
    std::string name, title, description;
    std::string text;  ///< the sweep file
    std::string design;
    std::uint64_t seed = 0;
    int replicates = 1;  ///< of a point, at most
    std::optional<engine::Date> branch;
    SummaryPeriod summary;
};

struct SweepRun {
    int arm = 0;
    int point = 0;
    int replicate = 0;
};

struct SweepDesign {
    struct Factor {
        std::string parameter, distribution, arms;
        double low = 0.0, high = 0.0;
        int arm = 0;  ///< whose record is told
    };
    std::vector<Factor> factors;
    Eigen::ArrayXXd values;                      ///< [point][factor]
    std::vector<std::string> blocks, exchanged;  ///< [point]
    std::vector<double> replicates;              ///< [point]
    std::vector<std::string> stopped;            ///< [point]: "precise", "most" or ""
};

/// All that is known before the first run.
struct SweepContent {
    SweepContents contents;
    std::vector<const scenario::Scenario*> scenarios;  ///< [arm]
    std::vector<SweepRun> runs;                        ///< in the order of the file
    SweepDesign design;
};

/// What is known of a run beside its recording.
struct SweepRunState {
    RunStatus status = RunStatus::pending;
    std::string message;
    std::string host;
    double peak_memory = 0.0;  ///< MB
};

/// The file grows under a temporary name and gets its name in one step when it is finished. What it holds depends on the
/// content and the recordings alone; only /runtime differs between two files of the same data.
class SweepWriter {
   public:
    /// Throws FileExistsError or FileError.
    SweepWriter(const SweepOptions& options, const model::Labels& labels, const SweepContent& content);
    SweepWriter(const SweepWriter&) = delete;
    SweepWriter& operator=(const SweepWriter&) = delete;
    ~SweepWriter();

    /// A run by its position in the file; each once, best in their order, since what comes early waits in memory.
    void write(std::size_t run, const SweepRunState& state, model::Recording recording);

    /// Completes, closes and renames the file.
    void finish(bool complete);

   private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace sahelsim::output
