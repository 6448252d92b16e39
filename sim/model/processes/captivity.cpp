#include "model/processes/captivity.h"

#include "model/event_log.h"

namespace sahelsim::model {

namespace {

void log_death(const Setup& setup, const Step& step, const Hostage& hostage, State& state) {
    Event event;
    event.day = step.day;
    event.commune = hostage.place;
    event.type = EventType::violence_against_civilians;
    event.subtype = EventSubtype::attack;
    event.violence = ViolenceType::one_sided;
    event.faction1 = hostage.faction;
    event.actor1 = static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(hostage.faction)]);
    event.community = static_cast<std::int16_t>(state.cohorts.community[static_cast<std::size_t>(hostage.cohort)]);
    event.civilians_killed = 1;
    log_event(setup, state, event);
}

}  // namespace

namespace {

void release_prisoners(const Step& step, State& state) {
    std::erase_if(state.prisoners, [&](const Prisoner& prisoner) {
        if (prisoner.release > step.day) return false;
        --state.cohorts.prisoners[static_cast<std::size_t>(prisoner.cohort)];
        state.cohorts.remove_residents(prisoner.cohort, -1);
        return true;
    });
}

}  // namespace

void end_captivity(const Setup& setup, const Step& step, State& state) {
    release_prisoners(step, state);
    auto& hostages = state.hostages;
    std::size_t kept = 0;
    for (const Hostage& hostage : hostages) {
        if (hostage.release > step.day) {
            hostages[kept++] = hostage;
            continue;
        }
        --state.cohorts.hostages[static_cast<std::size_t>(hostage.cohort)];
        if (hostage.dies) {
            ++state.cohorts.dead[static_cast<std::size_t>(hostage.cohort)];
            log_death(setup, step, hostage, state);
        } else {
            state.cohorts.remove_residents(hostage.cohort, -1);
        }
    }
    hostages.resize(kept);
}

}  // namespace sahelsim::model
