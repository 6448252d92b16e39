#include "model/interventions/places.h"

#include <algorithm>

#include "model/event_log.h"

namespace sahelsim::model {

int find_cercle(const Setup& setup, const std::string& name) {
    const auto& cercles = setup.geography.cercles;
    const auto found =
        std::find_if(cercles.begin(), cercles.end(), [&](const auto& cercle) { return cercle.name == name; });
    return found == cercles.end() ? -1 : static_cast<int>(found - cercles.begin());
}

std::vector<char> cercles_of(const Setup& setup, const scenario::Intervention& intervention) {
    const auto& names = intervention.names("cercles");
    const auto& region = intervention.text("region");
    const auto& one = intervention.text("cercle");
    const bool everywhere = names.empty() && region.empty() && one.empty();
    std::vector<char> chosen;
    for (const auto& cercle : setup.geography.cercles) {
        const bool listed = std::find(names.begin(), names.end(), cercle.name) != names.end();
        chosen.push_back(everywhere || listed || cercle.region == region || cercle.name == one ? 1 : 0);
    }
    return chosen;
}

void log_intervention(const Setup& setup, const Step& step, EventSubtype subtype, int place, int faction,
                      std::size_t number, State& state) {
    Event event;
    event.day = step.day;
    event.commune = place;
    event.type = EventType::strategic_development;
    event.subtype = subtype;
    event.actor1 = static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(faction)]);
    event.faction1 = static_cast<std::int16_t>(faction);
    event.cause_kind = CauseKind::intervention;
    event.cause = static_cast<std::int32_t>(number);
    log_event(setup, state, event);
}

}  // namespace sahelsim::model
