#pragma once
// What several interventions need: where they act, and the note of it in the event log.

#include <string>
#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Index of a cercle by its name; -1 where it is not simulated.
[[nodiscard]] int find_cercle(const Setup& setup, const std::string& name);

/// The cercles that an intervention names (`cercle`, `cercles` or `region`), as flags [cercle]; all where it names none.
[[nodiscard]] std::vector<char> cercles_of(const Setup& setup, const scenario::Intervention& intervention);

/// An event that says what an intervention does to a faction at a place.
void log_intervention(const Setup& setup, const Step& step, EventSubtype subtype, int place, int faction,
                      std::size_t number, State& state);

}  // namespace sahelsim::model
