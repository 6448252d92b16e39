#include "model/processes/spread.h"

#include "engine/mathematics.h"
#include "model/kernel.h"
#include "model/tally.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

constexpr double kMonthsPerYear = 12.0;

class Settling {
   public:
    Settling(const Setup& setup, const Step& step, State& state)
        : setup_(setup), step_(step), state_(state), state_authority_(authority_of_state(setup)) {}

    void send_from(int unit) {
        const auto& p = state_.parameters.people.spread;
        auto& units = state_.units;
        const auto i = static_cast<std::size_t>(unit);
        const auto& own = state_.parameters.factions[static_cast<std::size_t>(units.faction[i])];
        const auto founders = static_cast<int>(p.founders);
        auto draws = stream(state_.random, Process::spread, static_cast<std::uint64_t>(step_.day), units.key[i]);
        if (!engine::draw_bernoulli(draws, engine::event_probability(own.spread_rate, 1.0 / kMonthsPerYear))) return;
        // Enough have to stay for the cell to go on.
        if (units.strength(unit) < 2 * founders) return;
        const bool far = engine::draw_bernoulli(draws, p.long_share);
        const int place = draw_place(unit, far, draws);
        const auto hidden = static_cast<std::int32_t>(
            p.latent_least + (p.latent_time > 0.0 ? engine::draw_exponential(draws, p.latent_time) : 0.0));
        if (place < 0) return;
        const int child =
            add_unit(setup_, units,
                     {engine::child_key(units.key[i], static_cast<std::uint64_t>(units.births[i]++)), units.faction[i],
                      UnitType::cell, place, founders, static_cast<double>(units.experience[i]), step_.day + hidden});
        units.latent_until[static_cast<std::size_t>(child)] = step_.day + hidden;
        move_members(state_.cohorts, units, unit, child, founders);
        static const std::size_t settled = outcome_index("areas_settled");
        add_to_tally(setup_, state_, settled, step_.date, place, units.organisation[i], 0, 1.0);
    }

   private:
    static int authority_of_state(const Setup& setup) {
        for (int o = 0; o < setup.actors.organisations; ++o) {
            if (setup.actors.is_state_force(o)) return setup.actors.authority[static_cast<std::size_t>(o)];
        }
        return -1;
    }

    [[nodiscard]] double pull(int faction, int place) const {
        if (place >= setup_.communes()) return 0.0;
        const double kin = static_cast<double>(state_.sympathy.kin(place, faction));
        const double free = state_authority_ < 0 ? 1.0 : 1.0 - state_.control.share(place, state_authority_);
        return static_cast<double>(state_.cohorts.residents_of(place)) * free *
               (1.0 + state_.parameters.people.spread.network_weight * kin);
    }

    [[nodiscard]] int draw_place(int unit, bool far, engine::RandomStream& draws) const {
        const auto i = static_cast<std::size_t>(unit);
        const int faction = state_.units.faction[i];
        std::vector<int> places;
        std::vector<double> weights;
        const int home = state_.units.base[i];
        const auto consider = [&](int place, double near) {
            if (place == home) return;
            places.push_back(place);
            weights.push_back(near * pull(faction, place));
        };
        if (far) {
            for (int place = 0; place < setup_.communes(); ++place) consider(place, 1.0);
        } else {
            const double reach = state_.parameters.people.spread.reach;
            for (const auto& [place, hours] : setup_.travel[static_cast<std::size_t>(step_.season)].from(home)) {
                if (static_cast<double>(hours) > Kernel::cut_off * reach) break;
                consider(place, engine::exponential(-static_cast<double>(hours) / reach));
            }
        }
        const int drawn = engine::draw_weighted(draws, weights);
        return drawn < 0 ? -1 : places[static_cast<std::size_t>(drawn)];
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
    int state_authority_;
};

}  // namespace

void settle_new_areas(const Setup& setup, const Step& step, State& state) {
    Settling settling(setup, step, state);
    const std::vector<std::int32_t> order = state.units.by_key;  // new cells are not asked in their first month
    for (const int u : order) {
        const auto faction = static_cast<std::size_t>(state.units.faction[static_cast<std::size_t>(u)]);
        if (state.parameters.factions[faction].spread_rate > 0.0 && is_idle(state.units, u, step.day))
            settling.send_from(u);
    }
}

}  // namespace sahelsim::model
