#include "model/decision.h"

#include <algorithm>
#include <cmath>

#include "model/groups.h"

namespace sahelsim::model {

void set_out(const Setup& setup, const Step& step, const Parameters& parameters, const Decision& decision, Units& units,
             int unit) {
    const bool rests = decision.action == Action::rest;
    const auto days_on_the_way =
        static_cast<std::int32_t>(decision.hours / setup.world_parameters.travel_hours_per_day);
    const auto days = std::max(1, static_cast<std::int32_t>(std::ceil(decision.duration_days)));
    const auto cost = static_cast<float>(parameters.decision.supply_cost[index(decision.action)]);
    for_each_of_group(units, unit, [&](int member) {
        const auto i = static_cast<std::size_t>(member);
        units.action[i] = decision.action;
        // A group that rests stays together where its leader has his base.
        units.target[i] = decision.target;
        if (rests) units.place[i] = decision.target;
        units.arrival[i] = step.day + days_on_the_way;
        units.end[i] = units.arrival[i] + days;
        units.cause_kind[i] = decision.cause_kind;
        units.cause[i] = decision.cause;
        units.defies[i] = decision.defies ? 1 : 0;
        units.supply[i] = std::max(0.0F, units.supply[i] - cost);
        units.touched[i] = step.day;
    });
}

void remember_choice(const Setup& setup, const Control& control, const Units& units, int unit, const Decision& decision,
                     Experience& experience) {
    const auto i = static_cast<std::size_t>(unit);
    if (group_strength(units, unit) == 0 && units.type[i] != UnitType::air) return;
    const int authority = setup.actors.authority[static_cast<std::size_t>(units.organisation[i])];
    const bool known = authority >= 0 && decision.target < setup.communes();
    const double before = known ? control.share(decision.target, authority) : 0.0;
    experience.taken.push_back({units.faction[i], decision.action, decision.target, before});
}

}  // namespace sahelsim::model
