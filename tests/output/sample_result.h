#pragma once
// A small country, its scenario and recordings with known values, for the tests of result files.

#include <filesystem>

#include "model/recording.h"
#include "output/result_writer.h"
#include "scenario/scenario.h"

namespace sahelsim::test {

/// Three cercles, five communes and a border zone; five months, the first and last of them in part.
[[nodiscard]] model::Labels sample_labels();
[[nodiscard]] scenario::Scenario sample_scenario();

/// Values that differ between any two places of any two series of any two runs; 0 to 4 events, by run.
[[nodiscard]] model::Recording sample_recording(int run, const model::Labels& labels);

/// An empty folder that goes away with the object.
class TemporaryFolder {
   public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Number of files and folders in it.
    [[nodiscard]] int entries() const;

   private:
    std::filesystem::path path_;
};

}  // namespace sahelsim::test
