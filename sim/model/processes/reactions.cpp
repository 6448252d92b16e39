#include "model/processes/reactions.h"

#include <algorithm>
#include <array>
#include <numbers>

#include "engine/mathematics.h"
#include "model/accords.h"
#include "model/governance.h"
#include "model/positions.h"

namespace sahelsim::model {

namespace {

/// Something that people suffered or saw.
struct Shock {
    int commune = 0;
    int side = 0;
    int community = -1;  ///< of the victims; -1: nobody's in particular
    int faction = -1;    ///< of the perpetrator
    double grievance = 0.0;
    double fear = 0.0;
};

class Reacting {
   public:
    Reacting(const Setup& setup, const Step& step, State& state)
        : setup_(setup),
          step_(step),
          state_(state),
          parameters_(state.parameters.people.reactions),
          grievance_undecayed_(undecayed(parameters_.grievance_half_life)),
          fear_undecayed_(undecayed(parameters_.fear_half_life)) {}

    void to(const Event& event) {
        if (event.actor1 < 0 || event.commune >= setup_.communes()) return;
        Shock shock;
        shock.commune = event.commune;
        shock.side = setup_.actors.side[static_cast<std::size_t>(event.actor1)];
        shock.community = event.community;
        shock.faction = event.faction1;
        const double victims = event.civilians_killed + parameters_.injured_weight * event.civilians_injured +
                               parameters_.abducted_weight * event.civilians_abducted;
        shock.grievance = victims * parameters_.grievance_per_victim;
        shock.fear = victims * parameters_.fear_per_victim;
        if (victims > 0.0) spread(shock);
        const int fighters = event.deaths_actor1 + event.deaths_actor2;
        if (fighters == 0) return;
        Shock fight = shock;
        fight.community = -1;
        fight.grievance = 0.0;
        fight.fear = fighters * parameters_.fight_death_weight * parameters_.fear_per_victim;
        spread(fight);
    }

    void to_siege(int place, int besieger) {
        const auto organisation =
            static_cast<std::size_t>(state_.units.organisation[static_cast<std::size_t>(besieger)]);
        const int side = setup_.actors.side[organisation];
        for (int g = 0; g < setup_.communities(); ++g)
            add(static_cast<Eigen::Index>(state_.cohorts.cell(place, g)), side,
                parameters_.siege_victims * parameters_.grievance_per_victim,
                parameters_.siege_victims * parameters_.fear_per_victim);
    }

   private:
    /// Harm by one's own weighs less.
    [[nodiscard]] double out_group_factor(int faction, int community) const {
        if (faction < 0) return 1.0;
        const double affinity =
            state_.parameters.factions[static_cast<std::size_t>(faction)].affinity[static_cast<std::size_t>(community)];
        return 1.0 + (parameters_.out_group_weight - 1.0) * (1.0 - std::max(0.0, affinity));
    }

    void spread(const Shock& shock) {
        const auto communities = static_cast<std::size_t>(setup_.communities());
        std::vector<double> grievance(communities);
        std::vector<char> bystander(communities, shock.community >= 0 ? 1 : 0);
        if (shock.community >= 0) bystander[static_cast<std::size_t>(shock.community)] = 0;
        for (std::size_t g = 0; g < communities; ++g) {
            const double weight = bystander[g] != 0 ? parameters_.bystander_weight : 1.0;
            grievance[g] = shock.grievance * weight * out_group_factor(shock.faction, static_cast<int>(g));
        }
        state_.reaction_kernel.for_each(setup_, step_.season, shock.commune, [&](int place, float near) {
            if (place >= setup_.communes()) return;
            const double fear = static_cast<double>(near) * shock.fear;
            const std::array<double, 2> calm = {engine::exponential(-fear),
                                                engine::exponential(-fear * parameters_.bystander_weight)};
            for (std::size_t g = 0; g < communities; ++g) {
                if (state_.cohorts.residents_of(place, static_cast<int>(g)) == 0) continue;
                const auto cell = static_cast<Eigen::Index>(state_.cohorts.cell(place, static_cast<int>(g)));
                if (grievance[g] > 0.0)
                    raise(state_.attitudes.grievance(cell, shock.side),
                          engine::exponential(-static_cast<double>(near) * grievance[g]), grievance_undecayed_);
                raise(state_.attitudes.fear(cell, shock.side), calm[static_cast<std::size_t>(bystander[g])],
                      fear_undecayed_);
            }
        });
    }

    /// What is added in the middle of a week decays with the rest at its end; it is written so as to be right then.
    void add(Eigen::Index cell, int side, double grievance, double fear) {
        raise(state_.attitudes.grievance(cell, side), engine::exponential(-grievance), grievance_undecayed_);
        raise(state_.attitudes.fear(cell, side), engine::exponential(-fear), fear_undecayed_);
    }

    /// By how much the value of today has to be larger to be right once the days since the last settling are taken off.
    [[nodiscard]] double undecayed(double half_life) const {
        return 1.0 / engine::half_life_decay(step_.day - state_.attitudes.day, half_life);
    }

    /// `kept` is the part of what is missing to 1 that stays missing.
    static void raise(float& value, double kept, double undecayed) {
        if (kept >= 1.0) return;
        const double now = static_cast<double>(value) / undecayed;
        value = static_cast<float>(std::min(1.0, (1.0 - (1.0 - now) * kept)) * undecayed);
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
    const ReactionParameters& parameters_;
    double grievance_undecayed_, fear_undecayed_;
};

}  // namespace

void react(const Setup& setup, const Step& step, State& state) {
    Reacting reacting(setup, step, state);
    for (std::size_t e = state.today.first_event; e < state.events.size(); ++e) reacting.to(state.events[e]);
    for (int place = 0; place < setup.communes(); ++place) {
        const int besieger = state.sieges[static_cast<std::size_t>(place)].unit;
        if (besieger >= 0) reacting.to_siege(place, besieger);
    }
}

void settle_attitudes(const Setup& setup, const Step& step, State& state) {
    const auto& p = state.parameters.people.reactions;
    auto& attitudes = state.attitudes;
    const double days = step.day - attitudes.day;
    attitudes.day = step.day;
    attitudes.fear *= static_cast<float>(engine::half_life_decay(days, p.fear_half_life));
    attitudes.grievance *= static_cast<float>(engine::half_life_decay(days, p.grievance_half_life));
    const double forgetting = std::numbers::ln2 / p.grievance_half_life;
    const double courts = services_of_recognised_courts(setup, state);
    for (int a = 0; a < setup.actors.authorities; ++a) {
        const auto authority = static_cast<std::size_t>(a);
        const int side = setup.actors.side_of_authority[authority];
        if (side < 0 || p.services[authority] + p.coercion[authority] + courts <= 0.0) continue;
        for (int i = 0; i < setup.communes(); ++i) {
            const double control = state.control.share(i, a);
            if (control <= 0.0) continue;  // nothing but forgetting
            const double coercion = p.coercion[authority] * coercion_factor(setup, state, i, a) *
                                    (1.0 + accord_strictness(setup, state, i, a)) * control / engine::days_per_year;
            const double services = p.services[authority] * services_factor(setup, state, i, a) +
                                    (a == setup.parties.opposition ? courts : 0.0);
            const double rate = coercion + services * control / engine::days_per_year + forgetting;
            // Forgetting is done already; what is left of the solution is the rest of its decay and its limit.
            const auto keep = static_cast<float>(engine::exponential(-(rate - forgetting) * days));
            const auto gain = static_cast<float>(coercion / rate * engine::event_probability(rate, days));
            auto rows = attitudes.grievance.middleRows(static_cast<Eigen::Index>(state.cohorts.cell(i, 0)),
                                                       setup.communities());
            rows.col(side) = keep * rows.col(side) + gain;
        }
    }
}

}  // namespace sahelsim::model
