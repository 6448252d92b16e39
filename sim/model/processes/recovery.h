#pragma once
// Units recover. Weekly: supply and morale return to full at constant rates.
//
// Reads: parameters. Changes: units (supply, morale).

#include "model/parameters.h"
#include "model/state.h"

namespace sahelsim::model {

void recover(const DecisionParameters& parameters, double elapsed_days, Units& units);

}  // namespace sahelsim::model
