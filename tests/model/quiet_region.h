#pragma once
// The small world at peace: its people at home, no armed unit, nothing that anybody resents or fears. For tests of one
// process at a time.

#include <string>
#include <vector>

#include "model/small_world.h"

namespace sahelsim::testing {

struct QuietRegion {
    model::Setup setup;
    model::State state;
    int place = 1;  ///< a rural commune with people of several communities

    explicit QuietRegion(model::Setup world = small_world());

    /// A unit of foreigners, alone at its base.
    int add(const std::string& faction, model::UnitType type, int strength, int base);
    /// A cell whose members are residents of this community in its base.
    int add_locals(const std::string& faction, int strength, int base, int community);

    [[nodiscard]] model::FactionParameters& faction(const std::string& name);
    [[nodiscard]] model::PeopleParameters& people() { return state.parameters.people; }
    [[nodiscard]] int organisation(const std::string& faction) const;
    [[nodiscard]] int side(const std::string& faction) const;
    [[nodiscard]] int authority(const std::string& faction) const;
    [[nodiscard]] int community(const std::string& name) const;
    [[nodiscard]] Eigen::Index cell(int commune, int community) const;
    [[nodiscard]] model::Step step() const { return step_of(state); }

    /// Nobody joins, leaves, settles or comes from abroad, whatever the scenario says.
    void still_everybody();
    /// Brings up to date who is seen where, and the kernels of travel time.
    void look_around();
    /// A tally summed over months, cercles and axes.
    [[nodiscard]] double total(const std::string& outcome) const;
    [[nodiscard]] std::int64_t members() const;
    /// Whether the table of members' homes is what a count of members gives.
    [[nodiscard]] bool homes_are_right() const;
};

/// Whether a count with this mean and variance could well be `observed`: within four standard deviations.
[[nodiscard]] bool is_plausible(double observed, double mean, double variance);

}  // namespace sahelsim::testing
