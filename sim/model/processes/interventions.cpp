#include "model/processes/interventions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/accords.h"
#include "model/establishment.h"
#include "model/event_log.h"
#include "model/groups.h"
#include "model/mechanisms.h"

namespace sahelsim::model {

namespace {

using scenario::Condition;
using scenario::Intervention;
using scenario::InterventionType;

constexpr std::int32_t kWindowDays = 90;

bool lies_in(const Setup& setup, int place, const std::string& region) {
    if (region.empty()) return true;
    const int cercle = setup.cercle_of[static_cast<std::size_t>(place)];
    return setup.geography.cercles[static_cast<std::size_t>(cercle)].region == region;
}

/// Sums `count(event)` over the last 90 days in the condition's region.
template <class Count>
double sum_recent(const Setup& setup, const Step& step, const State& state, const Condition& condition, Count count) {
    double sum = 0.0;
    for (auto event = state.events.rbegin(); event != state.events.rend() && event->day >= step.day - kWindowDays;
         ++event) {
        if (lies_in(setup, event->commune, condition.region)) sum += count(*event);
    }
    return sum;
}

/// Share of control of an authority, by residents.
double control_of(const Setup& setup, const State& state, const Condition& condition) {
    const auto& authorities = setup.scenario.authorities;
    const auto found = std::find_if(authorities.begin(), authorities.end(),
                                    [&](const auto& authority) { return authority.id == condition.authority; });
    const auto authority = found - authorities.begin();
    double held = 0.0;
    double all = 0.0;
    for (int i = 0; i < setup.communes(); ++i) {
        if (!lies_in(setup, i, condition.region)) continue;
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        held += residents * state.control.share(i, authority);
        all += residents;
    }
    // Not a number compares as neither above nor below.
    return all > 0.0 ? held / all : std::numeric_limits<double>::quiet_NaN();
}

double observe(const Setup& setup, const Step& step, const State& state, const Condition& condition) {
    if (condition.outcome == "control") return control_of(setup, state, condition);
    if (condition.outcome == "events_90_days") {
        return sum_recent(setup, step, state, condition, [](const Event& event) {
            return event.type != EventType::strategic_development ? 1.0 : 0.0;
        });
    }
    const bool civilians_only = condition.outcome == "civilians_killed_90_days";
    return sum_recent(setup, step, state, condition, [civilians_only](const Event& event) {
        return static_cast<double>(event.civilians_killed +
                                   (civilians_only ? 0 : event.deaths_actor1 + event.deaths_actor2));
    });
}

bool is_due(const Setup& setup, const Step& step, const State& state, const Intervention& intervention) {
    if (intervention.date) return step.date >= *intervention.date;
    const Condition& condition = *intervention.condition;
    if (condition.not_before && step.date < *condition.not_before) return false;
    const bool counts = condition.outcome != "control";
    // Few events in a window that is not yet full mean nothing.
    if (counts && !condition.above && (step.date - setup.scenario.start).count() < kWindowDays) return false;
    const double observed = observe(setup, step, state, condition);
    return condition.above ? observed > condition.threshold : observed < condition.threshold;
}

int find_cercle(const Setup& setup, const std::string& name) {
    const auto& cercles = setup.geography.cercles;
    const auto found =
        std::find_if(cercles.begin(), cercles.end(), [&](const auto& cercle) { return cercle.name == name; });
    return found == cercles.end() ? -1 : static_cast<int>(found - cercles.begin());
}

class Applying {
   public:
    Applying(const Setup& setup, const Step& step, State& state, std::size_t number)
        : setup_(setup),
          step_(step),
          state_(state),
          number_(number),
          intervention_(setup.scenario.interventions[number]) {}

    /// Returns whether the intervention is over.
    bool apply() {
        switch (intervention_.type) {
            case InterventionType::set:
                state_.values.set_value(intervention_.parameter, intervention_.value);
                state_.parameters = read_parameters(setup_.scenario, state_.values);
                state_.relations.follow(state_.parameters);
                return true;
            case InterventionType::switch_mechanism:
                switch_mechanism(state_.mechanisms, intervention_.mechanism, intervention_.on);
                clear_what_is_off();
                return true;
            case InterventionType::deploy:
                deploy();
                return true;
            case InterventionType::withdraw:
                return withdraw();
            case InterventionType::mediate:
                mediate(setup_, step_, intervention_, state_);
                return true;
        }
        return true;
    }

   private:
    /// What a mechanism has left behind does not go on acting once it is off.
    void clear_what_is_off() {
        if (!state_.mechanisms.information) state_.control.information.setZero();
        if (!state_.mechanisms.reactions) {
            state_.attitudes.grievance.setZero();
            state_.attitudes.fear.setZero();
        }
        if (!state_.mechanisms.local_accords) dissolve_accords(setup_, state_);
        if (state_.mechanisms.land) return;
        std::fill(state_.pasture_stress.begin(), state_.pasture_stress.end(), 0.0F);
        std::fill(state_.hardship.begin(), state_.hardship.end(), 0.0F);
    }

    void deploy() {
        const int cercle = find_cercle(setup_, intervention_.place);
        if (cercle < 0) return;  // outside the simulated regions
        Posting posting;
        posting.faction = setup_.actors.find_faction(intervention_.faction);
        posting.cercle = cercle;
        posting.persons = static_cast<int>(intervention_.personnel);
        posting.key = engine::name_key(intervention_.id);
        const RecruitPool pool(state_.cohorts, state_.parameters, posting.faction);
        establish_units(setup_, posting, pool, state_);
        establish_aircraft(setup_, posting.faction, state_);
        log_movement(EventSubtype::deployment, setup_.geography.seat[static_cast<std::size_t>(cercle)], posting.faction);
    }

    /// Takes away the part that is due by today; true on the last day.
    bool withdraw() {
        const int faction = setup_.actors.find_faction(intervention_.faction);
        const int cercle = intervention_.place.empty() ? -1 : find_cercle(setup_, intervention_.place);
        if (!intervention_.place.empty() && cercle < 0) return true;
        auto& units = state_.units;
        std::vector<int> leaving;
        std::int64_t present = 0;
        for (const int u : units.by_key) {
            const auto i = static_cast<std::size_t>(u);
            const bool here = cercle < 0 || setup_.cercle_of[static_cast<std::size_t>(units.base[i])] == cercle;
            if (units.faction[i] != faction || units.type[i] == UnitType::air || units.established[i] == 0 || !here)
                continue;
            leaving.push_back(u);
            present += units.established[i];
        }
        const int days_left =
            intervention_.until ? std::max(1, engine::day_number(*intervention_.until) - step_.day + 1) : 1;
        if (!started()) {
            state_.withdrawals_left[number_] = intervention_.personnel > 0 ? intervention_.personnel : present;
            if (present > 0)
                log_movement(EventSubtype::withdrawal, units.base[static_cast<std::size_t>(leaving.front())], faction);
        }
        std::int64_t& left = state_.withdrawals_left[number_];
        std::int64_t today = (left + days_left - 1) / days_left;
        left -= std::min(left, today);
        for (const int u : leaving) {
            if (today <= 0) break;
            today -= shrink(u, today);
        }
        if (has_no_posts(faction)) retire_aircraft(faction);
        return days_left <= 1;
    }

    [[nodiscard]] bool started() const { return state_.withdrawals_left[number_] >= 0; }

    /// Sends up to `persons` of the unit's establishment home. Returns how many posts were given up.
    std::int64_t shrink(int unit, std::int64_t persons) {
        auto& units = state_.units;
        const auto i = static_cast<std::size_t>(unit);
        const auto posts = std::min<std::int64_t>(persons, units.established[i]);
        units.established[i] -= static_cast<std::int32_t>(posts);
        auto draws = stream(state_.random, Process::interventions, static_cast<std::uint64_t>(step_.day), units.key[i],
                            engine::name_key(intervention_.id));
        dismiss_members(state_.cohorts, units, unit, units.strength(unit) - units.established[i], draws);
        units.touched[i] = step_.day;
        return posts;
    }

    [[nodiscard]] bool has_no_posts(int faction) const {
        const auto& units = state_.units;
        for (std::size_t i = 0; i < units.key.size(); ++i) {
            if (units.faction[i] == faction && units.established[i] > 0) return false;
        }
        return true;
    }

    /// Aircraft leave with the last of those whom they flew for.
    void retire_aircraft(int faction) {
        auto& units = state_.units;
        for (std::size_t i = 0; i < units.key.size(); ++i) {
            if (units.faction[i] == faction && units.type[i] == UnitType::air) units.type[i] = UnitType::retired;
        }
    }

    void log_movement(EventSubtype subtype, int place, int faction) {
        Event event;
        event.day = step_.day;
        event.commune = place;
        event.type = EventType::strategic_development;
        event.subtype = subtype;
        event.actor1 = static_cast<std::int16_t>(setup_.actors.organisation_of[static_cast<std::size_t>(faction)]);
        event.faction1 = static_cast<std::int16_t>(faction);
        event.cause_kind = CauseKind::intervention;
        event.cause = static_cast<std::int32_t>(number_);
        log_event(setup_, state_, event);
    }

    const Setup& setup_;
    const Step& step_;
    State& state_;
    std::size_t number_;
    const Intervention& intervention_;
};

}  // namespace

void intervene(const Setup& setup, const Step& step, State& state) {
    for (std::size_t k = 0; k < setup.scenario.interventions.size(); ++k) {
        if (state.intervention_done[k] != 0) continue;
        const bool running = state.withdrawals_left[k] >= 0;
        if (!running && !is_due(setup, step, state, setup.scenario.interventions[k])) continue;
        if (Applying(setup, step, state, k).apply()) state.intervention_done[k] = 1;
    }
}

}  // namespace sahelsim::model
