#include "model/processes/support.h"

#include <algorithm>

namespace sahelsim::model {

void update_support(const Setup& setup, const Parameters& parameters, const world::Cohorts& cohorts,
                    const Attitudes& attitudes, Sympathy& sympathy) {
    const auto& actors = setup.actors;
    const auto loss = static_cast<float>(parameters.people.reactions.support_loss);
    sympathy.support.setZero(setup.places(), actors.authorities);
    sympathy.fear.setZero(setup.places(), actors.sides);
    std::vector<float> closeness(static_cast<std::size_t>(actors.factions()));
    for (int place = 0; place < setup.communes(); ++place) {
        std::fill(closeness.begin(), closeness.end(), 0.0F);
        const auto all = static_cast<float>(std::max<std::int64_t>(1, cohorts.residents_of(place)));
        for (int g = 0; g < cohorts.communities; ++g) {
            if (cohorts.residents_of(place, g) == 0) continue;
            const float share = static_cast<float>(cohorts.residents_of(place, g)) / all;
            const auto cell = static_cast<Eigen::Index>(cohorts.cell(place, g));
            sympathy.fear.row(place) += share * attitudes.fear.row(cell);
            for (int f = 0; f < actors.factions(); ++f) {
                const auto& faction = parameters.factions[static_cast<std::size_t>(f)];
                const auto affinity = static_cast<float>(faction.affinity[static_cast<std::size_t>(g)]);
                if (affinity <= 0.0F) continue;
                const int side =
                    actors.side[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(f)])];
                const float kept = std::max(0.0F, 1.0F - loss * attitudes.grievance(cell, side));
                closeness[static_cast<std::size_t>(f)] += share * affinity * kept;
            }
        }
        for (int f = 0; f < actors.factions(); ++f) {
            const int organisation = actors.organisation_of[static_cast<std::size_t>(f)];
            const int authority = actors.authority[static_cast<std::size_t>(organisation)];
            if (authority < 0) continue;
            float& support = sympathy.support(place, authority);
            support = std::max(support, closeness[static_cast<std::size_t>(f)]);
        }
    }
}

}  // namespace sahelsim::model
