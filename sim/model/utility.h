#pragma once
// What actions at places are worth to a unit: gain, revenge, losses, distance and support lost (see processes/decisions.h).

#include "model/candidates.h"

namespace sahelsim::model {

/// How far revenge is a reason for the action at each candidate, 0 ... 1.
[[nodiscard]] Eigen::ArrayXf retaliation(Action action, Candidates& candidates);

/// Which weight of places counts for the action: that of people, or for attacks on the armed that of people and opponents.
[[nodiscard]] Feature weight_for(Action action);

/// u_aj of the action at each candidate.
[[nodiscard]] Eigen::ArrayXf utility(const Picture& picture, const Decider& decider, Action action,
                                     Candidates& candidates);

}  // namespace sahelsim::model
