#include <catch2/catch.hpp>

#include <cmath>

#include "model/combat.h"

using namespace sahelsim::model;
using sahelsim::engine::RandomStream;

namespace {

Side side(int fighters, double hit_rate) {
    Side s;
    s.fighters = fighters;
    s.hit_rate = hit_rate;
    return s;
}

}  // namespace

TEST_CASE("aimed fire on both sides converges to Lanchester's square law") {
    // alpha A^2 - beta B^2 is constant: of 1,000,000 against 800,000 of equal skill, sqrt(A^2 - B^2) = 600,000 are left.
    RandomStream stream(1, 0, 0, 0, 0, 0);
    const auto outcome = fight(side(1'000'000, 0.01), side(800'000, 0.01), 0.05, 1'000'000, stream);
    CHECK(outcome.second_broke);
    CHECK_FALSE(outcome.first_broke);
    CHECK(1'000'000 - outcome.hit_first == Approx(600'000).epsilon(0.005));
}

TEST_CASE("skill counts once and numbers count twice in the square law") {
    // Half as many with four times the skill are even: alpha A^2 = beta B^2.
    int won_by_first = 0;
    for (std::uint64_t k = 0; k < 400; ++k) {
        RandomStream stream(2, 0, 0, k, 0, 0);
        const auto outcome = fight(side(200, 0.01), side(100, 0.04), 0.25, 100'000, stream);
        won_by_first += outcome.second_broke && !outcome.first_broke ? 1 : 0;
    }
    CHECK(won_by_first / 400.0 == Approx(0.5).margin(0.1));
}

TEST_CASE("an ambush follows Deitchman's mixed law") {
    // Ambushers aim, the ambushed fire at an area: x0 - x = beta (y0^2 - y^2) / (2 alpha).
    RandomStream stream(3, 0, 0, 0, 0, 0);
    Side column = side(100'000, 1e-8);
    column.blind = true;
    const auto outcome = fight(side(100'000, 0.01), column, 0.05, 1'000'000, stream);
    CHECK(outcome.second_broke);
    CHECK(outcome.hit_first == Approx(1e-8 * 1e10 / (2.0 * 0.01)).epsilon(0.03));
}

TEST_CASE("the surprised are silent") {
    RandomStream stream(4, 0, 0, 0, 0, 0);
    Side defence = side(100, 1.0);
    defence.silent_rounds = 3;
    const auto outcome = fight(side(20, 0.1), defence, 0.5, 3, stream);
    CHECK(outcome.hit_first == 0);
    CHECK(outcome.hit_second > 0);
}

TEST_CASE("a side breaks at its point, and never are more hit than there are") {
    for (std::uint64_t k = 0; k < 500; ++k) {
        RandomStream stream(5, 0, 0, k, 0, 0);
        Side attack = side(30, 2.0);
        attack.break_point = 0.2;
        const auto outcome = fight(attack, side(7, 0.5), 1.0, 50, stream);
        CHECK(outcome.hit_first <= 30);
        CHECK(outcome.hit_second <= 7);
        CHECK(outcome.rounds <= 50);
        if (outcome.first_broke) CHECK(outcome.hit_first >= 6);
        if (!outcome.first_broke) CHECK(outcome.hit_first < 6);
    }
}

TEST_CASE("without shooters nothing happens") {
    RandomStream stream(6, 0, 0, 0, 0, 0);
    const auto outcome = fight(side(0, 1.0), side(10, 1.0), 1.0, 10, stream);
    CHECK(outcome.first_broke);
    CHECK(outcome.hit_second == 0);
}
