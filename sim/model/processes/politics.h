#pragma once
// Those who govern: their legitimacy, and coups. Monthly.
//
// Legitimacy L moves towards sigmoid(b + w_c (C - 1/2) - w_k K - w_s S - w_p P) with time constant T: C the share of
// residents under the state, K civilians killed a month per million people, by whomever, S sanctions, P protest. The hazard of
// a coup follows Londregan & Poole (1990, doi 10.2307/2010447): low legitimacy, soldiers killed in the last three months
// and a recent coup raise it,
//   h = h0 exp(w_L (1/2 - L) + w_m M / 100 + w_o O) (1 + (t - 1) 2^(-a / T_t)),
// a the time since the last coup, t the trap, O what officers lose by an agreement, signed or in sight. Coups of the past
// are interventions. A coup moves legitimacy half-way to what those start with who come to power by one, shakes the army's
// morale, brings sanctions (not where the scenario dates the coup: it dates the sanctions too) and somebody with his own
// mind about talks.
//
// Reads: CourseOfWar, control, Dialogue. Changes: Politics, Dialogue::ambivalence, units (morale), event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_politics(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
