#pragma once
// Hostages come home or die in captivity, on the day drawn when they were taken. Daily.
//
// Reads: hostages. Changes: hostages, cohorts.

#include "model/state.h"

namespace sahelsim::model {

void end_captivity(const Step& step, State& state);

}  // namespace sahelsim::model
