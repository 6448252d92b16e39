#pragma once
// What actors know when they act.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// What a faction knows of its opponents in a place, 0 ... 1: its authority's information there, or what its own
/// technical means tell where that is more. With the mechanism off, technical means only.
[[nodiscard]] double information_of(const Setup& setup, const Parameters& parameters, const Control& control,
                                    int faction, int place);

}  // namespace sahelsim::model
