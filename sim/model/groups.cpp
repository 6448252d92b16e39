#include "model/groups.h"

namespace sahelsim::model {

void join_groups(Units& units, int leader, int other) {
    int last = leader;
    for_each_of_group(units, leader, [&](int u) { last = u; });
    units.next[static_cast<std::size_t>(last)] = other;
    for_each_of_group(units, other, [&](int u) { units.leader[static_cast<std::size_t>(u)] = leader; });
}

void scatter_group(Units& units, int leader) {
    int u = leader;
    while (u >= 0) {
        const auto i = static_cast<std::size_t>(u);
        u = units.next[i];
        units.next[i] = -1;
        units.leader[i] = static_cast<std::int32_t>(i);
    }
}

}  // namespace sahelsim::model
