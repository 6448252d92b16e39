#include "model/processes/land.h"

#include <algorithm>
#include <vector>

#include "model/event_log.h"

namespace sahelsim::model {

namespace {

double people_with(const world::Cohorts& cohorts, int place, int livelihood) {
    if (livelihood < 0) return 0.0;
    return static_cast<double>(
        cohorts.livelihood_people[static_cast<std::size_t>(place * cohorts.livelihoods + livelihood)]);
}

/// Shares of the communities among the people of a livelihood in a commune are not kept; those of all people stand for them,
/// weighted by how common the livelihood is in the community.
int draw_community(const Setup& setup, const State& state, int place, int livelihood, int except,
                   engine::RandomStream& draws) {
    std::vector<double> weights(static_cast<std::size_t>(setup.communities()), 0.0);
    for (int g = 0; g < setup.communities(); ++g) {
        if (g == except) continue;
        weights[static_cast<std::size_t>(g)] =
            static_cast<double>(state.cohorts.residents_of(place, g)) *
            setup.livelihood_shares[static_cast<std::size_t>(g)][static_cast<std::size_t>(livelihood)];
    }
    return engine::draw_weighted(draws, weights);
}

double arbitration(const Setup& setup, const State& state, int place) {
    double settled = 0.0;
    for (int a = 0; a < setup.actors.authorities; ++a)
        settled +=
            state.control.share(place, a) * state.parameters.people.land.arbitration[static_cast<std::size_t>(a)];
    // What rule leaves unsettled, an accord on pasture may settle.
    if (state.accords.pasture[static_cast<std::size_t>(place)] == 0) return settled;
    return 1.0 - (1.0 - settled) * (1.0 - state.parameters.accords.pasture_settled);
}

/// Herders who graze their herds in each place, [place]: those of each commune spread by nearness and area.
std::vector<double> grazing(const Setup& setup, const Step& step, const State& state) {
    std::vector<double> area(static_cast<std::size_t>(setup.places()), 0.0);  // none across the border
    for (std::size_t i = 0; i < static_cast<std::size_t>(setup.communes()); ++i)
        area[i] = setup.geography.places[i].area_km2;
    std::vector<double> pressure(area.size(), 0.0);
    for (int from = 0; from < setup.communes(); ++from) {
        const double herders = people_with(state.cohorts, from, setup.herder);
        if (herders <= 0.0) continue;
        double all = 0.0;
        state.herd_kernel.for_each(setup, step.season, from, [&](int place, float near) {
            all += static_cast<double>(near) * area[static_cast<std::size_t>(place)];
        });
        if (all <= 0.0) continue;
        state.herd_kernel.for_each(setup, step.season, from, [&](int place, float near) {
            const auto p = static_cast<std::size_t>(place);
            pressure[p] += herders * static_cast<double>(near) * area[p] / all;
        });
    }
    return pressure;
}

}  // namespace

void update_pasture(const Setup& setup, const Step& step, State& state) {
    const auto& p = state.parameters.people.land;
    const auto pressure = grazing(setup, step, state);
    for (int i = 0; i < setup.communes(); ++i) {
        const auto& place = setup.geography.places[static_cast<std::size_t>(i)];
        const double fed =
            place.area_km2 *
            p.herders_fed[static_cast<std::size_t>(place.ecology)][static_cast<std::size_t>(step.season)];
        const double herds = pressure[static_cast<std::size_t>(i)];
        state.pasture_stress[static_cast<std::size_t>(i)] =
            herds > 0.0 ? static_cast<float>(herds / (herds + fed)) : 0.0F;
    }
}

void dispute_land(const Setup& setup, const Step& step, double years, State& state) {
    const auto& p = state.parameters.people.land;
    if (setup.farmer < 0 || setup.herder < 0) return;
    for (int i = 0; i < setup.communes(); ++i) {
        const double farmers = people_with(state.cohorts, i, setup.farmer);
        const double herders = people_with(state.cohorts, i, setup.herder);
        const double people = farmers + herders;
        if (farmers <= 0.0 || herders <= 0.0) continue;
        const double mixing = 4.0 * farmers * herders / (people * people);  // 1 for halves
        const double mean = p.dispute_rate * years * people / 1000.0 * mixing *
                            static_cast<double>(state.pasture_stress[static_cast<std::size_t>(i)]) *
                            p.calendar[static_cast<std::size_t>(step.season)] * (1.0 - arbitration(setup, state, i));
        auto draws = stream(state.random, Process::land, static_cast<std::uint64_t>(step.day),
                            setup.place_key[static_cast<std::size_t>(i)]);
        const int disputes = engine::draw_poisson(draws, mean);
        for (int k = 0; k < disputes; ++k) {
            Event event;
            event.day = step.day;
            event.commune = i;
            event.type = EventType::strategic_development;
            event.subtype = EventSubtype::land_dispute;
            const int herding = draw_community(setup, state, i, setup.herder, -1, draws);
            const int farming = draw_community(setup, state, i, setup.farmer, herding, draws);
            if (herding < 0 || farming < 0) continue;
            event.community = static_cast<std::int16_t>(farming);
            event.community2 = static_cast<std::int16_t>(herding);
            log_event(setup, state, event);
        }
    }
}

void update_hardship(const Setup& setup, State& state) {
    for (int i = 0; i < setup.communes(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        const auto hosted = static_cast<double>(state.displacement.hosted[place]);
        const double herders = residents > 0.0 ? people_with(state.cohorts, i, setup.herder) / residents : 0.0;
        const double besieged = state.sieges[place].unit >= 0 ? 1.0 : 0.0;
        const double burden = hosted > 0.0 ? hosted / (hosted + residents) : 0.0;
        const double pasture = static_cast<double>(state.pasture_stress[place]) * herders;
        state.hardship[place] = static_cast<float>(1.0 - (1.0 - pasture) * (1.0 - besieged) * (1.0 - burden));
    }
}

}  // namespace sahelsim::model
