#pragma once
// Places: communes laid out within their cercles, and border zones abroad.

#include <cstdint>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "world/parameters.h"

namespace sahelsim::world {

inline constexpr double earth_radius_km = 6371.0;

/// A commune, or, with cercle -1, a border zone.
struct Place {
    std::string name;
    int cercle = -1;         ///< index into Geography::cercles
    double longitude = 0.0;  ///< degrees east
    double latitude = 0.0;   ///< degrees north
    double area_km2 = 0.0;   ///< 0 for border zones
    Ecology ecology = Ecology::sahel;
    bool town = false;           ///< the seat of its cercle (in Bamako, every commune)
    std::int64_t residents = 0;  ///< at the start of the run
};

struct Geography {
    std::vector<scenario::Cercle> cercles;  ///< the simulated ones, in the order of the table
    std::vector<int> seat;                  ///< [cercle]: place of its seat
    std::vector<Place> places;              ///< communes, cercle by cercle, then border zones
    int communes = 0;
    std::vector<scenario::BorderZone> border_zones;  ///< those that touch a simulated cercle, in the order of the table

    [[nodiscard]] int size() const { return static_cast<int>(places.size()); }
};

/// Lays out the communes. The map depends on the scenario's data and `settlement.synthesis_seed` only, cercle by cercle,
/// so that a scenario of one region has the same communes there as the whole country.
[[nodiscard]] Geography lay_out(const scenario::Scenario& scenario, const WorldParameters& parameters);

/// Great-circle distance in km on a sphere of 6371.0 km.
[[nodiscard]] double distance_km(double longitude_a, double latitude_a, double longitude_b, double latitude_b);
[[nodiscard]] double distance_km(const Place& a, const Place& b);

}  // namespace sahelsim::world
