#include "model/schedule.h"

#include <limits>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "model/candidates.h"
#include "model/establishment.h"
#include "model/governance.h"
#include "model/processes/accords.h"
#include "model/processes/adaptation.h"
#include "model/processes/captivity.h"
#include "model/processes/control.h"
#include "model/processes/course_of_war.h"
#include "model/processes/decisions.h"
#include "model/processes/defection.h"
#include "model/processes/demography.h"
#include "model/processes/desertion.h"
#include "model/processes/dialogue.h"
#include "model/processes/displacement.h"
#include "model/processes/engagements.h"
#include "model/processes/gathering.h"
#include "model/processes/governance.h"
#include "model/processes/harm.h"
#include "model/processes/implementation.h"
#include "model/processes/information.h"
#include "model/processes/interventions.h"
#include "model/processes/land.h"
#include "model/processes/leadership.h"
#include "model/processes/movement.h"
#include "model/processes/orders.h"
#include "model/processes/partners.h"
#include "model/processes/politics.h"
#include "model/processes/presence.h"
#include "model/processes/provocation.h"
#include "model/processes/reactions.h"
#include "model/processes/record.h"
#include "model/processes/recovery.h"
#include "model/processes/recruitment.h"
#include "model/processes/replacement.h"
#include "model/processes/rivalry.h"
#include "model/processes/sieges.h"
#include "model/processes/spread.h"
#include "model/processes/support.h"
#include "model/tally.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

constexpr double kWeek = 7.0;          // days
constexpr double kMonth = 1.0 / 12.0;  // years
constexpr double kForever = std::numeric_limits<double>::infinity();

void update_kernels(const Setup& setup, State& state) {
    state.kernel.update(setup, state.parameters.control.reach);
    state.reaction_kernel.update(setup, state.parameters.people.reactions.reach);
    state.flight_kernel.update(setup, state.parameters.people.displacement.reach);
    state.herd_kernel.update(setup, state.parameters.people.land.reach);
}

/// Everybody takes stock: who is seen where, who rules, who knows what, how people stand to them.
void look_around(const Setup& setup, const Step& step, double days, State& state) {
    const auto& parameters = state.parameters;
    const auto& mechanisms = state.mechanisms;
    update_kernels(setup, state);
    if (mechanisms.reactions) settle_attitudes(setup, step, state);
    update_presence(setup, step, parameters, mechanisms, state.relations, state.partners, state.random, state.kernel,
                    state.units, state.presence);
    update_support(setup, parameters, state.cohorts, state.attitudes, state.sympathy);
    if (mechanisms.governance) update_effort(setup, step, days, state);
    if (mechanisms.control)
        update_control(setup, step, parameters, state.kernel, state.sympathy, state.units, days, state.control,
                       effort_bonus(state));
    if (mechanisms.information) update_information(setup, parameters, state.sympathy, days, state.control);
    if (mechanisms.land) update_hardship(setup, state);
    recover(parameters.decision, days, state.units);
}

/// People join, leave, change sides, flee and return.
void change_hands(const Setup& setup, const Step& step, double days, State& state) {
    const auto& mechanisms = state.mechanisms;
    if (mechanisms.replacement) replace(setup, step, days, state);
    if (mechanisms.recruitment) recruit(setup, step, days, state);
    if (mechanisms.desertion) desert(setup, step, days, state);
    if (mechanisms.defection) defect(setup, step, days, state);
    if (mechanisms.displacement) flee_and_return(setup, step, days, state);
}

void begin_day(State& state) {
    state.today.first_event = state.events.size();
    state.today.cohort_changes = state.cohorts.changes;
}

}  // namespace

Step step_of(const Setup& setup, engine::Date date) {
    return {date, engine::day_number(date), world::season_of(date, setup.world_parameters),
            engine::is_first_of_week(date), engine::is_first_of_month(date)};
}

void run_day(const Setup& setup, State& state) {
    const Step step = step_of(setup, state.date);
    const auto& parameters = state.parameters;
    const auto& mechanisms = state.mechanisms;
    begin_day(state);

    intervene(setup, step, state);

    if (step.first_of_month) {
        update_sympathy(setup, parameters, state.cohorts, state.sympathy);
        if (mechanisms.adaptation) {
            adapt(setup, parameters, state.control, state.experience);
        } else {
            forget_actions(setup, state.experience);
        }
        record_course_of_war(setup, step, state);
        if (mechanisms.politics) update_politics(setup, step, kMonth, state);
        if (mechanisms.partners) update_partners(setup, step, kMonth, state);
        end_measures(step, state);
        if (mechanisms.dialogue) {
            talk(setup, step, kMonth, state);
            carry_out(setup, step, kMonth, state);
        }
        if (mechanisms.governance) govern(setup, step, kMonth, state);
        if (mechanisms.leadership) lead(setup, step, kMonth, state);
        if (mechanisms.land) update_pasture(setup, step, state);
        if (mechanisms.rivalry) update_rivalry(setup, step, kMonth, state);
        if (mechanisms.spread) settle_new_areas(setup, step, state);
        if (mechanisms.demography) renew_people(setup, step, kMonth, state);
    }
    if (step.first_of_week) look_around(setup, step, kWeek, state);
    if (step.first_of_week) {
        if (mechanisms.local_accords) keep_accords(setup, step, state);
        state.truces.violations.clear();
    }
    if (step.first_of_week || step.first_of_month) {
        update_outlook(setup, parameters, state.control, state.presence, state.sympathy, state.outlook);
        overlook_those_at_truce(setup, state, state.outlook);
    }

    const Picture picture{
        parameters,         mechanisms,       state.control, state.presence, state.sympathy,
        state.provocations, state.experience, state.random,  state.outlook,  cohesion_of_factions(state),
        &state.truces};
    const int decisions = decide_all(setup, step, picture, state.units, state.experience);
    if (mechanisms.gathering) {
        gather_and_scatter(setup, step, parameters, state.presence, state.random, state.units,
                           cohesion_of_factions(state));
        if (mechanisms.orders) order_attacks(setup, step, state);  // who is called together has to part again
    }
    move_units(setup, step, state);
    engage(setup, step, state);
    if (mechanisms.harm_to_civilians) harm_civilians(setup, step, state);
    end_captivity(setup, step, state);
    keep_sieges(setup, step, state);
    if (mechanisms.land && step.first_of_week) dispute_land(setup, step, kWeek / engine::days_per_year, state);
    if (mechanisms.revenge) provoke(setup, step, state);
    if (mechanisms.rivalry) note_battles_of_rivals(setup, state);
    if (mechanisms.reactions) react(setup, step, state);
    if (step.first_of_week) change_hands(setup, step, kWeek, state);

    record_flows(setup, step, decisions, state);
    const engine::Date tomorrow = state.date + std::chrono::days{1};
    if (engine::is_first_of_month(tomorrow) || state.date == setup.scenario.end) {
        record_stocks(setup, step, state);
        check_conservation(setup, state);
    }
    state.date = tomorrow;
}

State initial_state(const Setup& setup, engine::RandomSource random) {
    State state;
    state.date = setup.scenario.start;
    state.random = random;
    state.values = setup.scenario.parameters;
    state.parameters = setup.parameters;
    for (const auto& [name, on] : setup.scenario.mechanisms) switch_mechanism(state.mechanisms, name, on);
    state.cohorts = setup.cohorts;
    state.control.share.setZero(setup.communes(), setup.actors.authorities);
    state.control.share.col(setup.actors.self_rule) = 1.0;
    state.control.information.setZero(setup.communes(), setup.actors.authorities);
    state.provocations.resize(static_cast<std::size_t>(setup.actors.organisations * setup.places()));
    state.sieges.resize(static_cast<std::size_t>(setup.places()));
    state.experience.shift.setZero(setup.actors.factions(), static_cast<Eigen::Index>(action_count));
    forget_actions(setup, state.experience);
    // Long ago, so that nobody counts as active.
    state.last_act.assign(static_cast<std::size_t>(setup.communes() * setup.actors.authorities), -1'000'000);
    state.intervention_begun.assign(setup.scenario.interventions.size(), 0);
    state.intervention_done.assign(setup.scenario.interventions.size(), 0);
    state.withdrawals.assign(setup.scenario.interventions.size(), {});
    state.series = make_series(setup.labels);

    const auto cells = static_cast<Eigen::Index>(state.cohorts.people.size());
    state.units.origin.setZero(setup.actors.factions(), cells);
    state.relations.reset(setup, state.parameters);
    const auto pairs =
        static_cast<std::size_t>(setup.zones() * setup.actors.organisations * setup.actors.organisations);
    state.rivalry.battles.assign(pairs, 0);
    state.rivalry.defectors.assign(pairs, 0);
    state.attitudes.grievance.setZero(cells, setup.actors.sides);
    state.attitudes.fear.setZero(cells, setup.actors.sides);
    state.attitudes.day = engine::day_number(state.date);
    state.displacement.refuges.resize(static_cast<std::size_t>(cells));
    state.displacement.away.assign(static_cast<std::size_t>(cells), 0);
    state.displacement.hosted.assign(static_cast<std::size_t>(setup.places()), 0);
    state.pasture_stress.assign(static_cast<std::size_t>(setup.communes()), 0.0F);
    state.hardship.assign(static_cast<std::size_t>(setup.communes()), 0.0F);
    reset_accords(setup, state);
    state.depot.assign(static_cast<std::size_t>(setup.actors.factions()), 0);

    state.course.control.resize(static_cast<std::size_t>(setup.actors.authorities));
    state.course.losses.resize(static_cast<std::size_t>(setup.actors.organisations));
    state.course.personnel.assign(static_cast<std::size_t>(setup.actors.organisations), 0);
    state.course.most_personnel.assign(static_cast<std::size_t>(setup.actors.organisations), 0);
    const auto& government = state.parameters.government;
    for (const Mandate& mandate : government.mandates) {
        Partner partner;
        partner.support = mandate.support;
        state.partners.push_back(partner);
    }
    state.politics.legitimacy = government.politics.legitimacy;
    state.dialogue.support = government.dialogue.support;
    state.dialogue.algiers = government.dialogue.algiers;
    state.dialogue.signatory.assign(static_cast<std::size_t>(setup.actors.factions()), 0);

    begin_leadership(setup, state);
    establish_initial_units(setup, state);
    const Step step = step_of(setup, state.date);
    update_sympathy(setup, state.parameters, state.cohorts, state.sympathy);
    update_kernels(setup, state);
    update_presence(setup, step, state.parameters, state.mechanisms, state.relations, state.partners, state.random,
                    state.kernel, state.units, state.presence);
    update_support(setup, state.parameters, state.cohorts, state.attitudes, state.sympathy);
    update_control(setup, step, state.parameters, state.kernel, state.sympathy, state.units, kForever, state.control);
    if (state.mechanisms.information)
        update_information(setup, state.parameters, state.sympathy, kForever, state.control);
    update_outlook(setup, state.parameters, state.control, state.presence, state.sympathy, state.outlook);
    begin_governance(setup, state);
    return state;
}

void check_conservation(const Setup& setup, const State& state) {
    const auto& c = state.cohorts;
    std::vector<std::int32_t> members(c.size(), 0);
    std::vector<std::int32_t> held(c.size(), 0);
    for (const auto& unit : state.units.members) {
        for (const std::int32_t cohort : unit) {
            if (cohort != kForeign) ++members[static_cast<std::size_t>(cohort)];
        }
    }
    for (const Hostage& hostage : state.hostages) ++held[static_cast<std::size_t>(hostage.cohort)];
    std::int64_t residents = 0;
    std::int64_t displaced = 0;
    std::int64_t prisoners = 0;
    for (std::size_t k = 0; k < c.size(); ++k) {
        const auto people = c.residents[k] + c.displaced[k] + c.armed[k] + c.hostages[k] + c.prisoners[k] + c.dead[k];
        if (people != setup.cohorts.residents[k] + c.increase[k] || c.residents[k] < 0) {
            throw std::logic_error(fmt::format("cohort {} holds {} people, began with {} and grew by {}", k, people,
                                               setup.cohorts.residents[k], c.increase[k]));
        }
        if (members[k] != c.armed[k] || held[k] != c.hostages[k]) {
            throw std::logic_error(
                fmt::format("cohort {} has {} people under arms and {} held, its units and captors count {} and {}", k,
                            c.armed[k], c.hostages[k], members[k], held[k]));
        }
        residents += c.residents[k];
        displaced += c.displaced[k];
        prisoners += c.prisoners[k];
    }
    const auto hosted =
        std::accumulate(state.displacement.hosted.begin(), state.displacement.hosted.end(), std::int64_t{0});
    if (hosted != displaced || prisoners != static_cast<std::int64_t>(state.prisoners.size())) {
        throw std::logic_error(fmt::format("{} displaced by home and {} by refuge, {} prisoners by home and {} held",
                                           displaced, hosted, prisoners, state.prisoners.size()));
    }
    const auto in_communes = std::accumulate(c.commune_people.begin(), c.commune_people.end(), std::int64_t{0});
    const auto in_communities = std::accumulate(c.people.begin(), c.people.end(), std::int64_t{0});
    if (in_communes != residents || in_communities != residents) {
        throw std::logic_error(
            fmt::format("{} residents, {} by commune and {} by community", residents, in_communes, in_communities));
    }
}

}  // namespace sahelsim::model
