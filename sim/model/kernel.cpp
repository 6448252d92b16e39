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
        weights.assign(setup.travel[season].size(), 0.0F);
        for (int from = 0; from < setup.places(); ++from) {
            float* weight = weights.data() + setup.travel[season].offset(from);
            for (const auto& [place, hours] : setup.travel[season].from(from)) {
                const auto h = static_cast<double>(hours);
                if (h > cut_off * reach_) break;  // nearest first
                *weight++ = static_cast<float>(engine::exponential(-h / reach_));
            }
        }
    }
}

}  // namespace sahelsim::model
