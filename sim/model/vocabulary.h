#pragma once
// What this program knows and a scenario must agree with.

#include "scenario/scenario.h"

namespace sahelsim::model {

/// Declarations of all parameters (world first, then model), the mechanisms, and the fixed names.
[[nodiscard]] scenario::Vocabulary vocabulary();

}  // namespace sahelsim::model
