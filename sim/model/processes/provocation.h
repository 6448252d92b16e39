#pragma once
// Harm provokes retaliation. Daily, from the day's events.
//
// Civilians harmed by an opponent provoke the organisations that their community is close to, the more the more it resents the
// perpetrator already and the scarcer land is; disputes over land provoke the friends of either side; fighters killed
// provoke their own and, in the measure of the alliance, allies. All near the place of the event, falling with travel time. What is left of earlier provocations has decayed by half-lives, computed
// when a place is touched again. The ledger keeps the strongest standing reason, so that later events can name it as their
// cause. Free units of the provoked within reach reconsider what they do: those in need call for help.
//
// Reads: event log, affinities, relations, grievance, pasture stress. Changes: provocations, units (day of the next decision).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void provoke(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
