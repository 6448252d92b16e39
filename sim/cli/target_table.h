#pragma once

#include <cstddef>
#include <string>

#include "experiment/target_summary.h"

namespace sahelsim::cli {

/// Figures of reports beside what runs give for them, in at most `width` columns, and how many can't be answered. Empty
/// where the scenario has no targets.
[[nodiscard]] std::string target_table(const experiment::TargetSummary& summary, int replicates, std::size_t width);

}  // namespace sahelsim::cli
