#include "model/processes/partners.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/course_of_war.h"
#include "model/departure.h"
#include "model/event_log.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

/// Presence of a force that `faction` shuns, 0 ... 1.
double shunned_presence(const Setup& setup, const State& state, int faction) {
    double shunned = 0.0;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (f == faction || posts_of(state.units, f) == 0) continue;
        shunned = std::max(shunned, state.parameters.government.mandates[static_cast<std::size_t>(f)].shunned);
    }
    return shunned;
}

class Reckoning {
   public:
    Reckoning(const Setup& setup, const Step& step, double years, int faction, State& state)
        : setup_(setup),
          step_(step),
          years_(years),
          faction_(faction),
          organisation_(setup.actors.organisation_of[static_cast<std::size_t>(faction)]),
          mandate_(state.parameters.government.mandates[static_cast<std::size_t>(faction)]),
          partner_(state.partners[static_cast<std::size_t>(faction)]),
          state_(state) {}

    void review() {
        const auto& p = state_.parameters.government.partners;
        const double days = years_ * engine::days_per_year;
        partner_.casualties = partner_.casualties * engine::half_life_decay(days, p.memory) +
                              losses_within(state_.course, organisation_, 1);
        if (posts_of(state_.units, faction_) == 0) {
            if (partner_.personnel > 0) enter(PartnerPhase::gone);
            partner_.personnel = 0;
            return;
        }
        const double months = years_ * 12.0;
        partner_.support = std::clamp(partner_.support + mandate_.support_drift * months, 0.0, 1.0);
        if (partner_.phase == PartnerPhase::gone) enter(PartnerPhase::cooperation);  // it has come back
        if (partner_.phase < PartnerPhase::announced) {
            partner_.personnel = posts_of(state_.units, faction_);
            reckon();
        }
        leave();
    }

   private:
    void reckon() {
        const auto& p = state_.parameters.government.partners;
        partner_.standing = log_odds_of_staying();
        partner_.suspended = partner_.standing < p.suspension;
        if (partner_.suspended) {
            enter(PartnerPhase::suspension);
        } else {
            enter(partner_.standing < p.strain ? PartnerPhase::strain : PartnerPhase::cooperation);
        }
        if (mandate_.exit_rate <= 0.0) return;
        auto draws = stream(state_.random, Process::partners, static_cast<std::uint64_t>(step_.day),
                            setup_.actors.faction_key[static_cast<std::size_t>(faction_)]);
        const double rate = mandate_.exit_rate * engine::exponential(-partner_.standing);
        if (engine::draw_bernoulli(draws, engine::event_probability(rate, years_))) enter(PartnerPhase::announced);
    }

    [[nodiscard]] double log_odds_of_staying() const {
        const double since_coup = step_.day - state_.politics.last_coup;
        const double coup = engine::half_life_decay(since_coup, state_.parameters.government.partners.memory);
        const double gained =
            setup_.parties.authority < 0
                ? 0.0
                : yearly_change(state_.course.control[static_cast<std::size_t>(setup_.parties.authority)],
                                state_.course.recorded);
        return mandate_.standing - mandate_.casualty_weight * partner_.casualties / 10.0 - mandate_.coup_weight * coup -
               mandate_.talks_weight * (state_.dialogue.is_open() ? 1.0 : 0.0) -
               mandate_.rival_weight * shunned_presence(setup_, state_, faction_) +
               mandate_.success_weight * 10.0 * gained + mandate_.support_weight * 10.0 * (partner_.support - 0.5);
    }

    void leave() {
        if (partner_.phase == PartnerPhase::announced && step_.day - partner_.since >= mandate_.notice)
            enter(PartnerPhase::drawdown);
        if (partner_.phase != PartnerPhase::drawdown) return;
        const double gone = std::min(1.0, (step_.day - partner_.since) / mandate_.drawdown);
        const auto staying = static_cast<std::int64_t>(static_cast<double>(partner_.personnel) * (1.0 - gone));
        std::int64_t leaving = posts_of(state_.units, faction_) - staying;
        for (const int u : state_.units.by_key) {  // base by base
            if (leaving <= 0) break;
            const auto i = static_cast<std::size_t>(u);
            if (state_.units.faction[i] != faction_ || state_.units.type[i] == UnitType::air) continue;
            auto draws =
                stream(state_.random, Process::partners, static_cast<std::uint64_t>(step_.day), state_.units.key[i]);
            leaving -= give_up_posts(step_, state_, u, leaving, draws);
        }
        if (posts_of(state_.units, faction_) > 0) return;
        retire_aircraft(state_.units, faction_);
        partner_.personnel = 0;
        enter(PartnerPhase::gone);
    }

    void enter(PartnerPhase phase) {
        if (phase == partner_.phase) return;
        partner_.phase = phase;
        partner_.since = step_.day;
        if (phase != PartnerPhase::announced) return;
        Event event;
        event.day = step_.day;
        event.commune = setup_.parties.capital;
        event.type = EventType::strategic_development;
        event.subtype = EventSubtype::withdrawal_announced;
        event.actor1 = static_cast<std::int16_t>(organisation_);
        event.faction1 = static_cast<std::int16_t>(faction_);
        log_event(setup_, state_, event);
    }

    const Setup& setup_;
    const Step& step_;
    double years_;
    int faction_;
    int organisation_;
    const Mandate& mandate_;
    Partner& partner_;
    State& state_;
};

}  // namespace

void update_partners(const Setup& setup, const Step& step, double years, State& state) {
    if (setup.parties.government < 0) return;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (setup.actors.is_foreign_partner(setup.actors.organisation_of[static_cast<std::size_t>(f)]))
            Reckoning(setup, step, years, f, state).review();
    }
}

}  // namespace sahelsim::model
