#include "model/air_reach.h"

#include "engine/mathematics.h"
#include "model/setup.h"

namespace sahelsim::model {

const Eigen::ArrayXd& AirReach::from(const Setup& setup, int base, double reach) {
    if (reach != reach_) of_base_.clear();
    reach_ = reach;
    of_base_.resize(static_cast<std::size_t>(setup.places()));
    auto& left = of_base_[static_cast<std::size_t>(base)];
    if (left.size() > 0) return left;
    left.resize(setup.places());
    for (int place = 0; place < setup.places(); ++place)
        left(place) = engine::exponential(-setup.air_km(base, place) / reach);
    return left;
}

}  // namespace sahelsim::model
