#include "model/processes/demography.h"

#include <algorithm>
#include <cstdlib>

#include "model/tally.h"

namespace sahelsim::model {

namespace {

/// One person after the other joins or leaves the cell's cohorts, in turn from a random one on.
void spread_change(world::Cohorts& cohorts, std::size_t cell, int change, engine::RandomStream& draws) {
    const std::int32_t first = cohorts.begin[cell];
    const std::int32_t count = cohorts.begin[cell + 1] - first;
    std::int32_t cohort = first + static_cast<std::int32_t>(engine::draw_index(draws, count));
    int left = std::abs(change);
    while (left > 0) {
        const bool can = change > 0 || cohorts.residents[static_cast<std::size_t>(cohort)] > 0;
        if (can) {
            cohorts.add_increase(cohort, change > 0 ? 1 : -1);
            --left;
        }
        if (++cohort == first + count) cohort = first;
    }
}

}  // namespace

void renew_people(const Setup& setup, const Step& step, double years, State& state) {
    static const std::size_t births_outcome = outcome_index("births");
    static const std::size_t deaths_outcome = outcome_index("natural_deaths");
    const auto& p = state.parameters.people.demography;
    auto& cohorts = state.cohorts;
    for (int i = 0; i < setup.communes(); ++i) {
        auto draws = stream(state.random, Process::demography, static_cast<std::uint64_t>(step.day),
                            setup.place_key[static_cast<std::size_t>(i)]);
        int born = 0;
        int died = 0;
        for (int g = 0; g < setup.communities(); ++g) {
            const auto cell = cohorts.cell(i, g);
            const auto people = static_cast<double>(cohorts.people[cell]);
            if (people <= 0.0) continue;
            const int births = engine::draw_poisson(draws, p.births * years * people);
            const int deaths = std::min(static_cast<int>(cohorts.people[cell]),
                                        engine::draw_poisson(draws, p.deaths * years * people));
            spread_change(cohorts, cell, births - deaths, draws);
            born += births;
            died += deaths;
        }
        if (born > 0) add_to_tally(setup, state, births_outcome, step.date, i, 0, 0, born);
        if (died > 0) add_to_tally(setup, state, deaths_outcome, step.date, i, 0, 0, died);
    }
}

}  // namespace sahelsim::model
