#include "model/processes/defection.h"

#include "engine/mathematics.h"
#include "model/allegiance.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

float felt(const Presence& presence, int organisation, int place) {
    return presence.overt(place, organisation) + presence.covert(place, organisation);
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
            change_allegiance(setup, step, state, u, strongest_faction(setup, state.presence, o, units.place[i]));
            break;
        }
    }
}

}  // namespace sahelsim::model
