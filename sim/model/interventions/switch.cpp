// switch: a rule acts from now on, or no longer does.

#include <algorithm>

#include "model/accords.h"
#include "model/interventions/table.h"
#include "model/mechanisms.h"
#include "model/settlement.h"

namespace sahelsim::model {

namespace {

/// What a mechanism has left behind does not go on acting once it is off.
void clear_what_is_off(const Setup& setup, State& state) {
    if (!state.mechanisms.information) state.control.information.setZero();
    if (!state.mechanisms.reactions) {
        state.attitudes.grievance.setZero();
        state.attitudes.fear.setZero();
    }
    if (!state.mechanisms.dialogue) end_talks(setup, state);
    if (!state.mechanisms.local_accords) dissolve_accords(setup, state);
    if (state.mechanisms.land) return;
    std::fill(state.pasture_stress.begin(), state.pasture_stress.end(), 0.0F);
    std::fill(state.hardship.begin(), state.hardship.end(), 0.0F);
}

}  // namespace

bool apply_switch(const Setup& setup, const Step& /*step*/, const scenario::Intervention& intervention,
                  std::size_t /*number*/, State& state) {
    switch_mechanism(state.mechanisms, intervention.text("mechanism"), intervention.flag("on"));
    clear_what_is_off(setup, state);
    return true;
}

}  // namespace sahelsim::model
