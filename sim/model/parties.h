#pragma once
// The parties to talks by number, in the order of the scenario's section `parties`.

#include <vector>

namespace sahelsim::model {

struct Parties {
    int government = -1;    ///< its party; -1: the scenario has none, and there are no politics and no talks
    int organisation = -1;  ///< the government's army
    int authority = -1;     ///< the government's
    int capital = -1;       ///< commune: the seat of the most populous cercle
    int opposition = -1;    ///< authority of the armed opposition; -1: nobody to talk with
    std::vector<int> armed, partners, elites, officers;  ///< parties by role
    std::vector<int> organisation_of;  ///< [party]: army, partner's force or the faction's organisation; -1: none
    std::vector<int> faction_of;       ///< [party]: armed ones; -1: none
    std::vector<int> leavers_join;     ///< [party]: organisation, -1: none

    [[nodiscard]] bool can_talk() const { return government >= 0 && opposition >= 0; }
};

}  // namespace sahelsim::model
