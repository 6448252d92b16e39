#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

#include "engine/mathematics.h"
#include "model/governance.h"
#include "model/motives.h"
#include "model/processes/control.h"
#include "model/processes/governance.h"
#include "model/processes/reactions.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kMonth = 1.0 / 12.0;

/// Peace, with control shared by hand.
struct Governed : testing::QuietRegion {
    int jnim = authority("katiba_macina");
    int army = authority("fama");
    int macina = testing::faction_index(setup, "katiba_macina");

    Governed() { share(0.0, 0.0); }

    /// Everywhere; the rest is the communities' own.
    void share(double of_state, double of_jnim) {
        state.control.share.setZero();
        state.control.share.col(army) = of_state;
        state.control.share.col(jnim) = of_jnim;
        state.control.share.col(setup.actors.self_rule) = 1.0 - of_state - of_jnim;
    }
    [[nodiscard]] GovernanceParameters& p() { return state.parameters.governance; }
    /// Back to the start before the end of the run: there is no month to record after it.
    void month() {
        state.date += std::chrono::days{30};
        if (state.date > setup.scenario.end) state.date = setup.scenario.start;
        govern(setup, step(), kMonth, state);
    }
    [[nodiscard]] std::int64_t closed() const {
        return std::accumulate(state.governance.closed.begin(), state.governance.closed.end(), std::int64_t{0});
    }
    [[nodiscard]] std::int64_t schools() const {
        return std::accumulate(state.governance.schools.begin(), state.governance.schools.end(), std::int64_t{0});
    }
    void resent(double grievance) {
        state.attitudes.grievance.col(side("katiba_macina")) = static_cast<float>(grievance);
    }
    [[nodiscard]] double strictness() const { return state.governance.strictness(0, macina); }
};

}  // namespace

TEST_CASE("posts are filled and left by the exact solution of their rates") {
    Governed world;
    world.p().agents_return = 2.0;
    world.p().agents_leave = 6.0;
    world.share(0.5, 0.25);
    auto& agents = world.state.governance.agents;
    std::fill(agents.begin(), agents.end(), 0.9);
    world.month();
    // Nobody under arms is near, so that the threat is JNIM's control, as hostile as it is to the army.
    const double hostility = -world.state.relations.at(world.setup, world.place, world.organisation("katiba_macina"),
                                                       world.organisation("fama"));
    REQUIRE(hostility > 0.5);
    const double filled = 2.0 * 0.5;
    const double left = 6.0 * 0.25 * hostility;
    const double settled = filled / (filled + left);
    CHECK(agents[0] == Approx(settled + (0.9 - settled) * std::exp(-(filled + left) * kMonth)));
    for (int k = 0; k < 200; ++k) world.month();
    CHECK(agents[0] == Approx(settled));
}

TEST_CASE(
    "the state's agents all return where only the state rules and all leave where it does not and is threatened") {
    Governed world;
    world.share(1.0, 0.0);
    for (int k = 0; k < 200; ++k) world.month();
    CHECK(world.state.governance.agents[0] == Approx(1.0));
    world.share(0.0, 0.5);
    for (int k = 0; k < 200; ++k) world.month();
    CHECK(world.state.governance.agents[0] == Approx(0.0).margin(1e-6));
}

TEST_CASE("fighters nearby empty posts, more of them more; friends of the state do not") {
    const auto after_a_year = [](const std::string& faction, int fighters) {
        Governed world;
        world.share(0.5, 0.0);
        auto& agents = world.state.governance.agents;
        std::fill(agents.begin(), agents.end(), 0.8);
        if (fighters > 0) world.add(faction, UnitType::cell, fighters, world.place);
        world.look_around();
        for (int k = 0; k < 12; ++k) world.month();
        return agents[static_cast<std::size_t>(world.place)];
    };
    const double none = after_a_year("katiba_macina", 0);
    const double few = after_a_year("katiba_macina", 5);
    const double many = after_a_year("katiba_macina", 100);
    CHECK(none > few);
    CHECK(few > many);
    CHECK(after_a_year("minusma", 100) == none);
}

TEST_CASE("schools close under strict rule and open again when it ends; they are never more or fewer") {
    Governed world;
    std::fill(world.state.governance.closed.begin(), world.state.governance.closed.end(), 0);
    world.p().schools_abandoned = 0.0;
    const auto all = world.schools();
    REQUIRE(all > 500);
    for (int k = 0; k < 12; ++k) world.month();
    CHECK(world.closed() == 0);
    world.share(0.0, 1.0);
    world.p().schools_close = 0.5;
    world.p().strictness_time = 1e9;  // rule stays as strict as this
    world.state.governance.strictness.setConstant(0.6);
    world.month();
    const double close = engine::event_probability(0.5 * 0.6, kMonth);
    CHECK(testing::is_plausible(static_cast<double>(world.closed()), static_cast<double>(all) * close,
                                static_cast<double>(all) * close * (1.0 - close)));
    for (int k = 0; k < 24; ++k) world.month();
    const auto shut = world.closed();
    CHECK(shut > all / 5);
    world.share(1.0, 0.0);
    for (int k = 0; k < 60; ++k) world.month();
    CHECK(world.closed() < shut / 2);
    CHECK(world.schools() == all);
}

TEST_CASE("schools without teachers close") {
    const auto closed_after = [](double agents) {
        Governed world;
        std::fill(world.state.governance.closed.begin(), world.state.governance.closed.end(), 0);
        world.p().agents_return = world.p().agents_leave = 0.0;
        world.p().schools_abandoned = 0.5;
        auto& posts = world.state.governance.agents;
        std::fill(posts.begin(), posts.end(), agents);
        for (int k = 0; k < 12; ++k) world.month();
        return world.closed();
    };
    CHECK(closed_after(1.0) == 0);
    CHECK(closed_after(0.0) > closed_after(0.5));
}

TEST_CASE("a faction rules as strictly as ideology and the grievance of those whom it rules let it, with inertia") {
    Governed world;
    world.add("katiba_macina", UnitType::cell, 50, world.place);
    world.look_around();
    world.share(0.0, 0.5);
    world.p().choice_precision = 3.0;
    world.p().consent_weight = 2.0;
    world.p().strictness_time = 100.0;
    world.p().ideology[static_cast<std::size_t>(world.macina)] = 0.8;
    world.state.governance.strictness(0, world.macina) = 0.5;
    world.resent(0.3);
    world.month();
    const double chosen = 1.0 / (1.0 + std::exp(-3.0 * (0.8 - 2.0 * 0.3)));
    CHECK(world.strictness() == Approx(chosen + (0.5 - chosen) * std::exp(-365.25 / 12.0 / 100.0)));
    double before = 1.0;
    for (const double grievance : {0.0, 0.2, 0.5, 1.0}) {
        world.resent(grievance);
        for (int k = 0; k < 100; ++k) world.month();
        CHECK(world.strictness() < before);
        before = world.strictness();
    }
    CHECK(before == Approx(1.0 / (1.0 + std::exp(-3.0 * (0.8 - 2.0)))));
}

TEST_CASE("its own people are heard more than others") {
    const auto settled = [](const std::string& community) {
        Governed world;
        world.add("katiba_macina", UnitType::cell, 50, world.place);
        world.look_around();
        world.share(0.0, 0.5);
        world.p().own_voice = 5.0;
        // As many of either, so that only the voice differs.
        for (int i = 0; i < world.setup.communes(); ++i) {
            for (int g = 0; g < world.setup.communities(); ++g) {
                const bool counts = g == world.community("fulani") || g == world.community("dogon");
                world.state.cohorts.people[world.state.cohorts.cell(i, g)] = counts ? 100 : 0;
                if (g == world.community(community))
                    world.state.attitudes.grievance(world.cell(i, g), world.side("katiba_macina")) = 1.0F;
            }
        }
        for (int k = 0; k < 100; ++k) world.month();
        return world.strictness();
    };
    CHECK(settled("fulani") < settled("dogon"));
}

TEST_CASE(
    "zakat is a share of the wealthy's herds and harvests under control, all of it taken by those who are there") {
    Governed world;
    world.share(0.0, 0.4);
    world.month();
    CHECK(world.total("zakat") == 0.0);
    world.state.parameters.control.reach = 0.01;  // nobody is felt beyond his own commune
    world.add("katiba_macina", UnitType::cell, 20, world.place);
    world.look_around();
    world.month();
    double owners = 0.0;
    for (const int livelihood : {world.setup.farmer, world.setup.herder}) {
        const int row = world.place * world.state.cohorts.livelihoods + livelihood;
        owners += static_cast<double>(world.state.cohorts.livelihood_people[static_cast<std::size_t>(row)]);
    }
    const double expected = 0.4 * owners * world.p().payers_share * world.p().zakat_rate * kMonth;
    CHECK(world.total("zakat") == Approx(expected));
    const auto f = static_cast<std::size_t>(world.macina);
    CHECK(world.state.governance.zakat_of_month[f] == Approx(expected));
    world.p().sustained_by_zakat[f] = 2.0;
    const double with = room_of_factions(world.setup, world.state)[f].sustained;
    world.state.mechanisms.governance = false;
    CHECK(with - room_of_factions(world.setup, world.state)[f].sustained == Approx(2.0 * 12.0 * expected));
}

TEST_CASE("at what counts as usual nothing differs from a run without the mechanism") {
    Governed world;
    world.share(0.3, 0.4);
    auto& g = world.state.governance;
    std::fill(g.agents.begin(), g.agents.end(), world.p().usual_agents[static_cast<std::size_t>(world.army)]);
    g.strictness.setConstant(world.p().usual_strictness[static_cast<std::size_t>(world.jnim)]);
    for (const int a : {world.army, world.jnim}) {
        CHECK(services_factor(world.setup, world.state, world.place, a) == Approx(1.0));
        CHECK(coercion_factor(world.setup, world.state, world.place, a) == Approx(1.0));
    }
    CHECK(effort_bonus(world.state).abs().maxCoeff() == Approx(0.0).margin(1e-12));
    world.state.mechanisms.governance = false;
    CHECK(effort_bonus(world.state).size() == 0);
    CHECK(strict_rule(world.setup, world.state, world.place) == 0.0);
    CHECK(market_access(world.state, world.place, strict_rule(world.setup, world.state, world.place)) == 1.0);
}

TEST_CASE("empty posts leave grievance towards the state unhealed, strict rule raises that towards JNIM") {
    const auto grievance = [](double agents, double strictness, const std::string& faction) {
        Governed world;
        world.share(0.5, 0.5);
        auto& posts = world.state.governance.agents;
        std::fill(posts.begin(), posts.end(), agents);
        world.state.governance.strictness.setConstant(strictness);
        world.state.attitudes.grievance.setConstant(0.3F);
        world.state.date += std::chrono::days{70};
        settle_attitudes(world.setup, world.step(), world.state);
        return static_cast<double>(world.state.attitudes.grievance(0, world.side(faction)));
    };
    CHECK(grievance(0.0, 0.5, "fama") > grievance(0.5, 0.5, "fama"));
    CHECK(grievance(0.5, 0.5, "fama") > grievance(1.0, 0.5, "fama"));
    CHECK(grievance(0.5, 0.0, "fama") == grievance(0.5, 1.0, "fama"));
    CHECK(grievance(0.5, 1.0, "katiba_macina") > grievance(0.5, 0.2, "katiba_macina"));
    CHECK(grievance(0.1, 0.5, "katiba_macina") == grievance(0.9, 0.5, "katiba_macina"));
}

TEST_CASE("those who govern gain control by it, and lose it as it is forgotten") {
    Governed world;
    world.state.governance.effort.setZero();
    const int unit = world.add("katiba_macina", UnitType::cell, 30, world.place);
    const auto i = static_cast<std::size_t>(unit);
    world.state.units.action[i] = Action::govern;
    world.state.units.arrival[i] = world.step().day;
    world.p().effort_time = 50.0;
    update_effort(world.setup, world.step(), 7.0, world.state);
    const double effort = world.state.governance.effort(world.place, world.jnim);
    CHECK(effort == Approx((1.0 - std::exp(-7.0 / 50.0)) * 30.0 / (30.0 + world.p().effort_half)));
    const auto control = [&world](double at) {
        world.state.governance.effort(world.place, world.jnim) = at;
        auto after = world.state.control;
        update_control(world.setup, world.step(), world.state.parameters, world.state.kernel, world.state.sympathy,
                       world.state.units, 1e9, after, effort_bonus(world.state));
        CHECK(after.share.row(world.place).sum() == Approx(1.0));
        return after.share(world.place, world.jnim);
    };
    CHECK(control(0.9) > control(0.3));
    world.state.units.action[i] = Action::rest;
    world.state.governance.effort(world.place, world.jnim) = effort;
    update_effort(world.setup, world.step(), 7.0, world.state);
    CHECK(world.state.governance.effort(world.place, world.jnim) == Approx(effort * std::exp(-7.0 / 50.0)));
}

TEST_CASE("markets are out of reach under siege and harder to reach under strict rule") {
    Governed world;
    world.share(0.0, 0.0);
    CHECK(market_access(world.state, world.place, strict_rule(world.setup, world.state, world.place)) == 1.0);
    world.share(0.0, 0.5);
    world.state.governance.strictness.setConstant(0.5);
    CHECK(market_access(world.state, world.place, strict_rule(world.setup, world.state, world.place)) ==
          Approx(1.0 - world.p().market_loss * 0.25));
    world.state.sieges[static_cast<std::size_t>(world.place)].unit = 0;
    CHECK(market_access(world.state, world.place, strict_rule(world.setup, world.state, world.place)) == 0.0);
}

TEST_CASE("strict rule needs no control where fighters are near and the state is not") {
    Governed world;
    world.state.governance.strictness.setConstant(1.0);
    world.add("katiba_macina", UnitType::cell, 60, world.place);
    world.look_around();
    world.share(0.0, 0.0);
    const double alone = strict_rule(world.setup, world.state, world.place);
    CHECK(alone > 0.5);
    world.share(0.5, 0.0);
    CHECK(strict_rule(world.setup, world.state, world.place) == Approx(0.5 * alone));
    world.share(0.0, 1.0);
    CHECK(strict_rule(world.setup, world.state, world.place) == Approx(1.0));
}

TEST_CASE("switched off, governance changes nothing and records nothing") {
    const auto run = [](const std::vector<scenario::Override>& overrides) {
        const Setup setup = testing::small_world(overrides);
        State state = initial_state(setup, {5, 0});
        for (int day = 0; day < 70; ++day) run_day(setup, state);
        return state;
    };
    const State off = run({{"mechanisms.governance", "false"}});
    const State again = run({{"mechanisms.governance", "false"},
                             {"governance.schools_close", "50"},
                             {"governance.agents_leave", "50"},
                             {"authority.state.usual_agents", "0.1"},
                             {"governance.effort_weight", "5"}});
    CHECK(off.events.size() == again.events.size());
    CHECK((off.control.share == again.control.share).all());
    CHECK((off.attitudes.grievance == again.attitudes.grievance).all());
    const State on = run({});
    CHECK_FALSE((off.attitudes.grievance == on.attitudes.grievance).all());
}
