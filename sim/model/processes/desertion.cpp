#include "model/processes/desertion.h"

#include "engine/mathematics.h"
#include "model/leadership.h"
#include "model/membership.h"
#include "model/motives.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

void desert(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    static const std::size_t deserters = outcome_index("deserters");
    const auto& p = state.parameters.people.desertion;
    const auto rooms = room_of_factions(setup, state);
    auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto faction = static_cast<std::size_t>(units.faction[i]);
        const double base = state.parameters.factions[faction].desertion_rate;
        if (base <= 0.0 || units.strength(u) == 0) continue;
        const double rate =
            base * (1.0 + p.morale_weight * (1.0 - static_cast<double>(units.morale[i])) +
                    p.hunger_weight * (1.0 - static_cast<double>(units.supply[i])) +
                    p.unpaid_weight * rooms[faction].unpaid() +
                    state.parameters.leadership.desertion_weight * (1.0 - cohesion(state, static_cast<int>(faction))));
        auto draws = stream(state.random, Process::desertion, static_cast<std::uint64_t>(step.day), units.key[i]);
        const int leaving = engine::draw_binomial(
            draws, units.strength(u), engine::event_probability(rate, elapsed_days / engine::days_per_year));
        if (leaving == 0) continue;
        add_to_tally(setup, state, deserters, step.date, units.base[i], units.organisation[i], 0,
                     dismiss_members(state.cohorts, units, u, leaving, draws));
        units.touched[i] = step.day;
    }
}

}  // namespace sahelsim::model
