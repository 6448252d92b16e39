#include "model/quiet_region.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "model/membership.h"
#include "model/processes/presence.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::testing {

QuietRegion::QuietRegion(model::Setup world) : setup(std::move(world)), state(initial_state(setup, {12, 0})) {
    const auto homes = state.units.origin.cols();
    state.units = {};
    state.units.origin.setZero(setup.actors.factions(), homes);
    state.cohorts = setup.cohorts;
    still_everybody();
    look_around();
}

int QuietRegion::add(const std::string& faction, model::UnitType type, int strength, int base) {
    return add_unit(setup, state, faction, type, base, strength, static_cast<std::uint64_t>(state.units.size()) + 1);
}

int QuietRegion::add_locals(const std::string& faction, int strength, int base, int community) {
    const int unit = add(faction, model::UnitType::cell, 0, base);
    state.units.established[static_cast<std::size_t>(unit)] = strength;
    engine::RandomStream draws(3, 0, 0, static_cast<std::uint64_t>(unit), 0, 0);
    for (int k = 0; k < strength; ++k) {
        const auto cohort = model::draw_resident(state.cohorts, base, community, draws);
        if (cohort < 0) throw std::logic_error("nobody of that community lives there");
        model::enlist_resident(state.cohorts, state.units, unit, cohort);
    }
    return unit;
}

model::FactionParameters& QuietRegion::faction(const std::string& name) {
    return state.parameters.factions[static_cast<std::size_t>(faction_index(setup, name))];
}

int QuietRegion::organisation(const std::string& faction) const {
    return setup.actors.organisation_of[static_cast<std::size_t>(faction_index(setup, faction))];
}

int QuietRegion::side(const std::string& faction) const {
    return setup.actors.side[static_cast<std::size_t>(organisation(faction))];
}

int QuietRegion::authority(const std::string& faction) const {
    return setup.actors.authority[static_cast<std::size_t>(organisation(faction))];
}

int QuietRegion::community(const std::string& name) const {
    const auto& all = setup.labels.communities;
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) throw std::logic_error("no community " + name);
    return static_cast<int>(found - all.begin());
}

Eigen::Index QuietRegion::cell(int commune, int community) const {
    return static_cast<Eigen::Index>(state.cohorts.cell(commune, community));
}

void QuietRegion::still_everybody() {
    for (auto& faction : state.parameters.factions) {
        faction.recruitment_rate = faction.founding_rate = faction.abroad_rate = 0.0;
        faction.desertion_rate = faction.spread_rate = 0.0;
        faction.replacement_rate = faction.intake = 0.0;
    }
    for (auto& row : state.parameters.people.defection) std::fill(row.begin(), row.end(), 0.0);
}

void QuietRegion::look_around() {
    state.kernel.update(setup, state.parameters.control.reach);
    state.reaction_kernel.update(setup, state.parameters.people.reactions.reach);
    state.flight_kernel.update(setup, state.parameters.people.displacement.reach);
    state.herd_kernel.update(setup, state.parameters.people.land.reach);
    model::update_presence(setup, step(), state.parameters, state.mechanisms, state.relations, state.partners,
                           state.random, state.kernel, state.units, state.presence);
}

double QuietRegion::total(const std::string& outcome) const {
    const auto& values = state.series[model::outcome_index(outcome)].values;
    return std::accumulate(values.begin(), values.end(), 0.0);
}

std::int64_t QuietRegion::members() const {
    const auto strengths = model::faction_strengths(setup, state.units);
    return std::accumulate(strengths.begin(), strengths.end(), std::int64_t{0});
}

bool QuietRegion::homes_are_right() const {
    return (count_homes(setup, state) == state.units.origin).all();
}

bool is_plausible(double observed, double mean, double variance) {
    return std::abs(observed - mean) <= 4.0 * std::sqrt(variance);
}

}  // namespace sahelsim::testing
