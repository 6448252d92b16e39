#include <catch2/catch.hpp>

#include <map>

#include "model/candidates.h"
#include "model/processes/decisions.h"
#include "model/processes/engagements.h"
#include "model/processes/harm.h"
#include "model/processes/presence.h"
#include "model/quiet_region.h"
#include "model/truces.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

struct Truce : testing::QuietRegion {
    int katiba = testing::faction_index(setup, "katiba_macina");
    int hunters = testing::faction_index(setup, "dan_na_ambassagou");
    int army = testing::faction_index(setup, "fama");

    /// The unit does this here today.
    void act(int unit, Action action) {
        const auto i = static_cast<std::size_t>(unit);
        state.units.action[i] = action;
        state.units.target[i] = place;
        state.units.end[i] = step().day + 5;
        state.today.arrived = {unit};
        state.today.first_event = state.events.size();
        engage(setup, step(), state);
        harm_civilians(setup, step(), state);
    }
    void make_truce(int change = 1) {
        change_local_truce(state.truces, place, katiba, hunters, change);
        change_local_truce(state.truces, place, katiba, kVillagers, change);
    }
    void see() {
        look_around();
        update_outlook(setup, state.parameters, state.control, state.presence, state.sympathy, state.outlook);
        overlook_those_at_truce(setup, state, state.outlook);
    }
    [[nodiscard]] Outlook::Row seen_by(int faction) const {
        return state.outlook.rows[static_cast<std::size_t>(faction * setup.places() + place)];
    }
    [[nodiscard]] std::map<Action, int> choices(int unit, int draws) {
        const Picture picture{state.parameters,   state.mechanisms, state.control, state.presence, state.sympathy,
                              state.provocations, state.experience, state.random,  state.outlook,  {},
                              &state.truces};
        std::map<Action, int> found;
        for (int k = 0; k < draws; ++k) {
            auto today = step();
            today.day += k;
            const auto decision = decide(setup, today, picture, state.units, unit);
            if (decision.target == place || decision.action == Action::rest) ++found[decision.action];
        }
        return found;
    }
};

}  // namespace

TEST_CASE("a local truce holds both ways in its commune and as long as any accord says so") {
    Truce world;
    auto& truces = world.state.truces;
    CHECK(truces.none());
    world.make_truce();
    world.make_truce();
    CHECK(at_truce(truces, world.katiba, world.hunters, world.place));
    CHECK(at_truce(truces, world.hunters, world.katiba, world.place));
    CHECK_FALSE(at_truce(truces, world.katiba, world.army, world.place));
    CHECK_FALSE(at_truce(truces, world.katiba, world.hunters, world.place + 1));
    CHECK_FALSE(at_truce(truces, world.katiba, world.hunters, world.setup.communes()));
    CHECK(spares_villagers(truces, world.katiba, world.place));
    CHECK_FALSE(spares_villagers(truces, world.hunters, world.place));
    world.make_truce(-1);
    CHECK(at_truce(truces, world.katiba, world.hunters, world.place));
    world.make_truce(-1);
    CHECK(truces.none());
    CHECK_FALSE(is_bound(truces, world.katiba, world.place));
}

TEST_CASE("a national truce holds everywhere, abroad too, until it is taken back") {
    Truce world;
    auto& truces = world.state.truces;
    begin_national_truce(truces, world.katiba, world.army);
    begin_national_truce(truces, world.katiba, kVillagers);
    begin_national_truce(truces, world.katiba, kVillagers);
    CHECK(is_bound(truces, world.army, world.place));
    CHECK_FALSE(is_bound(truces, world.hunters, world.place));
    for (const int place : {0, world.place, world.setup.communes()}) {
        CHECK(at_truce(truces, world.army, world.katiba, place));
        CHECK(spares_villagers(truces, world.katiba, place));
        CHECK_FALSE(at_truce(truces, world.katiba, world.hunters, place));
    }
    end_national_truces(truces);
    CHECK(truces.none());
    CHECK_FALSE(is_bound(truces, world.army, world.place));
}

TEST_CASE("those at truce are not seen as opponents, all others as before") {
    Truce world;
    world.state.parameters.control.reach = 0.01;  // nobody is felt beyond his own commune
    world.add("katiba_macina", UnitType::cell, 20, world.place);
    world.add("dan_na_ambassagou", UnitType::cell, 30, world.place);
    world.see();
    const auto before = world.seen_by(world.katiba);
    REQUIRE(before.overt + before.covert > 0.0F);
    REQUIRE(before.armed_weight > before.weight);
    world.make_truce();
    world.see();
    const auto at_peace = world.seen_by(world.katiba);
    CHECK(at_peace.overt == 0.0F);
    CHECK(at_peace.covert == 0.0F);
    CHECK(at_peace.armed_weight == at_peace.weight);
    world.add("fama", UnitType::garrison, 40, world.place);
    world.see();
    const auto overtness = world.faction("fama").overtness;
    CHECK(static_cast<double>(world.seen_by(world.katiba).overt) == Approx(40.0 * overtness).epsilon(1e-4));
    world.make_truce(-1);
    world.see();
    CHECK(world.seen_by(world.katiba).overt > at_peace.overt);
}

TEST_CASE("parties at truce do not fight; who defies it does, and that is noted") {
    Truce world;
    const int cell = world.add("katiba_macina", UnitType::cell, 30, world.place);
    const int guards = world.add("dan_na_ambassagou", UnitType::cell, 30, world.place);
    Truce at_war = world;
    at_war.act(cell, Action::assault);
    CHECK(at_war.state.events.size() == 1);
    CHECK(at_war.state.truces.violations.empty());
    world.make_truce();
    Truce kept = world;
    kept.act(cell, Action::assault);
    CHECK(kept.state.events.empty());
    kept.act(guards, Action::rival_attack);
    CHECK(kept.state.events.empty());
    Truce broken = world;
    broken.state.units.defies[static_cast<std::size_t>(cell)] = 1;
    broken.act(cell, Action::assault);
    REQUIRE(broken.state.events.size() == 1);
    REQUIRE(broken.state.truces.violations.size() == 1);
    CHECK(broken.state.truces.violations.front().event == broken.state.events.front().id);
    CHECK(broken.state.truces.violations.front().other == world.hunters);
    // The army is no party.
    Truce third = world;
    third.add("fama", UnitType::garrison, 30, third.place);
    third.act(cell, Action::assault);
    REQUIRE(third.state.events.size() == 1);
    CHECK(third.state.events.front().actor2 == third.organisation("fama"));
    CHECK(third.state.truces.violations.empty());
}

TEST_CASE("villagers who are spared are neither raided nor abducted nor besieged, but by those who defy the truce") {
    Truce world;
    const int cell = world.add("katiba_macina", UnitType::cell, 30, world.place);
    world.make_truce();
    const auto people = world.state.cohorts.residents;
    for (const Action action : {Action::raid, Action::abduction, Action::siege}) {
        Truce kept = world;
        kept.act(cell, action);
        CHECK(kept.state.events.empty());
        CHECK(kept.state.cohorts.residents == people);
        CHECK(kept.state.sieges[static_cast<std::size_t>(kept.place)].unit == -1);
        Truce broken = world;
        broken.state.units.defies[static_cast<std::size_t>(cell)] = 1;
        broken.act(cell, action);
        CHECK(broken.state.events.size() == 1);
        REQUIRE(broken.state.truces.violations.size() == 1);
        CHECK(broken.state.truces.violations.front().other == kVillagers);
        check_conservation(broken.setup, broken.state);
    }
}

TEST_CASE("units that keep a truce choose other targets; units that defy it choose as if there were none") {
    Truce world;
    const int cell = world.add("katiba_macina", UnitType::cell, 30, world.place);
    auto& own = world.faction("katiba_macina");
    own.travel_limit = 0.01;
    own.doctrine[index(Action::raid)] = 3.0;
    world.state.parameters.accords.violation = 1.0;
    own.discipline = 0.0;
    world.see();
    const auto at_war = world.choices(cell, 200);
    REQUIRE(at_war.at(Action::raid) > 50);
    world.make_truce();
    world.see();
    CHECK(world.choices(cell, 200) == at_war);
    own.discipline = 1.0;
    const auto kept = world.choices(cell, 200);
    CHECK(kept.count(Action::raid) == 0);
    CHECK(kept.count(Action::siege) == 0);
    CHECK(kept.count(Action::abduction) == 0);
}

TEST_CASE("hunters who are to stay at home do nothing beyond it") {
    Truce world;
    const int guards = world.add("dan_na_ambassagou", UnitType::cell, 30, world.place);
    world.faction("dan_na_ambassagou").discipline = 1.0;
    change_local_truce(world.state.truces, world.place, world.katiba, world.hunters, 1);
    world.see();
    const Picture picture{world.state.parameters, world.state.mechanisms,
                          world.state.control,    world.state.presence,
                          world.state.sympathy,   world.state.provocations,
                          world.state.experience, world.state.random,
                          world.state.outlook,    {},
                          &world.state.truces};
    const auto leaves = [&] {
        int away = 0;
        for (int k = 0; k < 300; ++k) {
            auto today = world.step();
            today.day += k;
            const auto decision = decide(world.setup, today, picture, world.state.units, guards);
            away += decision.target != world.place ? 1 : 0;
        }
        return away;
    };
    REQUIRE(leaves() > 0);
    change_confinement(world.state.truces, world.place, world.hunters, 1);
    CHECK(leaves() == 0);
}

TEST_CASE("only undisciplined units defy a truce, more so when shaken or provoked") {
    Truce world;
    const int cell = world.add("katiba_macina", UnitType::cell, 30, world.place);
    auto& p = world.state.parameters.accords;
    p.violation = 0.1;
    p.violation_morale = 1.0;
    p.violation_revenge = 2.0;
    const auto probability = [&](double discipline, float morale, double revenge) {
        world.faction("katiba_macina").discipline = discipline;
        auto decider = describe(world.setup, world.state.parameters, world.state.units, cell);
        decider.morale = morale;
        return probability_of_defiance(world.state.parameters, decider, revenge);
    };
    CHECK(probability(1.0, 0.2F, 1.0) == 0.0);
    CHECK(probability(0.5, 1.0F, 0.0) == Approx(0.05));
    CHECK(probability(0.0, 1.0F, 0.0) > probability(0.5, 1.0F, 0.0));
    CHECK(probability(0.5, 0.5F, 0.0) > probability(0.5, 1.0F, 0.0));
    CHECK(probability(0.5, 1.0F, 0.5) > probability(0.5, 1.0F, 0.0));
    p.violation = 1.0;
    CHECK(probability(0.0, 0.0F, 1.0) == 1.0);
}
