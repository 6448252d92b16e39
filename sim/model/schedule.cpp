#include "model/schedule.h"

#include <limits>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "model/establishment.h"
#include "model/processes/adaptation.h"
#include "model/processes/captivity.h"
#include "model/processes/control.h"
#include "model/processes/decisions.h"
#include "model/processes/engagements.h"
#include "model/processes/gathering.h"
#include "model/processes/harm.h"
#include "model/processes/information.h"
#include "model/processes/interventions.h"
#include "model/processes/movement.h"
#include "model/processes/presence.h"
#include "model/processes/provocation.h"
#include "model/processes/record.h"
#include "model/processes/recovery.h"
#include "model/processes/sieges.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

constexpr double kWeek = 7.0;  // days
constexpr double kForever = std::numeric_limits<double>::infinity();

Step step_of(const Setup& setup, const State& state) {
    return {state.date, engine::day_number(state.date), world::season_of(state.date, setup.world_parameters),
            engine::is_first_of_week(state.date), engine::is_first_of_month(state.date)};
}

void begin_day(State& state) {
    state.today.first_event = state.events.size();
    state.today.cohort_changes = state.cohorts.changes;
}

}  // namespace

void run_day(const Setup& setup, State& state) {
    const Step step = step_of(setup, state);
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
    }
    if (step.first_of_week) {
        state.kernel.update(setup, parameters.control.reach);
        update_presence(setup, step, parameters, mechanisms, state.random, state.kernel, state.units, state.presence);
        if (mechanisms.control)
            update_control(setup, step, parameters, state.kernel, state.sympathy, state.units, kWeek, state.control);
        if (mechanisms.information) update_information(setup, parameters, state.sympathy, kWeek, state.control);
        recover(setup, step, kWeek, state);
    }

    const Picture picture{parameters,     mechanisms,         state.control,    state.presence,
                          state.sympathy, state.provocations, state.experience, state.random};
    const int decisions = decide_all(setup, step, picture, state.units, state.experience);
    if (mechanisms.gathering) gather_and_scatter(setup, step, parameters, state.presence, state.random, state.units);
    move_units(setup, step, state);
    engage(setup, step, state);
    if (mechanisms.harm_to_civilians) harm_civilians(setup, step, state);
    end_captivity(setup, step, state);
    keep_sieges(setup, step, state);
    if (mechanisms.revenge) provoke(setup, step, state);

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
    state.intervention_done.assign(setup.scenario.interventions.size(), 0);
    state.withdrawals_left.assign(setup.scenario.interventions.size(), -1);
    state.series = make_series(setup.labels);

    establish_initial_units(setup, state);
    const Step step = step_of(setup, state);
    update_sympathy(setup, state.parameters, state.cohorts, state.sympathy);
    state.kernel.update(setup, state.parameters.control.reach);
    update_presence(setup, step, state.parameters, state.mechanisms, state.random, state.kernel, state.units,
                    state.presence);
    update_control(setup, step, state.parameters, state.kernel, state.sympathy, state.units, kForever, state.control);
    if (state.mechanisms.information)
        update_information(setup, state.parameters, state.sympathy, kForever, state.control);
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
    for (std::size_t k = 0; k < c.size(); ++k) {
        const auto people = c.residents[k] + c.armed[k] + c.hostages[k] + c.dead[k];
        if (people != setup.cohorts.residents[k] || c.residents[k] < 0) {
            throw std::logic_error(
                fmt::format("cohort {} holds {} people and began with {}", k, people, setup.cohorts.residents[k]));
        }
        if (members[k] != c.armed[k] || held[k] != c.hostages[k]) {
            throw std::logic_error(
                fmt::format("cohort {} has {} people under arms and {} held, its units and captors count {} and {}", k,
                            c.armed[k], c.hostages[k], members[k], held[k]));
        }
        residents += c.residents[k];
    }
    const auto in_communes = std::accumulate(c.commune_people.begin(), c.commune_people.end(), std::int64_t{0});
    const auto in_communities = std::accumulate(c.people.begin(), c.people.end(), std::int64_t{0});
    if (in_communes != residents || in_communities != residents) {
        throw std::logic_error(
            fmt::format("{} residents, {} by commune and {} by community", residents, in_communes, in_communities));
    }
}

}  // namespace sahelsim::model
