#pragma once
// Scenarios that share a past: the past is simulated once, and each scenario goes on from its state. Continuing gives the
// same bits as simulating the scenario from its start.

#include <string>
#include <vector>

#include "engine/date.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The scenario under which a state has come about.
struct Past {
    std::string resolved;                    ///< the scenario as one YAML text
    std::vector<std::string> interventions;  ///< by number: ids
    std::string shown;                       ///< its name in messages
};

[[nodiscard]] Past past_of(const Setup& setup);

/// Throws InputError, which names every key, unless a run of `to` would be in the same state on the morning of `date` as one
/// of the past, and has that day still to simulate.
void check_past(const Past& past, const Setup& to, engine::Date date);

/// The state in which a run of `to` would be on that morning: parameters, ways, interventions and the months of series are
/// those of `to`. `state` may have been read from bytes. The pasts must be the same (check_past). Throws std::logic_error for
/// a state that doesn't fit.
[[nodiscard]] State continue_as(const Past& past, const Setup& to, State state);

}  // namespace sahelsim::model
