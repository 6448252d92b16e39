#pragma once
// What sweeps say at their end.

#include <cstdint>
#include <string>

#include "experiment/sweep_merge.h"

namespace sahelsim::cli {

/// "1 arm", "2 arms"
[[nodiscard]] std::string counted(std::int64_t number, const std::string& thing);

/// On standard error: runs that failed or are missing, points that are not precise.
void report(const experiment::Merged& merged, const std::string& folder);

}  // namespace sahelsim::cli
