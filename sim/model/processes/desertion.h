#pragma once
// Members go home (docs/ODD.md, section 7.21). Weekly.
//
// Each member of a unit leaves at the faction's rate, raised by low morale, by hunger (missing supply) and where the faction
// has more members than it can sustain. Malians become residents of their home commune again; foreigners leave the country.
// Forces that rotate (foreign ones) lose nobody in this way.
//
// Reads: units, room. Changes: units, cohorts.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void desert(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
