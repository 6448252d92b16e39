#pragma once
// Organisations shift effort to what pays. Monthly, every faction of every side by the same rule.
//
// The payoff of an action is, per time that it was taken, opponents killed less own killed (weighted), plus the worth of the
// change in the own authority's control of its places since. The action's log-odds move by rate times payoff less the mean
// payoff of all actions taken (the replicator equation on a logit scale), forget a part each month, and stay within a limit.
//
// Reads: experience, control. Changes: experience.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void adapt(const Setup& setup, const Parameters& parameters, const Control& control, Experience& experience);

/// Empties what was remembered since the last review, for a run that starts or adapts no more.
void forget_actions(const Setup& setup, Experience& experience);

}  // namespace sahelsim::model
