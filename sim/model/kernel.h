#pragma once
// How presence falls with travel time: exp(-hours / reach) for every pair of places, computed once and kept as long as the
// reach stays what it is.

#include <array>
#include <vector>

#include "model/setup.h"

namespace sahelsim::model {

class Kernel {
   public:
    static constexpr double cut_off = 4.0;  ///< reaches beyond which nothing is felt

    /// Brings the weights up to date with the reach, in hours.
    void update(const Setup& setup, double reach);

    /// Computes the weights for the reach that it has, for another setup or after loading.
    void renew(const Setup& setup);

    /// What is saved: the weights follow from the reach.
    template <class Self, class Visit>
    static void archive(Self& self, Visit visit) {
        [[maybe_unused]] auto& [reach, weights] = self;
        visit(reach);
    }

    /// Calls visit(place, weight) for each place in which presence at `from` is felt, nearest first.
    template <class Visit>
    void for_each(const Setup& setup, world::Season season, int from, Visit visit) const {
        const auto s = static_cast<std::size_t>(season);
        const auto reachable = setup.travel[s].from(from);
        const float* weights = weights_[s].data() + setup.travel[s].offset(from);
        for (std::size_t k = 0; k < reachable.size() && weights[k] > 0.0F; ++k) visit(reachable[k].place, weights[k]);
    }

   private:
    double reach_ = -1.0;
    std::array<std::vector<float>, 2> weights_;  ///< [season][entry of the travel times]
};

}  // namespace sahelsim::model
