#pragma once
// Prisoners of the state go free.

#include "engine/random.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Releases each prisoner from the organisations of an authority with probability `share`. Returns how many went home.
int release_prisoners_of(const Setup& setup, const Step& step, int authority, double share, engine::RandomStream& draws,
                         State& state);

}  // namespace sahelsim::model
