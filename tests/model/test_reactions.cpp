#include <catch2/catch.hpp>

#include <cmath>

#include "model/processes/information.h"
#include "model/processes/reactions.h"
#include "model/processes/support.h"
#include "model/quiet_region.h"
#include "model/tally.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// A village that something happens to, with round numbers for what it does to minds.
struct Shaken : testing::QuietRegion {
    int fulani = community("fulani");
    int dogon = community("dogon");

    Shaken() {
        auto& p = people().reactions;
        p.grievance_half_life = 400.0;
        p.fear_half_life = 20.0;
        p.reach = 2.0;
        p.grievance_per_victim = 0.02;
        p.fear_per_victim = 0.03;
        p.injured_weight = 0.25;
        p.abducted_weight = 0.5;
        p.fight_death_weight = 0.1;
        p.out_group_weight = 1.0;
        p.bystander_weight = 0.25;
        p.siege_victims = 0.4;
        std::fill(p.services.begin(), p.services.end(), 0.0);
        std::fill(p.coercion.begin(), p.coercion.end(), 0.0);
        state.attitudes.day = step().day;
        look_around();
        for (place = 0; place < setup.communes(); ++place) {
            if (state.cohorts.residents_of(place, fulani) > 0 && state.cohorts.residents_of(place, dogon) > 0) break;
        }
    }

    [[nodiscard]] Event killing(int killed, const std::string& by = "fama") const {
        Event event;
        event.type = EventType::violence_against_civilians;
        event.commune = place;
        event.actor1 = static_cast<std::int16_t>(organisation(by));
        event.faction1 = static_cast<std::int16_t>(testing::faction_index(setup, by));
        event.community = static_cast<std::int16_t>(fulani);
        event.civilians_killed = killed;
        return event;
    }

    void happen(const Event& event, int days_later = 0) {
        state.today.first_event = state.events.size();
        state.events.push_back(event);
        auto now = step();
        now.day += days_later;
        react(setup, now, state);
    }

    void settle(int days_later) {
        auto now = step();
        now.day += days_later;
        settle_attitudes(setup, now, state);
    }

    [[nodiscard]] double grievance(int community, const std::string& towards = "fama") const {
        return static_cast<double>(state.attitudes.grievance(cell(place, community), side(towards)));
    }
    [[nodiscard]] double fear(int community, const std::string& of = "fama") const {
        return static_cast<double>(state.attitudes.fear(cell(place, community), side(of)));
    }
};

}  // namespace

TEST_CASE("victims raise grievance towards the perpetrator's side and fear of it by the closed form, others in part") {
    Shaken village;
    village.happen(village.killing(3));
    CHECK(village.grievance(village.fulani) == Approx(1.0 - std::exp(-0.06)));
    CHECK(village.fear(village.fulani) == Approx(1.0 - std::exp(-0.09)));
    CHECK(village.grievance(village.dogon) == Approx(1.0 - std::exp(-0.015)));
    CHECK(village.fear(village.dogon) == Approx(1.0 - std::exp(-0.0225)));
    for (int s = 0; s < village.setup.actors.sides; ++s) {
        if (s == village.side("fama")) continue;
        CHECK((village.state.attitudes.grievance.col(s) == 0.0F).all());
        CHECK((village.state.attitudes.fear.col(s) == 0.0F).all());
    }
}

TEST_CASE("the injured and the abducted count as parts of one killed") {
    Shaken village;
    Event event = village.killing(0);
    event.civilians_injured = 4;
    event.civilians_abducted = 6;
    village.happen(event);
    CHECK(village.fear(village.fulani) == Approx(1.0 - std::exp(-0.03 * (4 * 0.25 + 6 * 0.5))));
}

TEST_CASE("what people hear of falls with travel time") {
    Shaken village;
    village.happen(village.killing(10));
    for (const auto& [near, hours] : village.setup.travel[0].from(village.place)) {
        if (near >= village.setup.communes()) continue;
        const auto felt = village.state.attitudes.fear(village.cell(near, village.fulani), village.side("fama"));
        const bool told = static_cast<double>(hours) <= Kernel::cut_off * 2.0 &&
                          village.state.cohorts.residents_of(near, village.fulani) > 0;
        const double expected = told ? 1.0 - std::exp(-0.3 * std::exp(-static_cast<double>(hours) / 2.0)) : 0.0;
        CHECK(static_cast<double>(felt) == Approx(expected).margin(1e-6));
    }
}

TEST_CASE("harm by one's own weighs less than harm by outsiders") {
    Shaken village;
    village.people().reactions.out_group_weight = 3.0;
    const auto with_affinity = [&](double affinity) {
        Shaken other = village;
        other.faction("fama").affinity[static_cast<std::size_t>(village.fulani)] = affinity;
        other.happen(other.killing(5));
        CHECK(other.fear(village.fulani) == Approx(1.0 - std::exp(-0.15)));  // which is the same whoever does it
        return other.grievance(village.fulani);
    };
    CHECK(with_affinity(1.0) == Approx(1.0 - std::exp(-0.1)));
    CHECK(with_affinity(0.5) == Approx(1.0 - std::exp(-0.2)));
    CHECK(with_affinity(0.0) == Approx(1.0 - std::exp(-0.3)));
    CHECK(with_affinity(-0.7) == with_affinity(0.0));
}

TEST_CASE("harm abroad, disputes without an armed actor and empty events move nobody") {
    Shaken village;
    Event abroad = village.killing(5);
    abroad.commune = village.setup.communes();
    village.happen(abroad);
    Event dispute = village.killing(0);
    dispute.actor1 = dispute.faction1 = -1;
    village.happen(dispute);
    village.happen(village.killing(0));
    CHECK((village.state.attitudes.grievance == 0.0F).all());
    CHECK((village.state.attitudes.fear == 0.0F).all());
}

TEST_CASE("fights between the armed frighten all who live there and embitter nobody") {
    Shaken village;
    Event battle = village.killing(0);
    battle.type = EventType::battle;
    battle.community = -1;
    battle.actor2 = static_cast<std::int16_t>(village.organisation("katiba_macina"));
    battle.deaths_actor1 = 4;
    battle.deaths_actor2 = 6;
    village.happen(battle);
    CHECK(village.fear(village.fulani) == Approx(1.0 - std::exp(-0.03)));
    CHECK(village.fear(village.dogon) == village.fear(village.fulani));
    CHECK((village.state.attitudes.grievance == 0.0F).all());
}

TEST_CASE("each day of a siege counts as so many victims, in the besieged commune alone") {
    Shaken village;
    const int besieger = village.add("katiba_macina", UnitType::cell, 20, village.place);
    village.state.sieges[static_cast<std::size_t>(village.place)].unit = besieger;
    village.state.today.first_event = village.state.events.size();
    for (int day = 0; day < 5; ++day) react(village.setup, village.step(), village.state);
    CHECK(village.fear(village.fulani, "katiba_macina") == Approx(1.0 - std::exp(-5 * 0.4 * 0.03)));
    CHECK(village.grievance(village.fulani, "katiba_macina") == Approx(1.0 - std::exp(-5 * 0.4 * 0.02)));
    const auto felt = (village.state.attitudes.fear > 0.0F).rowwise().any().cast<int>().sum();
    CHECK(felt <= village.setup.communities());
}

TEST_CASE("grievance and fear fall by half in their half-lives") {
    Shaken village;
    village.state.attitudes.grievance.setConstant(0.8F);
    village.state.attitudes.fear.setConstant(0.6F);
    village.settle(20);
    CHECK(village.fear(village.fulani) == Approx(0.3));
    village.settle(400);
    CHECK(village.grievance(village.fulani) == Approx(0.4));
}

TEST_CASE("what is added in the middle of a week is right at its end, however grave it was") {
    for (const int killed : {1, 20, 200}) {
        Shaken village;
        const auto settled = village.state.attitudes.fear(village.cell(village.place, village.fulani), 0);
        REQUIRE(settled == 0.0F);
        village.happen(village.killing(killed), 2);
        village.happen(village.killing(1), 5);
        village.settle(7);
        const auto decay = [](double days) { return std::exp2(-days / 20.0); };
        const double first = (1.0 - std::exp(-0.03 * killed)) * decay(3.0);
        const double both = 1.0 - (1.0 - first) * std::exp(-0.03);
        INFO(killed << " killed");
        CHECK(village.fear(village.fulani) == Approx(both * decay(2.0)));
    }
}

TEST_CASE("grievance under an authority goes to the balance of coercion, services and forgetting") {
    Shaken village;
    village.state.mechanisms.governance = false;  // rates as stated
    const int state_authority = village.authority("fama");
    auto& p = village.people().reactions;
    p.coercion[static_cast<std::size_t>(state_authority)] = 0.6;
    p.services[static_cast<std::size_t>(state_authority)] = 0.9;
    village.state.control.share.setZero();
    village.state.control.share.col(state_authority) = 0.5;
    const double forgetting = std::log(2.0) / 400.0;
    const double coercion = 0.6 * 0.5 / 365.25;
    const double rate = coercion + 0.9 * 0.5 / 365.25 + forgetting;
    village.state.attitudes.grievance.setConstant(0.9F);
    village.settle(100);
    const double limit = coercion / rate;
    CHECK(village.grievance(village.fulani) == Approx(limit + (0.9 - limit) * std::exp(-100.0 * rate)).epsilon(1e-5));
    village.settle(100'000);
    CHECK(village.grievance(village.fulani) == Approx(limit).epsilon(1e-5));
    // Where it does not rule, only time works.
    village.state.control.share.setZero();
    village.settle(100'400);
    CHECK(village.grievance(village.fulani) == Approx(0.5 * limit).epsilon(1e-5));
}

TEST_CASE("two half steps of minds are one whole step") {
    Shaken village;
    auto& p = village.people().reactions;
    std::fill(p.coercion.begin(), p.coercion.end(), 0.7);
    std::fill(p.services.begin(), p.services.end(), 0.4);
    village.state.attitudes.grievance.setConstant(0.3F);
    village.state.attitudes.fear.setConstant(0.3F);
    Shaken once = village;
    once.settle(14);
    village.settle(7);
    village.settle(14);
    CHECK((once.state.attitudes.grievance - village.state.attitudes.grievance).abs().maxCoeff() < 1e-6F);
    CHECK((once.state.attitudes.fear - village.state.attitudes.fear).abs().maxCoeff() < 1e-6F);
}

TEST_CASE("attitudes stay between 0 and 1 under any amount of harm and rule") {
    Shaken village;
    auto& p = village.people().reactions;
    std::fill(p.coercion.begin(), p.coercion.end(), 50.0);
    for (int week = 0; week < 20; ++week) {
        for (int day = 1; day <= 7; ++day) village.happen(village.killing(500), 7 * week + day);
        village.settle(7 * (week + 1));
        CHECK((village.state.attitudes.grievance >= 0.0F).all());
        CHECK((village.state.attitudes.grievance <= 1.0F).all());
        CHECK((village.state.attitudes.fear >= 0.0F).all());
        CHECK((village.state.attitudes.fear <= 1.0F).all());
    }
}

TEST_CASE("grievance takes its part of the support that affinity gives, and never more than there is") {
    Shaken village;
    const auto support_with = [&](float grievance) {
        village.state.attitudes.grievance.setConstant(grievance);
        update_support(village.setup, village.state.parameters, village.state.cohorts, village.state.attitudes,
                       village.state.sympathy);
        return static_cast<double>(village.state.sympathy.support(village.place, village.authority("fama")));
    };
    village.people().reactions.support_loss = 2.0;
    const double all = support_with(0.0F);
    REQUIRE(all > 0.0);
    CHECK(support_with(0.25F) == Approx(0.5 * all));
    CHECK(support_with(0.5F) == Approx(0.0).margin(1e-6));
    CHECK(support_with(1.0F) == 0.0);
}

TEST_CASE("fear of the others keeps people from telling what they know, fear of the ruler does not") {
    Shaken village;
    const int ruler = village.authority("fama");
    const auto told = [&](const std::string& feared, float fear) {
        Shaken other = village;
        other.people().reactions.fear_silence = 2.0;
        auto& sympathy = other.state.sympathy;
        sympathy.support.setZero();
        sympathy.fear.setZero();
        sympathy.fear.col(other.side(feared)) = fear;
        other.state.control.share.setZero();
        other.state.control.share.col(ruler) = 1.0;
        update_information(other.setup, other.state.parameters, sympathy, 1e9, other.state.control);
        return other.state.control.information(other.place, ruler);
    };
    const auto& p = village.state.parameters.information;
    const double rate = p.tip_rate * std::exp(-2.0 * 0.5);
    CHECK(told("katiba_macina", 0.5F) == Approx(rate / (rate + 1.0 / p.decay_time)));
    CHECK(told("katiba_macina", 0.9F) < told("katiba_macina", 0.5F));
    CHECK(told("fama", 0.9F) == told("fama", 0.0F));
}

TEST_CASE("fear that came in the middle of the week is no more than it is, for support and in the outcomes") {
    Shaken village;
    auto& state = village.state;
    state.date = *engine::parse_date("2017-04-30");  // a Sunday and a month's last day
    const int sunday = village.step().day;
    state.attitudes.day = sunday - 6;
    Event massacre = village.killing(500);
    for (int i = 0; i < village.setup.communes(); ++i) {
        massacre.commune = i;
        village.happen(massacre);
    }
    const auto side = village.side("fama");
    run_day(village.setup, state);
    auto& recorded = state.series[outcome_index("fear")];
    const int april = engine::month_number(*engine::parse_date("2017-04-30")) - village.setup.labels.first_month;
    for (int cercle = 0; cercle < recorded.cercles; ++cercle) {
        CHECK(recorded.at(april, cercle, side) > 0.9);
        CHECK(recorded.at(april, cercle, side) <= 1.0 + 1e-6);
    }
    run_day(village.setup, state);
    const auto felt = state.sympathy.fear(village.place, side);
    CHECK(felt > 0.9F);
    CHECK(felt <= 1.0F);
}
