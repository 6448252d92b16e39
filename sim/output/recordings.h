#pragma once
// Puts recordings into a file in the order of the runs, in whichever order they come.

#include <cstdint>
#include <map>
#include <vector>

#include "model/recording.h"
#include "output/file.h"
#include "output/layout.h"

namespace sahelsim::output {

class Recordings {
   public:
    Recordings(File& file, const Schema& schema, const Layout& layout, const model::Labels& labels);

    /// Keeps the recording and writes the next runs as soon as a block of them is complete: a chunk of the file holds a
    /// block's runs, so that it is compressed once. Of a run that is not done the recording is left out. Throws
    /// std::logic_error for a recording of another shape, a run that the file doesn't have, or one that it has got already.
    void add(std::uint64_t run, RunStatus status, model::Recording recording);

    /// Writes what is left, then the status of every run.
    void finish();

    /// Number of runs that are done.
    [[nodiscard]] int done() const { return done_; }

   private:
    void expect_shape(const model::Recording& recording) const;
    [[nodiscard]] bool shows(std::string_view group) const;
    void write_block();
    void write_series(const Variable& variable, std::uint64_t first, std::uint64_t count);
    void write_events(std::uint64_t first, std::uint64_t count);
    void write_targets(std::uint64_t first, std::uint64_t count);
    [[nodiscard]] bool block_is_complete() const;
    [[nodiscard]] std::uint64_t block_length() const;

    File& file_;
    const Schema& schema_;
    const Layout& layout_;
    const model::Labels& labels_;
    std::uint64_t runs_ = 0;
    std::uint64_t next_ = 0;  ///< first run that is not in the file
    std::map<std::uint64_t, model::Recording> waiting_;
    std::vector<RunStatus> status_;     ///< [run]
    std::vector<double> wall_seconds_;  ///< [run]
    int done_ = 0;
};

}  // namespace sahelsim::output
