#include "model/government.h"

#include <algorithm>

#include "model/event_log.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

void shake_army(const Setup& setup, State& state) {
    const auto keep = static_cast<float>(1.0 - state.parameters.government.politics.coup_morale_loss);
    const auto least = static_cast<float>(state.parameters.engagement.least_morale);
    auto& units = state.units;
    for (std::size_t i = 0; i < units.key.size(); ++i) {
        if (!setup.actors.is_national_force(units.organisation[i])) continue;
        units.morale[i] = std::max(least, units.morale[i] * keep);
    }
}

}  // namespace

void take_power(const Setup& setup, const Step& step, CauseKind cause_kind, std::int32_t cause, State& state) {
    if (setup.parties.government < 0) return;
    const auto& p = state.parameters.government;
    auto& politics = state.politics;
    politics.last_coup = step.day;
    ++politics.coups;
    politics.legitimacy = 0.5 * (politics.legitimacy + p.politics.coup_legitimacy);
    shake_army(setup, state);
    auto draws =
        stream(state.random, Process::politics, static_cast<std::uint64_t>(step.day), engine::name_key("ambivalence"));
    state.dialogue.ambivalence = p.dialogue.ambivalence * engine::draw_normal(draws);
    static const std::size_t coups = outcome_index("coups");
    const int capital = setup.parties.capital;
    add_to_tally(setup, state, coups, step.date, capital);
    Event event;
    event.day = step.day;
    event.commune = capital;
    event.type = EventType::strategic_development;
    event.subtype = EventSubtype::coup;
    event.actor1 = static_cast<std::int16_t>(setup.parties.organisation);
    event.cause_kind = cause_kind;
    event.cause = cause;
    log_event(setup, state, event);
}

double intake_under_sanctions(const State& state) {
    return 1.0 - state.parameters.government.politics.sanctions_intake * state.politics.sanctions;
}

}  // namespace sahelsim::model
