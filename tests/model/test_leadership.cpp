#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "model/leadership.h"
#include "model/processes/desertion.h"
#include "model/processes/gathering.h"
#include "model/processes/leadership.h"
#include "model/quiet_region.h"
#include "model/schedule.h"
#include "model/tally.h"
#include "model/truces.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kMonth = 1.0 / 12.0;

struct Led : testing::QuietRegion {
    int macina = testing::faction_index(setup, "katiba_macina");
    int ansar_dine = testing::faction_index(setup, "ansar_dine");
    int isgs = testing::faction_index(setup, "isgs");

    [[nodiscard]] LeadershipParameters& p() { return state.parameters.leadership; }
    [[nodiscard]] std::size_t post(const std::string& leader) const {
        const auto& leaders = setup.scenario.leaders;
        for (std::size_t k = 0; k < state.leadership.posts.size(); ++k) {
            const int holder = state.leadership.posts[k].leader;
            if (holder >= 0 && leaders[static_cast<std::size_t>(holder)].id == leader) return k;
        }
        throw std::logic_error("no post of " + leader);
    }
    void lose(const std::string& leader) { lose_holder(setup, step(), post(leader), -1, -1, state); }
    /// A month passes; back to the start before the end of the run.
    void month() {
        state.date += std::chrono::days{30};
        if (state.date > setup.scenario.end) state.date = setup.scenario.start;
        lead(setup, step(), kMonth, state);
    }
    [[nodiscard]] double hardness_of(const std::string& leader) {
        const auto& leaders = setup.scenario.leaders;
        const auto found =
            std::find_if(leaders.begin(), leaders.end(), [&](const auto& other) { return other.id == leader; });
        return p().hardness[static_cast<std::size_t>(found - leaders.begin())];
    }
};

}  // namespace

TEST_CASE("a commander is missed by his faction, a head by the whole organisation") {
    Led world;
    world.p().commander_loss = 0.2;
    world.p().head_loss = 0.5;
    world.p().head_reach = 0.6;
    world.lose("amadou_koufa");
    CHECK(cohesion(world.state, world.macina) == Approx(0.8));
    CHECK(cohesion(world.state, world.ansar_dine) == 1.0);
    world.lose("iyad_ag_ghaly");
    CHECK(cohesion(world.state, world.ansar_dine) == Approx(0.5));
    CHECK(cohesion(world.state, world.macina) == Approx(0.8 * (1.0 - 0.6 * 0.5)));
    CHECK(cohesion(world.state, world.isgs) == 1.0);
    CHECK(world.total("leaders_lost") == 2.0);
    REQUIRE(world.state.events.size() == 2);
    CHECK(world.state.events[0].subtype == EventSubtype::leader_killed);
    CHECK(world.state.events[0].actor2 == world.organisation("katiba_macina"));
}

TEST_CASE("cohesion comes back by its half-life once the post is filled, and not before") {
    Led world;
    world.p().commander_loss = 0.4;
    world.p().recovery_half_life = 365.25 / 12.0;  // a month
    world.p().commander_vacancy = 0.0;
    world.lose("amadou_koufa");
    auto& post = world.state.leadership.posts[world.post("amadou_koufa")];
    post.vacant_until = world.step().day + 1000;
    world.month();
    CHECK(cohesion(world.state, world.macina) == Approx(0.6));
    post.vacant_until = world.step().day;
    world.month();
    CHECK_FALSE(post.vacant);
    CHECK(cohesion(world.state, world.macina) == Approx(0.8));
    world.month();
    CHECK(cohesion(world.state, world.macina) == Approx(0.9));
}

TEST_CASE("the named successor takes over, or one without a name drawn around the man before") {
    Led world;
    world.p().commander_vacancy = 0.0;
    world.lose("djamel_okacha");
    world.month();
    world.month();
    const auto furqan = testing::faction_index(world.setup, "al_furqan");
    world.p().head_weight = 0.0;
    CHECK(hardness(world.setup, world.state, furqan) == world.hardness_of("talha_al_libi"));

    double sum = 0.0;
    double squares = 0.0;
    constexpr int times = 400;
    world.p().succession_spread = 0.05;
    const auto number = world.post("amadou_koufa");
    const double before = world.hardness_of("amadou_koufa");
    for (int k = 0; k < times; ++k) {
        Led again = world;
        again.state.leadership.posts[number].key = static_cast<std::uint64_t>(k);
        lose_holder(again.setup, again.step(), number, -1, -1, again.state);
        again.month();
        again.month();
        const double now = hardness(again.setup, again.state, again.macina) - before;
        sum += now;
        squares += now * now;
    }
    CHECK(testing::is_plausible(sum / times, 0.0, 0.05 * 0.05 / times));
    CHECK(squares / times == Approx(0.05 * 0.05).epsilon(4.0 * std::sqrt(2.0 / times)));
}

TEST_CASE("a faction's stance is its head's and its commanders', and the usual one where nobody leads") {
    Led world;
    world.p().head_weight = 0.3;
    const double head = world.hardness_of("iyad_ag_ghaly");
    const double commander = world.hardness_of("amadou_koufa");
    CHECK(hardness(world.setup, world.state, world.macina) == Approx(0.3 * head + 0.7 * commander));
    world.lose("amadou_koufa");
    CHECK(hardness(world.setup, world.state, world.macina) == Approx(head));
    world.p().usual_hardness = 0.123;
    CHECK(hardness(world.setup, world.state, testing::faction_index(world.setup, "fama")) == 0.123);
    CHECK(hardness(world.setup, world.state, world.isgs) == world.hardness_of("adnan_abu_walid_al_sahraoui"));
}

TEST_CASE("who is lost before his turn never takes over") {
    Led world;
    world.p().commander_vacancy = 0.0;
    world.lose("djamel_okacha");
    const auto& leaders = world.setup.scenario.leaders;
    const auto heir =
        std::find_if(leaders.begin(), leaders.end(), [](const auto& leader) { return leader.id == "talha_al_libi"; });
    world.state.leadership.lost[static_cast<std::size_t>(heir - leaders.begin())] = 1;
    world.month();
    world.month();
    CHECK_THROWS(world.post("talha_al_libi"));
}

TEST_CASE("leaders are found at the stated rate, only where crews reach and know them") {
    Led world;
    const int base = world.place;
    world.add("katiba_macina", UnitType::cell, 50, base);
    const int crew = world.add("barkhane", UnitType::air, 0, base);
    auto& france = world.faction("barkhane");
    france.technical_information = 0.5;
    world.state.control.information.setZero();
    world.p().strike_rate = 1.5;
    const double hostility = -world.state.relations.at(world.setup, base, world.organisation("barkhane"),
                                                       world.organisation("katiba_macina"));
    REQUIRE(hostility > 0.5);
    const auto number = world.post("amadou_koufa");
    const auto found = [&](Led& from) {
        int lost = 0;
        for (int k = 0; k < 1000; ++k) {
            State state = from.state;
            state.leadership.posts[number].key = static_cast<std::uint64_t>(k);
            lead(from.setup, from.step(), kMonth, state);
            lost += state.leadership.posts[number].losses;
        }
        return lost;
    };
    const double expected = 1.0 - std::exp(-1.5 * 0.5 * hostility * kMonth);
    CHECK(testing::is_plausible(found(world), 1000.0 * expected, 1000.0 * expected * (1.0 - expected)));
    france.technical_information = 0.0;
    CHECK(found(world) == 0);
    france.technical_information = 0.5;
    begin_national_truce(world.state.truces, testing::faction_index(world.setup, "barkhane"), world.macina);
    CHECK(found(world) == 0);
    end_national_truces(world.state.truces);
    world.state.mechanisms.air_power = false;
    CHECK(found(world) == 0);
    world.state.mechanisms.air_power = true;
    world.state.units.type[static_cast<std::size_t>(crew)] = UnitType::retired;
    CHECK(found(world) == 0);
}

TEST_CASE("without cohesion groups gather less and more members leave") {
    const auto groups = [](double holding) {
        Led world;
        world.faction("katiba_macina").merge_rate = 0.02;
        world.faction("katiba_macina").scatter_rate = 0.0;
        world.faction("katiba_macina").largest_share = 1.0;
        for (int k = 0; k < 40; ++k) world.add("katiba_macina", UnitType::cell, 5, world.place);
        world.look_around();
        world.state.leadership.cohesion[static_cast<std::size_t>(world.macina)] = holding;
        gather_and_scatter(world.setup, world.step(), world.state.parameters, world.state.presence, world.state.random,
                           world.state.units, cohesion_of_factions(world.state));
        int leading = 0;
        for (int u = 0; u < world.state.units.size(); ++u) leading += world.state.units.leads(u) ? 1 : 0;
        return leading;
    };
    CHECK(groups(0.0) == 40);
    CHECK(groups(0.1) > groups(1.0));

    const auto leaving = [](double holding) {
        Led world;
        world.faction("katiba_macina").desertion_rate = 1.0;
        world.p().desertion_weight = 3.0;
        const int unit = world.add("katiba_macina", UnitType::cell, 4000, world.place);
        world.state.units.morale[static_cast<std::size_t>(unit)] = 1.0F;
        world.state.units.supply[static_cast<std::size_t>(unit)] = 1.0F;
        world.state.leadership.cohesion[static_cast<std::size_t>(world.macina)] = holding;
        world.people().desertion.unpaid_weight = 0.0;
        desert(world.setup, world.step(), 36.525, world.state);
        return 4000 - world.state.units.strength(unit);
    };
    const double rate = 0.1 * (1.0 + 3.0 * 0.5);
    const double share = 1.0 - std::exp(-rate);
    CHECK(testing::is_plausible(leaving(0.5), 4000 * share, 4000 * share * (1.0 - share)));
    CHECK(leaving(0.5) > leaving(1.0));
}

TEST_CASE("an intervention loses a leader once, and nothing before it or without the mechanism changes") {
    const auto run = [](bool lost, bool on, int days) {
        auto scenario = testing::library_scenario("small");
        scenario.interventions.clear();
        if (lost) {
            scenario::Intervention i;
            i.id = "gone";
            i.type = "lose_leader";
            i.date = *engine::parse_date("2017-03-10");
            i.fields["leader"] = std::string("amadou_koufa");
            scenario.interventions.push_back(i);
            i.id = "gone_again";
            i.date = *engine::parse_date("2017-03-11");
            scenario.interventions.push_back(i);
        }
        scenario.mechanisms["leadership"] = on;
        const Setup setup = make_setup(std::move(scenario));
        State state = initial_state(setup, {9, 0});
        for (int day = 0; day < days; ++day) run_day(setup, state);
        return state;
    };
    const auto killed = [](const State& state) {
        return std::count_if(state.events.begin(), state.events.end(),
                             [](const Event& e) { return e.subtype == EventSubtype::leader_killed; });
    };
    const State with = run(true, true, 150);
    CHECK(killed(with) == 1);
    CHECK(killed(run(true, false, 150)) == 0);
    const State off = run(true, false, 150);
    const State never = run(false, true, 150);
    CHECK(off.events.size() == never.events.size());
    CHECK((off.control.share == never.control.share).all());
    const State before = run(true, true, 68);  // to 9 March
    const State same = run(false, true, 68);
    CHECK(before.events.size() == same.events.size());
    CHECK((before.control.share == same.control.share).all());
}
