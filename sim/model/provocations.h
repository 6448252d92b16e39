#pragma once
// The ledger of provocations: what moves an organisation to retaliate near a place.

#include "engine/mathematics.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

[[nodiscard]] inline std::size_t provocation_index(const Setup& setup, int organisation, int place) {
    return static_cast<std::size_t>(organisation) * static_cast<std::size_t>(setup.places()) +
           static_cast<std::size_t>(place);
}

/// What is left of a provocation on a day.
[[nodiscard]] inline double standing_provocation(const Provocation& provocation, std::int32_t day,
                                                 double half_life_days) {
    if (provocation.amount <= 0.0) return 0.0;
    return provocation.amount * engine::half_life_decay(day - provocation.day, half_life_days);
}

/// Pull to retaliate, 0 ... 1.
[[nodiscard]] inline double revenge_due(const RevengeParameters& parameters, const Provocation& provocation,
                                        std::int32_t day) {
    const double standing = standing_provocation(provocation, day, parameters.half_life);
    return standing / (standing + parameters.saturation);
}

}  // namespace sahelsim::model
