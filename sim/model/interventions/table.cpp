#include "model/interventions/table.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace sahelsim::model {

namespace {

constexpr std::array kTable = {
    InterventionEntry{"set", apply_set},
    InterventionEntry{"switch", apply_switch},
    InterventionEntry{"deploy", apply_deploy},
    InterventionEntry{"withdraw", apply_withdraw},
    InterventionEntry{"disarm", apply_disarm},
    InterventionEntry{"lose_leader", apply_lose_leader},
    InterventionEntry{"mediate", apply_mediate},
    InterventionEntry{"coup", apply_coup},
    InterventionEntry{"sanctions", apply_sanctions},
    InterventionEntry{"dialogue", apply_dialogue},
};

}  // namespace

std::span<const InterventionEntry> intervention_table() {
    return kTable;
}

InterventionFunction find_intervention(std::string_view type) {
    const auto* found =
        std::find_if(kTable.begin(), kTable.end(), [&](const auto& entry) { return type == entry.type; });
    assert(found != kTable.end() && "the reader of scenarios knows all types");
    return found->apply;
}

}  // namespace sahelsim::model
