#include "model/processes/replacement.h"

#include <optional>

#include "model/establishment.h"
#include "model/government.h"
#include "model/membership.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

class Centre {
   public:
    Centre(const Setup& setup, const Step& step, double elapsed_days, int faction, State& state)
        : setup_(setup),
          step_(step),
          years_(elapsed_days / engine::days_per_year),
          faction_(faction),
          own_(state.parameters.factions[static_cast<std::size_t>(faction)]),
          state_(state) {}

    void rotate() {
        if (own_.replacement_rate <= 0.0) return;
        for_each_gap([&](int unit, int missing) {
            auto draws = stream(state_.random, Process::replacement, static_cast<std::uint64_t>(step_.day),
                                state_.units.key[static_cast<std::size_t>(unit)]);
            send(unit, engine::draw_events(draws, missing, own_.replacement_rate, years_), draws);
        });
    }

    void take_on() {
        if (own_.intake <= 0.0) return;
        auto draws = stream(state_.random, Process::replacement, static_cast<std::uint64_t>(step_.day),
                            setup_.actors.faction_key[static_cast<std::size_t>(faction_)]);
        auto& depot = state_.depot[static_cast<std::size_t>(faction_)];
        depot += engine::draw_poisson(draws, own_.intake * supply_of_recruits() * years_);
        std::int64_t gaps = 0;
        for_each_gap([&](int, int missing) { gaps += missing; });
        std::int64_t filling = std::min(depot, gaps);
        depot -= filling;
        for_each_gap([&](int unit, int missing) {
            // So many of those who are left go here as the unit's part of the gaps that are left.
            const int here = gaps > 0 ? engine::draw_binomial(draws, missing,
                                                              static_cast<double>(filling) / static_cast<double>(gaps))
                                      : 0;
            const int sent = static_cast<int>(std::min<std::int64_t>(here, filling));
            gaps -= missing;
            filling -= sent;
            send(unit, sent, draws);
        });
        depot += filling;
        if (static_cast<double>(depot) >= own_.cell_size) form_unit(draws);
    }

   private:
    /// Sanctions keep money from the forces of the state.
    [[nodiscard]] double supply_of_recruits() const {
        const int organisation = setup_.actors.organisation_of[static_cast<std::size_t>(faction_)];
        return setup_.actors.is_state_force(organisation) ? intake_under_sanctions(state_) : 1.0;
    }

    template <class Visit>
    void for_each_gap(Visit visit) {
        auto& units = state_.units;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            if (units.faction[i] != faction_) continue;
            const int missing = units.established[i] - units.strength(u);
            if (missing > 0) visit(u, missing);
        }
    }

    void send(int unit, int persons, engine::RandomStream& draws) {
        if (persons == 0) return;
        if (!pool_) pool_.emplace(setup_, state_.cohorts, state_.parameters, faction_);
        const int before = state_.units.strength(unit);
        enlist(setup_, state_.parameters, *pool_, state_.cohorts, state_.units, unit, persons, draws);
        state_.units.touched[static_cast<std::size_t>(unit)] = step_.day;
        static const std::size_t recruits = outcome_index("recruits");
        add_to_tally(setup_, state_, recruits, step_.date, state_.units.base[static_cast<std::size_t>(unit)],
                     setup_.actors.organisation_of[static_cast<std::size_t>(faction_)], 0,
                     state_.units.strength(unit) - before);
    }

    void form_unit(engine::RandomStream& draws) {
        const auto homes = homes_of(setup_, state_.values, faction_);
        std::vector<double> weights;
        for (const auto& home : homes) weights.push_back(home.weight);
        const int drawn = engine::draw_weighted(draws, weights);
        if (drawn < 0) return;
        const auto persons = static_cast<int>(own_.cell_size);
        state_.depot[static_cast<std::size_t>(faction_)] -= persons;
        if (homes[static_cast<std::size_t>(drawn)].place < 0) return;  // they go to a region that is not simulated
        Posting posting = posting_at(setup_, faction_, homes[static_cast<std::size_t>(drawn)].place);
        posting.persons = persons;
        posting.key = engine::child_key(setup_.actors.faction_key[static_cast<std::size_t>(faction_)],
                                        static_cast<std::uint64_t>(step_.day));
        if (!pool_) pool_.emplace(setup_, state_.cohorts, state_.parameters, faction_);
        establish_units(setup_, posting, *pool_, state_);
        static const std::size_t recruits = outcome_index("recruits");
        add_to_tally(setup_, state_, recruits, step_.date, homes[static_cast<std::size_t>(drawn)].place,
                     setup_.actors.organisation_of[static_cast<std::size_t>(faction_)], 0, persons);
    }

    const Setup& setup_;
    const Step& step_;
    double years_;
    int faction_;
    const FactionParameters& own_;
    State& state_;
    std::optional<RecruitPool> pool_;  // costly to set up, and most weeks few factions need one
};

}  // namespace

void replace(const Setup& setup, const Step& step, double elapsed_days, State& state) {
    for (int f = 0; f < setup.actors.factions(); ++f) {
        Centre centre(setup, step, elapsed_days, f, state);
        centre.rotate();
        centre.take_on();
    }
}

}  // namespace sahelsim::model
