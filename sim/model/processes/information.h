#pragma once
// What authorities know. Weekly.
//
// Inhabitants tip off an authority the more it controls the place, the closer they are to it, and the less they fear its
// opponents: tips arrive at r_ia = rho c_ia^theta exp(th_s S_ia - th_f F_ia) a day, F the strongest fear of another side, and
// dI/dt = r (1 - I) - I / T_I, solved exactly over a week. The rate is per place and not per inhabitant, so that it does
// not depend on how finely the map is cut. Technical means are a floor that belongs to organisations (see knowledge.h).
//
// Reads: control, support and fear (Sympathy). Changes: Control::information.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_information(const Setup& setup, const Parameters& parameters, const Sympathy& sympathy, double elapsed_days,
                        Control& control);

}  // namespace sahelsim::model
