#include "model/processes/rivalry.h"

#include <algorithm>
#include <cmath>

#include "model/talks_known.h"

namespace sahelsim::model {

namespace {

std::size_t tally_index(const Setup& setup, int zone, int a, int b) {
    const int n = setup.actors.organisations;
    return static_cast<std::size_t>((zone * n + a) * n + b);
}

/// How two organisations meet in a zone.
struct Meeting {
    double overlap = 0.0;         ///< 0 ... 1
    double pasture_stress = 0.0;  ///< 0 ... 1, where they meet
    double common_enemy = 0.0;    ///< 0 ... 1
};

Meeting meeting_of(const Setup& setup, const State& state, int zone, int a, int b) {
    const auto felt = [&](int place, int organisation) {
        return static_cast<double>(state.presence.overt(place, organisation) +
                                   state.presence.covert(place, organisation));
    };
    double met = 0.0;
    double stress = 0.0;
    double both = 0.0;
    double enemies = 0.0;
    double weighted = 0.0;
    for (int i = 0; i < setup.communes(); ++i) {
        if (setup.zone_of[static_cast<std::size_t>(i)] != zone) continue;
        const double weaker = std::min(felt(i, a), felt(i, b));
        met += weaker;
        weighted += weaker * weaker;
        stress += weaker * static_cast<double>(state.pasture_stress[static_cast<std::size_t>(i)]);
        both += felt(i, a) + felt(i, b);
        for (int o = 0; o < setup.actors.organisations; ++o) {
            const double common = std::min(-state.relations.in_zone(zone, a, o), -state.relations.in_zone(zone, b, o));
            if (o != a && o != b && common > 0.0)
                enemies += common * felt(i, o) * std::min(1.0, felt(i, a) + felt(i, b));
        }
    }
    Meeting meeting;
    if (met <= 0.0) return meeting;
    const double mean = weighted / met;  // where the two meet, not over the empty land between
    meeting.overlap = mean / (mean + state.parameters.people.rivalry.overlap_half);
    meeting.pasture_stress = stress / met;
    meeting.common_enemy = enemies / (enemies + both);
    return meeting;
}

double mean_of_neighbours(const Setup& setup, const std::vector<double>& before, int zone) {
    const auto& neighbours = setup.zone_neighbours[static_cast<std::size_t>(zone)];
    if (neighbours.empty()) return before[static_cast<std::size_t>(zone)];
    double sum = 0.0;
    for (const int other : neighbours) sum += before[static_cast<std::size_t>(other)];
    return sum / static_cast<double>(neighbours.size());
}

void update_pair(const Setup& setup, const Step& step, double years, int a, int b, State& state) {
    const auto& p = state.parameters.people.rivalry;
    const double volatility =
        state.parameters.people.volatility[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
    const auto talks_of_a = talks_known(setup, state, a);
    const auto talks_of_b = talks_known(setup, state, b);
    std::vector<double> before;
    for (int z = 0; z < setup.zones(); ++z) before.push_back(state.relations.in_zone(z, a, b));
    for (int z = 0; z < setup.zones(); ++z) {
        const double r = before[static_cast<std::size_t>(z)];
        const Meeting meeting = meeting_of(setup, state, z, a, b);
        auto draws = stream(state.random, Process::rivalry, static_cast<std::uint64_t>(step.day),
                            engine::name_key(setup.zone_names[static_cast<std::size_t>(z)]),
                            setup.actors.organisation_key[static_cast<std::size_t>(a)] ^
                                setup.actors.organisation_key[static_cast<std::size_t>(b)]);
        const double talks = std::max(talks_of_a[static_cast<std::size_t>(z)], talks_of_b[static_cast<std::size_t>(z)]);
        const double drift = p.common_enemy * (1.0 - r) * meeting.common_enemy -
                             p.overlap * meeting.overlap * (1.0 + p.land_weight * meeting.pasture_stress) -
                             p.talks * talks + p.contagion * (mean_of_neighbours(setup, before, z) - r);
        const double shocks = p.defection * state.rivalry.defectors[tally_index(setup, z, a, b)] +
                              p.battle * state.rivalry.battles[tally_index(setup, z, a, b)];
        const double noise = volatility * std::sqrt(years) * engine::draw_normal(draws);
        state.relations.set(z, a, b, r + drift * years - shocks + noise);
    }
}

}  // namespace

void note_battles_of_rivals(const Setup& setup, State& state) {
    for (std::size_t e = state.today.first_event; e < state.events.size(); ++e) {
        const Event& event = state.events[e];
        if (event.type != EventType::battle || event.actor2 < 0) continue;
        if (!are_rivals(state.parameters, event.actor1, event.actor2)) continue;
        const int zone = setup.zone_of[static_cast<std::size_t>(event.commune)];
        ++state.rivalry.battles[tally_index(setup, zone, event.actor1, event.actor2)];
        ++state.rivalry.battles[tally_index(setup, zone, event.actor2, event.actor1)];
    }
}

void update_rivalry(const Setup& setup, const Step& step, double years, State& state) {
    for (int a = 0; a < setup.actors.organisations; ++a) {
        for (int b = a + 1; b < setup.actors.organisations; ++b) {
            if (are_rivals(state.parameters, a, b)) update_pair(setup, step, years, a, b, state);
        }
    }
    std::fill(state.rivalry.battles.begin(), state.rivalry.battles.end(), 0);
    std::fill(state.rivalry.defectors.begin(), state.rivalry.defectors.end(), 0);
}

}  // namespace sahelsim::model
