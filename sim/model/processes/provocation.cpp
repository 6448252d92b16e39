#include "model/processes/provocation.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/provocations.h"

namespace sahelsim::model {

namespace {

constexpr double kCutOff = 3.0;  // reaches beyond which nobody is provoked

class Provoking {
   public:
    Provoking(const Setup& setup, const Step& step, State& state)
        : setup_(setup),
          step_(step),
          state_(state),
          provoked_(static_cast<std::size_t>(setup.actors.organisations), 0) {}

    void by(const Event& event) {
        const bool dispute = event.subtype == EventSubtype::land_dispute;
        if (event.actor1 < 0 && !dispute) return;
        look_around(event.commune);
        if (dispute) by_dispute(event);
        if (event.actor1 < 0) return;
        const auto& p = state_.parameters.revenge;
        const int harmed = event.civilians_killed + event.civilians_injured + event.civilians_abducted;
        for (int o = 0; o < setup_.actors.organisations; ++o) {
            // Losses of allies count in the measure of the alliance: those in need call for help.
            double amount = p.per_fighter * (sympathy_with(event, o, event.actor1) * event.deaths_actor1 +
                                             sympathy_with(event, o, event.actor2) * event.deaths_actor2);
            // One's own acts and one's allies' provoke nobody at home.
            const bool opposed = state_.relations.at(setup_, event.commune, o, event.actor1) < 0.0;
            if (opposed && harmed > 0)
                amount += p.per_civilian * harmed * closeness(o, event.community) * land_factor(event.commune) *
                          grievance_factor(event);
            if (amount > 0.0) spread(event, o, amount);
        }
    }

    /// A dispute stirs up the armed friends of either side in so far as they suspect the other.
    void by_dispute(const Event& event) {
        for (int o = 0; o < setup_.actors.organisations; ++o) {
            const double amount = closeness(o, event.community) * suspicion(o, event.community2) +
                                  closeness(o, event.community2) * suspicion(o, event.community);
            if (amount > 0.0) spread(event, o, state_.parameters.people.land.provocation * amount);
        }
    }

    /// Free units of provoked organisations near the day's events decide anew tomorrow.
    void call_for_help() {
        auto& units = state_.units;
        for (int u = 0; u < units.size(); ++u) {
            const auto i = static_cast<std::size_t>(u);
            const bool free = units.type[i] == UnitType::cell && units.leads(u) && units.action[i] == Action::rest;
            if (!free || provoked_[static_cast<std::size_t>(units.organisation[i])] == 0) continue;
            const auto& provocation =
                state_.provocations[provocation_index(setup_, units.organisation[i], units.base[i])];
            if (provocation.day == step_.day && provocation.amount > 0.0)
                units.end[i] = std::min(units.end[i], step_.day + 1);
        }
    }

   private:
    /// How far an organisation takes another's losses for its own: 1 for its own, 0 for opponents.
    [[nodiscard]] double sympathy_with(const Event& event, int organisation, int other) const {
        if (other < 0) return 0.0;
        return std::max(0.0, state_.relations.at(setup_, event.commune, organisation, other));
    }

    /// Harm by those who have harmed before weighs more.
    [[nodiscard]] double grievance_factor(const Event& event) const {
        if (!state_.mechanisms.reactions || event.commune >= setup_.communes() || event.community < 0) return 1.0;
        const int side = setup_.actors.side[static_cast<std::size_t>(event.actor1)];
        const auto cell = static_cast<Eigen::Index>(state_.cohorts.cell(event.commune, event.community));
        const auto grievance = std::min(1.0, static_cast<double>(state_.attitudes.grievance(cell, side)));
        return 1.0 + state_.parameters.people.reactions.provocation * grievance;
    }

    /// Harm weighs more where land is scarce.
    [[nodiscard]] double land_factor(int place) const {
        if (!state_.mechanisms.land || place >= setup_.communes()) return 1.0;
        return 1.0 + state_.parameters.people.land.revenge_weight *
                         static_cast<double>(state_.pasture_stress[static_cast<std::size_t>(place)]);
    }

    [[nodiscard]] double suspicion(int organisation, int community) const {
        double most = 0.0;
        for (int f = 0; f < setup_.actors.factions(); ++f) {
            if (setup_.actors.organisation_of[static_cast<std::size_t>(f)] != organisation) continue;
            most = std::max(
                most,
                state_.parameters.factions[static_cast<std::size_t>(f)].suspicion[static_cast<std::size_t>(community)]);
        }
        return most;
    }

    /// Affinity of the organisation's closest faction to the community.
    [[nodiscard]] double closeness(int organisation, int community) const {
        if (community < 0) return 0.0;
        double closest = 0.0;
        for (int f = 0; f < setup_.actors.factions(); ++f) {
            if (setup_.actors.organisation_of[static_cast<std::size_t>(f)] != organisation) continue;
            closest = std::max(
                closest,
                state_.parameters.factions[static_cast<std::size_t>(f)].affinity[static_cast<std::size_t>(community)]);
        }
        return closest;
    }

    /// How far what happens in the commune is felt around it; the same for all who are provoked.
    void look_around(int commune) {
        const double reach = state_.parameters.revenge.reach;
        around_.clear();
        for (const auto& [place, hours] : setup_.travel[static_cast<std::size_t>(step_.season)].from(commune)) {
            if (static_cast<double>(hours) > kCutOff * reach) break;
            around_.push_back({place, engine::exponential(-static_cast<double>(hours) / reach)});
        }
    }

    void spread(const Event& event, int organisation, double amount) {
        provoked_[static_cast<std::size_t>(organisation)] = 1;
        for (const auto& [place, near] : around_) {
            const double felt = amount * near;
            auto& provocation = state_.provocations[provocation_index(setup_, organisation, place)];
            const double standing = standing_provocation(provocation, step_.day, state_.parameters.revenge.half_life);
            const double of_event =
                provocation.amount > 0.0 ? provocation.of_event * standing / provocation.amount : 0.0;
            const bool stronger = felt >= of_event || provocation.event < 0;
            if (stronger) provocation.event = event.id;
            provocation.of_event = stronger ? felt : of_event;
            provocation.amount = standing + felt;
            provocation.day = step_.day;
        }
    }

    struct Around {
        int place;
        double near;  ///< part of what happened that is felt there
    };

    const Setup& setup_;
    const Step& step_;
    State& state_;
    std::vector<char> provoked_;  ///< [organisation]: today
    std::vector<Around> around_;  ///< the event at hand
};

}  // namespace

void provoke(const Setup& setup, const Step& step, State& state) {
    if (state.today.first_event == state.events.size()) return;
    Provoking provoking(setup, step, state);
    for (std::size_t e = state.today.first_event; e < state.events.size(); ++e) provoking.by(state.events[e]);
    provoking.call_for_help();
}

}  // namespace sahelsim::model
