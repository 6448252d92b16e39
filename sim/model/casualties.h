#pragma once
// Civilians who come to harm: choosing them and taking them out of the population.

#include <cstdint>
#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Whom harm falls on in a place: one community an event, since villages mostly are of one, drawn by its residents and,
/// where the perpetrator chooses, by his suspicion. -1 where nobody lives.
[[nodiscard]] int draw_victim_community(const world::Cohorts& cohorts, int commune,
                                        const std::vector<double>* suspicion, double least_suspicion,
                                        engine::RandomStream& stream);

/// Kills up to `persons` residents of the community in the commune. Returns how many died.
int kill_residents(world::Cohorts& cohorts, int commune, int community, int persons, engine::RandomStream& stream);

}  // namespace sahelsim::model
