#pragma once
// Ways between places and how long they take, by season.

#include <array>
#include <limits>
#include <span>
#include <vector>

#include "world/geography.h"

namespace sahelsim::world {

/// A place and the time to get there.
struct Reachable {
    int place = 0;
    float hours = 0.0F;
};

/// Which places can be reached from each within a limit, nearest first; the place itself comes first with 0 hours.
class TravelTimes {
   public:
    TravelTimes() = default;
    TravelTimes(std::vector<std::size_t> offsets, std::vector<Reachable> reachable)
        : offsets_(std::move(offsets)), reachable_(std::move(reachable)) {}

    [[nodiscard]] std::span<const Reachable> from(int place) const {
        const auto p = static_cast<std::size_t>(place);
        return {reachable_.data() + offsets_[p], offsets_[p + 1] - offsets_[p]};
    }

    [[nodiscard]] std::size_t size() const { return reachable_.size(); }

    /// Position of the first entry of from(place) among all entries.
    [[nodiscard]] std::size_t offset(int place) const { return offsets_[static_cast<std::size_t>(place)]; }

    /// Hours from a to b; infinite beyond the limit of all ways, and beyond `limit_hours` where that is less.
    [[nodiscard]] double hours(int a, int b, double limit_hours = std::numeric_limits<double>::infinity()) const;

   private:
    std::vector<std::size_t> offsets_;  ///< [place + 1]
    std::vector<Reachable> reachable_;
};

/// An edge of the neighbour graph with its length in hours in each season.
struct Way {
    int a = 0, b = 0;
    std::array<double, 2> hours{};  ///< [season]
};

/// Delaunay neighbours within a cercle and across the borders of neighbouring cercles, a track from every commune to its
/// seat, roads between the seats of neighbouring cercles, and ways from each border zone into the cercles that it touches.
[[nodiscard]] std::vector<Way> neighbour_graph(const Geography& geography, const WorldParameters& parameters);

/// Shortest times along the ways up to `limit_hours`, for both seasons.
[[nodiscard]] std::array<TravelTimes, 2> travel_times(const Geography& geography, const std::vector<Way>& ways,
                                                      double limit_hours);

[[nodiscard]] Season season_of(engine::Date date, const WorldParameters& parameters);

}  // namespace sahelsim::world
