#include <catch2/catch.hpp>

#include <numeric>

#include "engine/random.h"
#include "experiment/accord_effect.h"

using namespace sahelsim;
using model::Event;

namespace {

constexpr int kWindow = 180;  // days

Event attack(int day, int commune) {
    Event event;
    event.day = day;
    event.commune = commune;
    event.type = model::EventType::violence_against_civilians;
    event.subtype = model::EventSubtype::attack;
    event.actor1 = 0;
    return event;
}

Event accord(int day, int commune) {
    Event event = attack(day, commune);
    event.type = model::EventType::strategic_development;
    event.subtype = model::EventSubtype::agreement;
    return event;
}

void sort_and_number(std::vector<Event>& events) {
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.day < b.day; });
    for (std::size_t e = 0; e < events.size(); ++e) events[e].id = static_cast<std::int32_t>(e);
}

/// Attacks at a constant rate in each of `areas` areas over four half-years.
std::vector<Event> steady_war(int areas, double a_window, std::uint64_t seed) {
    std::vector<Event> events;
    for (int area = 0; area < areas; ++area) {
        engine::RandomStream draws(1, 0, 0, seed, static_cast<std::uint64_t>(area), 0);
        for (int day = 0; day < 4 * kWindow; ++day) {
            for (int k = engine::draw_poisson(draws, a_window / kWindow); k > 0; --k)
                events.push_back(attack(day, area));
        }
    }
    return events;
}

int in_window(const std::vector<Event>& events, int area, int half_year) {
    return static_cast<int>(std::count_if(events.begin(), events.end(), [&](const Event& e) {
        return e.commune == area && e.day >= half_year * kWindow && e.day < (half_year + 1) * kWindow;
    }));
}

std::vector<int> each_its_own(int areas) {
    std::vector<int> numbers(static_cast<std::size_t>(areas));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

}  // namespace

TEST_CASE("a halving is found as one, before and after and against the run without accords") {
    std::vector<Event> with = {attack(0, 1), attack(1000, 1)};
    for (int k = 0; k < 10; ++k) with.push_back(attack(200 + k, 0));
    auto without = with;
    for (int k = 0; k < 5; ++k) with.push_back(attack(400 + k, 0));
    for (int k = 0; k < 20; ++k) without.push_back(attack(400 + k, 0));
    with.push_back(accord(380, 0));
    with.push_back(attack(390, 2));  // another place's
    sort_and_number(with);
    sort_and_number(without);
    experiment::AccordEffectBuilder builder({0, 1, 2}, kWindow);
    builder.add(with, &without);
    const auto effect = builder.build();
    CHECK(effect.accords == 1);
    CHECK(effect.before_after.n == 1);
    CHECK(effect.before_after.spread.median == Approx(-0.5));
    CHECK(effect.halved == 1.0);
    CHECK(effect.pooled.spread.median == Approx(-0.5));
    CHECK(effect.paired.spread.median == Approx(-0.75));
    CHECK(effect.paired_first.spread.median == Approx(-0.75));
}

TEST_CASE("accords without effect after the worst half-year seem to work, and don't against the runs without them") {
    constexpr int areas = 60;
    experiment::AccordEffectBuilder builder(each_its_own(areas), kWindow);
    for (std::uint64_t run = 0; run < 5; ++run) {
        const auto without = steady_war(areas, 4.0, run);
        auto with = without;
        for (int area = 0; area < areas; ++area) {
            // The worse of the second and third half-years.
            const int worst = in_window(without, area, 1) >= in_window(without, area, 2) ? 1 : 2;
            if (in_window(without, area, worst) >= 6) with.push_back(accord((worst + 1) * kWindow, area));
        }
        auto vetoed = without;
        sort_and_number(with);
        sort_and_number(vetoed);
        builder.add(with, &vetoed);
    }
    const auto effect = builder.build();
    REQUIRE(effect.accords > 50);
    CHECK(effect.before_after.spread.median < -0.25);
    CHECK(effect.halved > 0.2);
    REQUIRE(effect.paired.n == 5);
    CHECK(effect.paired.spread.low == 0.0);
    CHECK(effect.paired.spread.high == 0.0);
}

TEST_CASE("accords without a whole window or without attacks before are left out of changes and counted") {
    std::vector<Event> events = {attack(0, 0), accord(50, 0), accord(400, 1), attack(500, 1), attack(1000, 0)};
    sort_and_number(events);
    experiment::AccordEffectBuilder builder({0, 1}, kWindow);
    builder.add(events, nullptr);
    const auto effect = builder.build();
    CHECK(effect.accords == 1);
    CHECK(effect.without_any == 1);
    CHECK(effect.before_after.n == 0);
    CHECK(effect.paired.n == 0);
}

TEST_CASE("runs that differ before the first accord are refused, and so are runs with accords as those without") {
    const std::vector<Event> with = {attack(0, 0), attack(10, 0), accord(300, 0), attack(900, 0)};
    auto other = with;
    other[1].commune = 1;
    other.erase(other.begin() + 2);
    experiment::AccordEffectBuilder builder({0, 1}, kWindow);
    CHECK_THROWS_AS(builder.add(with, &other), std::invalid_argument);
    CHECK_THROWS_AS(builder.add(with, &with), std::invalid_argument);
}
