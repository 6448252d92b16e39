#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "model/small_world.h"
#include "world/apportion.h"
#include "world/travel.h"

using namespace sahelsim;
using namespace sahelsim::world;

namespace {

const model::Setup& mali() {
    static const model::Setup setup = model::make_setup(testing::library_scenario("history"));
    return setup;
}

}  // namespace

TEST_CASE("shares of whole people add up and follow the weights") {
    const auto parts = apportion(100, {1.0, 1.0, 2.0});
    CHECK(parts == std::vector<std::int64_t>{25, 25, 50});
    const auto thirds = apportion(100, {1.0, 1.0, 1.0});
    CHECK(std::accumulate(thirds.begin(), thirds.end(), std::int64_t{0}) == 100);
    CHECK(apportion(7, {0.0, 0.0}) == std::vector<std::int64_t>{7, 0});
    CHECK(apportion(0, {1.0}) == std::vector<std::int64_t>{0});
    CHECK(apportion(5, {}).empty());
}

TEST_CASE("Mali has 49 cercles and Bamako with 703 communes, each in one piece of the map") {
    const auto& g = mali().geography;
    CHECK(g.cercles.size() == 50);
    CHECK(g.communes == 703);
    std::map<int, int> communes;
    std::map<int, int> towns;
    std::set<std::string> names;
    for (int i = 0; i < g.communes; ++i) {
        const auto& place = g.places[static_cast<std::size_t>(i)];
        ++communes[place.cercle];
        towns[place.cercle] += place.town ? 1 : 0;
        CHECK(names.insert(place.name).second);
        CHECK(place.residents > 0);
        CHECK(place.longitude > -13.0);
        CHECK(place.longitude < 5.0);
        CHECK(place.latitude > 9.5);
        CHECK(place.latitude < 25.5);
    }
    for (std::size_t c = 0; c < g.cercles.size(); ++c) {
        CHECK(communes[static_cast<int>(c)] == g.cercles[c].communes);
        CHECK(towns[static_cast<int>(c)] == g.cercles[c].urban_communes);
        const auto& seat = g.places[static_cast<std::size_t>(g.seat[c])];
        CHECK(distance_km(seat.longitude, seat.latitude, g.cercles[c].seat_longitude, g.cercles[c].seat_latitude) <
              20.0);
    }
}

TEST_CASE("the people of 2017 are those of the census and its growth") {
    const auto& cohorts = mali().cohorts;
    const auto people = std::accumulate(cohorts.residents.begin(), cohorts.residents.end(), std::int64_t{0});
    CHECK(people > 18'300'000);
    CHECK(people < 19'500'000);
    std::int64_t places = 0;
    for (const auto& place : mali().geography.places) places += place.residents;
    CHECK(people == places);
    for (const auto residents : cohorts.residents) {
        CHECK(residents > 0);
        CHECK(residents <= cohorts.capacity);
    }
}

TEST_CASE("how people are cut into cohorts has no influence on who lives where") {
    const auto fine = testing::small_world({{"persons_per_agent", "7"}});
    const auto coarse = testing::small_world({{"persons_per_agent", "5000"}});
    CHECK(fine.cohorts.size() > coarse.cohorts.size());
    CHECK(fine.cohorts.people == coarse.cohorts.people);
    CHECK(fine.cohorts.livelihood_people == coarse.cohorts.livelihood_people);
}

TEST_CASE("terciles of wealth are thirds of each commune, but for one cohort") {
    const auto setup = testing::small_world();
    const auto& cohorts = setup.cohorts;
    for (int commune = 0; commune < setup.communes(); ++commune) {
        std::array<int, world::wealth_terciles> count{};
        for (auto k = cohorts.begin[cohorts.cell(commune, 0)]; k < cohorts.begin[cohorts.cell(commune + 1, 0)]; ++k)
            ++count[cohorts.wealth[static_cast<std::size_t>(k)]];
        const auto [least, most] = std::minmax_element(count.begin(), count.end());
        CHECK(*most - *least <= 1);
    }
}

TEST_CASE("a region alone has the communes that it has within the country") {
    const auto small = testing::small_world();
    std::map<std::string, Place> whole;
    for (const auto& place : mali().geography.places) whole[place.name] = place;
    for (int i = 0; i < small.communes(); ++i) {
        const auto& place = small.geography.places[static_cast<std::size_t>(i)];
        REQUIRE(whole.count(place.name) == 1);
        CHECK(place.longitude == whole[place.name].longitude);
        CHECK(place.residents == whole[place.name].residents);
    }
}

TEST_CASE("distances are those of the globe") {
    // Bamako to Gao, about 960 km as the crow flies; a degree of latitude is 111.2 km.
    CHECK(distance_km(-8.0, 12.65, -0.04, 16.27) == Approx(944.0).epsilon(0.02));
    CHECK(distance_km(0.0, 10.0, 0.0, 11.0) == Approx(111.19).epsilon(0.001));
    CHECK(distance_km(3.0, 15.0, 3.0, 15.0) == 0.0);
    CHECK(mali().air_km(3, 90) ==
          Approx(distance_km(mali().geography.places[3], mali().geography.places[90])).epsilon(1e-9));
}

TEST_CASE("ways lead from everywhere to everywhere, take as long back, and obey the triangle inequality") {
    const auto setup = testing::small_world();
    const auto ways = neighbour_graph(setup.geography, setup.world_parameters);
    const auto travel = travel_times(setup.geography, ways, 1e9);
    const int n = setup.places();
    for (const auto& season : travel) {
        for (int a = 0; a < n; a += 7) {
            CHECK(season.from(a).size() == static_cast<std::size_t>(n));
            CHECK(season.from(a).front().place == a);
            float last = 0.0F;
            for (const auto& [place, hours] : season.from(a)) {
                CHECK(hours >= last);
                last = hours;
            }
            for (int b = 0; b < n; b += 5) {
                CHECK(season.hours(a, b) == Approx(season.hours(b, a)).epsilon(1e-5));
                for (int c = 0; c < n; c += 11)
                    CHECK(season.hours(a, c) <= season.hours(a, b) + season.hours(b, c) + 1e-4);
            }
        }
    }
}

TEST_CASE("the flood slows the inner delta") {
    const auto& setup = mali();
    double dry = 0.0;
    double flood = 0.0;
    for (int i = 0; i < setup.communes(); ++i) {
        if (setup.geography.places[static_cast<std::size_t>(i)].ecology != Ecology::delta) continue;
        const auto& from = setup.travel[0].from(i);
        const int neighbour = from[1].place;
        dry += setup.travel[0].hours(i, neighbour);
        flood += setup.travel[1].hours(i, neighbour);
    }
    CHECK(flood > 1.2 * dry);
    const auto& p = setup.world_parameters;
    CHECK(season_of(*engine::parse_date("2019-08-15"), p) == Season::flood);
    CHECK(season_of(*engine::parse_date("2019-03-15"), p) == Season::dry);
}

TEST_CASE("border zones are on the map without people, and roads lead to them") {
    const auto& setup = mali();
    CHECK(setup.places() > setup.communes());
    for (int zone = setup.communes(); zone < setup.places(); ++zone) {
        CHECK(setup.geography.places[static_cast<std::size_t>(zone)].residents == 0);
        CHECK(setup.target_weight[static_cast<std::size_t>(zone)] == 0.0F);
        CHECK(setup.cercle_of[static_cast<std::size_t>(zone)] >= 0);
    }
}
