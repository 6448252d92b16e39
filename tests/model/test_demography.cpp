#include <catch2/catch.hpp>

#include <numeric>

#include "model/processes/demography.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

struct Generations : testing::QuietRegion {
    double at_start = static_cast<double>(residents());

    void set(double births, double deaths) { people().demography = {births, deaths}; }
    void pass(double years) { renew_people(setup, step(), years, state); }
    [[nodiscard]] std::int64_t residents() const {
        const auto& all = state.cohorts.residents;
        return std::accumulate(all.begin(), all.end(), std::int64_t{0});
    }
};

}  // namespace

TEST_CASE("births and natural deaths come at their rates and are the whole change of the people") {
    Generations world;
    world.set(0.04, 0.01);
    world.pass(1.0 / 12.0);
    const double born = world.at_start * 0.04 / 12.0;
    const double died = world.at_start * 0.01 / 12.0;
    CHECK(testing::is_plausible(world.total("births"), born, born));
    CHECK(testing::is_plausible(world.total("natural_deaths"), died, died));
    CHECK(static_cast<double>(world.residents()) ==
          world.at_start + world.total("births") - world.total("natural_deaths"));
    check_conservation(world.setup, world.state);
}

TEST_CASE("without births and deaths nothing changes") {
    Generations world;
    world.set(0.0, 0.0);
    world.pass(10.0);
    CHECK(world.state.cohorts.residents == world.setup.cohorts.residents);
    CHECK(world.state.cohorts.changes == world.setup.cohorts.changes);
}

TEST_CASE("every community of a commune grows at the same rate") {
    Generations world;
    world.set(0.05, 0.0);
    world.pass(1.0);
    const auto& c = world.state.cohorts;
    for (std::size_t cell = 0; cell < c.people.size(); ++cell) {
        const auto before = static_cast<double>(world.setup.cohorts.people[cell]);
        const double mean = 0.05 * before;
        if (mean < 1.0) continue;
        CHECK(testing::is_plausible(static_cast<double>(c.people[cell]) - before, mean, 1.3 * mean));
    }
}

TEST_CASE("no more people die than live, and the dead of old age are not the dead of the war") {
    Generations world;
    world.set(0.0, 50.0);  // hardly anybody could be left
    world.pass(1.0);
    CHECK(world.residents() == 0);
    CHECK(world.total("natural_deaths") == world.at_start);
    for (const auto dead : world.state.cohorts.dead) CHECK(dead == 0);
    check_conservation(world.setup, world.state);
}

TEST_CASE("those who are away are neither born nor die of old age") {
    Generations world;
    world.set(0.0, 50.0);  // hardly anybody could be left
    auto& c = world.state.cohorts;
    std::int32_t cohort = 0;
    while (c.residents[static_cast<std::size_t>(cohort)] < 10) ++cohort;
    const auto k = static_cast<std::size_t>(cohort);
    c.remove_residents(cohort, 10);
    c.displaced[k] += 10;
    world.state.displacement.refuges[c.cell(c.commune[k], c.community[k])].push_back({world.place, 10});
    world.state.displacement.hosted[static_cast<std::size_t>(world.place)] += 10;
    world.pass(1.0);
    CHECK(c.displaced[k] == 10);
    CHECK(world.residents() == 0);
    check_conservation(world.setup, world.state);
}
