#pragma once
// What the readers of a scenario's sections share while it is being read.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "scenario/layers.h"
#include "scenario/node.h"
#include "scenario/problems.h"
#include "scenario/project.h"
#include "scenario/scenario.h"

namespace sahelsim::scenario {

struct Context {
    const Vocabulary& vocabulary;
    Scenario scenario;
    Problems problems;
    std::map<std::string, ProjectFile> files;  ///< by their names in messages: to find what they name
};

// Each section of the merged file goes to one reader, in this order; each may use what those before it have read.
void read_names(const Node& root, Context& context);  ///< sources, communities, livelihoods, authorities, sides,
                                                      ///< observers
void read_organisations(const Node& root, Context& context);
void read_parties(const Node& root, Context& context);
void read_leaders(const Node& root, Context& context);
void read_world(const Node& root, Context& context);
void read_targets(const Node& root, Context& context);
void read_parameters(const std::vector<Layer>& layers, Context& context);
void check_observation(Context& context);  ///< that there is a record for what each target's observer counts
void read_interventions(const Node& root, Context& context);

/// Identifiers of labelled things.
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Labelled>& things);

}  // namespace sahelsim::scenario
