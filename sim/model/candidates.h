#pragma once
// The places that a unit weighs up when it decides, and what it knows of each.

#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// What units can see when they decide; nothing here changes while they do, so their order is of no importance.
struct Picture {
    const Parameters& parameters;
    const Mechanisms& mechanisms;
    const Control& control;
    const Presence& presence;
    const Sympathy& sympathy;
    const std::vector<Provocation>& provocations;
    const Experience& experience;
    const engine::RandomSource& random;
    const Outlook& outlook;
    std::span<const double> cohesion = {};  ///< [faction]: factor on discipline; empty: 1
    const Truces* truces = nullptr;         ///< none: nobody has laid down arms
};

/// What the candidates of a decision look like, one column a feature.
enum Feature : Eigen::Index {
    kWeight,       // of the place in the choice of targets: by people
    kArmedWeight,  // the same for attacks on the armed: by people and opponents
    kHours,
    kOvert,   // openly present opponents as perceived, persons
    kCovert,  // hidden ones
    kLoss,    // share of own strength that may be lost
    kOwn,     // own authority's share of control
    kKin,
    kSuspected,
    kRevenge,
    kAirThreat,
    kInformation,
    kFriends,  // openly present fighters of the own organisation
    kRural,
    kProvokedDays,  // since the provocation
    kFeatures
};

/// Working space of a decision; grows to the largest number of candidates and stays.
struct Candidates {
    std::vector<int> place;
    Eigen::ArrayXXf feature;  ///< [candidate, Feature]
    Eigen::ArrayXXf odds;     ///< [candidate, action]: u_aj, then w_j exp(lambda u_aj)
    /// [candidate]: what a truce that the unit keeps leaves it there, as Bounds; empty where no truce of its holds.
    std::vector<std::uint8_t> bounds;
    Eigen::Index count = 0;

    void reserve(Eigen::Index n) {
        if (feature.rows() >= n) return;
        // Whole cache lines, so that every column begins aligned: vectorised arithmetic takes the same elements together,
        // and gives the same bits, whatever this thread has worked on before.
        const Eigen::Index rows = (n + 15) / 16 * 16;
        feature.resize(rows, kFeatures);
        odds.resize(rows, static_cast<Eigen::Index>(action_count));
    }
    [[nodiscard]] auto column(Feature f) { return feature.col(f).head(count); }
    [[nodiscard]] auto odds_of(Action a) { return odds.col(static_cast<Eigen::Index>(a)).head(count); }
};

/// The deciding unit's own side of the matter.
struct Decider {
    int unit = 0;
    int organisation = 0;
    int faction = 0;
    int authority = -1;
    UnitType type = UnitType::cell;
    int base = 0;
    float strength = 0.0F;  ///< of its group
    float morale = 1.0F;
    float supply = 1.0F;
    const FactionParameters* parameters = nullptr;
    bool defies = false;  ///< decides as if there were no truce
};

[[nodiscard]] Decider describe(const Setup& setup, const Parameters& parameters, const Units& units, int unit);

/// Brings what factions see of places up to date; weekly, and after the monthly changes of sympathy.
void update_outlook(const Setup& setup, const Parameters& parameters, const Control& control, const Presence& presence,
                    const Sympathy& sympathy, Outlook& outlook);

/// Fills in the places within the unit's reach as it perceives them: by land up to its travel limit from its base, by air where
/// hidden opponents may be within range; none for a unit that is too weak to act.
void gather_candidates(const Setup& setup, const Step& step, const Picture& picture, const Decider& decider,
                       Candidates& candidates);

}  // namespace sahelsim::model
