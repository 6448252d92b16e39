#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/motives.h"
#include "model/processes/displacement.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kYear = 365.25;  // days

struct Fleeing : testing::QuietRegion {
    int fulani = community("fulani");

    Fleeing() {
        auto& p = people().displacement;
        p.flight_rate = 1.0;
        p.household = 5.0;
        p.reach = 4.0;
        p.kin_pull = 2.0;
        p.town_pull = 1.0;
        p.border_pull = 10'000.0;
        p.return_rate = 1.0;
        p.calm = 0.1;
        look_around();
        for (place = 0; place < setup.communes(); ++place) {
            if (state.cohorts.residents_of(place, fulani) > 2000) break;
        }
    }

    /// Fear of the state in a community of a commune; of everybody there, if no community is named.
    void frighten(int commune, double fear, int community = -1) {
        for (int g = 0; g < setup.communities(); ++g) {
            if (community < 0 || g == community)
                state.attitudes.fear(cell(commune, g), side("fama")) = static_cast<float>(fear);
        }
    }

    void pass(double days) { flee_and_return(setup, step(), days, state); }

    [[nodiscard]] std::int64_t away() const {
        const auto& displaced = state.cohorts.displaced;
        return std::accumulate(displaced.begin(), displaced.end(), std::int64_t{0});
    }

    [[nodiscard]] const std::vector<Refuge>& refuges(int commune, int community) const {
        return state.displacement.refuges[state.cohorts.cell(commune, community)];
    }

    /// Refuges by home, hosts by place and cohorts have to agree.
    void check_books() const {
        std::vector<std::int64_t> hosted(static_cast<std::size_t>(setup.places()), 0);
        for (int i = 0; i < setup.communes(); ++i) {
            for (int g = 0; g < setup.communities(); ++g) {
                const auto c = state.cohorts.cell(i, g);
                std::int64_t fled = 0;
                for (const auto& refuge : refuges(i, g)) {
                    CHECK(refuge.persons > 0);
                    CHECK(refuge.place != i);
                    fled += refuge.persons;
                    hosted[static_cast<std::size_t>(refuge.place)] += refuge.persons;
                }
                std::int64_t missing = 0;
                for (auto k = state.cohorts.begin[c]; k < state.cohorts.begin[c + 1]; ++k)
                    missing += state.cohorts.displaced[static_cast<std::size_t>(k)];
                CHECK(fled == missing);
            }
        }
        CHECK(hosted == state.displacement.hosted);
        CHECK(testing::displaced_within(setup, state.displacement) +
                  testing::displaced_abroad(setup, state.displacement) ==
              away());
        check_conservation(setup, state);
    }
};

}  // namespace

TEST_CASE("danger is what is left of safety from every side") {
    Fleeing world;
    const auto c = world.cell(world.place, world.fulani);
    CHECK(danger_to(world.state.attitudes, c) == 0.0);
    world.state.attitudes.fear(c, 0) = 0.5F;
    world.state.attitudes.fear(c, 1) = 0.2F;
    CHECK(danger_to(world.state.attitudes, c) == Approx(1.0 - 0.5 * 0.8));
    world.state.attitudes.fear(c, 2) = 1.0F;
    CHECK(danger_to(world.state.attitudes, c) == 1.0);
}

TEST_CASE("nobody leaves where nothing is to fear, at rate zero or where there is nowhere to go") {
    Fleeing calm;
    calm.pass(kYear);
    CHECK(calm.away() == 0);
    Fleeing settled;
    settled.people().displacement.flight_rate = 0.0;
    settled.frighten(settled.place, 1.0);
    settled.pass(kYear);
    CHECK(settled.away() == 0);
    Fleeing trapped;
    trapped.people().displacement.border_pull = 0.0;
    for (int i = 0; i < trapped.setup.communes(); ++i) trapped.frighten(i, 1.0);
    trapped.pass(7.0);
    CHECK(trapped.away() == 0);
    CHECK(trapped.total("fled") == 0.0);
}

TEST_CASE("those who flee are as many as rate, danger and people say, in households, and only from where danger is") {
    Fleeing world;
    world.frighten(world.place, 0.5, world.fulani);
    const auto people = static_cast<double>(world.state.cohorts.residents_of(world.place, world.fulani));
    world.pass(30.0);
    const double mean = people * 0.5 * 30.0 / kYear;
    CHECK(testing::is_plausible(static_cast<double>(world.away()), mean, mean * 5.0));
    CHECK(world.away() % 5 == 0);
    CHECK(world.total("fled") == static_cast<double>(world.away()));
    for (int i = 0; i < world.setup.communes(); ++i) {
        for (int g = 0; g < world.setup.communities(); ++g)
            CHECK(world.refuges(i, g).empty() == (i != world.place || g != world.fulani));
    }
    world.check_books();
}

TEST_CASE("more fear, more flight; and a commune can empty, but not beyond its people") {
    const auto fled = [](double fear, double days) {
        Fleeing world;
        world.frighten(world.place, fear);
        world.pass(days);
        world.check_books();
        return world.away();
    };
    CHECK(fled(0.2, 30.0) < fled(0.5, 30.0));
    CHECK(fled(0.5, 30.0) < fled(1.0, 30.0));
    Fleeing world;
    const auto all = world.state.cohorts.residents_of(world.place);
    CHECK(fled(1.0, 100.0 * kYear) == all);
}

TEST_CASE("people go to safe places, to their own, to towns and across the border in proportion to what pulls them") {
    Fleeing world;
    world.people().displacement.flight_rate = 1e3;
    world.frighten(world.place, 1.0, world.fulani);
    int dangerous = -1;
    for (const auto& [near, hours] : world.setup.travel[0].from(world.place)) {
        if (near != world.place && near < world.setup.communes() && dangerous < 0) dangerous = near;
    }
    REQUIRE(dangerous >= 0);
    world.frighten(dangerous, 1.0);
    // Their flight is not what is looked at here.
    const auto others = world.state.attitudes;
    std::vector<double> pull(static_cast<std::size_t>(world.setup.places()), 0.0);
    const auto& c = world.state.cohorts;
    double sum = 0.0;
    for (const auto& [near, hours] : world.setup.travel[0].from(world.place)) {
        if (static_cast<double>(hours) > Kernel::cut_off * 4.0 || near == world.place || near == dangerous) continue;
        const double weight = std::exp(-static_cast<double>(hours) / 4.0);
        const bool town = world.setup.geography.places[static_cast<std::size_t>(near)].town;
        const double here = near >= world.setup.communes()
                                ? 10'000.0
                                : static_cast<double>(c.residents_of(near)) * (town ? 2.0 : 1.0) +
                                      2.0 * static_cast<double>(c.residents_of(near, world.fulani));
        pull[static_cast<std::size_t>(near)] = weight * here;
        sum += weight * here;
    }
    world.pass(7.0);
    double households = 0.0;
    for (const auto& refuge : world.refuges(world.place, world.fulani)) households += refuge.persons / 5.0;
    REQUIRE(households > 300.0);
    int checked = 0;
    for (const auto& refuge : world.refuges(world.place, world.fulani)) {
        CHECK(refuge.place != world.place);
        CHECK(refuge.place != dangerous);
        const double part = pull[static_cast<std::size_t>(refuge.place)] / sum;
        if (households * part < 10.0) continue;
        INFO("place " << refuge.place);
        CHECK(testing::is_plausible(refuge.persons / 5.0, households * part, households * part));
        ++checked;
    }
    CHECK(checked >= 5);
    CHECK(testing::displaced_abroad(world.setup, world.state.displacement) > 0);
    world.check_books();
}

TEST_CASE("without a pull of the border nobody goes abroad, with nothing else everybody does") {
    const auto share_abroad = [](double pull) {
        Fleeing world;
        world.people().displacement.border_pull = pull;
        world.frighten(world.place, 1.0);
        world.pass(60.0);
        REQUIRE(world.away() > 0);
        return static_cast<double>(testing::displaced_abroad(world.setup, world.state.displacement)) /
               static_cast<double>(world.away());
    };
    CHECK(share_abroad(0.0) == 0.0);
    CHECK(share_abroad(1e15) == 1.0);
    CHECK(share_abroad(10'000.0) < share_abroad(100'000.0));
}

TEST_CASE("people return only in calm, at a rate that rises with it, until all are home") {
    Fleeing world;
    world.frighten(world.place, 1.0, world.fulani);
    world.pass(kYear);
    const auto before = world.away();
    REQUIRE(before > 1000);
    world.people().displacement.flight_rate = 0.0;
    const auto returned = [&](double fear) {
        Fleeing later = world;
        later.frighten(later.place, fear);
        later.pass(60.0);
        later.check_books();
        CHECK(later.total("returned") == static_cast<double>(before - later.away()));
        return static_cast<double>(before - later.away());
    };
    const double part = 1.0 - std::exp(-60.0 / kYear);
    CHECK(returned(1.0) == 0.0);
    CHECK(returned(0.1) == 0.0);
    for (const double fear : {0.0, 0.05}) {
        const double mean = part * (1.0 - fear / 0.1) * static_cast<double>(before);
        CHECK(testing::is_plausible(returned(fear), mean, mean * 5.0));
    }
    world.frighten(world.place, 0.0);
    for (int year = 0; year < 200 && world.away() > 0; ++year) world.pass(kYear);
    CHECK(world.away() == 0);
    CHECK(world.refuges(world.place, world.fulani).empty());
    CHECK(world.state.cohorts.residents == world.setup.cohorts.residents);
    CHECK(std::all_of(world.state.displacement.hosted.begin(), world.state.displacement.hosted.end(),
                      [](std::int64_t hosted) { return hosted == 0; }));
}

TEST_CASE("at return rate zero nobody comes home") {
    Fleeing world;
    world.frighten(world.place, 1.0);
    world.pass(90.0);
    const auto away = world.away();
    world.people().displacement.return_rate = 0.0;
    world.frighten(world.place, 0.0);
    world.pass(kYear);
    CHECK(world.away() == away);
}
