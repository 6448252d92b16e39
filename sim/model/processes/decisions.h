#pragma once
// What units do next. Daily, for those whose action has ended or whom something has happened to.
//
// A nested logit: a unit with base i compares its actions by
//   V_a = alpha_a + (1/lambda) log( sum_j w_j exp(lambda u_aj) / sum_j w_j ),
// the *mean* over possible targets j and not their sum, weighted by the people who live there, so that attack rates do
// not depend on how finely the map is cut; then the target by exp(lambda u_aj) w_j. Utilities:
//   u_aj = w_gain gain_aj + w_rev revenge_j - w_loss loss_aj - w_dist hours_ij - w_sup harm_a kin_j + w_kin ...
// with weakness and value of the target in gain and loss as the organisation perceives them: true strength times a
// lognormal factor of mean one whose spread is s0 (1 - I). Discipline mixes the leadership's and the unit's own weight of
// support lost. The pull of revenge names the event that provoked the choice with the probability that the choice
// would not have been made without it: 1 - exp(-lambda w_rev revenge).
//
// Reads: presence, control, sympathy, provocations, travel times. Changes: units (action, target, days), experience.

#include "model/candidates.h"
#include "model/decision.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Probability that a unit which a truce binds defies it in a decision: accord.violation (1 - discipline), more with low
/// morale and with `revenge` due there, 0 ... 1.
[[nodiscard]] double probability_of_defiance(const Parameters& parameters, const Decider& decider, double revenge);

[[nodiscard]] Decision decide(const Setup& setup, const Step& step, const Picture& picture, const Units& units,
                              int unit);

/// All units that are due decide; then they set out. Returns how many decided. `order` is the order in which they are
/// visited, which has no influence on the result (empty: by number).
int decide_all(const Setup& setup, const Step& step, const Picture& picture, Units& units, Experience& experience,
               const std::vector<std::int32_t>& order = {});

}  // namespace sahelsim::model
