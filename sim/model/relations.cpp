#include "model/relations.h"

#include <algorithm>

namespace sahelsim::model {

void Relations::reset(const Setup& setup, const Parameters& parameters) {
    const auto n = static_cast<Eigen::Index>(parameters.relation.size());
    Eigen::ArrayXXd stated(n, n);
    for (Eigen::Index a = 0; a < n; ++a) {
        for (Eigen::Index b = 0; b < n; ++b)
            stated(a, b) = parameters.relation[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
    }
    zones_.assign(static_cast<std::size_t>(setup.zones()), stated);
}

void Relations::follow(const Parameters& parameters) {
    const int n = static_cast<int>(parameters.relation.size());
    for (auto& zone : zones_) {
        for (int a = 0; a < n; ++a) {
            for (int b = 0; b < n; ++b) {
                if (!are_rivals(parameters, a, b))
                    zone(a, b) = parameters.relation[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
            }
        }
    }
}

void Relations::set(int zone, int a, int b, double value) {
    auto& relation = zones_[static_cast<std::size_t>(zone)];
    relation(a, b) = relation(b, a) = std::clamp(value, -1.0, 1.0);
}

}  // namespace sahelsim::model
