#pragma once
// Fights between armed units. Daily, for the units whose action takes place today, in order of key.
//
// Ambush: Deitchman's law after rounds of surprise, against a patrol or a convoy of a garrison. Assault: Lanchester's square
// law against a base, whose defenders are dug in; a coordinated attack adds surprise. Attack on rivals and sweep: square
// law against hidden groups, who may evade a search that has no information. Device: compound Poisson victims among
// traffic. Air strike: finds a group with information, larger ones first. Attack on civilians: those in the place who
// are hostile to the raiders may come to its help and beat them off. A siege begins. Break points, morale, experience, supply
// and air support are the same for all (see battle.h). People's suffering from the fights follows in `harm`.
//
// Reads: Today::arrived. Changes: units, cohorts (dead), sieges, experience, event log, Today::fights, Today::repelled.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void engage(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
