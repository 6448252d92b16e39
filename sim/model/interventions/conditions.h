#pragma once
// The outcomes on which an intervention may wait: the functions behind the table in scenario/intervention_types.cpp.

#include <span>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Value of the outcome today, as the condition asks for it (its region, its authority). Not a number, which is neither
/// above nor below anything, where there is none.
using OutcomeFunction = double (*)(const Setup& setup, const Step& step, const State& state,
                                   const scenario::Condition& condition);

struct OutcomeEntry {
    const char* outcome = "";
    OutcomeFunction observe = nullptr;
};

[[nodiscard]] std::span<const OutcomeEntry> condition_table();

/// Whether the condition holds today.
[[nodiscard]] bool holds(const Setup& setup, const Step& step, const State& state, const scenario::Condition& condition);

}  // namespace sahelsim::model
