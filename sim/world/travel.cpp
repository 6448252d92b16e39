#include "world/travel.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <queue>
#include <set>
#include <utility>

#include <boost/polygon/voronoi.hpp>

namespace sahelsim::world {

namespace {

using Edge = std::pair<int, int>;

constexpr std::size_t kZoneTracks = 3;  // ways from a border zone into each cercle that it touches

std::size_t at(int i) {
    return static_cast<std::size_t>(i);
}

/// Delaunay edges as the dual of Boost.Polygon's Voronoi diagram, on integer coordinates of about 10 m.
std::vector<Edge> delaunay_edges(const Geography& geography) {
    using Point = boost::polygon::point_data<int>;
    std::vector<Point> points;
    for (int i = 0; i < geography.communes; ++i) {
        const auto& place = geography.places[at(i)];
        // At 15 degrees north a degree of longitude is 0.966 of one of latitude; near enough for who neighbours whom.
        points.emplace_back(static_cast<int>(std::lround(place.longitude * 9660.0)),
                            static_cast<int>(std::lround(place.latitude * 10000.0)));
    }
    boost::polygon::voronoi_diagram<double> diagram;
    boost::polygon::construct_voronoi(points.begin(), points.end(), &diagram);
    std::vector<Edge> edges;
    for (const auto& edge : diagram.edges()) {
        const auto a = static_cast<int>(edge.cell()->source_index());
        const auto b = static_cast<int>(edge.twin()->cell()->source_index());
        if (a < b) edges.emplace_back(a, b);
    }
    return edges;
}

class GraphBuilder {
   public:
    GraphBuilder(const Geography& geography, const WorldParameters& parameters)
        : geography_(geography), parameters_(parameters) {
        const auto& cercles = geography.cercles;
        for (std::size_t c = 0; c < cercles.size(); ++c) {
            for (std::size_t d = 0; d < cercles.size(); ++d) {
                const auto& names = cercles[c].neighbours;
                if (std::find(names.begin(), names.end(), cercles[d].name) != names.end()) {
                    neighbouring_.emplace(static_cast<int>(c), static_cast<int>(d));
                }
            }
        }
    }

    std::vector<Way> build() {
        add_roads();
        for (const auto& [a, b] : delaunay_edges(geography_)) {
            const int c = cercle(a);
            const int d = cercle(b);
            if (c == d || neighbouring_.count({c, d}) > 0) add_track(a, b);
        }
        for (int i = 0; i < geography_.communes; ++i) {
            if (i != geography_.seat[at(cercle(i))]) add_track(i, geography_.seat[at(cercle(i))]);
        }
        for (std::size_t z = 0; z < geography_.border_zones.size(); ++z) add_border_tracks(z);
        return std::move(ways_);
    }

   private:
    [[nodiscard]] int cercle(int place) const { return geography_.places[at(place)].cercle; }

    [[nodiscard]] double way_km(int a, int b) const {
        return parameters_.winding * distance_km(geography_.places[at(a)], geography_.places[at(b)]);
    }

    void add_way(int a, int b, const std::array<double, 2>& hours) {
        if (joined_.emplace(std::min(a, b), std::max(a, b)).second) ways_.push_back({a, b, hours});
    }

    void add_track(int a, int b) {
        const double km = way_km(a, b);
        std::array<double, 2> hours{};
        for (std::size_t s = 0; s < hours.size(); ++s) {
            // Half of the way at the pace of either end.
            const double pace_a =
                1.0 / parameters_.speed[static_cast<std::size_t>(geography_.places[at(a)].ecology)][s];
            const double pace_b =
                1.0 / parameters_.speed[static_cast<std::size_t>(geography_.places[at(b)].ecology)][s];
            hours[s] = km * 0.5 * (pace_a + pace_b);
        }
        add_way(a, b, hours);
    }

    void add_roads() {
        for (const auto& [c, d] : neighbouring_) {
            const int a = geography_.seat[at(c)];
            const int b = geography_.seat[at(d)];
            const double km = way_km(a, b);
            add_way(a, b, {km / parameters_.road_speed[0], km / parameters_.road_speed[1]});
        }
    }

    void add_border_tracks(std::size_t zone_index) {
        const int zone = geography_.communes + static_cast<int>(zone_index);
        for (std::size_t c = 0; c < geography_.cercles.size(); ++c) {
            const auto& names = geography_.border_zones[zone_index].cercles;
            if (std::find(names.begin(), names.end(), geography_.cercles[c].name) == names.end()) continue;
            for (const int place : nearest_communes(zone, static_cast<int>(c))) add_track(zone, place);
        }
    }

    [[nodiscard]] std::vector<int> nearest_communes(int zone, int wanted_cercle) const {
        std::vector<std::pair<double, int>> found;
        for (int i = 0; i < geography_.communes; ++i) {
            if (cercle(i) == wanted_cercle) found.emplace_back(way_km(zone, i), i);
        }
        std::sort(found.begin(), found.end());
        std::vector<int> nearest;
        for (std::size_t k = 0; k < std::min(kZoneTracks, found.size()); ++k) nearest.push_back(found[k].second);
        return nearest;
    }

    const Geography& geography_;
    const WorldParameters& parameters_;
    std::set<Edge> neighbouring_;
    std::set<Edge> joined_;
    std::vector<Way> ways_;
};

using Adjacency = std::vector<std::vector<std::pair<int, double>>>;

/// Dijkstra's algorithm that stops at the limit.
void append_reachable(const Adjacency& adjacency, int start, double limit, std::vector<double>& best,
                      std::vector<Reachable>& reachable) {
    using Entry = std::pair<double, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::vector<int> touched = {start};
    best[at(start)] = 0.0;
    queue.emplace(0.0, start);
    while (!queue.empty()) {
        const auto [hours, place] = queue.top();
        queue.pop();
        if (hours > best[at(place)]) continue;
        reachable.push_back({place, static_cast<float>(hours)});
        for (const auto& [next, step] : adjacency[at(place)]) {
            const double candidate = hours + step;
            if (candidate > limit || candidate >= best[at(next)]) continue;
            best[at(next)] = candidate;
            touched.push_back(next);
            queue.emplace(candidate, next);
        }
    }
    for (const int place : touched) best[at(place)] = std::numeric_limits<double>::infinity();
}

TravelTimes shortest_times(const Geography& geography, const std::vector<Way>& ways, std::size_t season, double limit) {
    Adjacency adjacency(geography.places.size());
    for (const auto& way : ways) {
        adjacency[at(way.a)].emplace_back(way.b, way.hours[season]);
        adjacency[at(way.b)].emplace_back(way.a, way.hours[season]);
    }
    std::vector<double> best(geography.places.size(), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> offsets = {0};
    std::vector<Reachable> reachable;
    for (int start = 0; start < geography.size(); ++start) {
        append_reachable(adjacency, start, limit, best, reachable);
        offsets.push_back(reachable.size());
    }
    return {std::move(offsets), std::move(reachable)};
}

}  // namespace

double TravelTimes::hours(int a, int b, double limit_hours) const {
    for (const auto& reachable : from(a)) {
        if (static_cast<double>(reachable.hours) > limit_hours) break;
        if (reachable.place == b) return static_cast<double>(reachable.hours);
    }
    return std::numeric_limits<double>::infinity();
}

std::vector<Way> neighbour_graph(const Geography& geography, const WorldParameters& parameters) {
    return GraphBuilder(geography, parameters).build();
}

std::array<TravelTimes, 2> travel_times(const Geography& geography, const std::vector<Way>& ways, double limit_hours) {
    return {shortest_times(geography, ways, 0, limit_hours), shortest_times(geography, ways, 1, limit_hours)};
}

Season season_of(engine::Date date, const WorldParameters& parameters) {
    const int month = engine::month_of_year(date);
    const auto first = static_cast<int>(parameters.flood_first_month);
    const auto last = static_cast<int>(parameters.flood_last_month);
    const bool flood = first <= last ? month >= first && month <= last : month >= first || month <= last;
    return flood ? Season::flood : Season::dry;
}

}  // namespace sahelsim::world
