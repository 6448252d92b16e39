#include "model/processes/defection.h"

#include <vector>

#include "model/allegiance.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

float felt(const Presence& presence, int organisation, int place) {
    return presence.overt(place, organisation) + presence.covert(place, organisation);
}

/// Another organisation and the yearly rate at which units go over to it.
struct Attraction {
    int organisation = 0;
    double rate = 0.0;
};

/// [organisation]: whom its units go over to; nobody for most.
std::vector<std::vector<Attraction>> attractions(const State& state) {
    std::vector<std::vector<Attraction>> all;
    for (const auto& row : state.parameters.people.defection) {
        auto& of_one = all.emplace_back();
        for (std::size_t o = 0; o < row.size(); ++o) {
            if (row[o] > 0.0) of_one.push_back({static_cast<int>(o), row[o]});
        }
    }
    return all;
}

}  // namespace

void defect(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    const auto attracting = attractions(state);
    const double years = elapsed_days / engine::days_per_year;
    auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto& others = attracting[static_cast<std::size_t>(units.organisation[i])];
        if (others.empty() || units.strength(u) == 0 || !is_idle(units, u, step.day)) continue;
        const float own = felt(state.presence, units.organisation[i], units.place[i]);
        for (const auto& [o, rate] : others) {
            const float other = felt(state.presence, o, units.place[i]);
            if (other <= 0.0F) continue;
            const auto part = static_cast<double>(other / (other + own));
            auto draws = stream(state.random, Process::defection, static_cast<std::uint64_t>(step.day), units.key[i],
                                setup.actors.organisation_key[static_cast<std::size_t>(o)]);
            if (!engine::draw_event(draws, rate * part, years)) continue;
            change_allegiance(setup, step, state, u, strongest_faction(setup, state.presence, o, units.place[i]));
            break;
        }
    }
}

}  // namespace sahelsim::model
