#pragma once
// Who governs, how strictly, and what becomes of the state's services (docs/ODD.md, section 7.30). Monthly; effort weekly.
//
// Agents of the state: posts of a commune are filled at rate r c_s and left at rate l T, exactly over a month:
//   dA/dt = r c_s (1 - A) - l T A,  T = 1 - (1 - C)(1 - p / (p + K)),
// c_s the state's control, C control and p fighters of those who rule by ideology, both weighted by their hostility to
// the state. Schools close at rate k_s S + k_a (1 - A) and open again at rate k_o (1 - S), S strict rule in the
// commune; whole schools, binomial.
//
// Strictness s of a faction in a zone is its choice between ideology and local consent, with inertia:
//   ds/dt = (s* - s) / T_s,  s* = 1 / (1 + exp(-lambda (theta - k_c G))),
// theta its ideology, G the grievance towards its side among those whom it rules there, each weighted by
// 1 + v [affinity]+: a logit best response, strict against mild (McFadden 1974; McKelvey and Palfrey 1995).
// Crisis Group 306, II.C: strict above all in Macina, eased where residents complain.
//
// Effort of an authority in a commune follows the members who govern there: dE/dt = (m / (m + K_e) - E) / T_e.
// Zakat: farming and herding residents who owe it, times control, times the faction's part of the authority's presence.
//
// Reads: control, presence, relations, attitudes, units, people. Changes: State::governance, the outcome `zakat`.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// As things stood at the start: posts as control and threat keep them in the long run, schools closed by
/// `governance.years_before` of that, strictness as chosen without grievance, effort at its usual level.
void begin_governance(const Setup& setup, State& state);

/// Weekly, before control is brought up to date.
void update_effort(const Setup& setup, const Step& step, double days, State& state);

/// Monthly: agents, schools, strictness, zakat. `years` is the length of the month in years.
void govern(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
