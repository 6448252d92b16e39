#pragma once
// Centres that send people: armies that recruit and forces that rotate. Weekly.
//
// Where a faction states a rate of replacement, each missing member of a unit is replaced at it by the next rotation.
// Where it states an intake, so many people a year are taken on: they fill gaps first, in proportion to what units miss; who
// is left waits in the depot until there are enough for a new unit, which goes to one of the faction's homes. People come
// from the faction's usual origins.
//
// Reads: units, parameters. Changes: units, cohorts, depot.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void replace(const Setup& setup, const Step& step, double elapsed_days, State& state);

}  // namespace sahelsim::model
