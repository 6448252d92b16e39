#pragma once
// Sieges deny fields and markets while they last, wear down the supply of the besieger's opponents based there, and end when the besieging unit leaves or is no more. Daily.
//
// Reads: units, cohorts. Changes: sieges, units (supply), event log, outcomes field_days_denied and market_days_denied.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void keep_sieges(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
