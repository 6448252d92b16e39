#pragma once
// The course of the war as those see it who decide on war and peace. Monthly, before politics.
//
// Keeps, for twelve months, the residents' share under each authority, who of each organisation was killed, and how the
// opposition stands in the contested country: the rural communes in which it or the state has been active within a year.
// There
//   p = sum A_i c_iJ / sum A_i (c_iJ + c_iS),
// A area, for ground is what the sides count, c shares of control of the opposition J and the state S.
//
// Reads: control, cohorts, event log, units. Changes: CourseOfWar.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void record_course_of_war(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
