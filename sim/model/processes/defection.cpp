#include "model/processes/defection.h"

#include "engine/mathematics.h"
#include "model/event_log.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

/// The faction of an organisation with most fighters around the place.
int strongest_faction(const Setup& setup, const Presence& presence, int organisation, int place) {
    int strongest = -1;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (setup.actors.organisation_of[static_cast<std::size_t>(f)] != organisation) continue;
        if (strongest < 0 || presence.of_faction(place, f) > presence.of_faction(place, strongest)) strongest = f;
    }
    return strongest;
}

float felt(const Presence& presence, int organisation, int place) {
    return presence.overt(place, organisation) + presence.covert(place, organisation);
}

void go_over(const Setup& setup, const Step& step, State& state, int unit, int organisation, int faction) {
    static const std::size_t defectors = outcome_index("defectors");
    auto& units = state.units;
    const auto i = static_cast<std::size_t>(unit);
    Event event =
        make_event(step, units, unit, EventType::strategic_development, EventSubtype::defection, units.place[i]);
    event.cause_kind = CauseKind::none;
    event.cause = -1;
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

}  // namespace

void defect(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    const auto& rates = state.parameters.people.defection;
    auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto& row = rates[static_cast<std::size_t>(units.organisation[i])];
        for (int o = 0; o < setup.actors.organisations; ++o) {
            const double rate = row[static_cast<std::size_t>(o)];
            if (rate <= 0.0 || units.strength(u) == 0 || !is_idle(units, u, step.day)) continue;
            const float others = felt(state.presence, o, units.place[i]);
            const float own = felt(state.presence, units.organisation[i], units.place[i]);
            if (others <= 0.0F) continue;
            const auto part = static_cast<double>(others / (others + own));
            auto draws = stream(state.random, Process::defection, static_cast<std::uint64_t>(step.day), units.key[i],
                                setup.actors.organisation_key[static_cast<std::size_t>(o)]);
            if (!engine::draw_bernoulli(draws,
                                        engine::event_probability(rate * part, elapsed_days / engine::days_per_year)))
                continue;
            go_over(setup, step, state, u, o, strongest_faction(setup, state.presence, o, units.place[i]));
            break;
        }
    }
}

}  // namespace sahelsim::model
