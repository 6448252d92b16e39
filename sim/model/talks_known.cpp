#include "model/talks_known.h"

#include "model/accords.h"

namespace sahelsim::model {

namespace {

bool talks_with_government(const Setup& setup, const State& state, int organisation) {
    return setup.parties.can_talk() &&
           setup.actors.authority[static_cast<std::size_t>(organisation)] == setup.parties.opposition &&
           (state.dialogue.is_open() || state.dialogue.in_force());
}

bool is_known(AccordStage stage) {
    return stage == AccordStage::talks || stage == AccordStage::in_force;
}

}  // namespace

std::vector<double> talks_known(const Setup& setup, const State& state, int organisation) {
    std::vector<double> known(static_cast<std::size_t>(setup.zones()), 0.0);
    if (talks_with_government(setup, state, organisation)) {
        known.assign(known.size(), 1.0);
        return known;
    }
    for (int cluster = 0; cluster < setup.clusters.size(); ++cluster) {
        const int zone =
            setup.zone_of[static_cast<std::size_t>(setup.clusters.centre[static_cast<std::size_t>(cluster)])];
        for (int f = 0; f < setup.actors.factions(); ++f) {
            if (setup.actors.organisation_of[static_cast<std::size_t>(f)] == organisation &&
                is_known(state.accords.all[accord_index(setup, cluster, f)].stage))
                known[static_cast<std::size_t>(zone)] += 1.0;
        }
    }
    const double half = state.parameters.people.rivalry.talks_half;
    for (double& n : known) n = n > 0.0 ? n / (n + half) : 0.0;
    return known;
}

}  // namespace sahelsim::model
