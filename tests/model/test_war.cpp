#include <catch2/catch.hpp>

#include <cmath>

#include "model/groups.h"
#include "model/presence_class.h"
#include "model/processes/adaptation.h"
#include "model/processes/captivity.h"
#include "model/processes/control.h"
#include "model/processes/engagements.h"
#include "model/processes/harm.h"
#include "model/processes/presence.h"
#include "model/processes/replacement.h"
#include "model/processes/sieges.h"
#include "model/small_world.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// An empty region: the small world without units.
struct EmptyRegion {
    Setup setup = testing::small_world();
    State state = initial_state(setup, {12, 0});
    int place = 1;  ///< a rural commune

    EmptyRegion() {
        const auto homes = state.units.origin.cols();
        state.units = {};
        state.units.origin.setZero(setup.actors.factions(), homes);
        state.kernel.update(setup, state.parameters.control.reach);
    }

    int add(const std::string& faction, UnitType type, int strength, int base) {
        return testing::add_unit(setup, state, faction, type, base, strength,
                                 static_cast<std::uint64_t>(state.units.size()) + 1);
    }

    /// The unit does this at a place today.
    void act(int unit, Action action, int where) {
        for_each_of_group(state.units, unit, [&](int member) {
            const auto i = static_cast<std::size_t>(member);
            state.units.action[i] = action;
            state.units.target[i] = state.units.place[i] = where;
            state.units.end[i] = engine::day_number(state.date) + 10;
        });
        state.today = {};
        state.today.first_event = state.events.size();
        state.today.arrived = {unit};
    }

    void fight() { engage(setup, testing::step_of(state), state); }
};

}  // namespace

TEST_CASE("control follows its closed form from presence, and approaches it exponentially") {
    EmptyRegion war;
    war.add("fama", UnitType::garrison, 80, war.place);
    const auto& p = war.state.parameters.control;
    war.state.sympathy.support.setZero();
    const auto step = testing::step_of(war.state);
    const double felt = p.presence[index(Action::rest)] * 80.0;
    const double own = std::pow(felt, p.exponent);
    const double nobody = std::pow(p.self_rule_presence, p.exponent);
    const double implied = own / (own + nobody);
    auto control = war.state.control;
    update_control(war.setup, step, war.state.parameters, war.state.kernel, war.state.sympathy, war.state.units, 1e9,
                   control);
    CHECK(control.share(war.place, 0) == Approx(implied));
    control.share.setZero();
    control.share.col(war.setup.actors.self_rule) = 1.0;
    update_control(war.setup, step, war.state.parameters, war.state.kernel, war.state.sympathy, war.state.units,
                   p.relaxation_time, control);
    CHECK(control.share(war.place, 0) == Approx(implied * (1.0 - std::exp(-1.0))));
}

TEST_CASE("fighters count for their weight in their authority's hold on a commune, and those without any don't rule") {
    EmptyRegion war;
    war.add("fama", UnitType::garrison, 80, war.place);
    war.state.sympathy.support.setZero();
    const auto fama = static_cast<std::size_t>(testing::faction_index(war.setup, "fama"));
    const auto hold_with = [&](double weight) {
        war.state.parameters.factions[fama].rule_weight = weight;
        auto control = war.state.control;
        update_control(war.setup, testing::step_of(war.state), war.state.parameters, war.state.kernel,
                       war.state.sympathy, war.state.units, 1e9, control);
        return control.share(war.place, 0);
    };
    const auto& p = war.state.parameters.control;
    const double felt = std::pow(0.05 * p.presence[index(Action::rest)] * 80.0, p.exponent);
    CHECK(hold_with(0.05) == Approx(felt / (felt + std::pow(p.self_rule_presence, p.exponent))));
    CHECK(hold_with(0.05) < hold_with(1.0));
    CHECK(hold_with(0.0) == 0.0);
}

TEST_CASE("a group without its leader's own cell still acts") {
    EmptyRegion war;
    const int leader = war.add("isgs", UnitType::cell, 1, war.place);
    const int follower = war.add("isgs", UnitType::cell, 60, war.place);
    join_groups(war.state.units, leader, follower);
    war.state.units.members[static_cast<std::size_t>(leader)].clear();
    auto& faction = war.state.parameters.factions[static_cast<std::size_t>(testing::faction_index(war.setup, "isgs"))];
    faction.raid_kill_rate = 50.0;
    faction.restraint = 0.0;
    war.act(leader, Action::raid, war.place);
    war.fight();
    harm_civilians(war.setup, testing::step_of(war.state), war.state);
    REQUIRE(war.state.events.size() == 1);
    CHECK(war.state.events[0].civilians_killed > 0);
}

TEST_CASE("defenders can beat off an attack on civilians, and then nobody dies in it") {
    EmptyRegion war;
    const int raiders = war.add("isgs", UnitType::cell, 10, war.place);
    war.add("fama", UnitType::garrison, 400, war.place);
    war.act(raiders, Action::raid, war.place);
    war.state.parameters.harm.crossfire = 0.0;
    war.fight();
    REQUIRE(war.state.today.repelled.size() == 1);
    harm_civilians(war.setup, testing::step_of(war.state), war.state);
    for (const auto& event : war.state.events) CHECK(event.type == EventType::battle);
}

TEST_CASE("a garrison that is overrun leaves its post for a while") {
    EmptyRegion war;
    const int cercle = war.setup.geography.places[static_cast<std::size_t>(war.place)].cercle;
    const int seat = war.setup.geography.seat[static_cast<std::size_t>(cercle)];
    REQUIRE(seat != war.place);
    const int attackers = war.add("katiba_macina", UnitType::cell, 400, war.place);
    const int post = war.add("fama", UnitType::garrison, 20, war.place);
    war.state.parameters.engagement.defender_cover = 1.0;
    war.act(attackers, Action::assault, war.place);
    war.fight();
    REQUIRE(war.state.events.size() == 1);
    CHECK(war.state.events[0].subtype == EventSubtype::non_state_actor_overtakes_territory);
    CHECK(war.state.events[0].violence == ViolenceType::state_based);
    CHECK(war.state.units.place[static_cast<std::size_t>(post)] == seat);
    CHECK(war.state.units.strength(post) == 20 - war.state.events[0].deaths_actor2);
}

TEST_CASE("a siege wears down supply, denies fields and markets, and ends with the besiegers") {
    EmptyRegion war;
    const int besiegers = war.add("katiba_macina", UnitType::cell, 30, war.place);
    const int post = war.add("fama", UnitType::garrison, 20, war.place);
    war.act(besiegers, Action::siege, war.place);
    war.fight();
    CHECK(war.state.sieges[static_cast<std::size_t>(war.place)].unit == besiegers);
    const auto step = testing::step_of(war.state);
    keep_sieges(war.setup, step, war.state);
    CHECK(war.state.units.supply[static_cast<std::size_t>(post)] ==
          Approx(1.0 - war.state.parameters.engagement.siege_supply_loss));
    CHECK(war.state.units.supply[static_cast<std::size_t>(besiegers)] == 1.0F);
    war.state.units.members[static_cast<std::size_t>(besiegers)].clear();
    keep_sieges(war.setup, step, war.state);
    CHECK(war.state.sieges[static_cast<std::size_t>(war.place)].unit == -1);
    CHECK(war.state.events.back().subtype == EventSubtype::siege_ended);
}

TEST_CASE("strikes need information and kill no more than there are") {
    EmptyRegion war;
    war.add("katiba_macina", UnitType::cell, 4, war.place);
    const int crew = war.add("barkhane", UnitType::air, 0, war.place);
    const auto f = static_cast<std::size_t>(testing::faction_index(war.setup, "barkhane"));
    war.state.parameters.factions[f].technical_information = 0.0;
    war.state.parameters.factions[f].strike_killed = 100.0;
    war.state.parameters.engagement.strike_success = 1.0;
    war.state.control.information.setZero();
    war.act(crew, Action::air_strike, war.place);
    war.fight();
    CHECK(war.state.events.empty());
    war.state.control.information.setOnes();
    war.act(crew, Action::air_strike, war.place);
    war.fight();
    REQUIRE(war.state.events.size() == 1);
    CHECK(war.state.events[0].deaths_actor2 == 4);
    CHECK(war.state.units.strength(0) == 0);
}

TEST_CASE("aircraft do not shift the draws of a fight") {
    const auto deaths = [](bool air_power) {
        EmptyRegion war;
        const int attackers = war.add("katiba_macina", UnitType::cell, 80, war.place);
        war.add("fama", UnitType::garrison, 60, war.place);
        war.add("barkhane", UnitType::air, 0, war.place);
        const auto f = static_cast<std::size_t>(testing::faction_index(war.setup, "barkhane"));
        war.state.parameters.factions[f].support_probability = 1.0;
        war.state.parameters.factions[f].support_effect = 0.0;  // overhead, but without effect
        war.state.mechanisms.air_power = air_power;
        war.act(attackers, Action::assault, war.place);
        war.fight();
        return std::pair(war.state.events.at(0).deaths_actor1, war.state.events.at(0).deaths_actor2);
    };
    CHECK(deaths(true) == deaths(false));
}

TEST_CASE("a convoy loses no more than it has, and the garrison's morale only its share") {
    EmptyRegion war;
    const int hunters = war.add("katiba_macina", UnitType::cell, 300, war.place);
    const int post = war.add("fama", UnitType::garrison, 500, war.place);
    const auto f = static_cast<std::size_t>(testing::faction_index(war.setup, "fama"));
    const int convoy = static_cast<int>(war.state.parameters.factions[f].convoy_size);
    war.act(hunters, Action::ambush, war.place);
    war.fight();
    REQUIRE(war.state.events.size() == 1);
    CHECK(war.state.events[0].deaths_actor2 <= convoy);
    CHECK(war.state.units.morale[static_cast<std::size_t>(post)] >=
          1.0 - war.state.parameters.engagement.morale_loss * convoy / 500.0 - 1e-6);
}

TEST_CASE("a cause is kept only where the opponent had a part in it") {
    EmptyRegion war;
    const int attackers = war.add("katiba_macina", UnitType::cell, 100, war.place);
    war.add("fama", UnitType::garrison, 20, war.place);
    const auto organisation = [&](const char* faction) {
        return static_cast<std::int16_t>(
            war.setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(war.setup, faction))]);
    };
    for (const char* provoker : {"fama", "dan_na_ambassagou"}) {
        Event reason;
        reason.id = static_cast<std::int32_t>(war.state.events.size());
        reason.actor1 = organisation(provoker);
        war.state.events.push_back(reason);
        const auto u = static_cast<std::size_t>(attackers);
        war.act(attackers, Action::assault, war.place);
        war.state.units.cause_kind[u] = CauseKind::event;
        war.state.units.cause[u] = reason.id;
        war.state.relations.set(war.setup.zone_of[static_cast<std::size_t>(war.place)], organisation("fama"),
                                organisation("dan_na_ambassagou"), 0.0);
        war.fight();
        const bool by_fama = std::string(provoker) == "fama";
        CHECK((war.state.events.back().cause_kind == CauseKind::event) == by_fama);
    }
}

TEST_CASE("hostages come home on their day, or their death is the captor's act") {
    EmptyRegion war;
    auto& c = war.state.cohorts;
    const auto before = c.residents[0];
    for (const bool dies : {false, true}) {
        c.remove_residents(0, 1);
        ++c.hostages[0];
        war.state.hostages.push_back({0, c.commune[0], engine::day_number(war.state.date) + 1,
                                      static_cast<std::int16_t>(testing::faction_index(war.setup, "isgs")), dies});
    }
    auto step = testing::step_of(war.state);
    end_captivity(war.setup, step, war.state);
    CHECK(war.state.hostages.size() == 2);
    ++step.day;
    end_captivity(war.setup, step, war.state);
    CHECK(war.state.hostages.empty());
    CHECK(c.residents[0] == before - 1);
    CHECK(c.dead[0] == 1);
    REQUIRE(war.state.events.size() == 1);
    CHECK(war.state.events[0].civilians_killed == 1);
}

TEST_CASE("losses are replaced at the stated rate and never beyond the establishment") {
    EmptyRegion war;
    const int unit = war.add("fama", UnitType::garrison, 10, war.place);
    war.state.units.established[static_cast<std::size_t>(unit)] = 10'010;
    const auto f = static_cast<std::size_t>(testing::faction_index(war.setup, "fama"));
    war.state.parameters.factions[f].replacement_rate = 2.0;
    war.state.parameters.factions[f].intake = 0.0;
    replace(war.setup, testing::step_of(war.state), 365.25 / 4.0, war.state);
    CHECK(war.state.units.strength(unit) - 10 == Approx(10'000 * (1.0 - std::exp(-0.5))).epsilon(0.03));
    war.state.parameters.factions[f].replacement_rate = 1e6;
    replace(war.setup, testing::step_of(war.state), 365.25, war.state);
    CHECK(war.state.units.strength(unit) == 10'010);
}

TEST_CASE("effort shifts to what pays, within limits, by the same rule for everybody") {
    EmptyRegion war;
    const auto f = static_cast<Eigen::Index>(testing::faction_index(war.setup, "fama"));
    war.state.parameters.factions[static_cast<std::size_t>(f)].adaptation_rate = 0.1;
    war.state.parameters.adaptation.forgetting = 0.0;
    auto& experience = war.state.experience;
    const auto take = [&](Action action, double killed, double lost) {
        experience.taken.push_back(
            {static_cast<std::int16_t>(f), action, war.place, war.state.control.share(war.place, 0)});
        experience.opponents_killed(f, static_cast<Eigen::Index>(action)) += killed;
        experience.own_killed(f, static_cast<Eigen::Index>(action)) += lost;
    };
    for (int month = 0; month < 3; ++month) {
        take(Action::sweep, 4.0, 0.0);
        take(Action::patrol, 0.0, 3.0);
        adapt(war.setup, war.state.parameters, war.state.control, experience);
    }
    CHECK(experience.shift(f, static_cast<Eigen::Index>(Action::sweep)) > 0.0);
    CHECK(experience.shift(f, static_cast<Eigen::Index>(Action::patrol)) < 0.0);
    CHECK(experience.shift(f, static_cast<Eigen::Index>(Action::protect)) == 0.0);
    for (int month = 0; month < 500; ++month) {
        take(Action::sweep, 400.0, 0.0);
        take(Action::patrol, 0.0, 300.0);
        adapt(war.setup, war.state.parameters, war.state.control, experience);
    }
    CHECK(experience.shift(f, static_cast<Eigen::Index>(Action::sweep)) == war.state.parameters.adaptation.limit);
}

TEST_CASE("classes of presence go from none over marginal and contested to hegemonic") {
    EmptyRegion war;
    const auto step = testing::step_of(war.state);
    const int jnim = 1;
    war.state.control.share.setZero();
    war.state.control.share.col(war.setup.actors.self_rule) = 1.0;
    CHECK(presence_classes(war.setup, step, war.state)(0, jnim) == 0);
    int rural = -1;
    for (int i = 0; i < war.setup.communes(); ++i) {
        const auto& place = war.setup.geography.places[static_cast<std::size_t>(i)];
        if (place.cercle == 0 && !place.town) rural = i;
    }
    war.state.last_act[static_cast<std::size_t>(rural * war.setup.actors.authorities + jnim)] = step.day;
    CHECK(presence_classes(war.setup, step, war.state)(0, jnim) == 1);
    const auto rule = [&](int commune) {
        war.state.control.share.row(commune).setZero();
        war.state.control.share(commune, jnim) = 1.0;
    };
    int last = 1;
    for (int i = 0; i < war.setup.communes(); ++i) {
        const auto& place = war.setup.geography.places[static_cast<std::size_t>(i)];
        if (place.cercle != 0 || place.town) continue;
        rule(i);
        const int now = presence_classes(war.setup, step, war.state)(0, jnim);
        CHECK(now >= last);
        last = now;
    }
    CHECK(last == 3);
}
