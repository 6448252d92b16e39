#pragma once
// Units reach the place of their action. Daily.
//
// A unit sets out from its base when it decides, takes as many days as its way needs, acts, stays for the action's duration
// and is back at its base when it decides again. To relocate or withdraw is to make the target the new base; a garrison
// that withdraws leaves an abandoned base behind, which is an event.
//
// Reads: units. Changes: units (place, base), Today::arrived, event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void move_units(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
