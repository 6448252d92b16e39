#pragma once
// People flee and come home (docs/ODD.md, section 7.23). Weekly.
//
// Households of a community in a commune leave at the rate r D, D the danger to them: 1 minus the product of (1 - fear) over
// all sides, which holds recent violence, fights and sieges nearby and fades within weeks. Each goes to a place j within
// reach, towns and border zones included, in proportion to exp(-hours / reach) (1 - D_j) times the people there, those of
// one's own community and those of towns counting more: a gravity choice (Suleimenova, Bell & Groen 2017 for the role of
// distance). At home, once danger is below a calm level, households return at a rate that rises to its full value in
// complete calm. Grievance stays with them (see reactions); those who host them bear the burden (see land: hardship).
// While away they neither take up arms nor are they hit.
//
// Reads: attitudes, cohorts, travel times. Changes: cohorts, Displacement.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void flee_and_return(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
