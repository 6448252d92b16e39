#pragma once
// How accords collapse: competing hazards of the strain of an accord itself, of those whom it leaves out, of the army's or
// rivals' fights in its cluster, of violations that were heard of, and of a garrison that was to leave and stays.

#include <array>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Rates of collapse of an accord in force by CollapseCause, 1/year. What a circumstance adds to the strain by its ratio goes
/// to its account; a ratio below one takes from the strain itself.
[[nodiscard]] std::array<double, collapse_cause_count> collapse_hazards(const Setup& setup, const Step& step,
                                                                        const State& state, int cluster, int faction);

}  // namespace sahelsim::model
