#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "model/processes/land.h"
#include "model/processes/provocation.h"
#include "model/provocations.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

struct Pasture : testing::QuietRegion {
    Pasture() {
        auto& p = people().land;
        p.reach = 2.0;
        p.dispute_rate = 0.0;
        p.provocation = 1.0;
        p.revenge_weight = 0.0;
        for (auto& fed : p.herders_fed) fed = {5.0, 5.0};
        p.calendar = {1.0, 2.0};
        std::fill(p.arbitration.begin(), p.arbitration.end(), 0.0);
        look_around();
    }

    [[nodiscard]] double herders(int commune) const {
        return static_cast<double>(
            state.cohorts
                .livelihood_people[static_cast<std::size_t>(commune * state.cohorts.livelihoods + setup.herder)]);
    }
    [[nodiscard]] double farmers(int commune) const {
        return static_cast<double>(
            state.cohorts
                .livelihood_people[static_cast<std::size_t>(commune * state.cohorts.livelihoods + setup.farmer)]);
    }
    [[nodiscard]] double area(int commune) const {
        return setup.geography.places[static_cast<std::size_t>(commune)].area_km2;
    }
    [[nodiscard]] double stress(int commune) const {
        return static_cast<double>(state.pasture_stress[static_cast<std::size_t>(commune)]);
    }
    void graze() { update_pasture(setup, step(), state); }
    void set_stress(double stress) {
        std::fill(state.pasture_stress.begin(), state.pasture_stress.end(), static_cast<float>(stress));
    }
    /// Disputes expected in a year under the given stress.
    [[nodiscard]] double expected_disputes(double rate, double stress) const {
        double sum = 0.0;
        for (int i = 0; i < setup.communes(); ++i) {
            const double both = farmers(i) + herders(i);
            if (farmers(i) > 0.0 && herders(i) > 0.0)
                sum += rate * both / 1000.0 * 4.0 * farmers(i) * herders(i) / (both * both) * stress;
        }
        return sum;
    }
    std::size_t dispute(double years) {
        const auto before = state.events.size();
        state.today.first_event = before;
        dispute_land(setup, step(), years, state);
        return state.events.size() - before;
    }
};

}  // namespace

TEST_CASE("herds that stay at home press on their own land alone, by the closed form") {
    Pasture world;
    world.people().land.reach = 0.01;  // no way is that short
    world.look_around();
    world.graze();
    for (int i = 0; i < world.setup.communes(); ++i) {
        const double fed = 5.0 * world.area(i);
        CHECK(world.stress(i) == Approx(world.herders(i) / (world.herders(i) + fed)));
    }
}

TEST_CASE("herds that wander are shared out and never lost") {
    Pasture world;
    world.graze();
    double grazing = 0.0;
    double all = 0.0;
    for (int i = 0; i < world.setup.communes(); ++i) {
        CHECK(world.stress(i) >= 0.0);
        CHECK(world.stress(i) < 1.0);
        grazing += 5.0 * world.area(i) * world.stress(i) / (1.0 - world.stress(i));
        all += world.herders(i);
    }
    CHECK(grazing == Approx(all).epsilon(1e-4));
}

TEST_CASE("land that feeds more is less stressed, and land without herders not at all") {
    Pasture world;
    world.graze();
    const auto before = world.state.pasture_stress;
    for (auto& fed : world.people().land.herders_fed) fed = {10.0, 10.0};
    world.graze();
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(world.state.pasture_stress[i] < before[i]);
    auto& people = world.state.cohorts.livelihood_people;
    for (int i = 0; i < world.setup.communes(); ++i)
        people[static_cast<std::size_t>(i * world.state.cohorts.livelihoods + world.setup.herder)] = 0;
    world.graze();
    for (const float stress : world.state.pasture_stress) CHECK(stress == 0.0F);
}

TEST_CASE("disputes are as many as people, mixing, stress, season and arbitration say") {
    Pasture world;
    world.people().land.dispute_rate = 0.5;
    world.set_stress(0.4);
    const double mean = world.expected_disputes(0.5, 0.4);
    REQUIRE(mean > 50.0);
    const auto disputes = [&](const auto& change) {
        Pasture trial = world;
        change(trial);
        return static_cast<double>(trial.dispute(1.0));
    };
    CHECK(testing::is_plausible(disputes([](Pasture&) {}), mean, mean));
    CHECK(testing::is_plausible(disputes([](Pasture& p) {
                                    p.people().land.calendar = {3.0, 1.0};
                                }),
                                3.0 * mean, 3.0 * mean));
    const auto judge = [](double settled) {
        return [settled](Pasture& p) {
            p.state.control.share.setZero();
            p.state.control.share.col(p.authority("katiba_macina")) = 1.0;
            p.people().land.arbitration[static_cast<std::size_t>(p.authority("katiba_macina"))] = settled;
        };
    };
    CHECK(testing::is_plausible(disputes(judge(0.6)), 0.4 * mean, 0.4 * mean));
    CHECK(disputes(judge(1.0)) == 0.0);
    CHECK(disputes([](Pasture& p) { p.people().land.dispute_rate = 0.0; }) == 0.0);
    CHECK(disputes([](Pasture& p) { p.set_stress(0.0); }) == 0.0);
}

TEST_CASE("a dispute is between two communities of the place and nobody's act of war") {
    Pasture world;
    world.people().land.dispute_rate = 1.0;
    world.set_stress(0.9);
    REQUIRE(world.dispute(1.0) > 0);
    for (const auto& event : world.state.events) {
        CHECK(event.subtype == EventSubtype::land_dispute);
        CHECK(event.actor1 == -1);
        CHECK(event.actor2 == -1);
        CHECK(event.community != event.community2);
        CHECK(world.state.cohorts.residents_of(event.commune, event.community) > 0);
        CHECK(world.state.cohorts.residents_of(event.commune, event.community2) > 0);
        CHECK(event.civilians_killed + event.deaths_actor1 + event.deaths_actor2 == 0);
    }
}

TEST_CASE("a dispute provokes the friends of one side in so far as they suspect the other") {
    Pasture world;
    Event dispute;
    dispute.day = world.step().day;
    dispute.commune = world.place;
    dispute.type = EventType::strategic_development;
    dispute.subtype = EventSubtype::land_dispute;
    dispute.community = static_cast<std::int16_t>(world.community("dogon"));
    dispute.community2 = static_cast<std::int16_t>(world.community("fulani"));
    const auto provoked = [&](const std::string& faction, double affinity, double suspicion) {
        Pasture trial = world;
        auto& own = trial.faction(faction);
        own.affinity[static_cast<std::size_t>(dispute.community)] = affinity;
        own.suspicion[static_cast<std::size_t>(dispute.community2)] = suspicion;
        own.affinity[static_cast<std::size_t>(dispute.community2)] = 0.0;
        own.suspicion[static_cast<std::size_t>(dispute.community)] = 0.0;
        trial.state.events = {dispute};
        trial.state.today.first_event = 0;
        provoke(trial.setup, trial.step(), trial.state);
        return trial.state.provocations[provocation_index(trial.setup, trial.organisation(faction), trial.place)].amount;
    };
    CHECK(provoked("dan_na_ambassagou", 0.8, 0.5) == Approx(0.4));
    CHECK(provoked("dan_na_ambassagou", 0.8, 0.0) == 0.0);
    CHECK(provoked("dan_na_ambassagou", 0.0, 0.5) == 0.0);
}

TEST_CASE("short pasture multiplies what harm provokes") {
    Pasture world;
    world.people().land.revenge_weight = 2.0;
    Event killing;
    killing.day = world.step().day;
    killing.commune = world.place;
    killing.type = EventType::violence_against_civilians;
    killing.actor1 = static_cast<std::int16_t>(world.organisation("katiba_macina"));
    killing.community = static_cast<std::int16_t>(world.community("dogon"));
    killing.civilians_killed = 4;
    const auto provoked = [&](double stress) {
        Pasture trial = world;
        trial.set_stress(stress);
        trial.faction("dan_na_ambassagou").affinity[static_cast<std::size_t>(killing.community)] = 1.0;
        trial.state.relations.set(0, trial.organisation("dan_na_ambassagou"), trial.organisation("katiba_macina"), -1.0);
        trial.state.events = {killing};
        trial.state.today.first_event = 0;
        provoke(trial.setup, trial.step(), trial.state);
        return trial.state
            .provocations[provocation_index(trial.setup, trial.organisation("dan_na_ambassagou"), trial.place)]
            .amount;
    };
    REQUIRE(provoked(0.0) > 0.0);
    CHECK(provoked(0.5) == Approx(2.0 * provoked(0.0)));
}

TEST_CASE("hardship adds up from pasture, sieges and the burden of the displaced as independent chances do") {
    Pasture world;
    const auto i = static_cast<std::size_t>(world.place);
    const auto hardship = [&] {
        update_hardship(world.setup, world.state);
        return static_cast<double>(world.state.hardship[i]);
    };
    CHECK(hardship() == 0.0);
    world.set_stress(0.5);
    const auto residents = static_cast<double>(world.state.cohorts.residents_of(world.place));
    const double pasture = 0.5 * world.herders(world.place) / residents;
    CHECK(hardship() == Approx(pasture));
    world.state.displacement.hosted[i] = world.state.cohorts.residents_of(world.place);
    CHECK(hardship() == Approx(1.0 - (1.0 - pasture) * 0.5));
    world.state.sieges[i].unit = 0;
    CHECK(hardship() == 1.0);
}
