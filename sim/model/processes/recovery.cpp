#include "model/processes/recovery.h"

#include "engine/mathematics.h"

namespace sahelsim::model {

void recover(const DecisionParameters& parameters, double elapsed_days, Units& units) {
    const auto supply = static_cast<float>(engine::event_probability(parameters.supply_recovery, elapsed_days));
    const auto morale = static_cast<float>(engine::event_probability(parameters.morale_recovery, elapsed_days));
    for (std::size_t u = 0; u < units.key.size(); ++u) {
        units.supply[u] += supply * (1.0F - units.supply[u]);
        units.morale[u] += morale * (1.0F - units.morale[u]);
    }
}

}  // namespace sahelsim::model
