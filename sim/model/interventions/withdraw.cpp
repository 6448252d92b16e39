// withdraw: a faction gives up posts and sends their holders home, on one day or as many every day up to `until`.

#include <algorithm>

#include "model/departure.h"
#include "model/interventions/places.h"
#include "model/interventions/table.h"

namespace sahelsim::model {

namespace {

struct Leaving {
    std::vector<int> units;  ///< in order of key
    std::int64_t posts = 0;
};

/// Ground units of the faction with posts in the cercle; -1: everywhere.
Leaving units_in(const Setup& setup, const Units& units, int faction, int cercle) {
    Leaving leaving;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const bool here = cercle < 0 || setup.cercle_of[static_cast<std::size_t>(units.base[i])] == cercle;
        if (units.faction[i] != faction || units.type[i] == UnitType::air || units.established[i] == 0 || !here)
            continue;
        leaving.units.push_back(u);
        leaving.posts += units.established[i];
    }
    return leaving;
}

}  // namespace

bool apply_withdraw(const Setup& setup, const Step& step, const scenario::Intervention& intervention,
                    std::size_t number, State& state) {
    const int faction = setup.actors.find_faction(intervention.text("faction"));
    const bool everywhere = !intervention.has("cercle");
    const int cercle = everywhere ? -1 : find_cercle(setup, intervention.text("cercle"));
    if (!everywhere && cercle < 0) return true;  // outside the simulated regions
    auto& units = state.units;
    const auto leaving = units_in(setup, units, faction, cercle);
    const auto until = intervention.until();
    const int days_left = until ? std::max(1, engine::day_number(*until) - step.day + 1) : 1;
    Withdrawal& withdrawal = state.withdrawals[number];
    if (state.intervention_begun[number] == 0) {
        withdrawal.days = days_left;
        withdrawal.posts = intervention.has("personnel") ? intervention.integer("personnel") : leaving.posts;
        if (leaving.posts > 0) {
            const int base = units.base[static_cast<std::size_t>(leaving.units.front())];
            log_intervention(setup, step, EventSubtype::withdrawal, base, faction, number, state);
        }
    }
    const auto due = [&](int days) { return withdrawal.posts * days / withdrawal.days; };
    const int day = withdrawal.days - days_left + 1;
    std::int64_t today = due(day) - due(day - 1);
    for (const int u : leaving.units) {
        if (today <= 0) break;
        auto draws = stream(state.random, Process::interventions, static_cast<std::uint64_t>(step.day),
                            units.key[static_cast<std::size_t>(u)], engine::name_key(intervention.id));
        today -= give_up_posts(step, state, u, today, draws);
    }
    if (posts_of(units, faction) == 0) retire_aircraft(units, faction);
    return days_left <= 1;
}

}  // namespace sahelsim::model
