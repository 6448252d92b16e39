#include "model/processes/desertion.h"

#include <vector>

#include "model/leadership.h"
#include "model/membership.h"
#include "model/motives.h"
#include "model/positions.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

/// What makes members of a faction desert, whichever unit they are in.
struct OfFaction {
    double base = 0.0;     ///< rate, 1/year
    double unpaid = 0.0;   ///< what pay that stays away adds to the factor on it
    double leaders = 0.0;  ///< what lost leaders add
    double way_out = 1.0;  ///< factor of an offer to leave
};

std::vector<OfFaction> factions_to_desert(const Setup& setup, const State& state) {
    const auto rooms = room_of_factions(setup, state);
    std::vector<OfFaction> all(rooms.size());
    for (std::size_t f = 0; f < all.size(); ++f) {
        const int faction = static_cast<int>(f);
        all[f] = {state.parameters.factions[f].desertion_rate,
                  state.parameters.people.desertion.unpaid_weight * rooms[f].unpaid(),
                  state.parameters.leadership.desertion_weight * (1.0 - cohesion(state, faction)),
                  way_out_for(setup, state, faction)};
    }
    return all;
}

}  // namespace

void desert(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    static const std::size_t deserters = outcome_index("deserters");
    const auto& p = state.parameters.people.desertion;
    const auto factions = factions_to_desert(setup, state);
    const double years = elapsed_days / engine::days_per_year;
    auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto& own = factions[static_cast<std::size_t>(units.faction[i])];
        if (own.base <= 0.0 || units.strength(u) == 0) continue;
        const double rate =
            own.base * (1.0 + p.morale_weight * (1.0 - static_cast<double>(units.morale[i])) +
                        p.hunger_weight * (1.0 - static_cast<double>(units.supply[i])) + own.unpaid + own.leaders);
        auto draws = stream(state.random, Process::desertion, static_cast<std::uint64_t>(step.day), units.key[i]);
        const int leaving = engine::draw_events(draws, units.strength(u), rate * own.way_out, years);
        if (leaving == 0) continue;
        add_to_tally(setup, state, deserters, step.date, units.base[i], units.organisation[i], 0,
                     dismiss_members(state.cohorts, units, u, leaving, draws));
        units.touched[i] = step.day;
    }
}

}  // namespace sahelsim::model
