#include <catch2/catch.hpp>

#include <cmath>

#include "model/groups.h"
#include "model/processes/gathering.h"
#include "model/small_world.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

/// Only cells of one man of one faction, all at one place.
struct Crowd {
    Setup setup = testing::small_world();
    State state = initial_state(setup, {1, 0});

    explicit Crowd(int cells) {
        const auto homes = state.units.origin.cols();
        state.units = {};
        state.units.origin.setZero(setup.actors.factions(), homes);
        for (int i = 0; i < cells; ++i) {
            testing::add_unit(setup, state, "katiba_macina", UnitType::cell, 1, 1, static_cast<std::uint64_t>(i) + 1);
        }
        auto& faction =
            state.parameters.factions[static_cast<std::size_t>(testing::faction_index(setup, "katiba_macina"))];
        faction.merge_rate = 1e-3;
        faction.scatter_rate = 1e-2;
        faction.largest_share = 1.0;
        state.presence.air_threat.setZero();
    }

    FactionParameters& faction() {
        return state.parameters.factions[static_cast<std::size_t>(testing::faction_index(setup, "katiba_macina"))];
    }

    void run(int days) {
        for (int day = 0; day < days; ++day) {
            auto step = testing::step_of(state);
            gather_and_scatter(setup, step, state.parameters, state.presence, state.random, state.units);
            state.date += std::chrono::days{1};
        }
    }

    [[nodiscard]] std::vector<int> sizes() const {
        std::vector<int> all;
        for (int u = 0; u < state.units.size(); ++u) {
            if (state.units.leads(u)) all.push_back(group_strength(state.units, u));
        }
        return all;
    }

    [[nodiscard]] int largest() const {
        const auto all = sizes();
        return *std::max_element(all.begin(), all.end());
    }
};

/// Maximum likelihood exponent of a discrete power law from `least` on, in the approximation of Clauset, Shalizi & Newman
/// 2009, equation 3.7.
double exponent(const std::vector<int>& sizes, int least) {
    double logarithms = 0.0;
    int n = 0;
    for (const int size : sizes) {
        if (size < least) continue;
        logarithms += std::log(size / (least - 0.5));
        ++n;
    }
    return 1.0 + n / logarithms;
}

/// The same estimator on the model's exact stationary law n_s ~ (2s - 2)! / (s!)^2 x^s with x = (1 - nu) / (2 - nu)^2, where nu is
/// the share of scattering among all events (Eguiluz & Zimmermann 2000; D'Hulst & Rodgers 2000).
double exact_exponent(double nu, int least, int most) {
    const double x = std::log((1.0 - nu) / ((2.0 - nu) * (2.0 - nu)));
    double all = 0.0;
    double logarithms = 0.0;
    for (int s = least; s <= most; ++s) {
        const double weight = std::exp(std::lgamma(2.0 * s - 1.0) - 2.0 * std::lgamma(s + 1.0) + s * x);
        all += weight;
        logarithms += weight * std::log(s / (least - 0.5));
    }
    return 1.0 + all / logarithms;
}

}  // namespace

TEST_CASE("gathering by the product of sizes and scattering in full give group sizes with exponent 5/2") {
    constexpr int people = 3000;
    constexpr double merge_rate = 1e-3;
    constexpr double scatter_rate = 0.15;
    constexpr double nu = scatter_rate / (scatter_rate + 0.5 * merge_rate * people);
    CHECK(exact_exponent(1e-4, 16, 20'000) == Approx(2.5).margin(0.01));
    Crowd crowd(people);
    auto& faction = crowd.faction();
    faction.merge_rate = merge_rate;
    faction.scatter_rate = scatter_rate;
    crowd.run(60);
    std::vector<int> sizes;
    for (int sample = 0; sample < 60; ++sample) {
        crowd.run(6);
        for (const int size : crowd.sizes()) {
            if (size <= 200) sizes.push_back(size);
        }
    }
    CHECK(exponent(sizes, 2) == Approx(exact_exponent(nu, 2, 200)).margin(0.04));
    CHECK(exponent(sizes, 4) == Approx(exact_exponent(nu, 4, 200)).margin(0.08));
}

TEST_CASE("nobody is lost in groups, and followers know their leader") {
    Crowd crowd(500);
    crowd.run(200);
    int fighters = 0;
    for (const int size : crowd.sizes()) fighters += size;
    CHECK(fighters == 500);
    const auto& units = crowd.state.units;
    for (int u = 0; u < units.size(); ++u) {
        if (!units.leads(u)) continue;
        for_each_of_group(units, u, [&](int member) { CHECK(units.leader[static_cast<std::size_t>(member)] == u); });
    }
}

TEST_CASE("more air threat, smaller largest group") {
    const auto largest_with = [](float threat) {
        double sum = 0.0;
        Crowd crowd(800);
        crowd.state.presence.air_threat.setConstant(threat);
        crowd.state.parameters.gathering.air_threat_weight = 3.0;
        crowd.state.parameters.gathering.air_scatter_weight = 2.0;
        crowd.run(200);
        for (int sample = 0; sample < 40; ++sample) {
            crowd.run(20);
            sum += crowd.largest();
        }
        return sum / 40.0;
    };
    const double none = largest_with(0.0F);
    const double some = largest_with(0.3F);
    const double full = largest_with(1.0F);
    CHECK(some < none);
    CHECK(full < some);
}

TEST_CASE("the limit of a group's size holds") {
    Crowd crowd(400);
    crowd.faction().largest_share = 0.05;
    for (int k = 0; k < 30; ++k) {
        crowd.run(10);
        CHECK(crowd.largest() <= 20);
    }
}
