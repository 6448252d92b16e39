#include "model/casualties.h"

#include "model/membership.h"

namespace sahelsim::model {

int draw_victim_community(const world::Cohorts& cohorts, int commune, const std::vector<double>* suspicion,
                          double least_suspicion, engine::RandomStream& stream) {
    std::vector<double> weights(static_cast<std::size_t>(cohorts.communities));
    for (int g = 0; g < cohorts.communities; ++g) {
        const auto i = static_cast<std::size_t>(g);
        weights[i] = static_cast<double>(cohorts.residents_of(commune, g));
        if (suspicion != nullptr) weights[i] *= least_suspicion + (*suspicion)[i];
    }
    return engine::draw_weighted(stream, weights);
}

int kill_residents(world::Cohorts& cohorts, int commune, int community, int persons, engine::RandomStream& stream) {
    int killed = 0;
    while (killed < persons) {
        const std::int32_t cohort = draw_resident(cohorts, commune, community, stream);
        if (cohort < 0) break;
        cohorts.remove_residents(cohort, 1);
        ++cohorts.dead[static_cast<std::size_t>(cohort)];
        ++killed;
    }
    return killed;
}

}  // namespace sahelsim::model
