#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "model/accords.h"
#include "model/battle.h"
#include "model/processes/engagements.h"
#include "model/processes/rivalry.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// The small world, cut into two zones that touch.
Setup two_zones() {
    Setup setup = testing::small_world();
    REQUIRE(setup.zones() == 1);
    setup.zone_names.emplace_back("the other half");
    for (int place = setup.communes() / 2; place < setup.places(); ++place)
        setup.zone_of[static_cast<std::size_t>(place)] = 1;
    setup.zone_neighbours = {{1}, {0}};
    return setup;
}

/// Rivals without anything that moves them, unless a test says so.
struct Rivals : testing::QuietRegion {
    int jnim = organisation("katiba_macina");
    int isgs = organisation("isgs");
    int elsewhere = setup.communes() - 1;  ///< a commune of the other zone

    Rivals() : QuietRegion(two_zones()) {
        people().rivalry = {};
        people().rivalry.overlap_half = 30.0;
        for (auto& row : people().volatility) std::fill(row.begin(), row.end(), -1.0);
        volatility(0.0);
        set(0.0, 0.0);
    }

    void volatility(double value) {
        auto& all = people().volatility;
        const auto a = static_cast<std::size_t>(jnim);
        const auto b = static_cast<std::size_t>(isgs);
        all[a][b] = all[b][a] = value;
    }
    void set(double here, double there) {
        state.relations.set(0, jnim, isgs, here);
        state.relations.set(1, jnim, isgs, there);
    }
    [[nodiscard]] double relation(int zone) const { return state.relations.in_zone(zone, jnim, isgs); }
    void pass(double years) { update_rivalry(setup, step(), years, state); }
    [[nodiscard]] double felt(int where, int organisation) const {
        return static_cast<double>(state.presence.overt(where, organisation) +
                                   state.presence.covert(where, organisation));
    }
};

/// Nobody is anybody's friend or enemy, so that a test needs no relations of the scenario.
void make_neutral(Rivals& world) {
    for (int z = 0; z < world.setup.zones(); ++z) {
        for (int a = 0; a < world.setup.actors.organisations; ++a) {
            for (int b = 0; b < a; ++b) world.state.relations.set(z, a, b, 0.0);
        }
    }
}

}  // namespace

TEST_CASE("nothing moves rivals who never meet and have no neighbours at odds") {
    Rivals world;
    world.people().rivalry = {1.0, 1.0, 30.0, 1.0, 0.1, 0.1, 1.0};
    world.set(0.3, 0.3);
    world.add("katiba_macina", UnitType::cell, 100, world.place);
    world.look_around();
    world.pass(1.0);
    CHECK(world.relation(0) == 0.3);
    CHECK(world.relation(1) == 0.3);
}

TEST_CASE("overlap spoils the relation, more where pasture is short, as computed by hand") {
    Rivals world;
    make_neutral(world);
    world.people().rivalry.overlap = 0.6;
    world.people().rivalry.land_weight = 2.0;
    world.state.parameters.control.reach = 0.01;  // nobody is felt beyond his own commune
    world.add("katiba_macina", UnitType::cell, 60, world.place);
    world.add("isgs", UnitType::cell, 20, world.place);
    world.look_around();
    REQUIRE(world.felt(world.place, world.jnim) == Approx(60.0));
    world.set(0.5, 0.5);
    world.pass(0.25);
    CHECK(world.relation(0) == Approx(0.5 - 0.25 * 0.6 * 20.0 / 50.0));
    CHECK(world.relation(1) == 0.5);
    world.state.pasture_stress[static_cast<std::size_t>(world.place)] = 0.5F;
    world.set(0.5, 0.5);
    world.pass(0.25);
    CHECK(world.relation(0) == Approx(0.5 - 0.25 * 0.6 * 20.0 / 50.0 * 2.0));
}

TEST_CASE("a common enemy mends the relation where the two meet, as computed by hand") {
    Rivals world;
    make_neutral(world);
    world.people().rivalry.common_enemy = 0.8;
    world.state.parameters.control.reach = 0.01;
    world.add("katiba_macina", UnitType::cell, 60, world.place);
    world.add("isgs", UnitType::cell, 20, world.place);
    world.add("fama", UnitType::garrison, 40, world.place);
    world.look_around();
    const int fama = world.organisation("fama");
    world.set(0.2, 0.2);
    world.pass(0.5);
    CHECK(world.relation(0) == Approx(0.2));  // the enemy of neither
    for (const int other : {world.jnim, world.isgs}) world.state.relations.set(0, other, fama, -1.0);
    world.state.relations.set(0, world.isgs, fama, -0.5);
    world.pass(0.5);
    CHECK(world.relation(0) == Approx(0.2 + 0.5 * 0.8 * (1.0 - 0.2) * (0.5 * 40.0) / (0.5 * 40.0 + 80.0)));
}

TEST_CASE("battles and defectors spoil the relation in their zone once, and are forgotten after the review") {
    Rivals world;
    world.people().rivalry.battle = 0.05;
    world.people().rivalry.defection = 0.01;
    Event battle;
    battle.type = EventType::battle;
    battle.commune = world.place;
    battle.actor1 = static_cast<std::int16_t>(world.isgs);
    battle.actor2 = static_cast<std::int16_t>(world.jnim);
    Event other = battle;  // not between the two
    other.actor1 = static_cast<std::int16_t>(world.organisation("fama"));
    world.state.today.first_event = 0;
    world.state.events = {battle, other, battle};
    note_battles_of_rivals(world.setup, world.state);
    const int n = world.setup.actors.organisations;
    world.state.rivalry.defectors[static_cast<std::size_t>(world.jnim * n + world.isgs)] = 7;
    world.state.rivalry.defectors[static_cast<std::size_t>(world.isgs * n + world.jnim)] = 7;
    world.set(0.5, 0.5);
    world.pass(1.0 / 12.0);
    CHECK(world.relation(0) == Approx(0.5 - 2 * 0.05 - 7 * 0.01));
    CHECK(world.relation(1) == 0.5);
    world.pass(1.0 / 12.0);
    CHECK(world.relation(0) == Approx(0.5 - 2 * 0.05 - 7 * 0.01));
}

TEST_CASE("talks of one of two rivals spoil their relation where they are known, as computed by hand") {
    Rivals world;
    world.people().rivalry.talks = 0.6;
    world.people().rivalry.talks_half = 3.0;
    const auto cluster_in = [&](int zone) {
        for (int c = 0; c < world.setup.clusters.size(); ++c) {
            const int centre = world.setup.clusters.centre[static_cast<std::size_t>(c)];
            if (world.setup.zone_of[static_cast<std::size_t>(centre)] == zone) return c;
        }
        throw std::logic_error("no cluster in the zone");
    };
    const auto talk = [&](int zone, const char* faction, AccordStage stage) {
        const auto k = accord_index(world.setup, cluster_in(zone), testing::faction_index(world.setup, faction));
        world.state.accords.all[k].stage = stage;
    };
    const auto fall_in_half_a_year = [&](int zone) {
        world.set(0.5, 0.5);
        world.pass(0.5);
        return 0.5 - world.relation(zone);
    };
    talk(0, "katiba_macina", AccordStage::contact);
    talk(1, "katiba_macina", AccordStage::embittered);
    CHECK(fall_in_half_a_year(0) == 0.0);
    CHECK(fall_in_half_a_year(1) == 0.0);
    talk(0, "katiba_macina", AccordStage::talks);
    CHECK(fall_in_half_a_year(0) == Approx(0.5 * 0.6 * 1.0 / 4.0));
    CHECK(fall_in_half_a_year(1) == 0.0);
    talk(0, "isgs", AccordStage::in_force);  // each hears of the other's; the same reproach twice is one
    CHECK(fall_in_half_a_year(0) == Approx(0.5 * 0.6 * 1.0 / 4.0));
    talk(0, "ansar_dine", AccordStage::in_force);
    CHECK(fall_in_half_a_year(0) == Approx(0.5 * 0.6 * 2.0 / 5.0));
    REQUIRE(world.setup.parties.can_talk());
    world.state.dialogue.stage = Stage::negotiation;
    CHECK(fall_in_half_a_year(0) == Approx(0.5 * 0.6));
    CHECK(fall_in_half_a_year(1) == Approx(0.5 * 0.6));
    world.state.dialogue.stage = Stage::signals;  // nothing that anybody knows of
    CHECK(fall_in_half_a_year(1) == 0.0);
}

TEST_CASE("contagion pulls zones together, as computed by hand, and leaves equals alone") {
    Rivals world;
    world.people().rivalry.contagion = 0.6;
    world.set(0.8, -0.4);
    world.pass(1.0 / 12.0);
    CHECK(world.relation(0) == Approx(0.8 - 0.05 * 1.2));
    CHECK(world.relation(1) == Approx(-0.4 + 0.05 * 1.2));
    double apart = world.relation(0) - world.relation(1);
    for (int month = 0; month < 100; ++month) {
        world.pass(1.0 / 12.0);
        const double now = world.relation(0) - world.relation(1);
        CHECK(now < apart);
        apart = now;
    }
    CHECK(apart == Approx(0.0).margin(1e-3));
    world.set(0.3, 0.3);
    world.pass(1.0);
    CHECK(world.relation(0) == Approx(0.3));
}

TEST_CASE("the unexplained part has mean zero and the stated spread, and zones have their own") {
    Rivals world;
    world.volatility(0.1);
    double sum = 0.0;
    double squares = 0.0;
    double product = 0.0;
    constexpr int times = 4000;
    for (int k = 0; k < times; ++k) {
        world.set(0.0, 0.0);
        world.state.date += std::chrono::days{1};
        world.pass(0.25);
        sum += world.relation(0);
        squares += world.relation(0) * world.relation(0);
        product += world.relation(0) * world.relation(1);
    }
    const double variance = 0.1 * 0.1 * 0.25;
    CHECK(testing::is_plausible(sum / times, 0.0, variance / times));
    CHECK(squares / times == Approx(variance).epsilon(4.0 * std::sqrt(2.0 / times)));
    CHECK(testing::is_plausible(product / times, 0.0, variance * variance / times));
}

TEST_CASE("relations stay between -1 and 1 and the same both ways; those of others never move") {
    Rivals world;
    world.volatility(10.0);
    const Eigen::ArrayXXd before = world.state.relations.zone(0);
    bool low = false;
    bool high = false;
    for (int k = 0; k < 50; ++k) {
        world.state.date += std::chrono::days{1};
        world.pass(1.0);
        const Eigen::ArrayXXd& now = world.state.relations.zone(0);
        CHECK(now.abs().maxCoeff() <= 1.0);
        CHECK(now(world.jnim, world.isgs) == now(world.isgs, world.jnim));
        low = low || now(world.jnim, world.isgs) == -1.0;
        high = high || now(world.jnim, world.isgs) == 1.0;
        Eigen::ArrayXXd others = now - before;
        others(world.jnim, world.isgs) = others(world.isgs, world.jnim) = 0.0;
        CHECK((others == 0.0).all());
    }
    CHECK(low);
    CHECK(high);
}

TEST_CASE("the relation of rivals survives a change of parameters, the others follow it") {
    Rivals world;
    world.set(-0.7, 0.2);
    const int fama = world.organisation("fama");
    auto& stated = world.state.parameters.relation;
    const auto j = static_cast<std::size_t>(world.jnim);
    stated[j][static_cast<std::size_t>(world.isgs)] = 0.9;
    stated[j][static_cast<std::size_t>(fama)] = -0.123;
    world.state.relations.follow(world.state.parameters);
    CHECK(world.relation(0) == -0.7);
    CHECK(world.relation(1) == 0.2);
    CHECK(world.state.relations.in_zone(1, world.jnim, fama) == -0.123);
}

TEST_CASE("rivals find each other where they are hostile and pass each other by where they coexist") {
    Rivals world;
    const int attackers = world.add("katiba_macina", UnitType::cell, 30, world.place);
    world.add("isgs", UnitType::cell, 30, world.place);
    const auto i = static_cast<std::size_t>(attackers);
    world.state.units.action[i] = Action::rival_attack;
    world.state.units.target[i] = world.place;
    world.state.units.end[i] = world.step().day + 5;
    const auto meet = [&](double here, double there) {
        world.set(here, there);
        world.look_around();
        CHECK((world.state.presence.covert_opponents(world.place, world.jnim) > 0.0F) == (here < 0.0));
        Rivals day = world;
        day.state.today.arrived = {attackers};
        engage(day.setup, day.step(), day.state);
        return day.state.events.size() == 1;
    };
    CHECK_FALSE(meet(0.4, -1.0));
    CHECK_FALSE(meet(0.0, -1.0));
    CHECK(meet(-0.4, 1.0));
}
