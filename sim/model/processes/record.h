#pragma once
// Filling the monthly outcomes. Daily for what happened, on the last day of a month (or of the run) for how things stand.
//
// Reads: everything. Changes: series.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// `decisions`: how many units decided today.
void record_flows(const Setup& setup, const Step& step, int decisions, State& state);

void record_stocks(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
