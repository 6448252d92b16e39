#include "world/geography.h"

#include <algorithm>
#include <numbers>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/mathematics.h"
#include "engine/random.h"
#include "world/apportion.h"

namespace sahelsim::world {

namespace {

using scenario::Cercle;

constexpr double kKmPerDegree = earth_radius_km * std::numbers::pi / 180.0;
constexpr std::uint32_t kSettlementProcess = 1;  // world's own stream; see model/process_ids.h for the others
constexpr int kCandidates = 12;                  // of Mitchell's best-candidate sampling
constexpr int kTries = 400;

enum Purpose : std::uint64_t { kWhere = 1, kSize = 2 };

struct Point {
    double longitude = 0.0, latitude = 0.0;
};

double radians(double degrees) {
    return degrees * std::numbers::pi / 180.0;
}

double radius_km(const Cercle& cercle) {
    return std::sqrt(cercle.area_km2 / std::numbers::pi);
}

/// Power distance: a cercle's territory is taken to be the cell of its centroid, weighted by its area, in the power
/// diagram of all cercles, since boundaries are not among the data.
double power_distance(const Point& p, const Cercle& cercle) {
    const double d = distance_km(p.longitude, p.latitude, cercle.centroid_longitude, cercle.centroid_latitude);
    const double r = radius_km(cercle);
    return d * d - r * r;
}

bool inside(const Point& p, const Cercle& cercle, const std::vector<const Cercle*>& neighbours) {
    const double own = power_distance(p, cercle);
    return std::all_of(neighbours.begin(), neighbours.end(),
                       [&](const Cercle* other) { return own <= power_distance(p, *other); });
}

Point draw_in_disc(engine::RandomStream& stream, const Cercle& cercle) {
    // 1.2: room for cells that are not round.
    const double r = 1.2 * radius_km(cercle) * std::sqrt(engine::draw_uniform(stream));
    const double angle = 2.0 * std::numbers::pi * engine::draw_uniform(stream);
    const double north = r * engine::sine(angle) / kKmPerDegree;
    const double east = r * engine::cosine(angle) / (kKmPerDegree * engine::cosine(radians(cercle.centroid_latitude)));
    return {cercle.centroid_longitude + east, cercle.centroid_latitude + north};
}

/// A point of the cercle, drawn towards the seat where most of the land is empty.
Point draw_settled_point(engine::RandomStream& stream, const Cercle& cercle,
                         const std::vector<const Cercle*>& neighbours, double pull) {
    Point p = draw_in_disc(stream, cercle);
    for (int tries = 0; tries < kTries && !inside(p, cercle, neighbours); ++tries) p = draw_in_disc(stream, cercle);
    const double keep = 1.0 - pull * engine::draw_uniform(stream);
    return {cercle.seat_longitude + keep * (p.longitude - cercle.seat_longitude),
            cercle.seat_latitude + keep * (p.latitude - cercle.seat_latitude)};
}

double nearest_km(const Point& p, const std::vector<Point>& others) {
    double nearest = 1e9;
    for (const auto& q : others)
        nearest = std::min(nearest, distance_km(p.longitude, p.latitude, q.longitude, q.latitude));
    return nearest;
}

/// Rural communes by best-candidate sampling (Mitchell 1991): each new one is the candidate farthest from the others.
std::vector<Point> draw_rural_points(const Cercle& cercle, const std::vector<const Cercle*>& neighbours, int count,
                                     const WorldParameters& parameters, double pull) {
    const engine::RandomSource source{static_cast<std::uint64_t>(parameters.synthesis_seed), 0};
    std::vector<Point> points = {{cercle.seat_longitude, cercle.seat_latitude}};
    for (int i = 0; i < count; ++i) {
        auto stream =
            source.stream(kSettlementProcess, static_cast<std::uint64_t>(i), engine::name_key(cercle.name), kWhere);
        Point best;
        double best_km = -1.0;
        for (int candidate = 0; candidate < kCandidates; ++candidate) {
            const Point p = draw_settled_point(stream, cercle, neighbours, pull);
            const double km = nearest_km(p, points);
            if (km > best_km) {
                best = p;
                best_km = km;
            }
        }
        points.push_back(best);
    }
    points.erase(points.begin());
    return points;
}

std::vector<double> draw_sizes(const Cercle& cercle, int count, const WorldParameters& parameters) {
    const engine::RandomSource source{static_cast<std::uint64_t>(parameters.synthesis_seed), 0};
    std::vector<double> sizes;
    for (int i = 0; i < count; ++i) {
        auto stream =
            source.stream(kSettlementProcess, static_cast<std::uint64_t>(i), engine::name_key(cercle.name), kSize);
        sizes.push_back(engine::draw_lognormal(stream, 1.0, parameters.commune_size_spread));
    }
    return sizes;
}

Ecology ecology_of(const Cercle& cercle) {
    const auto* found = std::find(ecology_names.begin(), ecology_names.end(), cercle.ecology);
    return static_cast<Ecology>(found - ecology_names.begin());
}

double years_since_census(engine::Date start, const WorldParameters& parameters) {
    return engine::year_of(start) - parameters.census_year + (engine::month_of_year(start) - 1) / 12.0;
}

/// Where the `part`-th of `parts` pieces of a commune lies: on a circle around its middle, within its area.
Point piece(const Point& middle, double area_km2, int part, int parts) {
    if (parts == 1) return middle;
    const double r = 0.5 * std::sqrt(area_km2 / std::numbers::pi);
    const double angle = 2.0 * std::numbers::pi * part / parts;
    return {middle.longitude + r * engine::cosine(angle) / (kKmPerDegree * engine::cosine(radians(middle.latitude))),
            middle.latitude + r * engine::sine(angle) / kKmPerDegree};
}

class Layout {
   public:
    Layout(const scenario::Scenario& scenario, const WorldParameters& parameters)
        : scenario_(scenario), parameters_(parameters) {
        for (const auto& cercle : scenario.world.cercles) by_name_[cercle.name] = &cercle;
    }

    Geography lay_out() {
        for (const auto& cercle : scenario_.world.cercles) {
            if (is_simulated(cercle)) add_cercle(cercle);
        }
        geography_.communes = geography_.size();
        for (const auto& zone : scenario_.world.border_zones) add_border_zone(zone);
        return std::move(geography_);
    }

   private:
    [[nodiscard]] bool is_simulated(const Cercle& cercle) const {
        const auto& regions = scenario_.world.regions;
        return regions.empty() || std::find(regions.begin(), regions.end(), cercle.region) != regions.end();
    }

    [[nodiscard]] double town_share(const Cercle& cercle) const {
        const auto* record = scenario_.parameters.find("population.town_share_of." + cercle.name);
        return record != nullptr ? record->value : parameters_.town_share;
    }

    void add_place(const Cercle& cercle, std::string name, const Point& at, double area_km2, bool town,
                   std::int64_t residents) {
        Place place;
        place.name = std::move(name);
        place.cercle = static_cast<int>(geography_.cercles.size()) - 1;
        place.longitude = at.longitude;
        place.latitude = at.latitude;
        place.area_km2 = area_km2;
        place.ecology = ecology_of(cercle);
        place.town = town;
        place.residents = residents;
        geography_.places.push_back(std::move(place));
    }

    void add_cercle(const Cercle& cercle) {
        geography_.cercles.push_back(cercle);
        geography_.seat.push_back(geography_.size());
        const auto population = static_cast<std::int64_t>(
            std::llround(static_cast<double>(cercle.population) *
                         engine::exponential(parameters_.growth * years_since_census(scenario_.start, parameters_))));
        const int rural = cercle.communes - cercle.urban_communes;
        const double share = rural == 0 ? 1.0 : town_share(cercle);
        const auto town_people = static_cast<std::int64_t>(std::llround(share * static_cast<double>(population)));
        add_towns(cercle, town_people);
        if (rural > 0) add_rural(cercle, rural, population - town_people);
    }

    void add_towns(const Cercle& cercle, std::int64_t people) {
        const auto parts = apportion(people, std::vector<double>(static_cast<std::size_t>(cercle.urban_communes), 1.0));
        const double area = cercle.area_km2 / cercle.communes;
        for (int i = 0; i < cercle.urban_communes; ++i) {
            const Point at = piece({cercle.seat_longitude, cercle.seat_latitude}, area, i, cercle.urban_communes);
            add_place(cercle, i == 0 ? cercle.name : fmt::format("{} {}", cercle.name, i + 1), at, area, true,
                      parts[static_cast<std::size_t>(i)]);
        }
    }

    void add_rural(const Cercle& cercle, int count, std::int64_t people) {
        std::vector<const Cercle*> neighbours;
        for (const auto& name : cercle.neighbours) neighbours.push_back(by_name_.at(name));
        const double pull = parameters_.pull[static_cast<std::size_t>(ecology_of(cercle))];
        const auto points = draw_rural_points(cercle, neighbours, count, parameters_, pull);
        const auto sizes = apportion(people, draw_sizes(cercle, count, parameters_));
        const int parts = static_cast<int>(parameters_.subdivisions);
        const double area = cercle.area_km2 / cercle.communes;
        for (int i = 0; i < count; ++i) {
            const auto shares = apportion(sizes[static_cast<std::size_t>(i)],
                                          std::vector<double>(static_cast<std::size_t>(parts), 1.0));
            for (int k = 0; k < parts; ++k) {
                auto name = fmt::format("{} rural {}", cercle.name, i + 1);
                if (parts > 1) name += fmt::format(".{}", k + 1);
                add_place(cercle, std::move(name), piece(points[static_cast<std::size_t>(i)], area, k, parts),
                          area / parts, false, shares[static_cast<std::size_t>(k)]);
            }
        }
    }

    void add_border_zone(const scenario::BorderZone& zone) {
        const bool touches = std::any_of(zone.cercles.begin(), zone.cercles.end(), [&](const std::string& name) {
            const auto found = by_name_.find(name);
            return found != by_name_.end() && is_simulated(*found->second);
        });
        if (!touches) return;
        geography_.border_zones.push_back(zone);
        Place place;
        place.name = zone.label;
        place.longitude = zone.longitude;
        place.latitude = zone.latitude;
        geography_.places.push_back(std::move(place));
    }

    const scenario::Scenario& scenario_;
    const WorldParameters& parameters_;
    std::unordered_map<std::string, const Cercle*> by_name_;
    Geography geography_;
};

}  // namespace

double distance_km(double longitude_a, double latitude_a, double longitude_b, double latitude_b) {
    const double lat_a = radians(latitude_a);
    const double lat_b = radians(latitude_b);
    const double s = engine::sine((lat_b - lat_a) / 2.0);
    const double t = engine::sine(radians(longitude_b - longitude_a) / 2.0);
    const double h = s * s + engine::cosine(lat_a) * engine::cosine(lat_b) * t * t;
    return 2.0 * earth_radius_km * engine::arcsine(std::sqrt(std::min(1.0, h)));
}

double distance_km(const Place& a, const Place& b) {
    return distance_km(a.longitude, a.latitude, b.longitude, b.latitude);
}

Geography lay_out(const scenario::Scenario& scenario, const WorldParameters& parameters) {
    return Layout(scenario, parameters).lay_out();
}

}  // namespace sahelsim::world
