#include "model/vocabulary.h"

#include "model/actions.h"
#include "model/dialogue.h"
#include "model/mechanisms.h"
#include "model/parameters.h"
#include "world/parameters.h"

namespace sahelsim::model {

scenario::Vocabulary vocabulary() {
    scenario::Vocabulary v;
    v.declarations = world::parameter_declarations();
    for (auto& declaration : parameter_declarations()) v.declarations.push_back(std::move(declaration));
    v.mechanisms = mechanism_names();
    v.actions.assign(action_names.begin(), action_names.end());
    v.ecologies.assign(world::ecology_names.begin(), world::ecology_names.end());
    v.seasons.assign(world::season_names.begin(), world::season_names.end());
    v.program_names["issue"].assign(issue_names.begin(), issue_names.end());
    v.program_names["measure"].assign(measure_names.begin(), measure_names.end());
    // Talks move on by themselves from these stages; what ends the others has rules of its own.
    v.program_names["stage"].assign(stage_names.begin(), stage_names.begin() + number(Stage::negotiation));
    return v;
}

}  // namespace sahelsim::model
