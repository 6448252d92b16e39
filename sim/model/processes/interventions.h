#pragma once
// What a scenario changes from outside. Daily: dated interventions on their day, conditional ones on the first day on which
// their condition holds; each once, and what takes its time every day until it is over. What each type does is in
// model/interventions.
//
// Reads: event log, control. Changes: parameter values, mechanisms, units, cohorts, event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void intervene(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
