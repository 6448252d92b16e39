#pragma once
// A scenario as one YAML text without references to other files.

#include <string>

#include "scenario/scenario.h"

namespace sahelsim::scenario {

/// Everything that the scenario holds, every parameter with its source included. Reading the text gives the same
/// scenario again, but for the file's name and the places in files.
[[nodiscard]] std::string resolved_yaml(const Scenario& scenario);

}  // namespace sahelsim::scenario
