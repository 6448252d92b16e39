#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "model/groups.h"
#include "model/processes/control.h"
#include "model/processes/decisions.h"
#include "model/processes/engagements.h"
#include "model/processes/gathering.h"
#include "model/processes/presence.h"
#include "model/processes/recruitment.h"
#include "model/processes/spread.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// A faction that settles in new areas as soon as it can.
struct Spreading : testing::QuietRegion {
    Spreading() {
        auto& p = people().spread;
        p.reach = 4.0;
        p.long_share = 0.0;
        p.founders = 4.0;
        p.latent_time = 100.0;
        p.latent_least = 50.0;
        p.network_weight = 3.0;
        faction("katiba_macina").spread_rate = 1e9;
        update_sympathy(setup, state.parameters, state.cohorts, state.sympathy);
        state.control.share.setZero();
        state.control.share.col(setup.actors.self_rule) = 1.0;
    }

    int add_cell(int strength) { return add("katiba_macina", UnitType::cell, strength, place); }
    void settle() { settle_new_areas(setup, step(), state); }
};

/// A cell in hiding in the middle of its opponents.
struct InHiding : testing::QuietRegion {
    int hidden = add("katiba_macina", UnitType::cell, 30, place);

    InHiding() {
        state.units.latent_until[static_cast<std::size_t>(hidden)] = step().day + 100;
        look_around();
    }

    void come_out() { state.units.latent_until[static_cast<std::size_t>(hidden)] = step().day; }
};

}  // namespace

TEST_CASE("each cell sends settlers with the probability of its rate, and nobody does at rate zero") {
    Spreading world;
    for (int k = 0; k < 2000; ++k) world.add_cell(8);
    Spreading still = world;
    still.faction("katiba_macina").spread_rate = 0.0;
    still.settle();
    CHECK(still.state.units.size() == 2000);
    world.faction("katiba_macina").spread_rate = 1.5;
    world.settle();
    const double probability = 1.0 - std::exp(-1.5 / 12.0);
    CHECK(testing::is_plausible(world.state.units.size() - 2000, 2000 * probability,
                                2000 * probability * (1.0 - probability)));
    CHECK(world.total("areas_settled") == world.state.units.size() - 2000);
    CHECK(world.members() == 2000 * 8);
}

TEST_CASE("settlers are few, live elsewhere, hide for the least time at least, and come from the cell that sent them") {
    Spreading world;
    const int fulani = world.community("fulani");
    const int mother = world.add_locals("katiba_macina", 20, world.place, fulani);
    const Eigen::ArrayXXi homes = world.state.units.origin;
    world.settle();
    const auto& units = world.state.units;
    REQUIRE(units.size() == 2);
    CHECK(units.strength(mother) == 16);
    CHECK(units.strength(1) == 4);
    CHECK(units.base[1] < world.setup.communes());
    CHECK(units.base[1] != world.place);
    CHECK(units.latent_until[1] >= world.step().day + 50);
    CHECK((units.origin == homes).all());
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("cells that are small, busy, hidden or tied to a post send nobody") {
    Spreading world;
    world.add_cell(7);
    const int busy = world.add_cell(20);
    world.state.units.action[static_cast<std::size_t>(busy)] = Action::raid;
    const int hidden = world.add_cell(20);
    world.state.units.latent_until[static_cast<std::size_t>(hidden)] = world.step().day + 1;
    world.add("katiba_macina", UnitType::garrison, 20, world.place);
    world.settle();
    CHECK(world.state.units.size() == 4);
}

TEST_CASE("settlers go where people are, the state is not and friends live, near rather than far") {
    Spreading world;
    for (int k = 0; k < 1500; ++k) world.add_cell(8);
    const int state_authority = world.authority("fama");
    std::vector<int> near;
    for (const auto& [place, hours] : world.setup.travel[0].from(world.place)) {
        if (place != world.place && place < world.setup.communes() && static_cast<double>(hours) < 16.0)
            near.push_back(place);
    }
    REQUIRE(near.size() > 4);
    const int ruled = near[0];
    world.state.control.share.row(ruled).setZero();
    world.state.control.share(ruled, state_authority) = 1.0;
    const auto f = testing::faction_index(world.setup, "katiba_macina");
    std::vector<double> pull(static_cast<std::size_t>(world.setup.places()), 0.0);
    double sum = 0.0;
    for (const auto& [place, hours] : world.setup.travel[0].from(world.place)) {
        if (std::find(near.begin(), near.end(), place) == near.end() || place == ruled) continue;
        const double here = std::exp(-static_cast<double>(hours) / 4.0) *
                            static_cast<double>(world.state.cohorts.residents_of(place)) *
                            (1.0 + 3.0 * static_cast<double>(world.state.sympathy.kin(place, f)));
        pull[static_cast<std::size_t>(place)] = here;
        sum += here;
    }
    world.settle();
    const auto& units = world.state.units;
    REQUIRE(units.size() == 3000);
    std::vector<int> settled(pull.size(), 0);
    for (std::size_t u = 1500; u < 3000; ++u) ++settled[static_cast<std::size_t>(units.base[u])];
    CHECK(settled[static_cast<std::size_t>(ruled)] == 0);
    for (std::size_t place = 0; place < pull.size(); ++place) {
        const double mean = 1500.0 * pull[place] / sum;
        INFO("place " << place);
        CHECK(testing::is_plausible(settled[place], mean, std::max(mean, 1.0)));
    }
}

TEST_CASE("where the state holds everything nobody settles") {
    Spreading world;
    world.add_cell(20);
    world.state.control.share.setZero();
    world.state.control.share.col(world.authority("fama")) = 1.0;
    world.settle();
    CHECK(world.state.units.size() == 1);
    CHECK(world.members() == 20);
}

TEST_CASE("the time in hiding is the least time and an exponential one beyond it") {
    Spreading world;
    for (int k = 0; k < 2000; ++k) world.add_cell(8);
    world.settle();
    double sum = 0.0;
    for (std::size_t u = 2000; u < 4000; ++u) {
        const int days = world.state.units.latent_until[u] - world.step().day;
        CHECK(days >= 50);
        sum += days;
    }
    // Whole days are counted, half a day less on average.
    CHECK(testing::is_plausible(sum / 2000.0, 149.5, 100.0 * 100.0 / 2000.0));
}

TEST_CASE("a cell in hiding decides nothing, gathers with nobody and recruits nobody") {
    InHiding world;
    auto& units = world.state.units;
    const Picture picture{world.state.parameters, world.state.mechanisms, world.state.control,
                          world.state.presence,   world.state.sympathy,   world.state.provocations,
                          world.state.experience, world.state.random,     world.state.outlook};
    CHECK(decide_all(world.setup, world.step(), picture, units, world.state.experience) == 0);
    auto& own = world.faction("katiba_macina");
    own.merge_rate = 1.0;
    own.merge_distance = 10.0;
    own.largest_share = 1.0;
    own.scatter_rate = 0.0;
    const int open = world.add("katiba_macina", UnitType::cell, 30, world.place);
    gather_and_scatter(world.setup, world.step(), world.state.parameters, world.state.presence, world.state.random,
                       units);
    CHECK(units.leads(world.hidden));
    CHECK(units.next[static_cast<std::size_t>(open)] == -1);
    own.recruitment_rate = 1e3;
    own.sustained = 1e9;
    own.cell_size = 1e6;
    world.people().recruitment.base = 1000.0;
    world.look_around();
    recruit(world.setup, world.step(), 7.0, world.state);
    CHECK(units.strength(open) > 30);
    CHECK(units.strength(world.hidden) == 30);
    world.come_out();
    CHECK(decide_all(world.setup, world.step(), picture, units, world.state.experience) > 0);
}

TEST_CASE("a cell in hiding is neither seen nor felt") {
    InHiding world;
    const int jnim = world.organisation("katiba_macina");
    const auto felt = [&] {
        world.look_around();
        return world.state.presence.overt(world.place, jnim) + world.state.presence.covert(world.place, jnim);
    };
    const auto control = [&] {
        auto after = world.state.control;
        update_control(world.setup, world.step(), world.state.parameters, world.state.kernel, world.state.sympathy,
                       world.state.units, 1e9, after);
        return after.share(world.place, world.authority("katiba_macina"));
    };
    world.state.sympathy.support.setZero();
    CHECK(felt() == 0.0F);
    CHECK(control() == 0.0);
    world.come_out();
    CHECK(felt() == 30.0F);
    CHECK(control() > 0.0);
}

TEST_CASE("a cell in hiding is neither found by a sweep nor stands up to raiders") {
    const auto events = [](bool in_hiding, const std::string& by, Action action) {
        InHiding world;
        if (!in_hiding) world.come_out();
        world.state.parameters.engagement.evasion = 0.0;
        const int hunters = world.add(by, UnitType::cell, 10, world.place);
        const auto i = static_cast<std::size_t>(hunters);
        world.state.units.action[i] = action;
        world.state.units.target[i] = world.place;
        world.state.units.end[i] = world.step().day + 5;
        world.state.today.arrived = {hunters};
        engage(world.setup, world.step(), world.state);
        return world.state.events.size();
    };
    CHECK(events(false, "fama", Action::sweep) == 1);
    CHECK(events(true, "fama", Action::sweep) == 0);
    CHECK(events(true, "dan_na_ambassagou", Action::raid) == 0);
}
