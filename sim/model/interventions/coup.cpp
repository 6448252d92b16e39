// coup: officers take power. Nothing where politics is switched off.

#include "model/government.h"
#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_coup(const Setup& setup, const Step& step, const scenario::Intervention& /*intervention*/,
                std::size_t number, State& state) {
    if (!state.mechanisms.politics) return true;
    take_power(setup, step, CauseKind::intervention, static_cast<std::int32_t>(number), state);
    return true;
}

}  // namespace sahelsim::model
