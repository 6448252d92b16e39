// Talks between the government and the armed opposition, and what an agreement does.

#include <catch2/catch.hpp>

#include "engine/mathematics.h"
#include "model/bargaining.h"
#include "model/membership.h"
#include "model/positions.h"
#include "model/processes/course_of_war.h"
#include "model/processes/dialogue.h"
#include "model/processes/implementation.h"
#include "model/quiet_region.h"
#include "model/settlement.h"
#include "model/truces.h"
#include "model/war_value.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr double kMonth = 1.0 / 12.0;

/// Soldiers, foreigners and two katibas in the quiet region.
struct Talks : testing::QuietRegion {
    int soldiers, french, macina, northern;

    Talks() {
        soldiers = add("fama", UnitType::garrison, 60, place);
        french = add("barkhane", UnitType::garrison, 40, place);
        macina = add_locals("katiba_macina", 30, place, community("fulani"));
        northern = add("ansar_dine", UnitType::cell, 20, place);
        auto& d = dialogue();
        d.recognition = d.polarisation = d.algiers_strain = d.exchange_rate = 0.0;
        look_around();
        record_course_of_war(setup, step(), state);
    }

    DialogueParameters& dialogue() { return state.parameters.government.dialogue; }
    PartyParameters& party(const std::string& id) {
        const auto& all = setup.scenario.parties;
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (all[k].id == id) return state.parameters.government.parties[k];
        }
        throw std::logic_error("no party " + id);
    }
    int faction_of(const std::string& name) const { return testing::faction_index(setup, name); }
    int strength(int unit) const { return state.units.strength(unit); }
    void month() {
        talk(setup, step(), kMonth, state);
        carry_out(setup, step(), kMonth, state);
        state.date += std::chrono::days{30};
    }
    void carry_out_months(int months) {
        for (int k = 0; k < months && state.dialogue.in_force(); ++k) {
            carry_out(setup, step(), kMonth, state);
            state.date += std::chrono::days{30};
        }
    }
    /// Nothing breaks an agreement.
    void make_peace_last() {
        dialogue().collapse_rate = dialogue().renege_rate = dialogue().misattribution = 0.0;
        dialogue().hardliner_share = 0.0;
        state.dialogue.sincere = true;
    }
};

IssueTerms all_at(double value) {
    IssueTerms terms{};
    terms.fill(value);
    return terms;
}

}  // namespace

TEST_CASE("support, legitimacy and measures make a government willing, elites and partners unwilling") {
    const auto will = [](auto change) {
        Talks world;
        change(world);
        return willingness(world.setup, world.state).government;
    };
    const double usual = will([](Talks&) {});
    CHECK(will([](Talks& w) { w.state.dialogue.support += 0.2; }) > usual);
    CHECK(will([](Talks& w) { w.state.politics.legitimacy += 0.2; }) > usual);
    CHECK(will([](Talks& w) { w.state.dialogue.measures[number(Measure::open)] = 1.0; }) > usual);
    CHECK(will([](Talks& w) { w.state.dialogue.ambivalence = -1.0; }) < usual);
    CHECK(will([](Talks& w) { w.dialogue().elite_weight *= 2.0; }) < usual);
}

TEST_CASE("a partner's veto is as strong as what the government expects to lose without him") {
    Talks world;
    world.party("france").opposition = 1.0;
    world.party("european_partners").opposition = 0.0;
    world.party("sahel_neighbours").opposition = 0.0;
    const double with = leverage_of_partners(world.setup, world.state);
    CHECK(with > 0.0);
    const double opposed = willingness(world.setup, world.state).government;
    world.party("france").opposition = 0.5;
    CHECK(leverage_of_partners(world.setup, world.state) == Approx(0.5 * with));
    CHECK(willingness(world.setup, world.state).government > opposed);
    world.party("france").opposition = 1.0;
    // A partner who is hardly there has hardly any leverage.
    world.state.units.established[static_cast<std::size_t>(world.french)] = 0;
    world.state.units.members[static_cast<std::size_t>(world.french)].clear();
    CHECK(leverage_of_partners(world.setup, world.state) < 0.1 * with);
}

TEST_CASE("the precondition holds the opposition back until troops leave or it is given up") {
    Talks world;
    world.state.dialogue.stage = Stage::channel;
    const double with_troops = willingness(world.setup, world.state).opposition;
    world.state.dialogue.softening = 1.0;
    const double given_up = willingness(world.setup, world.state).opposition;
    CHECK(given_up > with_troops);
    world.state.dialogue.softening = 0.0;
    for (std::size_t o = 0; o < world.state.course.personnel.size(); ++o) {
        if (world.setup.actors.malian[o] == 0) world.state.course.personnel[o] = 0;
    }
    CHECK(willingness(world.setup, world.state).opposition == Approx(given_up));
}

TEST_CASE("stages are passed at their rates where both sides want to") {
    int moved = 0;
    constexpr int replicates = 300;
    for (int r = 0; r < replicates; ++r) {
        static const Talks still;
        Talks world = still;
        world.state.random = {static_cast<std::uint64_t>(r), 0};
        auto& p = world.dialogue();
        p.government_base = p.armed_base = 50.0;  // certain
        p.rate[number(Stage::none)] = 1.2;
        talk(world.setup, world.step(), kMonth, world.state);
        moved += world.state.dialogue.stage == Stage::signals ? 1 : 0;
    }
    const double p = engine::event_probability(1.2, kMonth);
    CHECK(testing::is_plausible(moved, p * replicates, p * (1.0 - p) * replicates));
}

TEST_CASE("where nobody wants talks they break down") {
    Talks world;
    auto& p = world.dialogue();
    p.government_base = -50.0;
    p.breakdown_rate = 1e6;
    world.state.dialogue.stage = Stage::teams;
    world.month();
    CHECK(world.state.dialogue.stage == Stage::none);
}

TEST_CASE("an exchange that is honoured raises belief by Bayes' rule, one that is not ends it") {
    const auto belief = [](bool sincere) {
        Talks world;
        engine::RandomStream draws(4, 0, 0, 0, 0, 0);
        auto& p = world.dialogue();
        p.exchange_rate = 12.0 * 5.0;  // some every month
        p.devious_signal = 0.5;
        p.breakdown_rate = 0.0;
        for (double& rate : p.rate) rate = 0.0;
        // Somebody to exchange.
        const auto captured = capture_members(world.state.cohorts, world.state.units, world.macina, 10, draws);
        for (const auto cohort : captured)
            world.state.prisoners.push_back(
                {cohort, world.step().day + 3650, static_cast<std::int16_t>(world.organisation("katiba_macina"))});
        p.exchange_share = 1.0;
        world.state.dialogue.stage = Stage::channel;
        world.state.dialogue.sincere = sincere;
        world.state.dialogue.belief = 0.4;
        world.month();
        return world.state.dialogue.belief;
    };
    CHECK(belief(true) > 0.4);
    const double devious = belief(false);
    CHECK((devious == 0.0 || devious > 0.4));
}

TEST_CASE("signatories stop fighting each other, others go on") {
    Talks world;
    world.make_peace_last();
    for (const char* id : {"ansar_dine", "katiba_macina"}) world.party(id).veto = 1.0;
    sign(world.setup, world.step(), all_at(0.5), world.state);
    const auto& truces = world.state.truces;
    const int fama = world.faction_of("fama");
    CHECK(at_truce(truces, fama, world.faction_of("katiba_macina"), world.place));
    CHECK(at_truce(truces, world.faction_of("ansar_dine"), fama, world.place));
    CHECK(spares_villagers(truces, world.faction_of("ansar_dine"), world.place));
    CHECK_FALSE(at_truce(truces, fama, world.faction_of("isgs"), world.place));
    // A partner who opposes the talks has signed nothing.
    CHECK(world.party("france").opposition > 0.0);
    CHECK_FALSE(at_truce(truces, world.faction_of("barkhane"), world.faction_of("katiba_macina"), world.place));
    break_agreement(world.setup, world.step(), true, world.state);
    CHECK_FALSE(at_truce(truces, fama, world.faction_of("katiba_macina"), world.place));
    CHECK(world.state.dialogue.stage == Stage::collapsed);
    CHECK(world.total("agreements_signed") == 1.0);
    CHECK(world.total("agreements_collapsed") == 1.0);
}

TEST_CASE("an agreement is carried out to the letter: troops, fighters and prisoners") {
    Talks world;
    world.make_peace_last();
    for (const char* id : {"ansar_dine", "katiba_macina"}) world.party(id).veto = 1.0;
    auto& p = world.dialogue();
    p.demobilised_share = 1.0;
    p.implementation_time = 180.0;
    p.precondition_scope = 1.0;
    IssueTerms terms = all_at(0.0);
    terms[number(Issue::foreign_troops)] = 1.0;
    sign(world.setup, world.step(), terms, world.state);
    world.carry_out_months(7);
    CHECK(world.state.dialogue.carried_out == Approx(1.0));
    CHECK(world.strength(world.french) == 0);
    CHECK(world.strength(world.macina) == 0);
    CHECK(world.strength(world.northern) == 0);
    CHECK(world.strength(world.soldiers) == 60);
    CHECK(world.total("demobilised") == 50.0);
    CHECK(world.homes_are_right());
}

TEST_CASE("what is agreed on integration keeps men under arms") {
    Talks world;
    world.make_peace_last();
    for (const char* id : {"ansar_dine", "katiba_macina"}) world.party(id).veto = 1.0;
    world.dialogue().demobilised_share = 1.0;
    world.dialogue().implementation_time = 365.0;
    IssueTerms terms = all_at(0.0);
    terms[number(Issue::integration)] = 1.0;
    sign(world.setup, world.step(), terms, world.state);
    world.carry_out_months(14);
    CHECK(world.state.dialogue.carried_out == 1.0);
    CHECK(world.strength(world.macina) == 30);
    CHECK(world.strength(world.french) == 40);
}

TEST_CASE("deaths between signatories wear trust down, and without trust agreements collapse") {
    Talks world;
    world.make_peace_last();
    for (const char* id : {"ansar_dine", "katiba_macina"}) world.party(id).veto = 1.0;
    auto& p = world.dialogue();
    p.collapse_rate = 1e6;
    p.trust_recovery = 0.0;
    p.violation_weight = 10.0;
    sign(world.setup, world.step(), all_at(0.5), world.state);
    world.state.dialogue.trust = 1.0;
    world.state.date += std::chrono::days{30};
    carry_out(world.setup, world.step(), kMonth, world.state);
    CHECK(world.state.dialogue.in_force());
    Event event;
    event.day = world.step().day;
    event.commune = world.place;
    event.actor1 = static_cast<std::int16_t>(world.organisation("katiba_macina"));
    event.faction1 = static_cast<std::int16_t>(world.faction_of("katiba_macina"));
    event.actor2 = static_cast<std::int16_t>(world.organisation("fama"));
    event.deaths_actor2 = 3;
    world.state.events.push_back(event);
    carry_out(world.setup, world.step(), kMonth, world.state);
    CHECK(world.state.dialogue.stage == Stage::collapsed);
}

TEST_CASE("a devious opposition waits until the troops have left, a sincere one keeps its word") {
    const auto stage_after = [](bool sincere, int months) {
        Talks world;
        world.make_peace_last();
        for (const char* id : {"ansar_dine", "katiba_macina"}) world.party(id).veto = 1.0;
        world.dialogue().renege_rate = 1e6;
        world.dialogue().implementation_time = 365.0;
        world.dialogue().durable_time = 400.0;
        world.state.dialogue.sincere = sincere;
        sign(world.setup, world.step(), all_at(0.5), world.state);
        world.carry_out_months(months);
        return world.state.dialogue.stage;
    };
    CHECK(stage_after(false, 6) == Stage::implementation);
    CHECK(stage_after(false, 14) == Stage::collapsed);
    CHECK(stage_after(true, 20) == Stage::durable);
}

TEST_CASE("factions for which terms are worth less than war stay out more often") {
    const auto stays_out = [](double ideal) {
        int out = 0;
        for (int r = 0; r < 60; ++r) {
            static const Talks still;
            Talks world = still;
            world.state.random = {static_cast<std::uint64_t>(r), 0};
            world.make_peace_last();
            auto& own = world.party("ansar_dine");
            own.veto = 0.0;
            own.interests.ideal.fill(ideal);
            world.dialogue().veto_share = 1.0;
            world.dialogue().exit_scale = 0.1;
            sign(world.setup, world.step(), all_at(0.0), world.state);
            const auto faction = static_cast<std::size_t>(world.faction_of("ansar_dine"));
            out += world.state.dialogue.signatory[faction] == 0 ? 1 : 0;
        }
        return out;
    };
    CHECK(stays_out(1.0) > stays_out(0.0) + 10);
}

TEST_CASE("losses make war worth less, and the opposition's gains make it worth less to the government") {
    Talks world;
    const int government = world.setup.parties.government;
    const double calm = war_value(world.setup, world.state, government, 0.2);
    CHECK(war_value(world.setup, world.state, government, 0.6) < calm);
    world.state.course.losses[static_cast<std::size_t>(world.setup.parties.organisation)][0] = 30.0;
    CHECK(war_value(world.setup, world.state, government, 0.2) < calm);
    const std::vector<char> nobody;
    const double now = opposition_chance(world.setup, world.state, nobody, 1.0);
    CHECK(now == Approx(opposition_chance(world.state)));
    CHECK(opposition_chance(world.setup, world.state, forces_to_leave(world.setup, world.state), 1.0) >= now);
}
