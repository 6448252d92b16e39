#include "model/processes/sieges.h"

#include "model/event_log.h"
#include "model/groups.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

bool is_kept_up(const Units& units, const Siege& siege, int place, const Step& step) {
    const auto i = static_cast<std::size_t>(siege.unit);
    return units.action[i] == Action::siege && units.target[i] == place && units.end[i] > step.day &&
           group_strength(units, siege.unit) > 0;
}

std::int64_t farmers_in(const Setup& setup, const world::Cohorts& cohorts, int place) {
    if (setup.farmer < 0) return 0;
    return cohorts.livelihood_people[static_cast<std::size_t>(place * cohorts.livelihoods + setup.farmer)];
}

/// Besieged opponents eat and shoot what they have.
void starve(const Setup& setup, State& state) {
    auto& units = state.units;
    const auto left = static_cast<float>(1.0 - state.parameters.engagement.siege_supply_loss);
    for (std::size_t u = 0; u < units.key.size(); ++u) {
        if (units.base[u] >= setup.communes()) continue;
        const Siege& siege = state.sieges[static_cast<std::size_t>(units.base[u])];
        if (siege.unit < 0) continue;
        const int besieger = units.organisation[static_cast<std::size_t>(siege.unit)];
        if (state.relations.at(setup, units.base[u], besieger, units.organisation[u]) < 0.0) units.supply[u] *= left;
    }
}

}  // namespace

void keep_sieges(const Setup& setup, const Step& step, State& state) {
    static const std::size_t field_days = outcome_index("field_days_denied");
    static const std::size_t market_days = outcome_index("market_days_denied");
    bool any = false;
    for (int place = 0; place < setup.communes(); ++place) {
        Siege& siege = state.sieges[static_cast<std::size_t>(place)];
        if (siege.unit < 0) continue;
        if (!is_kept_up(state.units, siege, place, step)) {
            Event event = make_event(step, state.units, siege.unit, EventType::strategic_development,
                                     EventSubtype::siege_ended, place);
            event.cause_kind = CauseKind::none;
            event.cause = -1;
            log_event(setup, state, event);
            siege = {};
            continue;
        }
        any = true;
        add_to_tally(setup, state, field_days, step.date, place, 0, 0,
                     static_cast<double>(farmers_in(setup, state.cohorts, place)));
        add_to_tally(setup, state, market_days, step.date, place, 0, 0,
                     static_cast<double>(state.cohorts.residents_of(place)));
    }
    if (any) starve(setup, state);
}

}  // namespace sahelsim::model
