#include "model/departure.h"

#include <algorithm>

#include "model/membership.h"

namespace sahelsim::model {

std::int64_t give_up_posts(const Step& step, State& state, int unit, std::int64_t persons, engine::RandomStream& draws) {
    auto& units = state.units;
    const auto i = static_cast<std::size_t>(unit);
    const auto posts = std::min<std::int64_t>(persons, units.established[i]);
    units.established[i] -= static_cast<std::int32_t>(posts);
    dismiss_members(state.cohorts, units, unit, units.strength(unit) - units.established[i], draws);
    units.touched[i] = step.day;
    return posts;
}

std::int64_t posts_of(const Units& units, int faction) {
    std::int64_t posts = 0;
    for (std::size_t i = 0; i < units.key.size(); ++i) {
        if (units.faction[i] == faction && units.type[i] != UnitType::air) posts += units.established[i];
    }
    return posts;
}

void retire_aircraft(Units& units, int faction) {
    for (std::size_t i = 0; i < units.key.size(); ++i) {
        if (units.faction[i] == faction && units.type[i] == UnitType::air) units.type[i] = UnitType::retired;
    }
}

}  // namespace sahelsim::model
