#pragma once
// Writing events into a run's log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// An event of today by a unit's organisation, with the unit's cause; numbers are filled in by the caller.
[[nodiscard]] Event make_event(const Step& step, const Units& units, int unit, EventType type, EventSubtype subtype,
                               int place);

/// Appends an event, gives it its number, and notes the act of violence for presence classes. A cause in which
/// the opponent had no part is dropped: retaliation that meets somebody else is none. Returns the event's id.
std::int32_t log_event(const Setup& setup, State& state, Event event);

}  // namespace sahelsim::model
