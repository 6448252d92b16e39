#pragma once
// What moves somebody to take up arms with a faction: the motives of model section 4.6, as one probability.

#include <algorithm>
#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Probability, 0 ... 1, that a young man of a community in a commune joins the faction on contact, if there is room:
/// a logistic function of grievance towards its opponents, fear of them from which nobody protects, economic stress,
/// peers who have joined, affinity, risk, and grievance towards its own side.
[[nodiscard]] double probability_of_joining(const Setup& setup, const State& state, int faction, int commune,
                                            int community);

/// Danger to a community in a commune from all sides, 0 ... 1.
[[nodiscard]] double danger_to(const Attitudes& attitudes, Eigen::Index cell);

/// What a faction can sustain, which grows with the residents whom it controls, and what it has.
struct Room {
    double sustained = 0.0;  ///< members; 0: nothing is known of it
    double members = 0.0;

    /// Part of what it can sustain that is still free, 0 ... 1.
    [[nodiscard]] double left() const {
        return sustained > 0.0 ? std::clamp(1.0 - members / sustained, 0.0, 1.0) : 0.0;
    }
    /// Part of its members whom it cannot sustain.
    [[nodiscard]] double unpaid() const {
        return sustained > 0.0 && members > sustained ? 1.0 - sustained / members : 0.0;
    }
};
[[nodiscard]] std::vector<Room> room_of_factions(const Setup& setup, const State& state);

}  // namespace sahelsim::model
