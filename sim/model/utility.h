#pragma once
// What actions at places are worth to a unit: gain, revenge, losses, distance and support lost (see processes/decisions.h).

#include "model/candidates.h"

namespace sahelsim::model {

/// How far revenge is a reason for the action at a candidate, 0 ... 1.
[[nodiscard]] float retaliation(Action action, const Candidates& candidates, Eigen::Index candidate);

/// Which weight of places counts for the action: that of people, or for attacks on the armed that of people and opponents.
[[nodiscard]] Feature weight_for(Action action);

/// u_aj of the action at each candidate, into its column of `odds`.
void weigh_up(const Picture& picture, const Decider& decider, Action action, Candidates& candidates);

}  // namespace sahelsim::model
