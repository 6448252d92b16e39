#include "model/presence_class.h"

namespace sahelsim::model {

int ruler_of(const Control& control, int commune) {
    Eigen::Index ruler = 0;
    control.share.row(commune).maxCoeff(&ruler);
    return static_cast<int>(ruler);
}

int presence_class(const Setup& setup, const Step& step, const State& state, int cercle, int authority) {
    const auto& p = state.parameters.presence_class;
    double rural = 0.0;
    double ruled = 0.0;
    bool active = false;
    for (int i = 0; i < setup.communes(); ++i) {
        const auto& place = setup.geography.places[static_cast<std::size_t>(i)];
        if (place.cercle != cercle) continue;
        const auto last = state.last_act[static_cast<std::size_t>(i * setup.actors.authorities + authority)];
        active = active || last > step.day - static_cast<std::int32_t>(p.activity_window);
        if (place.town) continue;
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        rural += residents;
        if (ruler_of(state.control, i) == authority) ruled += residents;
    }
    const double share = rural > 0.0 ? ruled / rural : 0.0;
    if (share >= p.hegemonic_share && share > 0.0) return 3;
    if (share >= p.contested_share && share > 0.0) return 2;
    return active || share > 0.0 ? 1 : 0;
}

}  // namespace sahelsim::model
