#include "model/processes/implementation.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/departure.h"
#include "model/membership.h"
#include "model/positions.h"
#include "model/prisoners.h"
#include "model/settlement.h"
#include "model/tally.h"
#include "model/units.h"
#include "model/war_value.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kPrisoners = 200, kTroops, kFighters, kGarrisons, kCollapse };

class CarryingOut {
   public:
    CarryingOut(const Setup& setup, const Step& step, double years, State& state)
        : setup_(setup),
          step_(step),
          years_(years),
          p_(state.parameters.government.dialogue),
          dialogue_(state.dialogue),
          state_(state) {}

    void work() {
        const double before = dialogue_.carried_out;
        const double after = std::min(1.0, before + years_ * engine::days_per_year / p_.implementation_time);
        dialogue_.carried_out = after;
        if (after <= before) return;
        withdraw_troops(part_due(term(Issue::foreign_troops), before, after));
        auto draws = draws_for(engine::name_key("prisoners"), kPrisoners);
        release_prisoners_of(setup_, step_, setup_.parties.opposition, part_due(term(Issue::prisoners), before, after),
                             draws, state_);
        demobilise(part_due(p_.demobilised_share * (1.0 - term(Issue::integration)), before, after));
        move_garrisons(part_due(term(Issue::autonomy), before, after));
    }

    void watch() {
        const double killed = deaths_between();
        dialogue_.trust *= engine::exponential(-p_.violation_weight * killed);
        dialogue_.trust += (1.0 - dialogue_.trust) * engine::event_probability(p_.trust_recovery, years_);
        auto draws = draws_for(engine::name_key("collapse"), kCollapse);
        const double collapse = p_.collapse_rate * (1.0 - dialogue_.trust);
        const bool by_distrust = engine::draw_bernoulli(draws, engine::event_probability(collapse, years_));
        const bool troops_are_out = dialogue_.carried_out >= 1.0 || term(Issue::foreign_troops) <= 0.0;
        const bool gone = !dialogue_.sincere && troops_are_out;
        const bool by_opposition =
            engine::draw_bernoulli(draws, gone ? engine::event_probability(p_.renege_rate, years_) : 0.0);
        const bool coup = state_.politics.last_coup > dialogue_.watched;
        dialogue_.watched = step_.day;
        const bool by_officers = engine::draw_bernoulli(draws, coup ? 1.0 - p_.compliance : 0.0);
        // Nobody can say who lost trust first; those who could have kept it together are blamed.
        const bool opposition_blamed = engine::draw_bernoulli(draws, 0.5);
        if (by_opposition) {
            dialogue_.belief = 0.0;  // only who never meant it does this
            break_agreement(setup_, step_, true, state_);
        } else if (by_officers) {
            break_agreement(setup_, step_, false, state_);
        } else if (by_distrust) {
            break_agreement(setup_, step_, opposition_blamed, state_);
        } else if (dialogue_.stage == Stage::implementation && dialogue_.carried_out >= 1.0 &&
                   step_.day - dialogue_.since >= p_.durable_time) {
            dialogue_.stage = Stage::durable;
        }
    }

   private:
    [[nodiscard]] double term(Issue issue) const { return dialogue_.terms[number(issue)]; }

    /// Part of what is left now that has to go for `share` of what there was to be gone at the end.
    static double part_due(double share, double before, double after) {
        const double left = 1.0 - share * before;
        return left > 0.0 ? std::clamp(share * (after - before) / left, 0.0, 1.0) : 1.0;
    }

    [[nodiscard]] engine::RandomStream draws_for(std::uint64_t agent, Purpose purpose) const {
        return stream(state_.random, Process::dialogue, static_cast<std::uint64_t>(step_.day), agent, purpose);
    }

    void withdraw_troops(double part) {
        if (part <= 0.0) return;
        const auto meant = forces_to_leave(setup_, state_);
        auto& units = state_.units;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            if (meant[static_cast<std::size_t>(units.faction[i])] == 0 || units.type[i] == UnitType::air) continue;
            auto draws = draws_for(units.key[i], kTroops);
            const int posts = engine::draw_binomial(draws, units.established[i], part);
            if (posts > 0) give_up_posts(step_, state_, u, posts, draws);
        }
        for (std::size_t f = 0; f < meant.size(); ++f) {
            if (meant[f] != 0 && posts_of(units, static_cast<int>(f)) == 0) retire_aircraft(units, static_cast<int>(f));
        }
    }

    void demobilise(double part) {
        if (part <= 0.0) return;
        static const std::size_t demobilised = outcome_index("demobilised");
        auto& units = state_.units;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            if (dialogue_.signatory[static_cast<std::size_t>(units.faction[i])] == 0 || units.strength(u) == 0)
                continue;
            auto draws = draws_for(units.key[i], kFighters);
            const int leaving = engine::draw_binomial(draws, units.strength(u), part);
            if (leaving == 0) continue;
            add_to_tally(setup_, state_, demobilised, step_.date, units.base[i], units.organisation[i], 0,
                         dismiss_members(state_.cohorts, units, u, leaving, draws));
            units.touched[i] = step_.day;
        }
    }

    /// Garrisons of the state leave communes that the opposition rules for the seat of the cercle.
    void move_garrisons(double part) {
        if (part <= 0.0) return;
        auto& units = state_.units;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            const int base = units.base[i];
            if (units.type[i] != UnitType::garrison || base >= setup_.communes()) continue;
            if (!setup_.actors.is_state_force(units.organisation[i])) continue;
            if (state_.control.share(base, setup_.parties.opposition) <=
                state_.control.share(base, setup_.parties.authority))
                continue;
            auto draws = draws_for(units.key[i], kGarrisons);
            if (!engine::draw_bernoulli(draws, part)) continue;
            const int seat =
                setup_.geography.seat[static_cast<std::size_t>(setup_.cercle_of[static_cast<std::size_t>(base)])];
            units.base[i] = units.place[i] = units.target[i] = seat;
            units.touched[i] = step_.day;
        }
    }

    /// Dead since the last time between those whom the agreement binds, and part of the dead by those whom it doesn't.
    [[nodiscard]] double deaths_between() {
        const double bound = share_of_signatories(setup_, state_);  // who of them was attacked is not in the log
        double deaths = 0.0;
        for (; dialogue_.next_event < state_.events.size(); ++dialogue_.next_event) {
            const Event* event = &state_.events[dialogue_.next_event];
            if (event->actor1 < 0) continue;
            const int killed = event->deaths_actor1 + event->deaths_actor2 + event->civilians_killed;
            const bool by_state = setup_.actors.is_state_force(event->actor1);
            const bool by_opposition =
                setup_.actors.authority[static_cast<std::size_t>(event->actor1)] == setup_.parties.opposition;
            if (by_opposition && event->faction1 >= 0) {
                const bool signatory = dialogue_.signatory[static_cast<std::size_t>(event->faction1)] != 0;
                const bool on_state = event->actor2 >= 0 && setup_.actors.is_state_force(event->actor2);
                if (signatory && on_state) deaths += killed;
                if (!signatory) deaths += p_.misattribution * killed;
            } else if (by_state && event->actor2 >= 0 &&
                       setup_.actors.authority[static_cast<std::size_t>(event->actor2)] == setup_.parties.opposition) {
                deaths += bound * killed;
            }
        }
        return deaths;
    }

    const Setup& setup_;
    const Step& step_;
    double years_;
    const DialogueParameters& p_;
    Dialogue& dialogue_;
    State& state_;
};

}  // namespace

void carry_out(const Setup& setup, const Step& step, double years, State& state) {
    if (!setup.parties.can_talk() || !state.dialogue.in_force()) return;
    if (state.dialogue.since == step.day) return;  // signed today; the first month is still to come
    CarryingOut carrying_out(setup, step, years, state);
    carrying_out.work();
    carrying_out.watch();
}

}  // namespace sahelsim::model
