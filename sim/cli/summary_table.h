#pragma once

#include <string>

#include "experiment/summary.h"

namespace sahelsim::cli {

/// The summary as lines of text: events and deaths a year by side with 90 % ranges, and who controls how much.
[[nodiscard]] std::string summary_table(const experiment::Summary& summary, int replicates);

}  // namespace sahelsim::cli
