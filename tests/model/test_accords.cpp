#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "model/accord_bargain.h"
#include "model/accord_circumstances.h"
#include "model/accord_signature.h"
#include "model/accords.h"
#include "model/interventions/table.h"
#include "model/processes/accords.h"
#include "model/processes/captivity.h"
#include "model/quiet_region.h"
#include "model/schedule.h"
#include "model/truces.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr Terms kAllTerms = (1U << term_count) - 1U;

/// The small world for as long as the longest accord needs.
Setup long_world() {
    auto scenario = testing::library_scenario("small");
    scenario.end = *engine::parse_date("2034-12-31");
    return make_setup(std::move(scenario));
}

/// Villages and katibas in a quiet land; weeks pass for accords alone.
struct Villages : testing::QuietRegion {
    Villages() : QuietRegion(long_world()) {}

    int katiba = testing::faction_index(setup, "katiba_macina");
    int hunters = testing::faction_index(setup, "dan_na_ambassagou");
    int cluster = setup.clusters.of_commune[static_cast<std::size_t>(place)];

    [[nodiscard]] AccordParameters& p() { return state.parameters.accords; }
    [[nodiscard]] Accord& accord() { return state.accords.all[accord_index(setup, cluster, katiba)]; }
    [[nodiscard]] const std::vector<int>& communes() const {
        return setup.clusters.communes[static_cast<std::size_t>(cluster)];
    }
    void no_hazards() {
        p().hazard_strain = p().hazard_violations = p().hazard_clause = 0.0;
        p().term = 36500.0;
    }
    void sign(int counterpart, Terms terms = kAllTerms, bool binding = true) {
        put_in_force(setup, step(), state, cluster, katiba, counterpart, terms, binding);
    }
    void week() {
        state.date += std::chrono::days{7};
        keep_accords(setup, step(), state);
        state.truces.violations.clear();
    }
    void breach(std::int32_t event = 0) {
        state.truces.violations.push_back(
            {event, place, static_cast<std::int16_t>(katiba), static_cast<std::int16_t>(kVillagers)});
    }
    /// Nothing stands in the way of an accord once there is contact.
    void willing() {
        no_hazards();
        p().contact_time = p().talks_time = 1.0;
        p().cost_katiba = p().cost_villagers = -3.0;
        std::fill(p().consent.begin(), p().consent.end(), 1.0);
    }
};

BargainingPosition position(double control, double losses, double siege) {
    return {control, losses, losses, siege, true, true, true};
}

double worth_to_katiba(const AccordParameters& p, Terms terms) {
    double sum = 0.0;
    for (std::size_t t = 0; t < term_count; ++t) sum += has(terms, static_cast<Term>(t)) ? p.to_katiba[t] : 0.0;
    return sum;
}

std::vector<Event> without_agreements(const std::vector<Event>& events) {
    std::vector<Event> others;
    std::copy_if(events.begin(), events.end(), std::back_inserter(others), [](const Event& e) {
        return e.subtype != EventSubtype::agreement && e.subtype != EventSubtype::agreement_lapsed &&
               e.subtype != EventSubtype::agreement_collapsed;
    });
    return others;
}

}  // namespace

TEST_CASE("clusters hold every rural commune once, within a cercle, three to five where there are enough") {
    const auto setup = testing::small_world();
    std::vector<int> seen(static_cast<std::size_t>(setup.communes()), 0);
    for (int c = 0; c < setup.clusters.size(); ++c) {
        const auto& members = setup.clusters.communes[static_cast<std::size_t>(c)];
        std::set<int> cercles;
        for (const int i : members) {
            ++seen[static_cast<std::size_t>(i)];
            cercles.insert(setup.cercle_of[static_cast<std::size_t>(i)]);
            CHECK(setup.clusters.of_commune[static_cast<std::size_t>(i)] == c);
        }
        CHECK(cercles.size() == 1);
        CHECK(members.size() <= 5);
        CHECK(members.size() >= 3);
        CHECK(std::count(members.begin(), members.end(), setup.clusters.centre[static_cast<std::size_t>(c)]) == 1);
    }
    for (int i = 0; i < setup.communes(); ++i) {
        const bool town = setup.geography.places[static_cast<std::size_t>(i)].town;
        CHECK(seen[static_cast<std::size_t>(i)] == (town ? 0 : 1));
    }
    CHECK(std::set<std::uint64_t>(setup.clusters.key.begin(), setup.clusters.key.end()).size() ==
          setup.clusters.key.size());
}

TEST_CASE("the rate of contact is what its formula says: kin, mediators and pressure multiply") {
    Villages world;
    auto& p = world.p();
    p.contact_rate = 0.1;
    p.kin_weight = 0.05;
    p.mediator_weight = 0.4;
    p.pressure_weight = 0.2;
    p.mediators = 2.0;
    const auto rate = [&] { return contact_rate(world.setup, world.step(), world.state, world.cluster, world.katiba); };
    CHECK(rate() == Approx(0.1 * 1.8));
    world.add_locals("katiba_macina", 10, world.place, world.community("fulani"));
    CHECK(rate() == Approx(0.1 * 1.5 * 1.8));
    world.state.accords.pressure[static_cast<std::size_t>(world.cluster)] = 4.0;
    CHECK(rate() == Approx(0.1 * 1.5 * 1.8 * 1.8));
    scenario::Intervention mission;
    mission.fields["mediators"] = 3L;
    const int cercle = world.setup.cercle_of[static_cast<std::size_t>(world.place)];
    mission.fields["cercles"] =
        std::vector<std::string>{world.setup.geography.cercles[static_cast<std::size_t>(cercle)].name};
    mission.fields["until"] = world.state.date + std::chrono::days{10};
    apply_mediate(world.setup, world.step(), mission, 0, world.state);
    CHECK(rate() == Approx(0.1 * 1.5 * (1.0 + 0.4 * 5.0) * 1.8));
    for (const auto& sent : world.state.accords.mediations) {
        const auto centre = world.setup.clusters.centre[static_cast<std::size_t>(sent.cluster)];
        CHECK(world.setup.cercle_of[static_cast<std::size_t>(centre)] == cercle);
    }
    world.state.date += std::chrono::days{11};
    CHECK(rate() == Approx(0.1 * 1.5 * 1.8 * 1.8));
}

TEST_CASE("nobody is talked with who is not there or whose leader never consents") {
    Villages world;
    world.willing();
    world.p().contact_rate = 1000.0;
    for (int k = 0; k < 30; ++k) world.week();
    CHECK(world.total("accords_signed") == 0.0);
    world.add("katiba_macina", UnitType::cell, 200, world.place);
    world.look_around();
    Villages refused = world;
    refused.p().consent[static_cast<std::size_t>(world.katiba)] = 1e-12;
    for (int k = 0; k < 60; ++k) refused.week();
    CHECK(refused.total("accords_signed") == 0.0);
    for (int k = 0; k < 60; ++k) world.week();
    CHECK(world.total("accords_signed") >= 1.0);
    CHECK(world.accord().stage == AccordStage::in_force);
    CHECK(world.accord().counterpart == -1);
}

TEST_CASE("more mediators bring more accords sooner") {
    Villages world;
    world.willing();
    world.p().contact_rate = 0.1;
    for (int c = 0; c < world.setup.clusters.size(); ++c)
        world.add("katiba_macina", UnitType::cell, 100, world.setup.clusters.centre[static_cast<std::size_t>(c)]);
    world.look_around();
    double before = -1.0;
    for (const double mediators : {0.0, 4.0, 40.0}) {
        Villages sent = world;
        sent.p().mediators = mediators;
        for (int k = 0; k < 100; ++k) sent.week();
        const double signed_accords = sent.total("accords_signed");
        CHECK(signed_accords > before);
        before = signed_accords;
    }
}

TEST_CASE("the strongest militia that is the katiba's enemy signs for the villages") {
    Villages world;
    world.willing();
    world.p().contact_rate = 1000.0;
    world.add("katiba_macina", UnitType::cell, 200, world.place);
    world.add("dan_na_ambassagou", UnitType::cell, 100, world.place);
    world.add("donso", UnitType::cell, 60, world.place);
    world.look_around();
    for (int k = 0; k < 60 && world.accord().stage != AccordStage::in_force; ++k) world.week();
    REQUIRE(world.accord().stage == AccordStage::in_force);
    CHECK(world.accord().counterpart == world.hunters);
    CHECK(at_truce(world.state.truces, world.katiba, world.hunters, world.place));
    CHECK(spares_villagers(world.state.truces, world.katiba, world.place));
}

TEST_CASE("a bargain is better than war for both sides or there is none") {
    auto p = testing::small_world().parameters.accords;
    p.cost_katiba = 1.0;
    p.cost_villagers = 1.1;
    CHECK_FALSE(bargain(p, position(0.5, 0.0, 0.0)));
    const auto pressed = position(0.5, 20.0, 0.5);
    const auto terms = bargain(p, pressed);
    REQUIRE(terms);
    CHECK(worth_to_katiba(p, *terms) - p.cost_katiba > war_value_of_katiba(p, pressed));
    CHECK(war_value_of_villagers(p, position(0.5, 20.0, 0.9)) < war_value_of_villagers(p, pressed));
    CHECK(war_value_of_katiba(p, position(0.5, 40.0, 0.5)) < war_value_of_katiba(p, pressed));
    // Who is better placed gets more.
    double least = -10.0;
    for (const double control : {0.0, 0.3, 0.6, 1.0}) {
        const auto found = bargain(p, position(control, 20.0, 0.5));
        REQUIRE(found);
        CHECK(worth_to_katiba(p, *found) >= least);
        least = worth_to_katiba(p, *found);
    }
    CHECK(least > worth_to_katiba(p, *bargain(p, position(0.0, 20.0, 0.5))));
    auto unarmed = position(1.0, 20.0, 0.5);
    unarmed.armed = false;
    CHECK_FALSE(has(*bargain(p, unarmed), Term::arms));
    // What isn't there is nothing to trade with.
    p.to_katiba[static_cast<std::size_t>(Term::garrison)] = p.to_villagers[static_cast<std::size_t>(Term::prisoners)] =
        1.0;
    auto bare = pressed;
    bare.garrison = bare.captives = false;
    CHECK(has(*bargain(p, pressed), Term::garrison));
    CHECK_FALSE(has(*bargain(p, bare), Term::garrison));
    CHECK_FALSE(has(*bargain(p, bare), Term::prisoners));
    p.cost_katiba = 10.0;
    CHECK_FALSE(bargain(p, pressed));
}

TEST_CASE("an accord does what its terms say and all of it ends with it; nobody is lost") {
    Villages world;
    world.no_hazards();
    const int cell = world.add("katiba_macina", UnitType::cell, 30, world.place);
    world.state.units.action[static_cast<std::size_t>(cell)] = Action::siege;
    world.state.units.target[static_cast<std::size_t>(cell)] = world.place;
    world.state.units.end[static_cast<std::size_t>(cell)] = world.step().day + 100;
    world.state.sieges[static_cast<std::size_t>(world.place)].unit = cell;
    const auto cohort = world.state.cohorts.begin[world.state.cohorts.cell(world.place, 0)];
    world.state.cohorts.remove_residents(cohort, 1);
    ++world.state.cohorts.hostages[static_cast<std::size_t>(cohort)];
    world.state.hostages.push_back(
        {cohort, world.place, world.step().day + 500, static_cast<std::int16_t>(world.katiba), true});
    const int authority = world.authority("katiba_macina");
    world.sign(world.hunters);
    CHECK(world.state.sieges[static_cast<std::size_t>(world.place)].unit == -1);
    REQUIRE(world.state.events.size() == 2);
    CHECK(world.state.events[1].subtype == EventSubtype::siege_ended);
    CHECK(world.state.events[1].cause == world.state.events[0].id);
    end_captivity(world.setup, world.step(), world.state);
    CHECK(world.state.hostages.empty());
    check_conservation(world.setup, world.state);
    for (const int i : world.communes()) {
        CHECK(is_under_accord(world.setup, world.state, i));
        CHECK(accord_strictness(world.setup, world.state, i, authority) == Approx(world.p().strictness));
        CHECK(world.state.accords.pasture[static_cast<std::size_t>(i)] == 1);
        CHECK(stays_home(world.state.truces, world.hunters, i));
    }
    Villages off = world;
    dissolve_accords(off.setup, off.state);
    CHECK(off.state.truces.none());
    world.p().term = 0.0;
    world.accord().term_end = 0;
    world.accord().kept = 0.0;  // nobody would renew it
    world.p().calm_week = 0.0;
    world.week();
    CHECK(world.total("accords_lapsed") == 1.0);
    CHECK(world.state.truces.none());
    for (const int i : world.communes()) {
        CHECK(accord_strictness(world.setup, world.state, i, authority) == 0.0);
        CHECK(world.state.accords.pasture[static_cast<std::size_t>(i)] == 0);
        CHECK_FALSE(stays_home(world.state.truces, world.hunters, i));
    }
}

TEST_CASE("accords last as long as the strain on them says: an exponential time with the stated mean") {
    std::vector<double> years;
    for (int round = 0; round < 6; ++round) {
        Villages world;
        world.no_hazards();
        world.p().contact_rate = 0.0;
        world.p().hazard_strain = 0.8;
        world.state.date += std::chrono::days{round};
        const auto start = world.state.date;
        for (int c = 0; c < world.setup.clusters.size(); ++c) {
            for (int f = 0; f < world.setup.actors.factions(); ++f)
                if (world.p().leads[static_cast<std::size_t>(f)] != 0)
                    put_in_force(world.setup, world.step(), world.state, c, f, -1, kAllTerms, false);
        }
        for (int k = 0; k < 800; ++k) world.week();
        for (const Event& event : world.state.events) {
            if (event.subtype == EventSubtype::agreement_collapsed)
                years.push_back((event.day - engine::day_number(start)) / engine::days_per_year);
        }
        CHECK(world.total("accords_collapsed") == world.total("accords_signed"));
    }
    REQUIRE(years.size() > 300);
    const auto n = static_cast<double>(years.size());
    const double mean = std::accumulate(years.begin(), years.end(), 0.0) / n;
    // Half a week on the average between a collapse and the Monday on which it is found.
    CHECK(mean - 3.5 / engine::days_per_year == Approx(1.25).epsilon(4.0 / std::sqrt(n)));
    std::sort(years.begin(), years.end());
    for (const double part : {0.25, 0.5, 0.75}) {
        const double expected = -std::log(1.0 - part) / 0.8;
        const double found = years[static_cast<std::size_t>(part * n)];
        const double error = std::sqrt(part / (1.0 - part) / n) / 0.8;
        CHECK(std::abs(found - expected) < 4.0 * error + 7.0 / engine::days_per_year);
    }
}

TEST_CASE("detected breaches take trust, calm gives it back, and only lost trust lets breaches end an accord") {
    Villages world;
    world.no_hazards();
    world.p().detection = 1.0;
    world.p().trust_kept = 2.0;
    world.p().trust_broken = 2.0;
    world.p().trust_needed = 0.4;
    world.p().calm_week = 0.5;
    world.p().hazard_violations = 1e6;
    world.sign(-1);
    world.week();
    CHECK(world.accord().trust() == Approx(2.5 / 4.5));
    Villages unseen = world;
    unseen.p().detection = 0.0;
    for (int k = 0; k < 20; ++k) {
        unseen.breach();
        unseen.week();
    }
    CHECK(unseen.accord().stage == AccordStage::in_force);
    CHECK(unseen.accord().violations == 20);
    CHECK(unseen.total("accord_violations") == 20.0);
    world.breach();
    world.week();
    CHECK(world.accord().trust() == Approx(2.5 / 5.5));
    CHECK(world.accord().stage == AccordStage::in_force);
    Event shot;
    shot.id = static_cast<std::int32_t>(world.state.events.size());
    shot.actor1 = static_cast<std::int16_t>(world.organisation("katiba_macina"));
    shot.day = world.step().day;
    shot.commune = world.place;
    world.state.events.push_back(shot);
    world.breach(shot.id);
    world.breach(shot.id);
    world.week();
    CHECK(world.accord().stage == AccordStage::embittered);
    CHECK(world.state.events.back().subtype == EventSubtype::agreement_collapsed);
    CHECK(world.state.events.back().cause == shot.id);
    CHECK(world.state.truces.none());
}

TEST_CASE("others' acts are no breach of an accord") {
    Villages world;
    world.no_hazards();
    world.sign(world.hunters);
    const auto other = static_cast<std::int16_t>(testing::faction_index(world.setup, "donso"));
    world.state.truces.violations.push_back({0, world.place, other, static_cast<std::int16_t>(kVillagers)});
    world.state.truces.violations.push_back(
        {0, world.place, static_cast<std::int16_t>(world.katiba), static_cast<std::int16_t>(other)});
    world.week();
    CHECK(world.accord().violations == 0);
    world.state.truces.violations.push_back(
        {0, world.place, static_cast<std::int16_t>(world.hunters), static_cast<std::int16_t>(world.katiba)});
    world.week();
    CHECK(world.accord().violations == 1);
}

TEST_CASE("a garrison that was to leave and stays ends an accord, once patience is over") {
    Villages world;
    world.no_hazards();
    world.p().hazard_clause = 1e6;
    world.p().clause_patience = 30.0;
    world.sign(-1);
    Villages left = world;
    for (int k = 0; k < 20; ++k) left.week();
    CHECK(left.accord().stage == AccordStage::in_force);
    world.add("fama", UnitType::garrison, 50, world.place);
    for (int k = 0; k < 4; ++k) world.week();
    CHECK(world.accord().stage == AccordStage::in_force);
    for (int k = 0; k < 2; ++k) world.week();
    CHECK(world.accord().stage == AccordStage::embittered);
}

TEST_CASE("the army's and rivals' acts change nothing at a ratio of one and shorten accords above it") {
    Villages world;
    world.no_hazards();
    world.p().hazard_strain = 1.0;
    world.p().contact_rate = 0.0;
    const auto& authorities = world.setup.actors.authority;
    const int state_rule = authorities[static_cast<std::size_t>(world.organisation("fama"))];
    const auto survivors = [&](double ratio, bool acts) {
        Villages run = world;
        run.p().ratio_army = ratio;
        for (int c = 0; c < run.setup.clusters.size(); ++c)
            put_in_force(run.setup, run.step(), run.state, c, run.katiba, -1, kAllTerms, false);
        for (int k = 0; k < 25; ++k) {
            if (acts) {
                for (int i = 0; i < run.setup.communes(); ++i)
                    run.state.last_act[static_cast<std::size_t>(i * run.setup.actors.authorities + state_rule)] =
                        run.step().day;
            }
            run.week();
        }
        return run.total("accords_collapsed");
    };
    CHECK(survivors(1.0, true) == survivors(1.0, false));
    CHECK(survivors(6.0, true) > survivors(1.0, true));
    CHECK(survivors(6.0, false) == survivors(1.0, false));
}

TEST_CASE("a collapse embitters both sides' people and keeps them from talking; a placebo's does not") {
    Villages world;
    world.no_hazards();
    world.willing();
    world.p().contact_rate = 1000.0;
    world.p().bitterness = 0.5;
    world.p().embittered_time = 100.0;
    world.add("katiba_macina", UnitType::cell, 200, world.place);
    world.look_around();
    const int fulani = world.community("fulani");
    const int dogon = world.community("dogon");
    for (const bool binding : {true, false}) {
        Villages run = world;
        run.sign(run.hunters, kAllTerms, binding);
        run.p().hazard_strain = 1e6;
        run.week();
        REQUIRE(run.accord().stage == AccordStage::embittered);
        run.p().hazard_strain = 0.0;
        const auto by_dogon = run.state.attitudes.grievance(run.cell(run.place, dogon), run.side("katiba_macina"));
        const auto by_fulani =
            run.state.attitudes.grievance(run.cell(run.place, fulani), run.side("dan_na_ambassagou"));
        CHECK((by_dogon > 0.0F) == binding);
        CHECK((by_fulani > 0.0F) == binding);
        for (int k = 0; k < 14; ++k) run.week();
        CHECK(run.accord().stage == AccordStage::embittered);
        for (int k = 0; k < 40; ++k) run.week();
        CHECK(run.accord().stage == AccordStage::in_force);
    }
}

TEST_CASE("a veto lets everything happen up to signature; empty accords change nothing else bit by bit") {
    const std::vector<scenario::Override> eager = {{"accord.contact_rate", "10"},
                                                   {"accord.contact_time", "1"},
                                                   {"accord.talks_time", "1"},
                                                   {"accord.cost.katiba", "-5"},
                                                   {"accord.cost.villagers", "-5"}};
    const auto setup = testing::small_world(eager);
    const auto run = [&](double signature, double stand_down, bool on) {
        State state = initial_state(setup, {21, 0});
        state.parameters.accords.signature = signature;
        state.parameters.accords.stand_down = stand_down;
        state.mechanisms.local_accords = on;
        for (int day = 0; day < 250; ++day) run_day(setup, state);
        return state;
    };
    const State off = run(1.0, 1.0, false);
    const State vetoed = run(0.0, 1.0, true);
    const State placebo = run(1.0, 0.0, true);
    const State full = run(1.0, 1.0, true);
    const auto agreements = [](const State& state) {
        return state.events.size() - without_agreements(state.events).size();
    };
    CHECK(agreements(off) == 0);
    CHECK(agreements(vetoed) == 0);
    REQUIRE(agreements(placebo) > 0);
    REQUIRE(agreements(full) > 0);
    const auto like_off = [&](const State& state) {
        const auto events = without_agreements(state.events);
        bool same = events.size() == off.events.size();
        for (std::size_t e = 0; same && e < events.size(); ++e) {
            same = events[e].day == off.events[e].day && events[e].commune == off.events[e].commune &&
                   events[e].subtype == off.events[e].subtype &&
                   events[e].civilians_killed == off.events[e].civilians_killed &&
                   events[e].deaths_actor1 == off.events[e].deaths_actor1 &&
                   events[e].deaths_actor2 == off.events[e].deaths_actor2;
        }
        return same && state.cohorts.residents == off.cohorts.residents &&
               (state.control.share == off.control.share).all() &&
               (state.attitudes.grievance == off.attitudes.grievance).all() && state.units.place == off.units.place &&
               state.units.morale == off.units.morale;
    };
    CHECK(like_off(vetoed));
    CHECK(like_off(placebo));
    CHECK_FALSE(like_off(full));
    check_conservation(setup, full);
}

TEST_CASE("an accord changes nothing before it is signed, and switching the rule off ends it") {
    const auto setup = testing::small_world();
    State with = initial_state(setup, {4, 0});
    State without = with;
    without.mechanisms.local_accords = false;
    const int cluster = setup.clusters.size() / 2;
    const int katiba = testing::faction_index(setup, "katiba_macina");
    with.parameters.accords.contact_rate = 0.0;
    for (int day = 0; day < 60; ++day) {
        run_day(setup, with);
        run_day(setup, without);
    }
    CHECK(with.events.size() == without.events.size());
    CHECK(with.cohorts.residents == without.cohorts.residents);
    put_in_force(setup, testing::step_of(with), with, cluster, katiba, -1, kAllTerms, true);
    CHECK_FALSE(with.truces.none());
    for (int day = 0; day < 30; ++day) run_day(setup, with);
    dissolve_accords(setup, with);
    CHECK(with.truces.none());
    check_conservation(setup, with);
}
