#pragma once
// What changes with those who govern (see processes/politics.h).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Somebody takes power. `cause` as in Event.
void take_power(const Setup& setup, const Step& step, CauseKind cause_kind, std::int32_t cause, State& state);

/// Part of its intake that a force of the state still gets under sanctions.
[[nodiscard]] double intake_under_sanctions(const State& state);

}  // namespace sahelsim::model
