#pragma once
// Setting up units: at the start of a run, and when an intervention sends new ones.

#include <cstdint>
#include <string>
#include <vector>

#include "model/membership.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Where new units go and how they are named.
struct Posting {
    int faction = 0;
    int place_of_base = -1;  ///< a place; -1: communes of `cercle` by the faction's `town_share` and affinity
    int cercle = -1;
    int persons = 0;
    std::uint64_t key = 0;  ///< parent of the units' keys
};

/// A place where the scenario says that units of a faction are at home.
struct Home {
    std::string name;
    int place = -1;  ///< -1: outside the simulated regions
    double weight = 0.0;
};
[[nodiscard]] std::vector<Home> homes_of(const Setup& setup, const scenario::ParameterSet& values, int faction);

/// A posting at home: somewhere in the cercle of a commune, or in a border zone.
[[nodiscard]] Posting posting_at(const Setup& setup, int faction, int place);

/// Founds units of the faction's `cell_size` that hold `posting.persons` people together. Returns how many were founded.
int establish_units(const Setup& setup, const Posting& posting, const RecruitPool& pool, State& state);

/// Gives a faction with units its aircraft (`air.strike_units`), where most of it is based, unless it has them already.
void establish_aircraft(const Setup& setup, int faction, State& state);

/// Founds all units that the scenario's factions have at the start: `initial.strength` times `initial.active_share`,
/// spread over the places of `home`. What lies outside the simulated regions is left out.
void establish_initial_units(const Setup& setup, State& state);

}  // namespace sahelsim::model
