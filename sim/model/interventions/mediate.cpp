// mediate: go-betweens for local accords, so many to each cluster of communes.

#include <limits>

#include "model/interventions/places.h"
#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_mediate(const Setup& setup, const Step& /*step*/, const scenario::Intervention& intervention,
                   std::size_t /*number*/, State& state) {
    const auto until = intervention.until();
    const std::int32_t last = until ? engine::day_number(*until) : std::numeric_limits<std::int32_t>::max();
    const auto chosen = cercles_of(setup, intervention);
    for (int c = 0; c < setup.clusters.size(); ++c) {
        const auto centre = static_cast<std::size_t>(setup.clusters.centre[static_cast<std::size_t>(c)]);
        if (chosen[static_cast<std::size_t>(setup.cercle_of[centre])] == 0) continue;
        state.accords.mediations.push_back({c, static_cast<double>(intervention.integer("mediators")), last});
    }
    return true;
}

}  // namespace sahelsim::model
