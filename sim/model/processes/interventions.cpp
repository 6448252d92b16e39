#include "model/processes/interventions.h"

#include "model/interventions/conditions.h"
#include "model/interventions/table.h"

namespace sahelsim::model {

namespace {

bool is_due(const Setup& setup, const Step& step, const State& state, const scenario::Intervention& intervention) {
    if (intervention.date) return step.date >= *intervention.date;
    return holds(setup, step, state, *intervention.condition);
}

}  // namespace

void intervene(const Setup& setup, const Step& step, State& state) {
    const auto& interventions = setup.scenario.interventions;
    for (std::size_t k = 0; k < interventions.size(); ++k) {
        if (state.intervention_done[k] != 0) continue;
        if (state.intervention_begun[k] == 0 && !is_due(setup, step, state, interventions[k])) continue;
        const auto apply = find_intervention(interventions[k].type);
        if (apply(setup, step, interventions[k], k, state)) state.intervention_done[k] = 1;
        state.intervention_begun[k] = 1;
    }
}

}  // namespace sahelsim::model
