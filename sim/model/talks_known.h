#pragma once
// What rivals and hardliners hear of an armed organisation's talks with its enemies (docs/ODD.md, sections 7.22 and 7.26).

#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// How far it is known in each zone that the organisation talks, [zone], 0 ... 1: 1 everywhere while it negotiates with the
/// government or has an agreement with it; else n / (n + `rivalry.talks_half`) with n its local talks and accords in the
/// zone (Crisis Group, report 306, IV.B at fn 133: fighters left over local talks and over those with the government).
[[nodiscard]] std::vector<double> talks_known(const Setup& setup, const State& state, int organisation);

}  // namespace sahelsim::model
