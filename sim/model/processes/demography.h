#pragma once
// Births and deaths from other causes than the war. Monthly.
//
// Both are Poisson with stated rates per resident, community by community in each commune, and are spread over its cohorts.
// People away from home have none: the rates hold for residents.
//
// Reads: cohorts. Changes: cohorts (residents, increase).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void renew_people(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
