#pragma once
// Forces leave the country, or part of it.

#include <cstdint>

#include "engine/random.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Gives up to `persons` of the unit's posts up and sends home those who have none left. Returns how many were given up.
std::int64_t give_up_posts(const Step& step, State& state, int unit, std::int64_t persons, engine::RandomStream& draws);

/// Posts of the faction's ground units.
[[nodiscard]] std::int64_t posts_of(const Units& units, int faction);

/// Aircraft leave with the last of those whom they flew for.
void retire_aircraft(Units& units, int faction);

}  // namespace sahelsim::model
