#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "model/groups.h"
#include "model/processes/engagements.h"
#include "model/processes/movement.h"
#include "model/processes/orders.h"
#include "model/quiet_region.h"
#include "model/truces.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// A garrisoned town and a katiba whose leadership orders an attack on every day.
struct Katiba : testing::QuietRegion {
    int town = find_town();
    int macina = testing::faction_index(setup, "katiba_macina");

    Katiba() {
        for (auto& one : state.parameters.factions) one.orders_rate = 0.0;
        faction("katiba_macina").orders_rate = 1e9;
        state.mechanisms.leadership = false;
        state.parameters.orders = {30.0, 20.0, 10.0, 1.0};
        state.parameters.engagement.coordinated_minimum = 10.0;
        for (int z = 0; z < setup.zones(); ++z)
            state.relations.set(z, organisation("katiba_macina"), organisation("fama"), -1.0);
        add("fama", UnitType::garrison, 60, town);
    }

    [[nodiscard]] int find_town() const {
        for (int i = 0; i < setup.communes(); ++i) {
            if (setup.geography.places[static_cast<std::size_t>(i)].town) return i;
        }
        throw std::logic_error("no town");
    }
    /// Other communes by way to the town.
    [[nodiscard]] std::vector<int> by_distance() const {
        std::vector<int> all;
        for (int i = 0; i < setup.communes(); ++i) {
            if (i != town && hours_from(i) <= 20.0) all.push_back(i);
        }
        std::sort(all.begin(), all.end(), [&](int a, int b) { return hours_from(a) < hours_from(b); });
        return all;
    }
    [[nodiscard]] double hours_from(int commune) const {
        return setup.travel[static_cast<std::size_t>(step().season)].hours(commune, town);
    }
    int add_cell(int base, int strength = 12) { return add("katiba_macina", UnitType::cell, strength, base); }
    void order() {
        look_around();
        order_attacks(setup, step(), state);
    }
    /// As if nothing had been ordered of it.
    void rest(int unit) {
        state.units.action[static_cast<std::size_t>(unit)] = Action::rest;
        state.units.supply[static_cast<std::size_t>(unit)] = 1.0F;
    }
    /// Towns of the same cercle, this one included.
    [[nodiscard]] int towns_beside(int commune) const {
        int towns = 0;
        for (int i = 0; i < setup.communes(); ++i) {
            const auto k = static_cast<std::size_t>(i);
            if (setup.geography.places[k].town &&
                setup.cercle_of[k] == setup.cercle_of[static_cast<std::size_t>(commune)])
                ++towns;
        }
        return towns;
    }
    [[nodiscard]] bool is_sent(int unit) const {
        const auto i = static_cast<std::size_t>(unit);
        return state.units.action[i] == Action::coordinated_attack && state.units.target[i] == town;
    }
};

}  // namespace

TEST_CASE("an attack is ordered of the nearest idle cells that are enough together, and comes when the last is there") {
    Katiba world;
    const auto communes = world.by_distance();
    REQUIRE(communes.size() > 4);
    const double day = world.setup.world_parameters.travel_hours_per_day;
    const auto two_days_away = static_cast<std::size_t>(std::distance(
        communes.begin(),
        std::find_if(communes.begin(), communes.end(), [&](int i) { return world.hours_from(i) > day; })));
    REQUIRE(two_days_away + 1 < communes.size());
    const int last = communes[two_days_away];
    const int busy = world.add_cell(communes[0]);
    world.state.units.action[static_cast<std::size_t>(busy)] = Action::raid;
    const int far = world.add_cell(communes.back());
    const int third = world.add_cell(last);
    const int first = world.add_cell(communes[0]);
    const int second = world.add_cell(communes[1]);
    world.order();
    CHECK(world.is_sent(first));
    CHECK(world.is_sent(second));
    CHECK(world.is_sent(third));
    CHECK_FALSE(world.is_sent(far));
    CHECK_FALSE(world.is_sent(busy));
    CHECK(group_strength(world.state.units, first) == 36);
    const auto arrival = world.state.units.arrival[static_cast<std::size_t>(first)];
    CHECK(arrival == world.step().day + static_cast<std::int32_t>(world.hours_from(last) / day));
    CHECK(arrival > world.step().day + static_cast<std::int32_t>(world.hours_from(communes[0]) / day));
    REQUIRE(world.state.experience.taken.size() == 1);
    CHECK(world.state.experience.taken[0].action == Action::coordinated_attack);
    while (world.step().day < arrival) world.state.date += std::chrono::days{1};
    move_units(world.setup, world.step(), world.state);
    engage(world.setup, world.step(), world.state);
    REQUIRE(world.state.events.size() == 1);
    CHECK(world.state.events[0].type == EventType::battle);
    CHECK(world.state.events[0].commune == world.town);
}

TEST_CASE("nobody is sent without an order, a target, a free hand or enough people near") {
    const auto sent = [](auto change) {
        Katiba world;
        const int base = world.by_distance().front();
        const int unit = world.add_cell(base, 20);
        change(world, unit);
        world.order();
        return world.is_sent(unit);
    };
    CHECK(sent([](Katiba&, int) {}));
    CHECK_FALSE(sent([](Katiba& w, int) { w.faction("katiba_macina").orders_rate = 0.0; }));
    CHECK_FALSE(sent([](Katiba& w, int) { w.state.parameters.engagement.coordinated_minimum = 21.0; }));
    CHECK_FALSE(sent([](Katiba& w, int) { w.state.parameters.orders.reach = 0.01; }));
    CHECK_FALSE(sent(
        [](Katiba& w, int unit) { w.state.units.latent_until[static_cast<std::size_t>(unit)] = w.step().day + 9; }));
    CHECK_FALSE(sent([](Katiba& w, int) {
        for (int z = 0; z < w.setup.zones(); ++z)
            w.state.relations.set(z, w.organisation("katiba_macina"), w.organisation("fama"), 0.5);
    }));
    CHECK_FALSE(sent([](Katiba& w, int) { begin_national_truce(w.state.truces, w.macina, kVillagers); }));
    CHECK_FALSE(sent([](Katiba& w, int unit) {
        const int base = w.state.units.base[static_cast<std::size_t>(unit)];
        change_local_truce(w.state.truces, base, w.macina, kVillagers, 1);  // it alone keeps nobody at home
        w.order();
        REQUIRE(w.is_sent(unit));
        w.rest(unit);
        change_confinement(w.state.truces, base, w.macina, 1);
    }));
    CHECK_FALSE(sent([](Katiba& w, int unit) { w.state.units.supply[static_cast<std::size_t>(unit)] = 0.0F; }));
    CHECK_FALSE(
        sent([](Katiba& w, int) { w.faction("katiba_macina").available[index(Action::coordinated_attack)] = false; }));
}

TEST_CASE("orders come at their rate, and less often from a leadership that has lost its hold") {
    const auto orders = [](double cohesion) {
        Katiba world;
        world.state.mechanisms.leadership = true;
        std::fill(world.state.leadership.cohesion.begin(), world.state.leadership.cohesion.end(), cohesion);
        world.faction("katiba_macina").orders_rate = 36.525;
        const int unit = world.add_cell(world.by_distance().front(), 20);
        world.look_around();
        int given = 0;
        for (int day = 0; day < 4000; ++day) {
            world.state.date += std::chrono::days{1};
            order_attacks(world.setup, world.step(), world.state);
            if (!world.is_sent(unit)) continue;
            ++given;
            world.rest(unit);
        }
        return given;
    };
    for (const double cohesion : {1.0, 0.4}) {
        const double probability = 1.0 - std::exp(-0.1 * cohesion);
        CHECK(testing::is_plausible(orders(cohesion), 4000 * probability, 4000 * probability * (1.0 - probability)));
    }
}

TEST_CASE("towns near the capital are attacked more often, by their political value") {
    Katiba world;
    auto& places = world.setup.geography.places;
    // A second town with a garrison; the capital is moved to the first.
    const int other = world.by_distance().back();
    places[static_cast<std::size_t>(other)].town = true;
    world.setup.parties.capital = world.town;
    world.add("fama", UnitType::garrison, 60, other);
    world.state.parameters.orders.capital_value = 3.0;
    const int unit = world.add_cell(world.by_distance().front(), 20);
    world.state.parameters.orders.reach = 48.0;
    world.look_around();
    int at_capital = 0;
    constexpr int orders = 2000;
    for (int k = 0; k < orders; ++k) {
        world.state.date += std::chrono::days{1};
        order_attacks(world.setup, world.step(), world.state);
        const auto i = static_cast<std::size_t>(unit);
        REQUIRE(world.state.units.action[i] == Action::coordinated_attack);
        at_capital += world.state.units.target[i] == world.town ? 1 : 0;
        world.rest(unit);
    }
    const double value = 4.0 / world.towns_beside(world.town);
    const double value_elsewhere = (1.0 + 3.0 * std::exp(-world.hours_from(other))) / world.towns_beside(other);
    const double share = value / (value + value_elsewhere);
    CHECK(testing::is_plausible(at_capital, orders * share, orders * share * (1.0 - share)));
}
