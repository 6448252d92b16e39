#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "model/motives.h"
#include "model/processes/captivity.h"
#include "model/processes/defection.h"
#include "model/processes/desertion.h"
#include "model/processes/engagements.h"
#include "model/processes/recruitment.h"
#include "model/quiet_region.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kYear = 365.25;  // days

/// A faction that can recruit, in a village with people of several communities.
struct Recruiting : testing::QuietRegion {
    int fulani = community("fulani");
    int dogon = community("dogon");

    Recruiting() {
        auto& p = people().recruitment;
        p = {};
        p.youth_share = 0.2;
        p.reach_half = 20.0;
        p.peer_half = 10.0;
        p.base = -2.0;
        auto& own = faction("katiba_macina");
        own.sustained = 1e9;
        own.sustained_by_people = 0.0;
        own.cell_size = 1e6;  // nothing splits
        state.parameters.decision.minimum_strength = 1.0;
        for (place = 0; place < setup.communes(); ++place) {
            if (state.cohorts.residents_of(place, fulani) > 500 && state.cohorts.residents_of(place, dogon) > 500)
                break;
        }
    }

    [[nodiscard]] double joining(int community) const {
        const Motives motives(setup, state, testing::faction_index(setup, "katiba_macina"));
        return motives.probability_of_joining(place, community);
    }
    void grieve(int community, const std::string& towards, double amount) {
        state.attitudes.grievance(cell(place, community), side(towards)) = static_cast<float>(amount);
    }
    void frighten(int community, const std::string& of, double amount) {
        state.attitudes.fear(cell(place, community), side(of)) = static_cast<float>(amount);
    }
    void be_at_war(const std::string& a, const std::string& b, double relation = -1.0) {
        for (int z = 0; z < setup.zones(); ++z) state.relations.set(z, organisation(a), organisation(b), relation);
    }
};

double logistic(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

}  // namespace

TEST_CASE("without any motive the base rate of joining is left, and the base has its limits") {
    Recruiting world;
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0)));
    world.people().recruitment.base = -1000.0;
    CHECK(world.joining(world.fulani) == Approx(0.0).margin(1e-12));
    world.people().recruitment.base = 1000.0;
    CHECK(world.joining(world.fulani) == 1.0);
}

TEST_CASE("grievance counts by its weight and by how hostile the faction is to whom it is felt for") {
    Recruiting world;
    world.people().recruitment.harm_weight = 3.0;
    world.be_at_war("katiba_macina", "fama", -0.5);
    world.grieve(world.fulani, "fama", 0.4);
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0 + 3.0 * 0.5 * 0.4)));
    CHECK(world.joining(world.dogon) == Approx(logistic(-2.0)));
    world.be_at_war("katiba_macina", "fama", 0.5);
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0)));
}

TEST_CASE("grievance towards the faction's own side keeps people away") {
    Recruiting world;
    world.people().recruitment.aversion_weight = 3.0;
    world.grieve(world.fulani, "katiba_macina", 0.5);
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0 - 1.5)));
}

TEST_CASE("fear makes people look for protection, unless somebody protects them already") {
    Recruiting world;
    world.people().recruitment.protection_weight = 2.0;
    world.be_at_war("katiba_macina", "dan_na_ambassagou");
    const int state_authority = world.authority("fama");
    const auto rule = [&](double share) {
        world.state.control.share.setZero();
        world.state.control.share.col(world.setup.actors.self_rule) = 1.0 - share;
        world.state.control.share.col(state_authority) = share;
    };
    rule(0.9);
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0)));  // nobody is afraid
    world.frighten(world.fulani, "dan_na_ambassagou", 0.8);
    double before = 1.0;
    for (const double share : {0.0, 0.3, 0.6, 1.0}) {
        rule(share);
        const double now = world.joining(world.fulani);
        CHECK(now == Approx(logistic(-2.0 + 2.0 * 0.8 * (1.0 - share))));
        CHECK(now < before);
        before = now;
    }
    // Who is embittered against the ruler expects no protection from him.
    world.grieve(world.fulani, "fama", 1.0);
    CHECK(world.joining(world.fulani) == Approx(logistic(-2.0 + 2.0 * 0.8)));
}

TEST_CASE("hardship, peers and affinity raise the probability of joining, opponents around lower it") {
    Recruiting world;
    const auto i = static_cast<std::size_t>(world.place);
    const auto raises = [&](const std::function<void(Recruiting&)>& change, double by) {
        Recruiting changed = world;
        change(changed);
        INFO("by " << by);
        CHECK(changed.joining(world.fulani) == Approx(logistic(-2.0 + by)));
    };
    auto& p = world.people().recruitment;
    p.income_weight = 1.5;
    raises([&](Recruiting& r) { r.state.hardship[i] = 0.5F; }, 0.75);
    p.affinity_weight = 2.0;
    const auto f = static_cast<std::size_t>(testing::faction_index(world.setup, "katiba_macina"));
    auto& affinity = world.state.parameters.factions[f].affinity[static_cast<std::size_t>(world.fulani)];
    affinity = 0.0;
    raises([&](Recruiting& r) { r.faction("katiba_macina").affinity[static_cast<std::size_t>(r.fulani)] = -0.5; }, -1.0);
    p.peer_weight = 2.0;
    raises([&](Recruiting& r) { r.add_locals("katiba_macina", 30, r.place, r.fulani); }, 2.0 * 30.0 / 40.0);
    p.risk_weight = 1.0;
    raises(
        [&](Recruiting& r) {
            r.state.presence.overt_opponents(r.place, r.organisation("katiba_macina")) = 3.0F;
            r.state.presence.of_faction(r.place, static_cast<Eigen::Index>(f)) = 2.0F;
        },
        -3.0 / 6.0);
}

TEST_CASE("room is what a faction can sustain and has not got, and grows with the people whom it rules") {
    Recruiting world;
    const auto f = static_cast<std::size_t>(testing::faction_index(world.setup, "katiba_macina"));
    world.add("katiba_macina", UnitType::cell, 25, world.place);
    world.look_around();
    auto& own = world.faction("katiba_macina");
    const auto left = [&](double sustained) {
        own.sustained = sustained;
        return room_of_factions(world.setup, world.state)[f].left();
    };
    CHECK(left(0.0) == 0.0);
    CHECK(left(20.0) == 0.0);
    CHECK(left(100.0) == Approx(0.75));
    own.sustained_by_people = 2.0;
    world.state.control.share.setZero();
    const double alone = room_of_factions(world.setup, world.state)[f].sustained;
    CHECK(alone == Approx(100.0));
    world.state.control.share(world.place, world.authority("katiba_macina")) = 0.5;
    const double ruled = 0.5 * static_cast<double>(world.state.cohorts.residents_of(world.place)) / 1000.0;
    CHECK(room_of_factions(world.setup, world.state)[f].sustained == Approx(100.0 + 2.0 * ruled));
}

TEST_CASE("nobody whom the probability would take is left out by the bound, whatever moves him") {
    Recruiting world;
    auto& p = world.people().recruitment;
    p.harm_weight = p.protection_weight = p.income_weight = p.peer_weight = 2.0;
    p.mix_spread = 0.4;
    p.wealth_spread = 0.7;
    world.state.hardship.assign(world.state.hardship.size(), 0.8F);
    for (int k = 0; k < 20; ++k)
        world.add_locals("katiba_macina", 10, world.place, world.fulani);  // every peer has joined
    const Inclination most{1.4, 1.4, 1.4 * 1.7, 1.4};
    world.add("katiba_macina", UnitType::cell, 40, world.place);
    world.look_around();
    for (const double base : {-12.0, -5.0, -1.0, 0.0, 3.0}) {
        world.people().recruitment.base = base;
        for (const double grievance : {0.0, 0.5, 1.0}) {
            world.grieve(world.fulani, "fama", grievance);
            world.frighten(world.fulani, "fama", 1.0 - 0.5 * grievance);
            const Motives motives(world.setup, world.state, testing::faction_index(world.setup, "katiba_macina"));
            const double probability = motives.probability_of_joining(world.place, world.fulani, most);
            for (int k = 0; k < 1000; ++k)
                REQUIRE(motives.could_join(world.place, world.fulani, probability * k / 1000.0));
            if (base == -12.0) CHECK_FALSE(motives.could_join(world.place, world.fulani, 0.9));
        }
    }
}

TEST_CASE("economic stress brings more of the poor than of the better-off, and nobody by itself where there is none") {
    const auto by_wealth = [](double hardship) {
        Recruiting world;
        auto& p = world.people().recruitment;
        p.income_weight = 2.0;
        p.wealth_spread = 0.8;
        world.state.hardship.assign(world.state.hardship.size(), static_cast<float>(hardship));
        world.faction("katiba_macina").recruitment_rate = 0.3;
        world.add("katiba_macina", UnitType::cell, 60, world.place);
        world.look_around();
        recruit(world.setup, world.step(), 30.0, world.state);
        std::array<double, world::wealth_terciles> armed{};
        for (std::size_t k = 0; k < world.state.cohorts.size(); ++k)
            armed[world.state.cohorts.wealth[k]] += world.state.cohorts.armed[k];
        return armed;
    };
    const auto expected = [](double hardship, int wealth) {
        const double x = -2.0 + 2.0 * hardship * (1.0 + 0.8 * (1 - wealth));
        return 1.0 / (1.0 + std::exp(-x));
    };
    for (const double hardship : {0.0, 1.0}) {
        const auto armed = by_wealth(hardship);
        const double all = armed[0] + armed[1] + armed[2];
        double sum = 0.0;
        for (int w = 0; w < world::wealth_terciles; ++w) sum += expected(hardship, w);
        REQUIRE(all > 200.0);
        for (int w = 0; w < world::wealth_terciles; ++w) {
            const double share = expected(hardship, w) / sum;
            CHECK(testing::is_plausible(armed[static_cast<std::size_t>(w)], all * share, all * share * (1.0 - share)));
        }
    }
}

TEST_CASE("a cohort's mix of motives is its own, stays, and is even on average") {
    Recruiting world;
    world.people().recruitment.mix_spread = 0.5;
    double sum = 0.0;
    double squares = 0.0;
    constexpr int cohorts = 2000;
    REQUIRE(world.state.cohorts.size() > cohorts);
    Recruiting later = world;
    later.state.date += std::chrono::days{400};
    later.state.cohorts.remove_residents(0, 1);
    Recruiting other = world;
    other.state.random.replicate += 1;
    for (std::int32_t k = 0; k < cohorts; ++k) {
        const auto one = inclination_of(world.setup, world.state, k);
        REQUIRE(one.harm == inclination_of(later.setup, later.state, k).harm);
        REQUIRE(one.harm != inclination_of(other.setup, other.state, k).harm);
        REQUIRE(std::abs(one.harm - 1.0) <= 0.5);
        REQUIRE(one.harm != one.protection);
        sum += one.harm;
        squares += (one.harm - 1.0) * (one.harm - 1.0);
    }
    CHECK(testing::is_plausible(sum, cohorts, cohorts * 0.25 / 3.0));
    CHECK(squares / cohorts == Approx(0.25 / 3.0).epsilon(0.1));
}

TEST_CASE("nobody joins at rate zero, without room, without anybody near or without a motive") {
    const auto joined = [](const std::function<void(Recruiting&)>& change, bool present = true) {
        Recruiting world;
        world.faction("katiba_macina").recruitment_rate = 5.0;
        if (present) world.add("katiba_macina", UnitType::cell, 40, world.place);
        change(world);
        world.look_around();
        const auto before = world.members();
        recruit(world.setup, world.step(), 7.0, world.state);
        return world.members() - before;
    };
    CHECK(joined([](Recruiting&) {}) > 0);
    CHECK(joined([](Recruiting& r) { r.faction("katiba_macina").recruitment_rate = 0.0; }) == 0);
    CHECK(joined([](Recruiting& r) { r.faction("katiba_macina").sustained = 40.0; }) == 0);
    CHECK(joined([](Recruiting& r) { r.people().recruitment.base = -1000.0; }) == 0);
    CHECK(joined([](Recruiting& r) { r.people().recruitment.youth_share = 0.0; }) == 0);
    CHECK(joined([](Recruiting&) {}, false) == 0);
}

TEST_CASE("volunteers are as many as the formula says, from the communities that it says") {
    Recruiting world;
    world.add("katiba_macina", UnitType::cell, 60, world.place);
    world.look_around();
    auto& own = world.faction("katiba_macina");
    own.recruitment_rate = 0.3;
    own.sustained = 120.0;
    auto& p = world.people().recruitment;
    p.affinity_weight = 2.0;
    const auto f = testing::faction_index(world.setup, "katiba_macina");
    const Motives motives(world.setup, world.state, f);
    const double days = 30.0;
    double all = 0.0;
    double by_fulani = 0.0;
    for (int i = 0; i < world.setup.communes(); ++i) {
        const auto presence = static_cast<double>(world.state.presence.of_faction(i, f));
        for (int g = 0; g < world.setup.communities(); ++g) {
            const double mean = 0.3 * 0.2 * (1.0 - 60.0 / 120.0) * days / kYear *
                                static_cast<double>(world.state.cohorts.residents_of(i, g)) * presence /
                                (presence + 20.0) * motives.probability_of_joining(i, g);
            all += mean;
            by_fulani += g == world.fulani ? mean : 0.0;
        }
    }
    REQUIRE(all > 100.0);
    recruit(world.setup, world.step(), days, world.state);
    CHECK(testing::is_plausible(static_cast<double>(world.members() - 60), all, all));
    CHECK(world.total("recruits") == static_cast<double>(world.members() - 60));
    CHECK(world.total("recruits_by_community") == world.total("recruits"));
    int fulani = 0;
    for (int i = 0; i < world.setup.communes(); ++i) fulani += world.state.units.origin(f, world.cell(i, world.fulani));
    CHECK(testing::is_plausible(fulani, by_fulani, by_fulani));
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("villagers found units of their own, without anybody near, only where they are close to the faction") {
    Recruiting world;
    auto& own = world.faction("dan_na_ambassagou");
    own.founding_rate = 0.1;
    own.sustained = 1e9;
    own.cell_size = 15.0;
    own.mobile_share = 0.0;
    std::fill(own.affinity.begin(), own.affinity.end(), 0.0);
    recruit(world.setup, world.step(), 7.0, world.state);
    CHECK(world.state.units.size() == 0);
    own.affinity[static_cast<std::size_t>(world.dogon)] = 0.5;
    world.people().recruitment.base = 1000.0;
    double dogon = 0.0;
    for (int i = 0; i < world.setup.communes(); ++i)
        dogon += static_cast<double>(world.state.cohorts.residents_of(i, world.dogon));
    const double mean = 0.1 * dogon / 1000.0 * 0.5 * 365.25 / kYear;
    recruit(world.setup, world.step(), 365.25, world.state);
    const auto& units = world.state.units;
    CHECK(testing::is_plausible(units.size(), mean, mean));
    REQUIRE(units.size() > 0);
    const auto f = testing::faction_index(world.setup, "dan_na_ambassagou");
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        CHECK(units.type[i] == UnitType::garrison);
        CHECK(units.strength(u) == 15);
        for (const auto cohort : units.members[i]) {
            CHECK(world.state.cohorts.commune[static_cast<std::size_t>(cohort)] == units.base[i]);
            CHECK(world.state.cohorts.community[static_cast<std::size_t>(cohort)] == world.dogon);
        }
    }
    CHECK(units.origin.row(f).sum() == 15 * units.size());
    CHECK(world.state.events.size() == static_cast<std::size_t>(units.size()));
    for (const auto& event : world.state.events) CHECK(event.subtype == EventSubtype::group_formed);
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("people from abroad join in border zones only, in proportion to those who are there") {
    Recruiting world;
    const int zone = world.setup.communes();
    REQUIRE(zone < world.setup.places());
    const int abroad = world.add("katiba_macina", UnitType::cell, 1000, zone);
    const int within = world.add("katiba_macina", UnitType::cell, 1000, world.place);
    world.faction("katiba_macina").abroad_rate = 0.5;
    world.state.presence.of_faction(zone, testing::faction_index(world.setup, "katiba_macina")) = 1000.0F;
    recruit(world.setup, world.step(), kYear / 2.0, world.state);
    CHECK(world.state.units.strength(within) == 1000);
    const double mean = 0.5 * 0.5 * 1000.0;
    CHECK(testing::is_plausible(world.state.units.strength(abroad) - 1000, mean, mean));
}

TEST_CASE("a cell of twice its size splits, remnants join the nearest, and nobody is lost on the way") {
    Recruiting world;
    auto& own = world.faction("katiba_macina");
    own.recruitment_rate = 1e-12;  // it recruits, though hardly ever
    own.cell_size = 10.0;
    own.merge_distance = 1.0;
    world.state.parameters.decision.minimum_strength = 3.0;
    const int large = world.add_locals("katiba_macina", 25, world.place, world.fulani);
    world.state.units.morale[static_cast<std::size_t>(large)] = 0.4F;
    const int remnant = world.add_locals("katiba_macina", 2, world.place, world.dogon);
    const int empty = world.add("katiba_macina", UnitType::cell, 0, world.place);
    int lonely_place = -1;
    for (int i = 0; i < world.setup.communes() && lonely_place < 0; ++i) {
        if (world.setup.travel[0].hours(i, world.place) > 2.0) lonely_place = i;
    }
    REQUIRE(lonely_place >= 0);
    const int lonely = world.add("katiba_macina", UnitType::cell, 2, lonely_place);
    const Eigen::ArrayXXi homes = world.state.units.origin;
    recruit(world.setup, world.step(), 7.0, world.state);
    const auto& units = world.state.units;
    REQUIRE(units.size() == 5);
    const int half = 4;
    CHECK(units.strength(large) + units.strength(half) == 27);
    CHECK(units.strength(half) >= 12);
    CHECK(units.morale[static_cast<std::size_t>(half)] == 0.4F);
    CHECK(units.base[static_cast<std::size_t>(half)] == world.place);
    CHECK(units.key[static_cast<std::size_t>(half)] != units.key[static_cast<std::size_t>(large)]);
    CHECK(units.strength(remnant) == 0);
    CHECK(units.type[static_cast<std::size_t>(remnant)] == UnitType::retired);
    CHECK(units.type[static_cast<std::size_t>(empty)] == UnitType::retired);
    CHECK(units.type[static_cast<std::size_t>(lonely)] == UnitType::cell);
    CHECK(units.strength(lonely) == 2);
    CHECK((units.origin == homes).all());
    CHECK(world.homes_are_right());
    check_conservation(world.setup, world.state);
}

TEST_CASE("members leave at the faction's rate, more from units that are beaten, hungry or beyond what can be paid") {
    Recruiting world;
    auto& own = world.faction("katiba_macina");
    own.desertion_rate = 0.2;
    auto& p = world.people().desertion;
    p = {2.0, 3.0, 4.0};
    const auto check_leaving = [&](const std::function<void(Recruiting&, std::size_t)>& change, double factor) {
        Recruiting trial = world;
        const int unit = trial.add("katiba_macina", UnitType::cell, 20'000, trial.place);
        change(trial, static_cast<std::size_t>(unit));
        desert(trial.setup, trial.step(), 90.0, trial.state);
        const double probability = 1.0 - std::exp(-0.2 * factor * 90.0 / kYear);
        INFO("factor " << factor);
        CHECK(testing::is_plausible(20'000 - trial.state.units.strength(unit), 20'000 * probability,
                                    20'000 * probability * (1.0 - probability)));
        CHECK(trial.total("deserters") == 20'000 - trial.state.units.strength(unit));
    };
    check_leaving([](Recruiting&, std::size_t) {}, 1.0);
    check_leaving([](Recruiting& r, std::size_t u) { r.state.units.morale[u] = 0.5F; }, 2.0);
    check_leaving([](Recruiting& r, std::size_t u) { r.state.units.supply[u] = 0.0F; }, 4.0);
    check_leaving([](Recruiting& r, std::size_t) { r.faction("katiba_macina").sustained = 10'000.0; }, 3.0);
    check_leaving([](Recruiting& r, std::size_t) { r.faction("katiba_macina").desertion_rate = 0.0; }, 0.0);
}

TEST_CASE("who deserts goes home") {
    Recruiting world;
    const auto at_home = world.state.cohorts.residents_of(world.place, world.fulani);
    const int unit = world.add_locals("katiba_macina", 50, world.place, world.fulani);
    world.faction("katiba_macina").desertion_rate = 1e9;
    desert(world.setup, world.step(), 7.0, world.state);
    CHECK(world.state.units.strength(unit) == 0);
    CHECK(world.state.cohorts.residents_of(world.place, world.fulani) == at_home);
    CHECK((world.state.units.origin == 0).all());
    check_conservation(world.setup, world.state);
}

TEST_CASE("units go over to a rival next door with their people and ground, at the rate times his part of the armed") {
    Recruiting world;
    const int jnim = world.organisation("katiba_macina");
    const int isgs = world.organisation("isgs");
    const auto macina = testing::faction_index(world.setup, "katiba_macina");
    const auto isgs_faction = testing::faction_index(world.setup, "isgs");
    world.people().defection[static_cast<std::size_t>(jnim)][static_cast<std::size_t>(isgs)] = 2.0;
    for (int k = 0; k < 200; ++k) world.add_locals("katiba_macina", 2, world.place, world.fulani);
    world.look_around();
    Recruiting alone = world;
    defect(alone.setup, alone.step(), kYear, alone.state);
    CHECK(alone.total("defectors") == 0.0);
    // Three rivals for each member: three quarters of the full rate.
    world.add("isgs", UnitType::cell, 1200, world.place);
    world.look_around();
    defect(world.setup, world.step(), kYear / 4.0, world.state);
    const auto& units = world.state.units;
    int over = 0;
    for (int u = 0; u < 200; ++u) {
        const auto i = static_cast<std::size_t>(u);
        const bool left = units.organisation[i] == isgs;
        over += left ? 1 : 0;
        CHECK(units.faction[i] == (left ? isgs_faction : macina));
        CHECK(units.base[i] == world.place);
        CHECK(units.strength(u) == 2);
    }
    const double probability = 1.0 - std::exp(-2.0 * 0.75 * 0.25);
    CHECK(testing::is_plausible(over, 200 * probability, 200 * probability * (1.0 - probability)));
    CHECK(units.origin(isgs_faction, world.cell(world.place, world.fulani)) == 2 * over);
    CHECK(world.homes_are_right());
    CHECK(world.total("defectors") == 2.0 * over);
    CHECK(world.state.events.size() == static_cast<std::size_t>(over));
    const int zone = world.setup.zone_of[static_cast<std::size_t>(world.place)];
    const int n = world.setup.actors.organisations;
    CHECK(world.state.rivalry.defectors[static_cast<std::size_t>((zone * n + jnim) * n + isgs)] == 2 * over);
    CHECK(world.state.rivalry.defectors[static_cast<std::size_t>((zone * n + isgs) * n + jnim)] == 2 * over);
    check_conservation(world.setup, world.state);
}

TEST_CASE("talks drive units to a rival, by the stated factor when they are fully known") {
    const auto leaving = [](Stage stage) {
        Recruiting world;
        world.people().rivalry.hardliners = 4.0;
        world.people().defection[static_cast<std::size_t>(world.organisation("katiba_macina"))]
                                [static_cast<std::size_t>(world.organisation("isgs"))] = 0.5;
        for (int k = 0; k < 400; ++k) world.add_locals("katiba_macina", 2, world.place, world.fulani);
        world.add("isgs", UnitType::cell, 2400, world.place);
        world.look_around();
        world.state.dialogue.stage = stage;
        defect(world.setup, world.step(), kYear / 4.0, world.state);
        return world.total("defectors") / 2.0;
    };
    const auto check = [&](Stage stage, double rate) {
        const double probability = 1.0 - std::exp(-rate * 0.75 * 0.25);
        CHECK(testing::is_plausible(leaving(stage), 400 * probability, 400 * probability * (1.0 - probability)));
    };
    check(Stage::none, 0.5);
    check(Stage::negotiation, 0.5 * 5.0);
    CHECK(leaving(Stage::negotiation) > leaving(Stage::none));
}

TEST_CASE("units that are busy, in a group, in hiding or tied to a post don't change sides") {
    Recruiting world;
    auto& rates = world.people().defection;
    rates[static_cast<std::size_t>(world.organisation("katiba_macina"))]
         [static_cast<std::size_t>(world.organisation("isgs"))] = 1e9;
    world.add("isgs", UnitType::cell, 50, world.place);
    const int busy = world.add("katiba_macina", UnitType::cell, 10, world.place);
    const int hidden = world.add("katiba_macina", UnitType::cell, 10, world.place);
    const int post = world.add("katiba_macina", UnitType::garrison, 10, world.place);
    const int idle = world.add("katiba_macina", UnitType::cell, 10, world.place);
    auto& units = world.state.units;
    units.action[static_cast<std::size_t>(busy)] = Action::raid;
    units.latent_until[static_cast<std::size_t>(hidden)] = world.step().day + 1;
    world.look_around();
    defect(world.setup, world.step(), 7.0, world.state);
    const auto has_left = [&](int unit) {
        return units.organisation[static_cast<std::size_t>(unit)] == world.organisation("isgs");
    };
    CHECK(has_left(idle));
    CHECK_FALSE(has_left(busy));
    CHECK_FALSE(has_left(hidden));
    CHECK_FALSE(has_left(post));
}

TEST_CASE("forces of the state take wounded of a beaten group prisoner, who come home on their day") {
    const auto captured = [](double share, bool on) {
        Recruiting world;
        auto& p = world.people().imprisonment;
        p.captured_share = share;
        p.time = 30.0;
        world.state.mechanisms.imprisonment = on;
        world.state.parameters.engagement.defender_cover = 1.0;
        world.state.parameters.engagement.killed_share = 0.2;
        const auto at_home = world.state.cohorts.residents_of(world.place, world.fulani);
        const int raiders = world.add_locals("katiba_macina", 60, world.place, world.fulani);
        world.add("fama", UnitType::garrison, 600, world.place);
        auto& units = world.state.units;
        const auto r = static_cast<std::size_t>(raiders);
        units.action[r] = Action::assault;
        units.target[r] = world.place;
        units.end[r] = world.step().day + 5;
        world.state.today.arrived = {raiders};
        engage(world.setup, world.step(), world.state);
        REQUIRE(world.state.events.size() == 1);
        const int dead = world.state.events[0].deaths_actor1;
        const auto prisoners = static_cast<int>(world.state.prisoners.size());
        CHECK(units.strength(raiders) == 60 - dead - prisoners);
        CHECK(world.homes_are_right());
        check_conservation(world.setup, world.state);
        for (const auto& prisoner : world.state.prisoners) CHECK(prisoner.release > world.step().day);
        auto later = world.step();
        later.day += 100'000;
        end_captivity(world.setup, later, world.state);
        CHECK(world.state.prisoners.empty());
        CHECK(world.state.cohorts.residents_of(world.place, world.fulani) == at_home - units.strength(raiders) - dead);
        check_conservation(world.setup, world.state);
        return std::pair(dead, prisoners);
    };
    const auto all = captured(1.0, true);
    const auto none = captured(0.0, true);
    const auto off = captured(1.0, false);
    CHECK(all.second > 0);
    CHECK(none.second == 0);
    CHECK(off.second == 0);
    // Prisoners are drawn from a stream of their own.
    CHECK(all.first == none.first);
    CHECK(all.first == off.first);
}
