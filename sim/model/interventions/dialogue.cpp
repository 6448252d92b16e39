// dialogue: a measure for talks with the armed opposition, such as a mediator or a guarantee.

#include <algorithm>
#include <limits>

#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_dialogue(const Setup& /*setup*/, const Step& /*step*/, const scenario::Intervention& intervention,
                    std::size_t /*number*/, State& state) {
    const auto& name = intervention.text("measure");
    const auto found = std::find(measure_names.begin(), measure_names.end(), name);
    const auto measure = static_cast<std::size_t>(found - measure_names.begin());
    const auto until = intervention.until();
    state.dialogue.measures[measure] = intervention.number("strength");
    state.dialogue.until[measure] = until ? engine::day_number(*until) : std::numeric_limits<std::int32_t>::max();
    return true;
}

}  // namespace sahelsim::model
