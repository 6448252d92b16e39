#pragma once
// One number a run, of every outcome that the country has.

#include <vector>

#include "engine/date.h"
#include "model/recording.h"

namespace sahelsim::output {

/// Whole months, both included, as numbers of months (engine::month_number).
struct SummaryPeriod {
    int first = 0;
    int last = 0;
};

/// In the order of model::outcomes(), each one month and one place long: flows summed over the period, stocks as at the end of
/// its last month; what cercles don't add up to is empty. The recording's series must cover the period.
[[nodiscard]] std::vector<model::Series> summary_of(const model::Recording& recording, const model::Labels& labels,
                                                    const SummaryPeriod& period);

}  // namespace sahelsim::output
