#pragma once
// The columns of the event log, each with where its value comes from.

#include <vector>

#include "model/recording.h"
#include "output/schema.h"

namespace sahelsim::output {

struct EventColumn {
    Variable variable;
    /// Every column's values are whole numbers or coordinates, which a double holds exactly.
    double (*value)(const model::Event& event, int run, const model::Labels& labels) = nullptr;
};

/// In the order of the file.
[[nodiscard]] const std::vector<EventColumn>& event_columns();

}  // namespace sahelsim::output
