#include <catch2/catch.hpp>

#include <cmath>

#include "model/casualties.h"
#include "model/processes/harm.h"
#include "model/processes/information.h"
#include "model/processes/provocation.h"
#include "model/provocations.h"
#include "model/small_world.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

struct Village {
    Setup setup = testing::small_world();
    State state = initial_state(setup, {8, 0});
    int place = 1;

    /// Civilians killed a time when a unit of the faction does this here.
    double killed(const std::string& faction, Action action, int times = 3000) {
        auto trial = state;
        const int unit = testing::add_unit(setup, trial, faction, UnitType::cell, place, 50, 99);
        auto& units = trial.units;
        units.action[static_cast<std::size_t>(unit)] = action;
        trial.today.arrived = {unit};
        double dead = 0.0;
        for (int k = 0; k < times; ++k) {
            auto step = testing::step_of(trial);
            step.day += k;
            trial.cohorts = state.cohorts;
            trial.today.first_event = trial.events.size();
            harm_civilians(setup, step, trial);
            for (std::size_t e = trial.today.first_event; e < trial.events.size(); ++e)
                dead += trial.events[e].civilians_killed;
        }
        return dead / times;
    }
};

}  // namespace

TEST_CASE("better information, less collateral harm of sweeps; none at perfect information") {
    Village village;
    const auto with = [&](double information) {
        village.state.control.information.setConstant(information);
        return village.killed("fama", Action::sweep);
    };
    const double poor = with(0.0);
    const double fair = with(0.5);
    const double good = with(0.9);
    CHECK(fair < poor);
    CHECK(good < fair);
    CHECK(good > 0.0);
    CHECK(with(1.0) == 0.0);
}

TEST_CASE("restraint spares civilians") {
    Village village;
    auto& faction =
        village.state.parameters.factions[static_cast<std::size_t>(testing::faction_index(village.setup, "isgs"))];
    faction.restraint = 0.0;
    const double none = village.killed("isgs", Action::raid);
    faction.restraint = 0.5;
    const double half = village.killed("isgs", Action::raid);
    faction.restraint = 1.0;
    CHECK(village.killed("isgs", Action::raid) == 0.0);
    CHECK(half == Approx(none / 2.0).epsilon(0.15));
}

TEST_CASE("an attack on civilians kills its mean, more in revenge, and nobody where it is beaten off") {
    Village village;
    auto& state = village.state;
    auto& faction = state.parameters.factions[static_cast<std::size_t>(testing::faction_index(village.setup, "isgs"))];
    faction.restraint = 0.25;
    const auto& p = state.parameters.harm;
    const double mean =
        faction.raid_kill_rate * p.raid_hours * std::exp(0.5 * p.raid_hours_spread * p.raid_hours_spread) * 0.75;
    CHECK(village.killed("isgs", Action::raid, 20'000) == Approx(mean).epsilon(0.08));
    const int isgs =
        village.setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(village.setup, "isgs"))];
    auto& provocation = state.provocations[provocation_index(village.setup, isgs, village.place)];
    provocation.amount = 1e9;
    provocation.day = engine::day_number(state.date);
    state.parameters.revenge.half_life = 1e9;
    CHECK(village.killed("isgs", Action::raid) > 1.2 * mean);
}

TEST_CASE("harm falls on the suspected") {
    Village village;
    std::vector<double> suspicion(static_cast<std::size_t>(village.state.cohorts.communities), 0.0);
    int suspected = -1;
    for (int g = 0; g < village.state.cohorts.communities; ++g) {
        if (village.state.cohorts.residents_of(village.place, g) > 0) suspected = g;
    }
    REQUIRE(suspected >= 0);
    const auto share = [&](double weight) {
        suspicion[static_cast<std::size_t>(suspected)] = weight;
        int hits = 0;
        for (std::uint64_t k = 0; k < 4000; ++k) {
            engine::RandomStream draws(1, 0, 0, k, 0, 0);
            hits += draw_victim_community(village.state.cohorts, village.place, &suspicion, 0.05, draws) == suspected
                        ? 1
                        : 0;
        }
        return hits / 4000.0;
    };
    const double by_chance = share(0.0);
    CHECK(share(0.5) > by_chance);
}

TEST_CASE("never more civilians die than live in the place") {
    Village village;
    engine::RandomStream draws(1, 0, 0, 0, 0, 0);
    const auto people = village.state.cohorts.residents_of(village.place, 0);
    const int killed = kill_residents(village.state.cohorts, village.place, 0, static_cast<int>(people) + 1000, draws);
    CHECK(killed == people);
    CHECK(village.state.cohorts.residents_of(village.place, 0) == 0);
}

TEST_CASE("information follows its closed form and rises with control") {
    Village village;
    auto& control = village.state.control;
    const auto& p = village.state.parameters.information;
    const int state_authority = 0;
    control.share.setZero();
    control.share.col(state_authority) = 1.0;
    control.information.setZero();
    village.state.sympathy.support.setZero();
    update_information(village.setup, village.state.parameters, village.state.sympathy, 10.0, control);
    const double total = p.tip_rate + 1.0 / p.decay_time;
    CHECK(control.information(0, state_authority) == Approx(p.tip_rate / total * (1.0 - std::exp(-10.0 * total))));
    // Without control there are no tips, and what is known is forgotten.
    control.share.setZero();
    const double before = control.information(0, state_authority);
    update_information(village.setup, village.state.parameters, village.state.sympathy, p.decay_time, control);
    CHECK(control.information(0, state_authority) == Approx(before * std::exp(-1.0)));
}

TEST_CASE("two half steps of information are one whole step") {
    Village village;
    auto once = village.state.control;
    auto twice = village.state.control;
    once.information.setZero();
    twice.information.setZero();
    update_information(village.setup, village.state.parameters, village.state.sympathy, 7.0, once);
    update_information(village.setup, village.state.parameters, village.state.sympathy, 3.5, twice);
    update_information(village.setup, village.state.parameters, village.state.sympathy, 3.5, twice);
    CHECK((once.information - twice.information).abs().maxCoeff() < 1e-12);
}

TEST_CASE("a provocation halves in its half-life, falls with distance and keeps the strongest reason") {
    Village village;
    auto& state = village.state;
    const auto& p = state.parameters.revenge;
    const int fama =
        village.setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(village.setup, "fama"))];
    const int jnim =
        village.setup.actors
            .organisation_of[static_cast<std::size_t>(testing::faction_index(village.setup, "katiba_macina"))];
    Event event;
    event.id = 5;
    event.commune = village.place;
    event.actor1 = static_cast<std::int16_t>(jnim);
    event.actor2 = static_cast<std::int16_t>(fama);
    event.deaths_actor2 = 10;
    const auto step = testing::step_of(state);
    event.day = step.day;
    state.events = {event};
    state.today.first_event = 0;
    provoke(village.setup, step, state);
    const auto& here = state.provocations[provocation_index(village.setup, fama, village.place)];
    CHECK(here.amount == Approx(10.0 * p.per_fighter));
    CHECK(here.event == 5);
    CHECK(standing_provocation(here, step.day + static_cast<int>(p.half_life), p.half_life) ==
          Approx(5.0 * p.per_fighter).epsilon(0.02));
    for (const auto& [place, hours] : village.setup.travel[0].from(village.place)) {
        if (hours > 0.0F && static_cast<double>(hours) < 3.0 * p.reach) {
            CHECK(state.provocations[provocation_index(village.setup, fama, place)].amount < here.amount);
        }
    }
    state.events[0].id = 6;
    state.events[0].deaths_actor2 = 1;  // less than what still stands
    provoke(village.setup, step, state);
    CHECK(here.event == 5);
}
