#pragma once
// Lays the files of a scenario over each other.

#include "scenario/node.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

/// Lays `over` on `base`: maps merge key by key, all else is replaced.
void merge(Node& base, const Node& over);

/// The same for two whole files: interventions merge by their id. "extends", "parameters" and "parameter_tables" are
/// left out: they are read file by file. Missing or repeated ids are reported.
void merge_files(Node& base, const Node& over, Problems& problems);

}  // namespace sahelsim::scenario
