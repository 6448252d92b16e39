// Those who govern, and foreign forces that reckon whether to stay.

#include <catch2/catch.hpp>

#include "engine/mathematics.h"
#include "model/departure.h"
#include "model/government.h"
#include "model/processes/course_of_war.h"
#include "model/processes/partners.h"
#include "model/processes/politics.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kMonth = 1.0 / 12.0;

struct Government : testing::QuietRegion {
    PoliticsParameters& politics() { return state.parameters.government.politics; }

    void month() {
        record_course_of_war(setup, step(), state);
        update_politics(setup, step(), kMonth, state);
        update_partners(setup, step(), kMonth, state);
        state.date += std::chrono::days{30};
    }

    /// Civilians killed today, as the log has it.
    void lose_civilians(int killed) {
        Event event;
        event.day = engine::day_number(state.date);
        event.commune = place;
        event.type = EventType::violence_against_civilians;
        event.civilians_killed = killed;
        state.events.push_back(event);
    }
};

}  // namespace

TEST_CASE("legitimacy settles where circumstances put it") {
    Government world;
    auto& p = world.politics();
    p.coup_rate = 0.0;
    p.control_weight = 0.0;
    p.adjustment_time = 10.0;
    p.base = 0.4;
    for (int k = 0; k < 12; ++k) world.month();
    CHECK(world.state.politics.legitimacy == Approx(engine::logistic(0.4)).epsilon(1e-6));
    world.state.politics.sanctions = 1.0;
    p.sanctions_weight = 1.0;
    for (int k = 0; k < 12; ++k) world.month();
    CHECK(world.state.politics.legitimacy == Approx(engine::logistic(-0.6)).epsilon(1e-6));
}

TEST_CASE("violence against civilians and protest cost legitimacy") {
    const auto after = [](int killed, double protest) {
        Government world;
        world.politics().coup_rate = 0.0;
        world.state.politics.protest = protest;
        world.lose_civilians(killed);
        world.month();
        return world.state.politics.legitimacy;
    };
    const double calm = after(0, 0.0);
    CHECK(after(50, 0.0) < calm);
    CHECK(after(200, 0.0) < after(50, 0.0));
    CHECK(after(0, 0.5) < calm);
}

TEST_CASE("coups come at the rate that the parameters say") {
    int coups = 0;
    constexpr int replicates = 400;
    for (int r = 0; r < replicates; ++r) {
        static const Government still;
        Government world = still;
        world.state.random = {static_cast<std::uint64_t>(r), 0};
        auto& p = world.politics();
        p.coup_rate = 0.5;
        p.coup_legitimacy_weight = p.coup_soldier_weight = p.coup_concession_weight = 0.0;
        p.coup_trap = 1.0;
        for (int k = 0; k < 12; ++k) world.month();
        coups += world.state.politics.coups;
    }
    CHECK(testing::is_plausible(coups, 0.5 * replicates, 0.5 * replicates));
}

TEST_CASE("a coup halves the way to the legitimacy of officers, shakes the army and is an event") {
    Government world;
    auto& p = world.politics();
    p.coup_legitimacy = 0.9;
    p.coup_morale_loss = 0.25;
    const int soldiers = world.add("fama", UnitType::garrison, 30, world.place);
    const int others = world.add("katiba_macina", UnitType::cell, 30, world.place);
    world.state.politics.legitimacy = 0.5;
    take_power(world.setup, world.step(), CauseKind::none, -1, world.state);
    CHECK(world.state.politics.legitimacy == Approx(0.7));
    CHECK(world.state.units.morale[static_cast<std::size_t>(soldiers)] == Approx(0.75F));
    CHECK(world.state.units.morale[static_cast<std::size_t>(others)] == Approx(1.0F));
    CHECK(world.state.politics.last_coup == world.step().day);
    REQUIRE(world.state.events.size() == 1);
    CHECK(world.state.events.front().subtype == EventSubtype::coup);
    CHECK(world.total("coups") == 1.0);
}

TEST_CASE("sanctions take their part of the army's intake") {
    Government world;
    world.politics().sanctions_intake = 0.4;
    CHECK(intake_under_sanctions(world.state) == 1.0);
    world.state.politics.sanctions = 0.5;
    CHECK(intake_under_sanctions(world.state) == Approx(0.8));
}

TEST_CASE("a force announces its exit at its rate, waits, and leaves base by base") {
    Government world;
    const int faction = testing::faction_index(world.setup, "barkhane");
    std::vector<int> bases;
    for (int k = 0; k < 4; ++k) bases.push_back(world.add("barkhane", UnitType::garrison, 25, world.place));
    auto& mandate = world.state.parameters.government.mandates[static_cast<std::size_t>(faction)];
    mandate = {};
    mandate.exit_rate = 1e6;
    mandate.notice = 60.0;
    mandate.drawdown = 120.0;
    const auto& partner = world.state.partners[static_cast<std::size_t>(faction)];
    world.month();
    CHECK(partner.phase == PartnerPhase::announced);
    CHECK(posts_of(world.state.units, faction) == 100);
    std::int64_t before = 100;
    while (partner.phase != PartnerPhase::gone) {
        world.month();
        const auto now = posts_of(world.state.units, faction);
        CHECK(now <= before);
        before = now;
        REQUIRE(world.step().day - partner.since < 400);
    }
    CHECK(posts_of(world.state.units, faction) == 0);
    CHECK(world.members() == 0);
}

TEST_CASE("support at home falls by the month while a force is there, and moves the odds of staying") {
    Government world;
    const auto faction = static_cast<std::size_t>(testing::faction_index(world.setup, "barkhane"));
    auto& mandate = world.state.parameters.government.mandates[faction];
    mandate.exit_rate = 0.0;
    mandate.support_drift = -0.01;
    mandate.support_weight = 2.0;
    auto& partner = world.state.partners[faction];
    CHECK(partner.support == mandate.support);
    partner.support = 0.515;
    const auto month = [&] { update_partners(world.setup, world.step(), kMonth, world.state); };
    month();
    CHECK(partner.support == 0.515);  // nobody is there
    world.add("barkhane", UnitType::garrison, 25, world.place);
    month();
    CHECK(partner.support == Approx(0.505));
    CHECK(partner.standing == Approx(mandate.standing + 2.0 * 10.0 * 0.005));
    month();
    CHECK(partner.standing == Approx(mandate.standing - 2.0 * 10.0 * 0.005));
    for (int k = 0; k < 100; ++k) month();
    CHECK(partner.support == 0.0);
}

TEST_CASE("dead, coups, talks and shunned forces make staying less likely, gains more") {
    const auto standing = [](auto change) {
        Government world;
        world.add("barkhane", UnitType::garrison, 25, world.place);
        const auto faction = static_cast<std::size_t>(testing::faction_index(world.setup, "barkhane"));
        auto& mandate = world.state.parameters.government.mandates[faction];
        mandate.exit_rate = 0.0;
        mandate.casualty_weight = mandate.coup_weight = mandate.talks_weight = mandate.rival_weight = 1.0;
        change(world);
        record_course_of_war(world.setup, world.step(), world.state);
        update_partners(world.setup, world.step(), kMonth, world.state);
        return world.state.partners[faction].standing;
    };
    const double calm = standing([](Government&) {});
    CHECK(standing([](Government& w) { w.state.politics.last_coup = w.step().day; }) == Approx(calm - 1.0));
    CHECK(standing([](Government& w) { w.state.dialogue.stage = Stage::negotiation; }) == Approx(calm - 1.0));
    CHECK(standing([](Government& w) {
              const auto f = static_cast<std::size_t>(testing::faction_index(w.setup, "wagner"));
              w.state.parameters.government.mandates[f].shunned = 1.0;
              w.add("wagner", UnitType::garrison, 20, w.place);
          }) == Approx(calm - 1.0));
    CHECK(standing([](Government& w) {
              Event event;
              event.day = w.step().day;
              event.commune = w.place;
              event.actor2 = static_cast<std::int16_t>(w.organisation("barkhane"));
              event.actor1 = static_cast<std::int16_t>(w.organisation("katiba_macina"));
              event.deaths_actor2 = 20;
              w.state.events.push_back(event);
          }) == Approx(calm - 2.0));
}
