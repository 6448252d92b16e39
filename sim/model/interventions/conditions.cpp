#include "model/interventions/conditions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "scenario/intervention_types.h"

namespace sahelsim::model {

namespace {

using scenario::Condition;

bool lies_in(const Setup& setup, int place, const std::string& region) {
    if (region.empty()) return true;
    const int cercle = setup.cercle_of[static_cast<std::size_t>(place)];
    return setup.geography.cercles[static_cast<std::size_t>(cercle)].region == region;
}

/// Sums `count(event)` over the condition's window in its region.
template <class Count>
double sum_recent(const Setup& setup, const Step& step, const State& state, const Condition& condition, Count count) {
    const int window_days = scenario::find_condition_outcome(condition.outcome)->window_days;
    double sum = 0.0;
    for (auto event = state.events.rbegin(); event != state.events.rend() && event->day >= step.day - window_days;
         ++event) {
        if (lies_in(setup, event->commune, condition.region)) sum += count(*event);
    }
    return sum;
}

double deaths(const Setup& setup, const Step& step, const State& state, const Condition& condition) {
    return sum_recent(setup, step, state, condition, [](const Event& event) {
        return static_cast<double>(event.civilians_killed + event.deaths_actor1 + event.deaths_actor2);
    });
}

double civilians_killed(const Setup& setup, const Step& step, const State& state, const Condition& condition) {
    return sum_recent(setup, step, state, condition,
                      [](const Event& event) { return static_cast<double>(event.civilians_killed); });
}

double events(const Setup& setup, const Step& step, const State& state, const Condition& condition) {
    return sum_recent(setup, step, state, condition,
                      [](const Event& event) { return event.type != EventType::strategic_development ? 1.0 : 0.0; });
}

/// Share of control of an authority, by residents.
double control(const Setup& setup, const Step& /*step*/, const State& state, const Condition& condition) {
    const auto& authorities = setup.scenario.authorities;
    const auto found = std::find_if(authorities.begin(), authorities.end(),
                                    [&](const auto& authority) { return authority.id == condition.authority; });
    const auto authority = found - authorities.begin();
    double held = 0.0;
    double all = 0.0;
    for (int i = 0; i < setup.communes(); ++i) {
        if (!lies_in(setup, i, condition.region)) continue;
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        held += residents * state.control.share(i, authority);
        all += residents;
    }
    return all > 0.0 ? held / all : std::numeric_limits<double>::quiet_NaN();
}

/// How far talks with the armed opposition have come.
double dialogue_stage(const Setup& /*setup*/, const Step& /*step*/, const State& state, const Condition& /*condition*/) {
    return static_cast<double>(state.dialogue.stage);
}

constexpr std::array kTable = {
    OutcomeEntry{"deaths_90_days", deaths},         OutcomeEntry{"civilians_killed_90_days", civilians_killed},
    OutcomeEntry{"events_90_days", events},         OutcomeEntry{"control", control},
    OutcomeEntry{"dialogue_stage", dialogue_stage},
};

OutcomeFunction find_outcome(std::string_view name) {
    const auto* found =
        std::find_if(kTable.begin(), kTable.end(), [&](const auto& entry) { return name == entry.outcome; });
    assert(found != kTable.end() && "the reader of scenarios knows all outcomes");
    return found->observe;
}

}  // namespace

std::span<const OutcomeEntry> condition_table() {
    return kTable;
}

bool holds(const Setup& setup, const Step& step, const State& state, const Condition& condition) {
    if (condition.not_before && step.date < *condition.not_before) return false;
    // Few events in a window that is not yet full mean nothing.
    const int window_days = scenario::find_condition_outcome(condition.outcome)->window_days;
    if (!condition.above && (step.date - setup.scenario.start).count() < window_days) return false;
    const double observed = find_outcome(condition.outcome)(setup, step, state, condition);
    return condition.above ? observed > condition.threshold : observed < condition.threshold;
}

}  // namespace sahelsim::model
