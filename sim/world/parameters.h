#pragma once
// Parameters of the synthetic world: population, settlement, travel.

#include <array>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace sahelsim::world {

enum class Ecology : std::uint8_t { sahara, sahel, delta, savanna };
enum class Season : std::uint8_t { dry, flood };
inline constexpr std::array<const char*, 4> ecology_names = {"sahara", "sahel", "delta", "savanna"};
inline constexpr std::array<const char*, 2> season_names = {"dry", "flood"};

/// Fields are named as in the scenario: population.*, settlement.*, travel.*.
struct WorldParameters {
    double census_year = 0.0;
    double growth = 0.0;
    double town_share = 0.0;
    double commune_size_spread = 0.0;
    double urban_livelihood_share = 0.0;
    double synthesis_seed = 0.0;
    double subdivisions = 0.0;
    std::array<double, 4> pull{};
    std::array<std::array<double, 2>, 4> speed{};  ///< [ecology][season], km/h
    std::array<double, 2> road_speed{};            ///< [season], km/h
    double winding = 0.0;
    double flood_first_month = 0.0;
    double flood_last_month = 0.0;
    double travel_hours_per_day = 0.0;
};

[[nodiscard]] std::vector<scenario::ParameterDeclaration> parameter_declarations();
[[nodiscard]] WorldParameters read_parameters(const scenario::ParameterSet& parameters);

}  // namespace sahelsim::world
