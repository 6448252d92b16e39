#pragma once
// How large a result file's arrays are and how they are cut into chunks.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/recording.h"
#include "output/schema.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

struct Layout {
    /// Length of each dimension of the schema. Events: 0, they are added as they come. A dimension that has another length
    /// in some group stands here a second time, as "/group/dimension".
    std::map<std::string, std::uint64_t, std::less<>> lengths;
    /// Runs that are written together: the length of chunks of /cercles along the runs.
    std::uint64_t runs_per_block = 1;
};

[[nodiscard]] Layout make_layout(const model::Labels& labels, const scenario::Scenario& scenario, int replicates);

/// Of a sweep's file. `scenarios`: of the arms in `contents`, in that order.
[[nodiscard]] Layout make_sweep_layout(const model::Labels& labels, const SweepContents& contents,
                                       const std::vector<const scenario::Scenario*>& scenarios, std::uint64_t runs,
                                       std::uint64_t points, std::uint64_t factors);

/// Length of a dimension in a group.
[[nodiscard]] std::uint64_t length_of(const Layout& layout, const std::string& group, const std::string& dimension);

/// Lengths of a variable's dimensions.
[[nodiscard]] std::vector<std::uint64_t> shape_of(const Variable& variable, const Layout& layout);

/// Lengths of a variable's chunks of about 0.25 to 1 MiB; empty for small variables, which are stored in one piece.
/// Chunks of series cover many runs and months and few cercles, so that one place's series over all runs is a short read.
[[nodiscard]] std::vector<std::uint64_t> chunk_of(const Variable& variable, const Layout& layout);

/// Bytes that a value takes before compression; texts count as their 16 bytes of reference.
[[nodiscard]] std::uint64_t bytes_of(Type type);

/// About how large the file of a whole run will be, from usual compression.
[[nodiscard]] std::uint64_t estimated_bytes(const model::Labels& labels, int replicates, double events_per_run);

}  // namespace sahelsim::output
