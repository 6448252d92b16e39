#include "model/small_world.h"

#include <numeric>
#include <stdexcept>

#include "model/membership.h"
#include "model/units.h"
#include "model/vocabulary.h"

namespace sahelsim::testing {

scenario::Scenario library_scenario(const std::string& name, const std::vector<scenario::Override>& overrides) {
    return scenario::read_scenario(std::string(SAHELSIM_SCENARIO_SOURCE_DIR) + "/" + name + ".yaml",
                                   model::vocabulary(), overrides);
}

model::Setup small_world(const std::vector<scenario::Override>& overrides) {
    return model::make_setup(library_scenario("small", overrides));
}

int add_unit(const model::Setup& setup, model::State& state, const std::string& faction, model::UnitType type, int base,
             int strength, std::uint64_t key) {
    const int unit = model::add_unit(
        setup, state.units,
        {key, faction_index(setup, faction), type, base, strength, 0.5, engine::day_number(state.date)});
    model::enlist_foreigners(state.units, unit, strength);
    return unit;
}

model::Step step_of(const model::State& state) {
    return {state.date, engine::day_number(state.date), world::Season::dry, engine::is_first_of_week(state.date),
            engine::is_first_of_month(state.date)};
}

Eigen::ArrayXXi count_homes(const model::Setup& setup, const model::State& state) {
    Eigen::ArrayXXi homes =
        Eigen::ArrayXXi::Zero(setup.actors.factions(), static_cast<Eigen::Index>(state.cohorts.people.size()));
    for (int u = 0; u < state.units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        for (const std::int32_t cohort : state.units.members[i]) {
            if (cohort == model::kForeign) continue;
            const auto k = static_cast<std::size_t>(cohort);
            const auto cell = state.cohorts.cell(state.cohorts.commune[k], state.cohorts.community[k]);
            ++homes(state.units.faction[i], static_cast<Eigen::Index>(cell));
        }
    }
    return homes;
}

std::int64_t displaced_within(const model::Setup& setup, const model::Displacement& displacement) {
    return std::accumulate(displacement.hosted.begin(), displacement.hosted.begin() + setup.communes(), std::int64_t{0});
}

std::int64_t displaced_abroad(const model::Setup& setup, const model::Displacement& displacement) {
    return std::accumulate(displacement.hosted.begin() + setup.communes(), displacement.hosted.end(), std::int64_t{0});
}

int faction_index(const model::Setup& setup, const std::string& faction) {
    const int index = setup.actors.find_faction(faction);
    if (index < 0) throw std::logic_error("no faction " + faction);
    return index;
}

}  // namespace sahelsim::testing
