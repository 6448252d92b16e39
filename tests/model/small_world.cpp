#include "model/small_world.h"

#include <algorithm>
#include <stdexcept>

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
    auto& units = state.units;
    const int day = engine::day_number(state.date);
    const int f = faction_index(setup, faction);
    units.key.push_back(key);
    units.organisation.push_back(static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(f)]));
    units.faction.push_back(static_cast<std::int16_t>(f));
    units.type.push_back(type);
    units.base.push_back(base);
    units.place.push_back(base);
    units.established.push_back(strength);
    units.members.emplace_back(static_cast<std::size_t>(strength), model::kForeign);
    units.experience.push_back(0.5F);
    units.morale.push_back(1.0F);
    units.supply.push_back(1.0F);
    units.leader.push_back(units.size() - 1);
    units.next.push_back(-1);
    units.action.push_back(model::Action::rest);
    units.target.push_back(base);
    units.arrival.push_back(day);
    units.end.push_back(day);
    units.cause_kind.push_back(model::CauseKind::none);
    units.cause.push_back(-1);
    units.touched.push_back(day);
    units.by_key.push_back(units.size() - 1);
    std::sort(units.by_key.begin(), units.by_key.end(), [&](int a, int b) {
        return units.key[static_cast<std::size_t>(a)] < units.key[static_cast<std::size_t>(b)];
    });
    return units.size() - 1;
}

model::Step step_of(const model::State& state) {
    return {state.date, engine::day_number(state.date), world::Season::dry, engine::is_first_of_week(state.date),
            engine::is_first_of_month(state.date)};
}

int faction_index(const model::Setup& setup, const std::string& faction) {
    const int index = setup.actors.find_faction(faction);
    if (index < 0) throw std::logic_error("no faction " + faction);
    return index;
}

}  // namespace sahelsim::testing
