#pragma once
// Units change sides (docs/ODD.md, section 7.22). Weekly.
//
// A home cell on its own goes over from one organisation to another at a stated rate between the two, in proportion to the
// other's part of the fighters of both who are around: those go over who live next to the alternative. It takes its
// members and its ground with it. The relation of the two suffers from it (see rivalry).
//
// Talks that are known drive hardliners out: they multiply the rate (see talks_known).
//
// Reads: presence, units, accords and talks. Changes: units, the event log, the rivals' tally.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void defect(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
