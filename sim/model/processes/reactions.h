#pragma once
// What harm and rule do to minds (docs/ODD.md, section 7.18). Harm as it happens, decay and rule weekly.
//
// A victim of a side raises grievance towards that side and fear of it in the place and around it, falling with travel
// time: 1 - G is multiplied by exp(-x), x = k n w exp(-hours / reach), for n victims (injured, abducted and days of
// siege count as parts of one killed). The victims' own community feels it in full, others in part. For grievance,
// w is larger the less the community is the perpetrator's own (Lyall, Blair & Imai 2013: harm by the out-group costs
// more). Fights between the armed frighten those who live there. Both fall by half in their half-lives. Where an
// authority rules, its services heal grievance towards it and its coercion feeds it, in proportion to control:
// dG/dt = k c (1 - G) - (s c + ln 2 / h) G, solved exactly over a week. Attitudes belong to a community in a commune and
// go with those who flee from it.
//
// Reads: the day's events, sieges, control, travel times. Changes: attitudes.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Takes in the day's events and sieges.
void react(const Setup& setup, const Step& step, State& state);

/// Lets a week pass: forgetting, services and coercion.
void settle_attitudes(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
