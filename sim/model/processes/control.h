#pragma once
// Who controls what. Weekly.
//
// Each authority's presence in a commune is the strength of its units weighted by what they do, falling with travel
// time and raised by the inhabitants' affinity: P_ia = (1 + k_s S_ia) sum_u s_u m(action_u) exp(-h_ui / reach).
// The contest's outcome phi_ia = P_ia^gamma / (P_0^gamma + sum_b P_ib^gamma), with the community's rule over itself as P_0,
// is approached with inertia: dc/dt = (phi - c) / T, exactly over a week. Shares of a commune add up to 1.
//
// Reads: units, travel times, affinities, population. Changes: Control::share.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// `elapsed_days` infinite: control as presence implies it, for the start of a run. `bonus`, [commune, authority], is added to
/// k_s S_ia: what governing is worth (see model/governance.h); empty: nothing.
void update_control(const Setup& setup, const Step& step, const Parameters& parameters, const Kernel& kernel,
                    const Sympathy& sympathy, const Units& units, double elapsed_days, Control& control,
                    const Eigen::ArrayXXd& bonus = {});

}  // namespace sahelsim::model
