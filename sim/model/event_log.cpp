#include "model/event_log.h"

namespace sahelsim::model {

Event make_event(const Step& step, const Units& units, int unit, EventType type, EventSubtype subtype, int place) {
    const auto i = static_cast<std::size_t>(unit);
    Event event;
    event.day = step.day;
    event.commune = place;
    event.type = type;
    event.subtype = subtype;
    event.actor1 = units.organisation[i];
    event.faction1 = units.faction[i];
    event.cause_kind = units.cause_kind[i];
    event.cause = units.cause[i];
    return event;
}

namespace {

/// Accords follow from sieges and breaches, whoever was hit by them.
bool is_of_accord(const Event& event) {
    return event.subtype == EventSubtype::agreement || event.subtype == EventSubtype::agreement_lapsed ||
           event.subtype == EventSubtype::agreement_collapsed;
}

void check_cause(const Setup& setup, const State& state, Event& event) {
    if (event.cause_kind != CauseKind::event || event.actor2 < 0 || is_of_accord(event)) return;
    const Event& cause = state.events[static_cast<std::size_t>(event.cause)];
    const bool took_part = event.actor2 == cause.actor1 || event.actor2 == cause.actor2;
    // A dispute over land has no organisation behind it; whoever stood up for a side of it may be hit for it.
    const bool allied = cause.actor1 < 0 || state.relations.at(setup, event.commune, event.actor2, cause.actor1) > 0.0;
    if (took_part || allied) return;
    event.cause_kind = CauseKind::none;
    event.cause = -1;
}

}  // namespace

std::int32_t log_event(const Setup& setup, State& state, Event event) {
    check_cause(setup, state, event);
    event.id = static_cast<std::int32_t>(state.events.size());
    state.events.push_back(event);
    const bool violent = event.type != EventType::strategic_development;
    if (violent && event.commune < setup.communes() && event.actor1 >= 0) {
        const int authority = setup.actors.authority[static_cast<std::size_t>(event.actor1)];
        if (authority >= 0) {
            state.last_act[static_cast<std::size_t>(event.commune * setup.actors.authorities + authority)] = event.day;
        }
    }
    return event.id;
}

}  // namespace sahelsim::model
