#include "model/processes/harm.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/casualties.h"
#include "model/event_log.h"
#include "model/groups.h"
#include "model/knowledge.h"
#include "model/membership.h"
#include "model/provocations.h"
#include "model/tally.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kOwnAct = 0, kBystanders = 1 };

class Harm {
   public:
    Harm(const Setup& setup, const Step& step, State& state) : setup_(setup), step_(step), state_(state) {}

    void of_bystanders() {
        for (const Fight& fight : state_.today.fights) {
            Event& event = state_.events[static_cast<std::size_t>(fight.event)];
            if (event.commune >= setup_.communes()) continue;
            auto draws = stream(state_.random, Process::harm, static_cast<std::uint64_t>(step_.day),
                                state_.units.key[static_cast<std::size_t>(fight.unit)], kBystanders);
            if (event.subtype == EventSubtype::remote_explosive) {
                hit_traffic(event, fight, draws);
            } else {
                hit_by(event, fight, draws);
            }
        }
    }

    void by_own_act(int unit) {
        const Action action = state_.units.action[static_cast<std::size_t>(unit)];
        const int place = state_.units.target[static_cast<std::size_t>(unit)];
        if (place >= setup_.communes() || group_strength(state_.units, unit) == 0 || stands_down(unit, place)) return;
        auto draws = stream(state_.random, Process::harm, static_cast<std::uint64_t>(step_.day),
                            state_.units.key[static_cast<std::size_t>(unit)], kOwnAct);
        if (action == Action::raid) raid(unit, place, draws);
        if (action == Action::sweep) sweep(unit, place, draws);
        if (action == Action::abduction) abduct(unit, place, draws);
    }

   private:
    [[nodiscard]] const HarmParameters& parameters() const { return state_.parameters.harm; }
    [[nodiscard]] const FactionParameters& faction(int number) const {
        return state_.parameters.factions[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] double information(int faction_number, int place) const {
        return information_of(setup_, state_.parameters, state_.control, faction_number, place);
    }

    /// Kills and injures residents for an event; whom, is drawn by the perpetrator's suspicion or by chance alone.
    void inflict(Event& event, int killed, const std::vector<double>* suspicion, engine::RandomStream& draws) {
        const int community =
            draw_victim_community(state_.cohorts, event.commune, suspicion, parameters().least_suspicion, draws);
        event.civilians_killed =
            community < 0 ? 0 : kill_residents(state_.cohorts, event.commune, community, killed, draws);
        event.civilians_injured =
            community < 0 ? 0 : engine::draw_poisson(draws, parameters().injured_per_killed * event.civilians_killed);
        if (event.civilians_killed + event.civilians_injured > 0)
            event.community = static_cast<std::int16_t>(community);
    }

    void hit_traffic(Event& event, const Fight& fight, engine::RandomStream& draws) {
        const int community = draw_victim_community(state_.cohorts, event.commune, nullptr, 0.0, draws);
        if (community < 0) return;
        event.community = static_cast<std::int16_t>(community);
        event.civilians_killed = kill_residents(state_.cohorts, event.commune, community, fight.killed, draws);
        event.civilians_injured = fight.injured;
    }

    void hit_by(Event& event, const Fight& fight, engine::RandomStream& draws) {
        const int number = state_.units.faction[static_cast<std::size_t>(fight.unit)];
        const bool strike = event.subtype == EventSubtype::air_drone_strike;
        const double mean = strike ? parameters().strike_collateral * (1.0 - information(number, event.commune)) *
                                         (1.0 - faction(number).restraint)
                                   : parameters().crossfire * fight.hours;
        const int killed = engine::draw_poisson(draws, mean);
        if (killed > 0) inflict(event, killed, strike ? &faction(number).suspicion : nullptr, draws);
    }

    [[nodiscard]] double revenge_at(int unit, int place) const {
        if (!state_.mechanisms.revenge) return 0.0;
        const int organisation = state_.units.organisation[static_cast<std::size_t>(unit)];
        return revenge_due(state_.parameters.revenge,
                           state_.provocations[provocation_index(setup_, organisation, place)], step_.day);
    }

    /// A unit that keeps a truce does the people nothing, whatever it set out for.
    [[nodiscard]] bool stands_down(int unit, int place) const {
        const auto i = static_cast<std::size_t>(unit);
        return state_.units.defies[i] == 0 && spares_villagers(state_.truces, state_.units.faction[i], place);
    }

    void log_own_act(int unit, const Event& event) {
        const auto i = static_cast<std::size_t>(unit);
        const std::int32_t id = log_event(setup_, state_, event);
        if (state_.units.defies[i] != 0)
            note_violation(state_.truces, state_.units.faction[i], kVillagers, event.commune, id);
    }

    void raid(int unit, int place, engine::RandomStream& draws) {
        const auto& repelled = state_.today.repelled;
        if (std::binary_search(repelled.begin(), repelled.end(), unit)) return;
        const auto& own = faction(state_.units.faction[static_cast<std::size_t>(unit)]);
        const double hours = engine::draw_lognormal(draws, parameters().raid_hours, parameters().raid_hours_spread);
        const double mean = own.raid_kill_rate * hours * (1.0 - own.restraint) *
                            (1.0 + parameters().revenge_weight * revenge_at(unit, place));
        Event event = one_sided(unit, EventSubtype::attack, place);
        inflict(event, engine::draw_poisson(draws, mean), &own.suspicion, draws);
        log_own_act(unit, event);
        if (!engine::draw_bernoulli(draws, parameters().looting_share)) return;
        state_.units.supply[static_cast<std::size_t>(unit)] = 1.0F;  // what a raid carries off fills a unit's bags
        static const std::size_t looting = outcome_index("raids_with_looting");
        add_to_tally(setup_, state_, looting, step_.date, place,
                     setup_.actors.side[static_cast<std::size_t>(event.actor1)]);
    }

    void sweep(int unit, int place, engine::RandomStream& draws) {
        const int number = state_.units.faction[static_cast<std::size_t>(unit)];
        const auto& own = faction(number);
        const double suspects =
            engine::draw_lognormal(draws, parameters().sweep_contacts, parameters().sweep_contacts_spread) *
            static_cast<double>(state_.sympathy.suspected(place, number));
        const double killed_share = (1.0 - information(number, place)) * (1.0 - own.restraint);
        const int killed = engine::draw_poisson(draws, suspects * killed_share);
        if (killed == 0) return;
        Event event = one_sided(unit, EventSubtype::attack, place);
        inflict(event, killed, &own.suspicion, draws);
        log_own_act(unit, event);
    }

    void abduct(int unit, int place, engine::RandomStream& draws) {
        const auto& own = faction(state_.units.faction[static_cast<std::size_t>(unit)]);
        const int community =
            draw_victim_community(state_.cohorts, place, &own.suspicion, parameters().least_suspicion, draws);
        if (community < 0) return;
        const int wanted = 1 + engine::draw_poisson(draws, parameters().abducted_mean - 1.0);
        Event event = one_sided(unit, EventSubtype::abduction, place);
        for (int k = 0; k < wanted; ++k) {
            const std::int32_t cohort = draw_resident(state_.cohorts, place, community, draws);
            if (cohort < 0) break;
            state_.cohorts.remove_residents(cohort, 1);
            ++state_.cohorts.hostages[static_cast<std::size_t>(cohort)];
            const auto days = 1 + static_cast<std::int32_t>(engine::draw_exponential(draws, parameters().hostage_time));
            const bool dies = engine::draw_bernoulli(draws, parameters().hostage_death_share);
            state_.hostages.push_back(
                {cohort, place, step_.day + days, state_.units.faction[static_cast<std::size_t>(unit)], dies});
            ++event.civilians_abducted;
        }
        event.community = static_cast<std::int16_t>(community);
        log_own_act(unit, event);
    }

    [[nodiscard]] Event one_sided(int unit, EventSubtype subtype, int place) const {
        Event event = make_event(step_, state_.units, unit, EventType::violence_against_civilians, subtype, place);
        event.violence = ViolenceType::one_sided;
        return event;
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
};

}  // namespace

void harm_civilians(const Setup& setup, const Step& step, State& state) {
    Harm harm(setup, step, state);
    harm.of_bystanders();
    for (const int unit : state.today.arrived) harm.by_own_act(unit);
}

}  // namespace sahelsim::model
