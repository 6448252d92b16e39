#pragma once
// The library's small scenario, for tests that need a world with people and units.

#include <string>
#include <vector>

#include "model/schedule.h"
#include "model/setup.h"

namespace sahelsim::testing {

/// scenarios/NAME.yaml with other values.
[[nodiscard]] scenario::Scenario library_scenario(const std::string& name,
                                                  const std::vector<scenario::Override>& overrides = {});

[[nodiscard]] model::Setup small_world(const std::vector<scenario::Override>& overrides = {});

/// A unit of foreigners, alone at its base, ready to decide today. Returns its number.
int add_unit(const model::Setup& setup, model::State& state, const std::string& faction, model::UnitType type, int base,
             int strength, std::uint64_t key);

/// The day on which `state` stands.
[[nodiscard]] model::Step step_of(const model::State& state);

/// Members by faction and home, counted one by one; what Units::origin has to be at any time.
[[nodiscard]] Eigen::ArrayXXi count_homes(const model::Setup& setup, const model::State& state);

/// Displaced people within the country and abroad, in persons.
[[nodiscard]] std::int64_t displaced_within(const model::Setup& setup, const model::Displacement& displacement);
[[nodiscard]] std::int64_t displaced_abroad(const model::Setup& setup, const model::Displacement& displacement);

/// Index of a faction.
[[nodiscard]] int faction_index(const model::Setup& setup, const std::string& faction);

}  // namespace sahelsim::testing
