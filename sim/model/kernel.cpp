#include "model/kernel.h"

#include "engine/mathematics.h"

namespace sahelsim::model {

void Kernel::update(const Setup& setup, double reach) {
    if (reach == reach_) return;
    reach_ = reach;
    renew(setup);
}

void Kernel::renew(const Setup& setup) {
    if (reach_ < 0.0) return;  // not in use yet
    for (std::size_t season = 0; season < weights_.size(); ++season) {
        auto& weights = weights_[season];
        weights.clear();
        weights.reserve(setup.travel[season].size());
        for (int from = 0; from < setup.places(); ++from) {
            for (const auto& [place, hours] : setup.travel[season].from(from)) {
                const auto h = static_cast<double>(hours);
                weights.push_back(h > cut_off * reach_ ? 0.0F : static_cast<float>(engine::exponential(-h / reach_)));
            }
        }
    }
}

}  // namespace sahelsim::model
