#include "model/processes/support.h"

#include <algorithm>
#include <vector>

namespace sahelsim::model {

namespace {

/// A faction that stands for an authority, as the people of one community see it.
struct Close {
    std::size_t faction = 0;
    std::size_t side = 0;
    float affinity = 0.0F;  ///< above 0
};

/// [community]: factions that are close to it and would rule.
std::vector<std::vector<Close>> close_factions(const Setup& setup, const Parameters& parameters) {
    const auto& actors = setup.actors;
    std::vector<std::vector<Close>> close(static_cast<std::size_t>(setup.communities()));
    for (std::size_t f = 0; f < parameters.factions.size(); ++f) {
        const auto organisation = static_cast<std::size_t>(actors.organisation_of[f]);
        if (actors.authority[organisation] < 0) continue;
        for (std::size_t g = 0; g < close.size(); ++g) {
            const auto affinity = static_cast<float>(parameters.factions[f].affinity[g]);
            if (affinity > 0.0F) close[g].push_back({f, static_cast<std::size_t>(actors.side[organisation]), affinity});
        }
    }
    return close;
}

}  // namespace

void update_support(const Setup& setup, const Parameters& parameters, const world::Cohorts& cohorts,
                    const Attitudes& attitudes, Sympathy& sympathy) {
    const auto& actors = setup.actors;
    const auto loss = static_cast<float>(parameters.people.reactions.support_loss);
    const auto close = close_factions(setup, parameters);
    sympathy.support.setZero(setup.places(), actors.authorities);
    sympathy.fear.setZero(setup.places(), actors.sides);
    std::vector<float> closeness(static_cast<std::size_t>(actors.factions()));
    std::vector<float> kept(static_cast<std::size_t>(actors.sides));  // of affinity, after grievances
    for (int place = 0; place < setup.communes(); ++place) {
        std::fill(closeness.begin(), closeness.end(), 0.0F);
        const auto all = static_cast<float>(std::max<std::int64_t>(1, cohorts.residents_of(place)));
        for (int g = 0; g < cohorts.communities; ++g) {
            if (cohorts.residents_of(place, g) == 0) continue;
            const float share = static_cast<float>(cohorts.residents_of(place, g)) / all;
            const auto cell = static_cast<Eigen::Index>(cohorts.cell(place, g));
            for (int side = 0; side < actors.sides; ++side) {
                sympathy.fear(place, side) += share * attitudes.fear(cell, side);
                kept[static_cast<std::size_t>(side)] = std::max(0.0F, 1.0F - loss * attitudes.grievance(cell, side));
            }
            for (const auto& [faction, side, affinity] : close[static_cast<std::size_t>(g)])
                closeness[faction] += share * affinity * kept[side];
        }
        for (int a = 0; a < actors.authorities; ++a) {
            float& support = sympathy.support(place, a);
            for (const int f : actors.factions_of_authority[static_cast<std::size_t>(a)])
                support = std::max(support, closeness[static_cast<std::size_t>(f)]);
        }
    }
}

}  // namespace sahelsim::model
