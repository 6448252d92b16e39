#include "model/processes/orders.h"

#include <algorithm>
#include <vector>

#include "engine/mathematics.h"
#include "model/decision.h"
#include "model/groups.h"
#include "model/leadership.h"
#include "model/truces.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

/// A cell that can be there after this time.
struct Detachment {
    double hours = 0.0;
    int unit = -1;
};

class Headquarters {
   public:
    Headquarters(const Setup& setup, const Step& step, int faction, State& state)
        : setup_(setup),
          faction_(faction),
          organisation_(setup.actors.organisation_of[static_cast<std::size_t>(faction)]),
          travel_(setup.travel[static_cast<std::size_t>(step.season)]),
          step_(step),
          draws_(stream(state.random, Process::orders, static_cast<std::uint64_t>(step.day),
                        setup.actors.faction_key[static_cast<std::size_t>(faction)])),
          state_(state) {}

    void consider() {
        const auto& own = state_.parameters.factions[static_cast<std::size_t>(faction_)];
        if (!own.available[index(Action::coordinated_attack)]) return;
        const double rate = own.orders_rate * cohesion(state_, faction_);
        if (!engine::draw_event(draws_, rate, 1.0 / engine::days_per_year)) return;
        std::vector<int> towns;
        std::vector<std::vector<Detachment>> forces;
        std::vector<double> values;
        for (int place = 0; place < setup_.communes(); ++place) {
            if (!is_target(place)) continue;
            auto force = force_for(place);
            if (force.empty()) continue;
            towns.push_back(place);
            forces.push_back(std::move(force));
            values.push_back(value_of(place));
        }
        const int drawn = engine::draw_weighted(draws_, values);
        if (drawn >= 0) send(forces[static_cast<std::size_t>(drawn)], towns[static_cast<std::size_t>(drawn)]);
    }

   private:
    [[nodiscard]] const OrdersParameters& p() const { return state_.parameters.orders; }

    [[nodiscard]] bool is_target(int place) const {
        return setup_.geography.places[static_cast<std::size_t>(place)].town &&
               state_.presence.standing_opponents(place, organisation_) > 0.0F &&
               !is_bound(state_.truces, faction_, place);
    }

    /// Communes of one city share its value, so that it does not depend on how the city is cut.
    [[nodiscard]] double value_of(int place) const {
        const double hours = travel_.hours(place, setup_.parties.capital);
        const double value = 1.0 + p().capital_value * engine::exponential(-hours / p().capital_reach);
        return value / towns_in_cercle(setup_.cercle_of[static_cast<std::size_t>(place)]);
    }

    [[nodiscard]] double towns_in_cercle(int cercle) const {
        int towns = 0;
        for (int i = 0; i < setup_.communes(); ++i) {
            if (setup_.cercle_of[static_cast<std::size_t>(i)] == cercle &&
                setup_.geography.places[static_cast<std::size_t>(i)].town)
                ++towns;
        }
        return towns;
    }

    /// At rest, with men and means for an attack, and not bound to stay at home.
    [[nodiscard]] bool is_free(int unit) const {
        const auto& units = state_.units;
        const auto i = static_cast<std::size_t>(unit);
        const double cost = state_.parameters.decision.supply_cost[index(Action::coordinated_attack)];
        return !units.members[i].empty() && is_idle(units, unit, step_.day) &&
               static_cast<double>(units.supply[i]) >= cost && !stays_home(state_.truces, faction_, units.base[i]);
    }

    /// The nearest idle cells that are enough together; empty where there are too few.
    [[nodiscard]] std::vector<Detachment> force_for(int place) const {
        const auto& units = state_.units;
        std::vector<Detachment> all;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            if (units.faction[i] != faction_ || !is_free(u)) continue;
            const double hours = travel_.hours(units.base[i], place, p().reach);
            if (hours <= p().reach) all.push_back({hours, u});
        }
        // Of those equally far the order of keys.
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.hours < b.hours; });
        int fighters = 0;
        std::size_t needed = 0;
        while (needed < all.size() && fighters < static_cast<int>(p().force))
            fighters += units.strength(all[needed++].unit);
        if (static_cast<double>(fighters) < state_.parameters.engagement.coordinated_minimum) return {};
        all.resize(needed);
        return all;
    }

    void send(const std::vector<Detachment>& force, int place) {
        const int leader = force.front().unit;
        for (std::size_t k = 1; k < force.size(); ++k) join_groups(state_.units, leader, force[k].unit);
        Decision order;
        order.action = Action::coordinated_attack;
        order.target = place;
        order.hours = force.back().hours;  // the last one's way
        order.duration_days =
            engine::draw_exponential(draws_, state_.parameters.decision.duration[index(Action::coordinated_attack)]);
        set_out(setup_, step_, state_.parameters, order, state_.units, leader);
        remember_choice(setup_, state_.control, state_.units, leader, order, state_.experience);
    }

    const Setup& setup_;
    int faction_;
    int organisation_;
    const world::TravelTimes& travel_;
    const Step& step_;
    engine::RandomStream draws_;
    State& state_;
};

}  // namespace

void order_attacks(const Setup& setup, const Step& step, State& state) {
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (state.parameters.factions[static_cast<std::size_t>(f)].orders_rate > 0.0)
            Headquarters(setup, step, f, state).consider();
    }
}

}  // namespace sahelsim::model
