#pragma once
// Units that change sides.

#include <cstdint>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The faction of an organisation with most fighters around the place; -1 where it has none.
[[nodiscard]] int strongest_faction(const Setup& setup, const Presence& presence, int organisation, int place);

/// The unit, with all its members, belongs to the faction from now on. `because_of`: the event that led to it, -1: none.
void change_allegiance(const Setup& setup, const Step& step, State& state, int unit, int faction,
                       std::int32_t because_of = -1);

}  // namespace sahelsim::model
