#pragma once
// People take up arms by themselves (docs/ODD.md, section 7.19). Weekly.
//
// A young man of a community in a commune joins a faction at the rate h R p room: h the faction's rate, R = P / (P + K) the
// part of the young within its reach, P its presence there, p the probability from his motives (motives.h), room what the
// faction can still arm and feed. Hazards are thinned: candidates are drawn at the highest possible rate from reach and
// people alone, and each is taken with the probability of his motives, so that work follows the number of recruits. Who
// joins goes to a unit nearby. Where a faction founds units (militias), people who are moved to join one form a unit of
// their own village, whether or not the faction is near, and the more the closer they are to it. In border zones people
// from abroad join in proportion to the faction's presence there; they too go to a unit nearby. Units that have outgrown their size split; remnants join the next unit.
//
// Reads: motives, presence, room. Changes: units, cohorts, the event log (units that formed by themselves).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void recruit(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
