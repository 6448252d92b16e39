#pragma once
// What is right in a scenario's interventions and yet hardly meant.

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace sahelsim::cli {

/// Sentences about interventions outside the period, of rules that are off when they act, or that set a parameter outside its
/// plausible range.
[[nodiscard]] std::vector<std::string> intervention_notes(const scenario::Scenario& scenario);

}  // namespace sahelsim::cli
