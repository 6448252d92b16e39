// withdraw: a faction gives up posts and sends their holders home, on one day or as many every day up to `until`.

#include <algorithm>

#include "model/interventions/places.h"
#include "model/interventions/table.h"
#include "model/membership.h"

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

/// Sends up to `persons` of the unit's establishment home. Returns how many posts were given up.
std::int64_t shrink(const Step& step, const scenario::Intervention& intervention, int unit, std::int64_t persons,
                    State& state) {
    auto& units = state.units;
    const auto i = static_cast<std::size_t>(unit);
    const auto posts = std::min<std::int64_t>(persons, units.established[i]);
    units.established[i] -= static_cast<std::int32_t>(posts);
    auto draws = stream(state.random, Process::interventions, static_cast<std::uint64_t>(step.day), units.key[i],
                        engine::name_key(intervention.id));
    dismiss_members(state.cohorts, units, unit, units.strength(unit) - units.established[i], draws);
    units.touched[i] = step.day;
    return posts;
}

bool has_no_posts(const Units& units, int faction) {
    for (std::size_t i = 0; i < units.key.size(); ++i) {
        if (units.faction[i] == faction && units.established[i] > 0) return false;
    }
    return true;
}

/// Aircraft leave with the last of those whom they flew for.
void retire_aircraft(Units& units, int faction) {
    for (std::size_t i = 0; i < units.key.size(); ++i) {
        if (units.faction[i] == faction && units.type[i] == UnitType::air) units.type[i] = UnitType::retired;
    }
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
    std::int64_t& left = state.withdrawals_left[number];
    if (state.intervention_begun[number] == 0) {
        left = intervention.has("personnel") ? intervention.integer("personnel") : leaving.posts;
        if (leaving.posts > 0) {
            const int base = units.base[static_cast<std::size_t>(leaving.units.front())];
            log_intervention(setup, step, EventSubtype::withdrawal, base, faction, number, state);
        }
    }
    std::int64_t today = (left + days_left - 1) / days_left;
    left -= std::min(left, today);
    for (const int u : leaving.units) {
        if (today <= 0) break;
        today -= shrink(step, intervention, u, today, state);
    }
    if (has_no_posts(units, faction)) retire_aircraft(units, faction);
    return days_left <= 1;
}

}  // namespace sahelsim::model
