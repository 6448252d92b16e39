#include "model/presence_class.h"

namespace sahelsim::model {

namespace {

/// `share` of rural people under the authority's rule.
int class_of(const PresenceClassParameters& p, double share, bool active) {
    if (share >= p.hegemonic_share && share > 0.0) return 3;
    if (share >= p.contested_share && share > 0.0) return 2;
    return active || share > 0.0 ? 1 : 0;
}

}  // namespace

int ruler_of(const Control& control, int commune) {
    Eigen::Index ruler = 0;
    control.share.row(commune).maxCoeff(&ruler);
    return static_cast<int>(ruler);
}

Eigen::ArrayXXi presence_classes(const Setup& setup, const Step& step, const State& state) {
    const auto& p = state.parameters.presence_class;
    const auto cercles = static_cast<Eigen::Index>(setup.geography.cercles.size());
    Eigen::ArrayXd rural = Eigen::ArrayXd::Zero(cercles);                              // residents
    Eigen::ArrayXXd ruled = Eigen::ArrayXXd::Zero(cercles, setup.actors.authorities);  // rural residents
    Eigen::ArrayXXi active = Eigen::ArrayXXi::Zero(cercles, setup.actors.authorities);
    for (int i = 0; i < setup.communes(); ++i) {
        const auto& place = setup.geography.places[static_cast<std::size_t>(i)];
        for (int a = 0; a < setup.actors.authorities; ++a) {
            const auto last = state.last_act[static_cast<std::size_t>(i * setup.actors.authorities + a)];
            if (last > step.day - static_cast<std::int32_t>(p.activity_window)) active(place.cercle, a) = 1;
        }
        if (place.town) continue;
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        rural(place.cercle) += residents;
        ruled(place.cercle, ruler_of(state.control, i)) += residents;
    }
    Eigen::ArrayXXi classes(cercles, setup.actors.authorities);
    for (Eigen::Index c = 0; c < cercles; ++c) {
        for (int a = 0; a < setup.actors.authorities; ++a) {
            const double share = rural(c) > 0.0 ? ruled(c, a) / rural(c) : 0.0;
            classes(c, a) = class_of(p, share, active(c, a) != 0);
        }
    }
    return classes;
}

}  // namespace sahelsim::model
