#pragma once

#include <cstddef>
#include <string>

#include "experiment/summary.h"

namespace sahelsim::cli {

/// The summary as text: events and deaths a year by side with 90 % ranges, and who controls how much. Years that do not
/// fit into `width` columns side by side follow below.
[[nodiscard]] std::string summary_table(const experiment::Summary& summary, int replicates, std::size_t width);

}  // namespace sahelsim::cli
