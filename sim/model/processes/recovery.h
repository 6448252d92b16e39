#pragma once
// Units recover. Weekly.
//
// Each missing member is replaced at the faction's stated rate, by people of its usual origin (the growth and decline of
// groups come with recruitment); supply and morale return to full at constant rates. A unit that has lost everybody is
// formed anew in the same way.
//
// Reads: units, parameters. Changes: units (members, supply, morale), cohorts.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void recover(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
