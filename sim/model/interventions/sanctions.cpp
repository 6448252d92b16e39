// sanctions: neighbours and partners close borders and freeze the government's money, or lift it again.

#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_sanctions(const Setup& /*setup*/, const Step& /*step*/, const scenario::Intervention& intervention,
                     std::size_t /*number*/, State& state) {
    if (state.mechanisms.politics) state.politics.sanctions = intervention.number("level");
    return true;
}

}  // namespace sahelsim::model
