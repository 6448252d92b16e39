#include "model/processes/defection.h"

#include <vector>

#include "model/allegiance.h"
#include "model/talks_known.h"
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

/// What could make units of an organisation change sides.
struct Alternatives {
    std::vector<Attraction> others;  ///< nobody for most
    std::vector<double> talks;       ///< [zone], see talks_known; empty without others
};

/// [organisation]
std::vector<Alternatives> alternatives(const Setup& setup, const State& state) {
    std::vector<Alternatives> all;
    for (const auto& row : state.parameters.people.defection) {
        auto& of_one = all.emplace_back();
        for (std::size_t o = 0; o < row.size(); ++o) {
            if (row[o] > 0.0) of_one.others.push_back({static_cast<int>(o), row[o]});
        }
        if (!of_one.others.empty()) of_one.talks = talks_known(setup, state, static_cast<int>(all.size()) - 1);
    }
    return all;
}

}  // namespace

void defect(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    const auto attracting = alternatives(setup, state);
    const double years = elapsed_days / engine::days_per_year;
    auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const auto& [others, talks] = attracting[static_cast<std::size_t>(units.organisation[i])];
        if (others.empty() || units.strength(u) == 0 || !is_idle(units, u, step.day)) continue;
        const auto zone = static_cast<std::size_t>(setup.zone_of[static_cast<std::size_t>(units.place[i])]);
        const double driven = 1.0 + state.parameters.people.rivalry.hardliners * talks[zone];
        const float own = felt(state.presence, units.organisation[i], units.place[i]);
        for (const auto& [o, rate] : others) {
            const float other = felt(state.presence, o, units.place[i]);
            if (other <= 0.0F) continue;
            const auto part = static_cast<double>(other / (other + own));
            auto draws = stream(state.random, Process::defection, static_cast<std::uint64_t>(step.day), units.key[i],
                                setup.actors.organisation_key[static_cast<std::size_t>(o)]);
            if (!engine::draw_event(draws, rate * driven * part, years)) continue;
            change_allegiance(setup, step, state, u, strongest_faction(setup, state.presence, o, units.place[i]));
            break;
        }
    }
}

}  // namespace sahelsim::model
