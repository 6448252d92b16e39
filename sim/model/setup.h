#pragma once
// What all replicates of a scenario share and none changes: the scenario, the map, the ways, the people at the start,
// and who belongs to whom.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/random.h"
#include "model/clusters.h"
#include "model/parameters.h"
#include "model/parties.h"
#include "model/process_ids.h"
#include "model/recording.h"
#include "scenario/scenario.h"
#include "world/geography.h"
#include "world/population.h"
#include "world/travel.h"

namespace sahelsim::model {

/// Organisations and factions by number, in the order of the scenario.
struct Actors {
    std::vector<int> authority;                           ///< [organisation]: index of its authority, -1: none
    std::vector<int> side;                                ///< [organisation]
    std::vector<char> malian;                             ///< [organisation]
    std::vector<int> organisation_of;                     ///< [faction]
    std::vector<std::string> faction;                     ///< [faction]: identifier
    std::vector<std::uint64_t> organisation_key;          ///< [organisation]: its name in random streams
    std::vector<std::uint64_t> faction_key;               ///< [faction]
    std::vector<int> side_of_authority;                   ///< [authority]: side of its Malian organisations; -1: none
    std::vector<std::vector<int>> factions_of_authority;  ///< [authority], in order
    int sides = 0;
    int organisations = 0;
    int authorities = 0;
    int self_rule = -1;  ///< the authority "communities": nobody's rule but their own

    std::vector<char> state_force;  ///< [organisation]: fights for the state, whatever its flag

    [[nodiscard]] bool is_state_force(int organisation) const {
        return state_force[static_cast<std::size_t>(organisation)] != 0;
    }
    /// The country's own force, or one from abroad that stands by the state.
    [[nodiscard]] bool is_national_force(int organisation) const {
        return is_state_force(organisation) && malian[static_cast<std::size_t>(organisation)] != 0;
    }
    [[nodiscard]] bool is_foreign_partner(int organisation) const {
        return is_state_force(organisation) && malian[static_cast<std::size_t>(organisation)] == 0;
    }
    [[nodiscard]] int factions() const { return static_cast<int>(faction.size()); }
    /// -1 where there is no such faction.
    [[nodiscard]] int find_faction(const std::string& id) const;
};

struct Setup {
    scenario::Scenario scenario;
    world::WorldParameters world_parameters;
    Parameters parameters;  ///< at the start of a run
    world::Geography geography;
    std::array<world::TravelTimes, 2> travel;  ///< [season]
    std::array<world::TravelTimes, 2> targets;  ///< [season]: the same, places with a weight in the choice of targets only
    world::Cohorts cohorts;                     ///< at the start of a run, before anybody is under arms
    Actors actors;
    Parties parties;
    std::vector<float> target_weight;     ///< [place]: weight in the choice of targets; 0 for border zones
    Eigen::ArrayX3d position;             ///< [place]: unit vector on the sphere, for distances by air
    std::vector<int> cercle_of;           ///< [place]: cercle; for border zones the first one that they touch
    std::vector<int> zone_of;             ///< [place]: zone (region) in which relations of rivals develop together
    std::vector<std::string> zone_names;  ///< [zone]
    std::vector<std::vector<int>> zone_neighbours;       ///< [zone]
    std::vector<std::uint64_t> place_key;                ///< [place]: its name in random streams
    std::vector<std::vector<double>> livelihood_shares;  ///< [community][livelihood]: of the people at the start
    Clusters clusters;                                   ///< of rural communes that make local accords together
    int farmer = -1, herder = -1;                        ///< livelihoods by their names; -1: the scenario has none
    Labels labels;

    [[nodiscard]] int zones() const { return static_cast<int>(zone_names.size()); }
    [[nodiscard]] int communities() const { return cohorts.communities; }
    /// Great-circle distance.
    [[nodiscard]] double air_km(int a, int b) const;
    [[nodiscard]] int places() const { return geography.size(); }
    [[nodiscard]] int communes() const { return geography.communes; }
};

/// Throws scenario::InputError for what the reader of scenarios can't see (parameters that a faction misses).
[[nodiscard]] Setup make_setup(scenario::Scenario scenario);

[[nodiscard]] inline engine::RandomStream stream(const engine::RandomSource& random, Process process,
                                                 std::uint64_t step, std::uint64_t agent, std::uint64_t purpose = 0) {
    return random.stream(static_cast<std::uint32_t>(process), step, agent, purpose);
}

}  // namespace sahelsim::model
