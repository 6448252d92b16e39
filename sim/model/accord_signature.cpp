#include "model/accord_signature.h"

#include <algorithm>

#include "model/accord_circumstances.h"
#include "model/accords.h"
#include "model/event_log.h"
#include "model/groups.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

bool besieges(const State& state, int faction, int commune) {
    const int unit = state.sieges[static_cast<std::size_t>(commune)].unit;
    return unit >= 0 && state.units.faction[static_cast<std::size_t>(unit)] == faction;
}

/// The event with which the katiba's siege of the cluster began that stands today; -1: there is none.
std::int32_t standing_siege(const Setup& setup, const State& state, int cluster, int faction) {
    const auto& communes = communes_of(setup, cluster);
    const auto found =
        std::find_if(communes.begin(), communes.end(), [&](int i) { return besieges(state, faction, i); });
    if (found == communes.end()) return -1;
    const auto begun = std::find_if(state.events.rbegin(), state.events.rend(), [&](const Event& event) {
        return event.subtype == EventSubtype::siege_begun && event.commune == *found;
    });
    return begun == state.events.rend() ? -1 : begun->id;
}

void lift_sieges(const Setup& setup, const Step& step, State& state, int cluster, int faction, std::int32_t accord) {
    for (const int i : communes_of(setup, cluster)) {
        if (!besieges(state, faction, i)) continue;
        auto& siege = state.sieges[static_cast<std::size_t>(i)];
        Event event =
            make_event(step, state.units, siege.unit, EventType::strategic_development, EventSubtype::siege_ended, i);
        event.cause_kind = CauseKind::event;
        event.cause = accord;
        log_event(setup, state, event);
        // The besiegers look for something else to do at once.
        for_each_of_group(state.units, siege.unit,
                          [&](int u) { state.units.end[static_cast<std::size_t>(u)] = step.day; });
        siege = {};
    }
}

/// Captives who were taken here go home with today's releases.
void free_hostages(const Setup& setup, const Step& step, State& state, int cluster, int faction) {
    for (Hostage& hostage : state.hostages) {
        if (!is_captive_of(setup, hostage, cluster, faction)) continue;
        hostage.release = step.day;
        hostage.dies = false;
    }
}

std::int32_t note(const Setup& setup, const Step& step, State& state, int cluster, int faction, EventSubtype subtype,
                  std::int32_t cause) {
    const int counterpart = state.accords.all[accord_index(setup, cluster, faction)].counterpart;
    Event event;
    event.day = step.day;
    event.commune = setup.clusters.centre[static_cast<std::size_t>(cluster)];
    event.type = EventType::strategic_development;
    event.subtype = subtype;
    event.actor1 = static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(faction)]);
    event.faction1 = static_cast<std::int16_t>(faction);
    if (counterpart >= 0)
        event.actor2 = static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(counterpart)]);
    event.cause_kind = cause >= 0 ? CauseKind::event : CauseKind::none;
    event.cause = cause;
    return log_event(setup, state, event);
}

}  // namespace

void put_in_force(const Setup& setup, const Step& step, State& state, int cluster, int faction, int counterpart,
                  Terms terms, bool binding) {
    const auto& p = state.parameters.accords;
    Accord& accord = state.accords.all[accord_index(setup, cluster, faction)];
    accord.stage = AccordStage::in_force;
    accord.since = step.day;
    accord.counterpart = static_cast<std::int16_t>(counterpart);
    accord.terms = binding ? terms : Terms{0};
    accord.binding = binding;
    const double rules = (has(accord.terms, Term::zakat) ? 0.5 : 0.0) + (has(accord.terms, Term::dress) ? 0.5 : 0.0);
    accord.strictness = static_cast<float>(rules * p.strictness);
    accord.kept = p.trust_kept;
    accord.broken = p.trust_broken;
    accord.violations = 0;
    accord.last_breach = -1;
    accord.term_end = step.day + static_cast<std::int32_t>(p.term);
    const int siege = binding ? standing_siege(setup, state, cluster, faction) : -1;
    accord.event = note(setup, step, state, cluster, faction, EventSubtype::agreement, siege);
    static const std::size_t accords_signed = outcome_index("accords_signed");
    add_to_tally(setup, state, accords_signed, step.date, setup.clusters.centre[static_cast<std::size_t>(cluster)]);
    if (!binding) return;
    change_stand_down(setup, state, cluster, faction, 1);
    lift_sieges(setup, step, state, cluster, faction, accord.event);
    if (has(accord.terms, Term::prisoners)) free_hostages(setup, step, state, cluster, faction);
}

void end_accord(const Setup& setup, const Step& step, State& state, int cluster, int faction, EventSubtype subtype,
                std::int32_t cause) {
    note(setup, step, state, cluster, faction, subtype, cause);
    if (state.accords.all[accord_index(setup, cluster, faction)].binding)
        change_stand_down(setup, state, cluster, faction, -1);
}

}  // namespace sahelsim::model
