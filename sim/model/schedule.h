#pragma once
// A run day by day.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The state on the morning of the scenario's first day.
[[nodiscard]] State initial_state(const Setup& setup, engine::RandomSource random);

[[nodiscard]] Step step_of(const Setup& setup, engine::Date date);

/// Simulates state.date and moves it to the next day.
void run_day(const Setup& setup, State& state);

/// Throws std::logic_error where people have been made or lost: in every cohort residents + armed + hostages + dead are the
/// people of the start, and the members of all units are the armed of their cohorts.
void check_conservation(const Setup& setup, const State& state);

}  // namespace sahelsim::model
