#include "world/parameters.h"

#include <array>
#include <cmath>

#include "scenario/binding.h"

namespace sahelsim::world {

namespace {

using scenario::ParameterType;
using Row = scenario::Binding<WorldParameters>;

constexpr std::array rows = {
    Row{&WorldParameters::census_year, "population.census_year", "year", 1950, 2100,
        "Year of the census that the table of cercles holds.", ParameterType::integer},
    Row{&WorldParameters::growth, "population.growth", "1/year", -0.1, 0.2,
        "Exponential growth between the census and the start of the run."},
    Row{&WorldParameters::town_share, "population.town_share", "share", 0, 1,
        "Part of a cercle's people who live in its seat, where the cercle has no share of its own."},
    Row{&WorldParameters::commune_size_spread, "population.commune_size_spread", "1", 0, 3,
        "Standard deviation of the logarithm of rural communes' populations within a cercle."},
    Row{&WorldParameters::urban_livelihood_share, "population.urban_livelihood_share", "share", 0, 1,
        "Part of a town's people with the livelihood 'urban'; the rest live from the land as their community does."},
    Row{&WorldParameters::synthesis_seed, "settlement.synthesis_seed", "1", 0, 4294967295.0,
        "Seed of the places of communes and of their sizes; the same map for every replicate.", ParameterType::integer},
    Row{&WorldParameters::subdivisions, "settlement.subdivisions", "1", 1, 16,
        "Into how many places each rural commune is cut; results should not depend on it.", ParameterType::integer},
    Row{&WorldParameters::winding, "travel.winding", "1", 1, 5, "Length of a way over the distance as the crow flies."},
    Row{&WorldParameters::flood_first_month, "travel.flood_first_month", "month", 1, 12,
        "First month of the flood season in the inner delta.", ParameterType::integer},
    Row{&WorldParameters::flood_last_month, "travel.flood_last_month", "month", 1, 12,
        "Last month of the flood season in the inner delta.", ParameterType::integer},
    Row{&WorldParameters::travel_hours_per_day, "travel.hours_per_day", "h", 1, 24,
        "How long a unit travels on one day."},
};

}  // namespace

std::vector<scenario::ParameterDeclaration> parameter_declarations() {
    std::vector<scenario::ParameterDeclaration> all;
    scenario::declare<WorldParameters>(all, rows);
    const auto pattern = [&all](const char* name, const char* unit, double lower, double upper, const char* meaning) {
        all.push_back({name, ParameterType::real, unit, lower, upper, meaning, false});
    };
    pattern("population.town_share_of.{cercle}", "share", 0, 1, "Part of this cercle's people who live in its seat.");
    pattern("community_share.{region}.{community}", "share", 0, 1,
            "Part of the region's people who belong to the community; what is left is the community 'other'.");
    pattern("community_share_of.{cercle}.{community}", "share", 0, 1,
            "The same for a cercle whose mix differs from its region's; a cercle with any such record uses none of the "
            "region's.");
    pattern("livelihood_share.{community}.{livelihood}", "share", 0, 1,
            "Part of the community's rural people with this livelihood; shares are scaled to add up to one.");
    pattern("settlement.pull.{ecology}", "share", 0, 1,
            "How far rural communes are drawn from an even spread over the cercle towards its seat.");
    pattern("travel.speed.{ecology}.{season}", "km/h", 0.5, 120, "Speed off the main roads.");
    pattern("travel.road_speed.{season}", "km/h", 0.5, 120, "Speed on the roads between seats of neighbouring cercles.");
    for (auto& declaration : all) declaration.start_only = true;
    return all;
}

WorldParameters read_parameters(const scenario::ParameterSet& parameters) {
    WorldParameters p;
    scenario::read<WorldParameters>(parameters, rows, p);
    for (std::size_t e = 0; e < ecology_names.size(); ++e) {
        p.pull[e] = scenario::required_value(parameters, fmt::format("settlement.pull.{}", ecology_names[e]));
        for (std::size_t s = 0; s < season_names.size(); ++s) {
            p.speed[e][s] = scenario::required_value(
                parameters, fmt::format("travel.speed.{}.{}", ecology_names[e], season_names[s]));
        }
    }
    for (std::size_t s = 0; s < season_names.size(); ++s) {
        p.road_speed[s] = scenario::required_value(parameters, fmt::format("travel.road_speed.{}", season_names[s]));
    }
    return p;
}

}  // namespace sahelsim::world
