#pragma once
// What a run has recorded up to a morning.

#include "model/recording.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

struct RecordingSoFar {
    Labels labels;  ///< of a period that ended yesterday; without months on the first morning
    Recording recording;
};

/// The recording and labels of the same run of a scenario that ended yesterday: flows of the month up to then, stocks as
/// they are. The state stays as it is.
[[nodiscard]] RecordingSoFar recording_so_far(const Setup& setup, const State& state);

}  // namespace sahelsim::model
