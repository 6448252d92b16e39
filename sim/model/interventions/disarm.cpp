// disarm: members of a faction hand in their arms and go home, one by one and independently of each other.
//
// Every member leaves on each day with the same probability, so that over the whole time the share `share` of those who
// were there at the start has left; who joins in between may leave too. Posts go with their holders, so that no centre
// fills them again; the people may be recruited again like all others.

#include <algorithm>

#include "engine/mathematics.h"
#include "model/interventions/places.h"
#include "model/interventions/table.h"
#include "model/membership.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

/// Daily probability that leaves 1 - share after the intervention's days.
double daily_share(const scenario::Intervention& intervention) {
    const double share = intervention.number("share");
    const auto until = intervention.until();
    if (!until || share >= 1.0) return share;
    const auto days = static_cast<double>((*until - *intervention.date).count() + 1);
    return engine::event_probability(-engine::logarithm(1.0 - share), 1.0 / days);
}

}  // namespace

bool apply_disarm(const Setup& setup, const Step& step, const scenario::Intervention& intervention, std::size_t number,
                  State& state) {
    static const std::size_t disarmed = outcome_index("disarmed");
    const int faction = setup.actors.find_faction(intervention.text("faction"));
    const auto chosen = cercles_of(setup, intervention);
    const double probability = daily_share(intervention);
    auto& units = state.units;
    bool announced = state.intervention_begun[number] != 0;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto base = static_cast<std::size_t>(units.base[i]);
        if (units.faction[i] != faction || units.strength(u) == 0) continue;
        if (chosen[static_cast<std::size_t>(setup.cercle_of[base])] == 0) continue;
        if (!announced) log_intervention(setup, step, EventSubtype::disarmament, units.base[i], faction, number, state);
        announced = true;
        auto draws = stream(state.random, Process::interventions, static_cast<std::uint64_t>(step.day), units.key[i],
                            engine::name_key(intervention.id));
        const int leaving = engine::draw_binomial(draws, units.strength(u), probability);
        if (leaving == 0) continue;
        units.established[i] = std::max(0, units.established[i] - leaving);
        add_to_tally(setup, state, disarmed, step.date, units.base[i], units.organisation[i], 0,
                     dismiss_members(state.cohorts, units, u, leaving, draws));
        units.touched[i] = step.day;
    }
    const auto until = intervention.until();
    return !until || step.date >= *until;
}

}  // namespace sahelsim::model
