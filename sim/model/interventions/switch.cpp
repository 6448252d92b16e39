// switch: a rule acts from now on, or no longer does.

#include <algorithm>
#include <string>

#include "model/accords.h"
#include "model/interventions/table.h"
#include "model/mechanisms.h"
#include "model/settlement.h"

namespace sahelsim::model {

namespace {

void forget_attitudes(State& state) {
    state.attitudes.grievance.setZero();
    state.attitudes.fear.setZero();
}

void forget_hardship(State& state) {
    std::fill(state.pasture_stress.begin(), state.pasture_stress.end(), 0.0F);
    std::fill(state.hardship.begin(), state.hardship.end(), 0.0F);
}

/// Forces that are here stay and fly as before anything strained relations.
void forget_strain(State& state) {
    for (Partner& partner : state.partners) {
        partner.suspended = false;
        if (partner.phase != PartnerPhase::gone) partner.phase = PartnerPhase::cooperation;
    }
}

/// What a mechanism has left behind does not go on acting once it is switched off.
void clear(const Setup& setup, const std::string& mechanism, State& state) {
    if (mechanism == "information") state.control.information.setZero();
    if (mechanism == "reactions") forget_attitudes(state);
    if (mechanism == "dialogue") end_talks(setup, state);
    if (mechanism == "local_accords") dissolve_accords(setup, state);
    if (mechanism == "land") forget_hardship(state);
    if (mechanism == "partners") forget_strain(state);
    if (mechanism == "politics") state.politics.sanctions = state.politics.protest = 0.0;
}

}  // namespace

bool apply_switch(const Setup& setup, const Step& /*step*/, const scenario::Intervention& intervention,
                  std::size_t /*number*/, State& state) {
    const auto& mechanism = intervention.text("mechanism");
    const bool on = intervention.flag("on");
    switch_mechanism(state.mechanisms, mechanism, on);
    if (!on) clear(setup, mechanism, state);
    return true;
}

}  // namespace sahelsim::model
