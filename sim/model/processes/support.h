#pragma once
// How the people of a place stand to those who would rule them. Weekly.
//
// Support of an authority is the affinity of the inhabitants to the faction of its organisations that is closest to them,
// less what grievance towards its side takes from it: S_ia = max_f sum_g n_g A_fg (1 - k G_ga) over the shares n_g of
// communities. Fear of a side is the mean over the inhabitants.
//
// Reads: cohorts, affinities, attitudes. Changes: Sympathy::support, Sympathy::fear.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_support(const Setup& setup, const Parameters& parameters, const world::Cohorts& cohorts,
                    const Attitudes& attitudes, Sympathy& sympathy);

}  // namespace sahelsim::model
