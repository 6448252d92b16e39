#pragma once
// How organisations stand to each other, zone by zone: -1 at war, 0 indifferent, 1 allied. Most relations are the scenario's
// and the same everywhere; those of rivals (pairs with a volatility) move with the war in each zone.

#include <vector>

#include <Eigen/Core>

#include "model/setup.h"

namespace sahelsim::model {

class Relations {
   public:
    /// All relations as the parameters state them, rivals' too.
    void reset(const Setup& setup, const Parameters& parameters);

    /// Relations that don't change by themselves follow the parameters; those of rivals stay as they are.
    void follow(const Parameters& parameters);

    [[nodiscard]] double in_zone(int zone, int a, int b) const { return zones_[static_cast<std::size_t>(zone)](a, b); }
    [[nodiscard]] double at(const Setup& setup, int place, int a, int b) const {
        return in_zone(setup.zone_of[static_cast<std::size_t>(place)], a, b);
    }
    /// [organisation, organisation]
    [[nodiscard]] const Eigen::ArrayXXd& zone(int number) const { return zones_[static_cast<std::size_t>(number)]; }

    /// Both ways, clipped to -1 ... 1.
    void set(int zone, int a, int b, double value);

    /// What is saved.
    template <class Self, class Visit>
    static void archive(Self& self, Visit visit) {
        auto& [zones] = self;
        visit(zones);
    }

   private:
    std::vector<Eigen::ArrayXXd> zones_;
};

[[nodiscard]] inline bool are_rivals(const Parameters& parameters, int a, int b) {
    return parameters.people.volatility[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] >= 0.0;
}

}  // namespace sahelsim::model
