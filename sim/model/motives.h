#pragma once
// What moves somebody to take up arms with a faction: the motives of docs/ODD.md, section 7.19, as one probability.

#include <algorithm>
#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// How much somebody makes of each motive, as a factor: 1 each on average.
struct Inclination {
    double harm = 1.0, protection = 1.0, income = 1.0, peers = 1.0;
};

/// A cohort's own mix of motives, the same throughout a run: factors uniform within `recruitment.mix_spread` of 1, and
/// economic stress that moves the poorest third more than the richest by `recruitment.wealth_spread`.
[[nodiscard]] Inclination inclination_of(const Setup& setup, const State& state, std::int32_t cohort);

/// What moves the young of any community in any commune to join one faction. What is the same in a whole zone is worked out
/// once: relations must stay as they are.
class Motives {
   public:
    Motives(const Setup& setup, const State& state, int faction);

    /// Probability, 0 ... 1, that a young man of a community in a commune joins the faction on contact, if there is room:
    /// a logistic function of grievance towards its opponents, fear of them from which nobody protects, economic stress,
    /// peers who have joined, affinity, risk, and grievance towards its own side.
    [[nodiscard]] double probability_of_joining(int commune, int community, const Inclination& own_mix = {}) const;

    /// Whether anybody of the community could join to whom chance gave this uniform number, whatever his inclination: false
    /// for nearly all, and cheap to see.
    [[nodiscard]] bool could_join(int commune, int community, double uniform) const;

   private:
    /// What a community has suffered and expects of all whom the faction fights.
    struct Grounds {
        double spared = 1.0;    ///< 1: no grievance towards any of them
        double unafraid = 1.0;  ///< 1: no fear of any of them
    };
    [[nodiscard]] Grounds grounds(int commune, Eigen::Index cell) const;

    /// Part of a community that somebody else protects: control by authorities that it neither resents nor fears.
    [[nodiscard]] double protection(int commune, Eigen::Index cell) const;

    const Setup& setup_;
    const State& state_;
    int faction_;
    int organisation_;
    int own_side_;
    const std::vector<double>& affinity_;  ///< [community]
    std::vector<double> hostility_;  ///< [zone * sides + side]: to its worst enemy there, 0 ... 1; 0 for its own side
};

/// Danger to a community in a commune from all sides, 0 ... 1.
[[nodiscard]] inline double danger_to(const Attitudes& attitudes, Eigen::Index cell) {
    double safe = 1.0;
    for (Eigen::Index s = 0; s < attitudes.fear.cols(); ++s) safe *= 1.0 - static_cast<double>(attitudes.fear(cell, s));
    return 1.0 - safe;
}

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
