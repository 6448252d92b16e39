#pragma once
// Hostages come home or die in captivity, and prisoners are released to their homes, on the day drawn when they were taken.
// Daily.
//
// Reads: hostages, prisoners. Changes: hostages, prisoners, cohorts, event log (a death in captivity is an act of the captor).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void end_captivity(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
