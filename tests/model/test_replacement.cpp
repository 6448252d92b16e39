#include <catch2/catch.hpp>

#include <algorithm>

#include "model/processes/replacement.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// A centre that takes people on for one faction.
struct Centre : testing::QuietRegion {
    std::size_t number = static_cast<std::size_t>(testing::faction_index(setup, "fama"));

    Centre() {
        faction("fama").intake = 1000.0;
        faction("fama").cell_size = 1e6;  // nobody forms a new unit
    }

    int add_post(int strength, int established) {
        const int unit = add("fama", UnitType::garrison, strength, place);
        state.units.established[static_cast<std::size_t>(unit)] = established;
        return unit;
    }
    void pass(double years) { replace(setup, step(), 365.25 * years, state); }
    [[nodiscard]] std::int64_t depot() const { return state.depot[number]; }
};

}  // namespace

TEST_CASE("people taken on fill gaps in proportion to them, and the rest waits in the depot") {
    Centre world;
    const int full = world.add_post(50, 50);
    const int small = world.add_post(0, 300);
    const int large = world.add_post(0, 900);
    world.pass(0.6);
    const auto& units = world.state.units;
    CHECK(units.strength(full) == 50);
    const double sent = units.strength(small) + units.strength(large);
    CHECK(testing::is_plausible(sent + static_cast<double>(world.depot()), 600.0, 600.0));
    CHECK(testing::is_plausible(units.strength(small), sent / 4.0, sent / 4.0));
    CHECK(world.total("recruits") == sent);
    world.pass(3.0);
    CHECK(units.strength(small) == 300);
    CHECK(units.strength(large) == 900);
    CHECK(testing::is_plausible(1200.0 + static_cast<double>(world.depot()), 3600.0, 3600.0));
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("those who wait are formed into a new unit once there are enough of them") {
    Centre world;
    world.faction("fama").cell_size = 40.0;
    world.state.depot[world.number] = 39;
    world.faction("fama").intake = 1e-9;
    world.pass(0.02);
    CHECK(world.state.units.size() == 0);
    CHECK(world.depot() == 39);
    world.state.depot[world.number] = 40;
    // Some homes lie outside the region: who goes there is no more seen.
    world.pass(0.02);
    CHECK(world.depot() == 0);
    CHECK((world.members() == 40 || world.members() == 0));
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("without intake and rotation nobody is sent") {
    Centre world;
    world.faction("fama").intake = 0.0;
    const int post = world.add_post(10, 100);
    world.pass(10.0);
    CHECK(world.state.units.strength(post) == 10);
    CHECK(world.depot() == 0);
}
