// set: a parameter has another value from now on.

#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_set(const Setup& setup, const Step& /*step*/, const scenario::Intervention& intervention,
               std::size_t /*number*/, State& state) {
    state.values.set_value(intervention.text("parameter"), intervention.number("value"));
    state.parameters = read_parameters(setup.scenario, state.values);
    state.relations.follow(state.parameters);
    return true;
}

}  // namespace sahelsim::model
