#pragma once
// How the threat from aircraft falls with the distance by air: exp(-km / reach) from a base to every place, computed once for
// each base and kept as long as the reach stays what it is.

#include <vector>

#include <Eigen/Core>

namespace sahelsim::model {

struct Setup;

class AirReach {
   public:
    /// [place]: what is left of the threat from aircraft of this base; `reach` in km.
    [[nodiscard]] const Eigen::ArrayXd& from(const Setup& setup, int base, double reach);

    /// Nothing is saved: all follows from the map.
    template <class Self, class Visit>
    static void archive(Self& /*self*/, Visit /*visit*/) {}

   private:
    double reach_ = -1.0;
    std::vector<Eigen::ArrayXd> of_base_;  ///< [place]; empty where no aircraft have been based
};

}  // namespace sahelsim::model
