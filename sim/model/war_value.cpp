#include "model/war_value.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/bargaining.h"
#include "model/course_of_war.h"
#include "model/positions.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

struct Forces {
    double opposition = 0.0;
    double state = 0.0;
};

/// Fighters times effectiveness on both sides.
Forces forces_of(const Setup& setup, const State& state, const std::vector<char>& without, double remaining) {
    const auto strengths = faction_strengths(setup, state.units);
    std::vector<char> flies(strengths.size(), 0);
    for (std::size_t i = 0; i < state.units.key.size(); ++i) {
        if (state.units.type[i] == UnitType::air) flies[static_cast<std::size_t>(state.units.faction[i])] = 1;
    }
    Forces forces;
    double air = 1.0;
    for (std::size_t f = 0; f < strengths.size(); ++f) {
        if (!without.empty() && without[f] != 0) continue;
        const int organisation = setup.actors.organisation_of[f];
        const auto& p = state.parameters.factions[f];
        const double force = static_cast<double>(strengths[f]) * p.effectiveness;
        if (setup.actors.is_state_force(organisation)) {
            forces.state += force;
            if (flies[f] != 0) air += p.support_probability * p.support_effect;
        } else if (setup.actors.authority[static_cast<std::size_t>(organisation)] == setup.parties.opposition) {
            forces.opposition += remaining * force;
        }
    }
    forces.state *= air;
    return forces;
}

double balance(const Forces& forces, double exponent) {
    const double theirs = engine::power(forces.opposition, exponent);
    const double ours = engine::power(forces.state, exponent);
    return theirs + ours > 0.0 ? theirs / (theirs + ours) : 0.0;
}

}  // namespace

double opposition_chance(const State& state) {
    const auto& course = state.course;
    // Ground becomes contested in the run's first year because nobody has been active before, not because anybody advances.
    const bool known = course.recorded > static_cast<std::int32_t>(CourseOfWar::months) + 1;
    const double trend = known ? yearly_change(course.contested, course.recorded) : 0.0;
    const double horizon = state.parameters.government.dialogue.horizon;
    return std::clamp(newest(course.contested, course.recorded) + horizon * trend, 0.0, 1.0);
}

double opposition_chance(const Setup& setup, const State& state, const std::vector<char>& without, double remaining) {
    const auto& p = state.parameters.government.dialogue;
    const double now = balance(forces_of(setup, state, {}, 1.0), p.force_exponent);
    const double then = balance(forces_of(setup, state, without, remaining), p.force_exponent);
    return std::clamp(opposition_chance(state) + p.horizon / p.force_time * (then - now), 0.0, 1.0);
}

double loss_rate(const State& state, int organisation) {
    const auto members = static_cast<double>(state.course.personnel[static_cast<std::size_t>(organisation)]);
    const double lost = losses_within(state.course, organisation, CourseOfWar::months);
    return lost > 0.0 ? lost / (members + lost) : 0.0;
}

double war_value(const Setup& setup, const State& state, int party, double chance) {
    const auto& p = state.parameters.government.parties[static_cast<std::size_t>(party)];
    const int organisation = setup.parties.organisation_of[static_cast<std::size_t>(party)];
    return chance * utility_of_terms(p.interests, opposition_terms(setup, state)) +
           (1.0 - chance) * utility_of_terms(p.interests, state_terms(setup, state)) -
           state.parameters.government.dialogue.cost_weight * loss_rate(state, organisation);
}

std::vector<double> opposition_of_partners(const Setup& setup, const State& state) {
    std::vector<double> opposed(setup.actors.organisation_of.size(), 0.0);
    for (const int k : setup.parties.partners) {
        for (std::size_t f = 0; f < opposed.size(); ++f) {
            if (setup.actors.organisation_of[f] != setup.parties.organisation_of[static_cast<std::size_t>(k)]) continue;
            opposed[f] = state.parameters.government.parties[static_cast<std::size_t>(k)].opposition;
        }
    }
    return opposed;
}

std::vector<char> forces_to_leave(const Setup& setup, const State& state) {
    const double scope = state.parameters.government.dialogue.precondition_scope;
    const auto opposed = opposition_of_partners(setup, state);
    std::vector<char> partner(opposed.size(), 0);
    for (const int k : setup.parties.partners) {
        for (std::size_t f = 0; f < opposed.size(); ++f) {
            if (setup.actors.organisation_of[f] == setup.parties.organisation_of[static_cast<std::size_t>(k)])
                partner[f] = 1;
        }
    }
    std::vector<char> leaving(opposed.size(), 0);
    for (std::size_t f = 0; f < opposed.size(); ++f) {
        const int organisation = setup.actors.organisation_of[f];
        leaving[f] = setup.actors.is_foreign_partner(organisation) &&
                             (scope >= 3.0 || (scope >= 2.0 && partner[f] != 0) || opposed[f] > 0.0)
                         ? 1
                         : 0;
    }
    return leaving;
}

double leverage_of_partners(const Setup& setup, const State& state) {
    const auto opposed = opposition_of_partners(setup, state);
    const int government = setup.parties.government;
    const double with = war_value(setup, state, government, opposition_chance(state));
    double leverage = 0.0;
    for (std::size_t f = 0; f < opposed.size(); ++f) {
        if (opposed[f] <= 0.0) continue;
        std::vector<char> without(opposed.size(), 0);
        without[f] = 1;
        const double alone = war_value(setup, state, government, opposition_chance(setup, state, without, 1.0));
        leverage += opposed[f] * std::max(0.0, with - alone);
    }
    return leverage;
}

}  // namespace sahelsim::model
