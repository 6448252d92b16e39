#include "model/processes/movement.h"

#include "model/event_log.h"
#include "model/groups.h"

namespace sahelsim::model {

namespace {

void change_base(const Setup& setup, const Step& step, State& state, int unit) {
    auto& units = state.units;
    const auto i = static_cast<std::size_t>(unit);
    const bool abandons = units.action[i] == Action::withdraw;
    if (abandons) {
        log_event(setup, state,
                  make_event(step, units, unit, EventType::strategic_development, EventSubtype::base_abandoned,
                             units.base[i]));
    }
    // Only the leader's own cell moves house; the others keep theirs and go back to it when the group scatters.
    units.base[i] = units.target[i];
}

}  // namespace

void move_units(const Setup& setup, const Step& step, State& state) {
    auto& units = state.units;
    state.today.arrived.clear();
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const bool acts_today = units.leads(u) && units.arrival[i] == step.day && units.action[i] != Action::rest;
        if (!acts_today) continue;
        // A garrison on patrol has a detachment out; its post stays manned.
        const bool stays = units.type[i] == UnitType::garrison && units.action[i] == Action::patrol;
        if (!stays) {
            for_each_of_group(units, u,
                              [&](int member) { units.place[static_cast<std::size_t>(member)] = units.target[i]; });
        }
        if (units.action[i] == Action::relocate || units.action[i] == Action::withdraw)
            change_base(setup, step, state, u);
        state.today.arrived.push_back(u);
    }
}

}  // namespace sahelsim::model
