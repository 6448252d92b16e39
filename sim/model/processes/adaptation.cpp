#include "model/processes/adaptation.h"

#include <algorithm>

namespace sahelsim::model {

namespace {

struct Taken {
    Eigen::ArrayXXd times;           ///< [faction, action]
    Eigen::ArrayXXd control_gained;  ///< [faction, action], summed over the times
};

Taken count_taken(const Setup& setup, const Control& control, const Experience& experience) {
    const auto actions = static_cast<Eigen::Index>(action_count);
    Taken taken{Eigen::ArrayXXd::Zero(setup.actors.factions(), actions),
                Eigen::ArrayXXd::Zero(setup.actors.factions(), actions)};
    for (const auto& entry : experience.taken) {
        const auto a = static_cast<Eigen::Index>(index(entry.action));
        taken.times(entry.faction, a) += 1.0;
        const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(entry.faction)];
        const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
        if (authority < 0 || entry.place >= setup.communes()) continue;
        taken.control_gained(entry.faction, a) += control.share(entry.place, authority) - entry.control_before;
    }
    return taken;
}

}  // namespace

void adapt(const Setup& setup, const Parameters& parameters, const Control& control, Experience& experience) {
    const auto& p = parameters.adaptation;
    const Taken taken = count_taken(setup, control, experience);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const Eigen::ArrayXd times = taken.times.row(f);
        if (times.sum() <= 0.0) continue;
        const Eigen::ArrayXd worth = experience.opponents_killed.row(f) -
                                     p.own_loss_weight * experience.own_killed.row(f) +
                                     p.control_weight * taken.control_gained.row(f);
        const double mean = (times > 0.0).select(worth, 0.0).sum() / times.sum();
        const double rate = parameters.factions[static_cast<std::size_t>(f)].adaptation_rate;
        for (Eigen::Index a = 0; a < times.size(); ++a) {
            double& shift = experience.shift(f, a);
            shift *= 1.0 - p.forgetting;
            if (times(a) > 0.0) shift += rate * (worth(a) / times(a) - mean);
            shift = std::clamp(shift, -p.limit, p.limit);
        }
    }
    forget_actions(setup, experience);
}

void forget_actions(const Setup& setup, Experience& experience) {
    experience.taken.clear();
    experience.opponents_killed.setZero(setup.actors.factions(), static_cast<Eigen::Index>(action_count));
    experience.own_killed.setZero(setup.actors.factions(), static_cast<Eigen::Index>(action_count));
}

}  // namespace sahelsim::model
