#pragma once
// Groups: a unit that leads and those that follow it; most groups are one unit alone. Followers are threaded on a
// list from the leader (Units::next), so that walking a group costs its size and nothing is allocated.

#include "model/state.h"

namespace sahelsim::model {

/// Calls visit(unit) for the leader and each follower.
template <class Visit>
void for_each_of_group(const Units& units, int leader, Visit visit) {
    for (int u = leader; u >= 0; u = units.next[static_cast<std::size_t>(u)]) visit(u);
}

/// Fighters of the group.
[[nodiscard]] inline int group_strength(const Units& units, int leader) {
    int strength = 0;
    for_each_of_group(units, leader, [&](int u) { strength += units.strength(u); });
    return strength;
}

/// The group of `other` follows `leader` from now on. Both must lead their groups.
void join_groups(Units& units, int leader, int other);

/// Every unit of the group is on its own again.
void scatter_group(Units& units, int leader);

}  // namespace sahelsim::model
