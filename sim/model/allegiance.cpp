#include "model/allegiance.h"

#include <utility>

#include "model/event_log.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

int strongest_faction(const Setup& setup, const Presence& presence, int organisation, int place) {
    int strongest = -1;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (setup.actors.organisation_of[static_cast<std::size_t>(f)] != organisation) continue;
        if (strongest < 0 || presence.of_faction(place, f) > presence.of_faction(place, strongest)) strongest = f;
    }
    return strongest;
}

void change_allegiance(const Setup& setup, const Step& step, State& state, int unit, int faction,
                       std::int32_t because_of) {
    static const std::size_t defectors = outcome_index("defectors");
    auto& units = state.units;
    const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(faction)];
    const auto i = static_cast<std::size_t>(unit);
    Event event =
        make_event(step, units, unit, EventType::strategic_development, EventSubtype::defection, units.place[i]);
    event.cause_kind = because_of >= 0 ? CauseKind::event : CauseKind::none;
    event.cause = because_of;
    event.actor2 = static_cast<std::int16_t>(organisation);
    log_event(setup, state, event);
    const int persons = units.strength(unit);
    add_to_tally(setup, state, defectors, step.date, units.base[i], units.organisation[i], 0, persons);
    const int zone = setup.zone_of[static_cast<std::size_t>(units.place[i])];
    const int n = setup.actors.organisations;
    // Nobody takes note where relations never change.
    for (const auto& [a, b] : {std::pair{static_cast<int>(units.organisation[i]), organisation},
                               std::pair{organisation, static_cast<int>(units.organisation[i])}})
        state.rivalry.defectors[static_cast<std::size_t>((zone * n + a) * n + b)] +=
            state.mechanisms.rivalry ? persons : 0;
    for (const std::int32_t cohort : units.members[i]) {
        count_origin(state.cohorts, units, units.faction[i], cohort, -1);
        count_origin(state.cohorts, units, faction, cohort, 1);
    }
    units.organisation[i] = static_cast<std::int16_t>(organisation);
    units.faction[i] = static_cast<std::int16_t>(faction);
    units.touched[i] = step.day;
}

}  // namespace sahelsim::model
