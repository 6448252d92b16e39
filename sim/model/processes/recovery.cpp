#include "model/processes/recovery.h"

#include <optional>

#include "engine/mathematics.h"
#include "model/membership.h"

namespace sahelsim::model {

namespace {

constexpr double kDaysPerYear = 365.25;

void recover_spirits(const DecisionParameters& parameters, double elapsed_days, Units& units) {
    const auto supply = static_cast<float>(engine::event_probability(parameters.supply_recovery, elapsed_days));
    const auto morale = static_cast<float>(engine::event_probability(parameters.morale_recovery, elapsed_days));
    for (std::size_t u = 0; u < units.key.size(); ++u) {
        units.supply[u] += supply * (1.0F - units.supply[u]);
        units.morale[u] += morale * (1.0F - units.morale[u]);
    }
}

void replace_losses(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    auto& units = state.units;
    // Pools are costly to set up and most weeks few factions need one.
    std::vector<std::optional<RecruitPool>> pools(static_cast<std::size_t>(setup.actors.factions()));
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const int missing = units.established[i] - units.strength(u);
        if (missing <= 0) continue;
        const auto faction = static_cast<std::size_t>(units.faction[i]);
        const auto& own = state.parameters.factions[faction];
        auto draws = stream(state.random, Process::replacement, static_cast<std::uint64_t>(step.day), units.key[i]);
        const int arriving = engine::draw_binomial(
            draws, missing, engine::event_probability(own.replacement_rate / kDaysPerYear, elapsed_days));
        if (arriving == 0) continue;
        if (!pools[faction]) pools[faction].emplace(state.cohorts, state.parameters, units.faction[i]);
        enlist(setup, state.parameters, *pools[faction], state.cohorts, units, u, arriving, draws);
        units.touched[i] = step.day;
    }
}

}  // namespace

void recover(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    recover_spirits(state.parameters.decision, elapsed_days, state.units);
    if (state.mechanisms.replacement) replace_losses(setup, step, elapsed_days, state);
}

}  // namespace sahelsim::model
