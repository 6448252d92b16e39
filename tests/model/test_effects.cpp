// Effects that are known of the war as a whole, in runs of the full model.

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>

#include "model/membership.h"
#include "model/motives.h"
#include "model/processes/displacement.h"
#include "model/processes/recruitment.h"
#include "model/quiet_region.h"
#include "model/tally.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

void run(const Setup& setup, State& state, int days) {
    for (int day = 0; day < days && state.date <= setup.scenario.end; ++day) run_day(setup, state);
}

std::size_t community(const Setup& setup, const std::string& name) {
    const auto& all = setup.labels.communities;
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
}

FactionParameters& parameters_of(const Setup& setup, State& state, const std::string& faction) {
    return state.parameters.factions[static_cast<std::size_t>(testing::faction_index(setup, faction))];
}

/// Mean probability of joining a faction over the residents of a community.
double mean_joining(const Setup& setup, const State& state, const std::string& faction, std::size_t community) {
    double people = 0.0;
    double sum = 0.0;
    const int g = static_cast<int>(community);
    const Motives motives(setup, state, testing::faction_index(setup, faction));
    for (int i = 0; i < setup.communes(); ++i) {
        const auto here = static_cast<double>(state.cohorts.residents_of(i, g));
        people += here;
        sum += here * motives.probability_of_joining(i, g);
    }
    return sum / people;
}

double recruits_of(const Setup& setup, State& state, const std::string& faction, std::size_t community) {
    auto& series = state.series[outcome_index("recruits_by_community")];
    const int organisation =
        setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(setup, faction))];
    double sum = 0.0;
    for (int month = 0; month < series.months; ++month)
        sum += series.at(month, 0, organisation, static_cast<int>(community));
    return sum;
}

/// A war in which the army sweeps blindly and suspects Fulani alone, and in which harm moves people more than anything.
State blind_war(const Setup& setup, std::uint32_t replicate, double restraint_of_army) {
    auto state = initial_state(setup, {21, replicate});
    state.parameters.information.tip_rate = 0.0;
    state.parameters.harm.least_suspicion = 0.0;
    state.parameters.harm.sweep_contacts = 3.0;
    auto& army = parameters_of(setup, state, "fama");
    army.technical_information = 0.0;
    army.restraint = restraint_of_army;
    army.doctrine[index(Action::sweep)] += 2.0;
    std::fill(army.suspicion.begin(), army.suspicion.end(), 0.0);
    army.suspicion[community(setup, "fulani")] = 1.0;
    auto& recruitment = state.parameters.people.recruitment;
    recruitment.base = -4.0;
    recruitment.harm_weight = 4.0;
    recruitment.affinity_weight = 0.0;
    auto& katiba = parameters_of(setup, state, "katiba_macina");
    katiba.recruitment_rate = 0.2;
    katiba.sustained = 5000.0;
    return state;
}

/// Everybody lays down arms and nobody takes them up.
void make_peace(State& state) {
    engine::RandomStream draws(1, 0, 0, 0, 0, 0);
    auto& units = state.units;
    for (int u = 0; u < units.size(); ++u) dismiss_members(state.cohorts, units, u, units.strength(u), draws);
    std::fill(units.established.begin(), units.established.end(), 0);
    std::fill(units.type.begin(), units.type.end(), UnitType::retired);
    state.mechanisms.recruitment = false;
    state.mechanisms.replacement = false;
    std::fill(state.intervention_done.begin(), state.intervention_done.end(), 1);
}

std::int64_t displaced(const Setup& setup, const State& state) {
    return testing::displaced_within(setup, state.displacement) + testing::displaced_abroad(setup, state.displacement);
}

}  // namespace

TEST_CASE("blind sweeps by the army drive those whom it hits to JNIM, more than others", "[slow]") {
    const auto setup = testing::small_world();
    const auto fulani = community(setup, "fulani");
    const std::vector<std::size_t> others = {community(setup, "dogon"), community(setup, "bambara")};
    struct Arm {
        double killed = 0.0, fulani = 0.0, others = 0.0, joining_fulani = 0.0, joining_others = 0.0;
    };
    const auto fight = [&](double restraint) {
        Arm arm;
        for (std::uint32_t r = 0; r < 4; ++r) {
            auto state = blind_war(setup, r, restraint);
            run(setup, state, 540);
            auto& killed = state.series[outcome_index("civilians_killed")];
            const int side = setup.actors.side[static_cast<std::size_t>(
                setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(setup, "fama"))])];
            for (int month = 0; month < killed.months; ++month) {
                for (int cercle = 0; cercle < killed.cercles; ++cercle) arm.killed += killed.at(month, cercle, side);
            }
            arm.fulani += recruits_of(setup, state, "katiba_macina", fulani);
            arm.joining_fulani += mean_joining(setup, state, "katiba_macina", fulani);
            for (const auto g : others) {
                arm.others += recruits_of(setup, state, "katiba_macina", g);
                arm.joining_others += mean_joining(setup, state, "katiba_macina", g);
            }
        }
        return arm;
    };
    const Arm blind = fight(0.0);
    const Arm restrained = fight(1.0);
    INFO("killed " << blind.killed << " " << restrained.killed << ", Fulani recruits " << blind.fulani << " "
                   << restrained.fulani << ", others " << blind.others << " " << restrained.others);
    CHECK(blind.killed > 2.0 * restrained.killed);
    CHECK(blind.joining_fulani > 1.2 * restrained.joining_fulani);
    CHECK(blind.fulani > 1.1 * restrained.fulani);
    REQUIRE(restrained.others > 0.0);
    CHECK(blind.fulani / restrained.fulani > blind.others / restrained.others);
    CHECK(blind.joining_fulani / restrained.joining_fulani > blind.joining_others / restrained.joining_others);
}

TEST_CASE("control by an authority that nobody resents keeps threatened people from taking up arms", "[slow]") {
    const auto setup = testing::small_world();
    const auto joined = [&](double share_of_state, double grievance) {
        double sum = 0.0;
        for (std::uint32_t r = 0; r < 3; ++r) {
            auto state = initial_state(setup, {22, r});
            run(setup, state, 300);
            auto& p = state.parameters.people.recruitment;
            p.protection_weight = 5.0;
            p.harm_weight = 0.0;
            parameters_of(setup, state, "katiba_macina").recruitment_rate = 1.0;
            parameters_of(setup, state, "katiba_macina").sustained = 1e5;
            const int fama =
                setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(setup, "fama"))];
            const int ruler = setup.actors.authority[static_cast<std::size_t>(fama)];
            state.control.share.setZero();
            state.control.share.col(setup.actors.self_rule) = 1.0 - share_of_state;
            state.control.share.col(ruler) = share_of_state;
            state.attitudes.grievance.col(setup.actors.side[static_cast<std::size_t>(fama)]) =
                static_cast<float>(grievance);
            // Everybody fears the militias, and them alone.
            const int threat =
                setup.actors
                    .organisation_of[static_cast<std::size_t>(testing::faction_index(setup, "dan_na_ambassagou"))];
            state.attitudes.fear.setZero();
            state.attitudes.fear.col(setup.actors.side[static_cast<std::size_t>(threat)]) = 0.8F;
            recruit(setup, testing::step_of(state), 120.0, state);
            for (std::size_t g = 0; g < setup.labels.communities.size(); ++g)
                sum += recruits_of(setup, state, "katiba_macina", g);
        }
        return sum;
    };
    const double alone = joined(0.0, 0.0);
    const double half = joined(0.5, 0.0);
    const double held = joined(1.0, 0.0);
    INFO(alone << " " << half << " " << held);
    CHECK(held < half);
    CHECK(half < alone);
    // A ruler whom all resent protects nobody.
    CHECK(joined(1.0, 1.0) == Approx(joined(0.0, 1.0)));
}

TEST_CASE("once the violence stops people come home, fear fades within months and grievance within years", "[slow]") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {23, 0});
    state.parameters.people.displacement.flight_rate = 4.0;
    state.parameters.people.displacement.return_rate = 1.0;
    state.parameters.people.reactions.fear_half_life = 30.0;
    state.parameters.people.reactions.grievance_half_life = 700.0;
    run(setup, state, 300);
    REQUIRE(displaced(setup, state) > 1000);
    make_peace(state);
    for (auto& hostage : state.hostages) hostage.dies = false;
    const double grievance = state.attitudes.grievance.cast<double>().sum();
    const double fear = state.attitudes.fear.cast<double>().sum();
    const auto away = displaced(setup, state);
    const auto events = state.events.size();
    run(setup, state, 90);
    auto last = displaced(setup, state);
    for (int month = 0; month < 9; ++month) {
        run(setup, state, 30);
        CHECK(displaced(setup, state) < last);
        last = displaced(setup, state);
    }
    for (std::size_t e = events; e < state.events.size(); ++e)
        CHECK(state.events[e].type == EventType::strategic_development);
    CHECK(last < away / 2);
    CHECK(state.attitudes.fear.cast<double>().sum() < 0.01 * fear);
    CHECK(state.attitudes.grievance.cast<double>().sum() > 0.5 * grievance);
}
