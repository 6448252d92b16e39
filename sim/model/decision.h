#pragma once
// What a unit is to do next, decided by itself (processes/decisions) or by its leaders (processes/orders).

#include <cstdint>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// One unit's choice.
struct Decision {
    Action action = Action::rest;
    int target = -1;     ///< place
    double hours = 0.0;  ///< way there
    double duration_days = 0.0;
    CauseKind cause_kind = CauseKind::none;
    std::int32_t cause = -1;
    bool defies = false;  ///< breaks truces that bind the unit
};

/// The unit and those who follow it leave for what has been decided.
void set_out(const Setup& setup, const Step& step, const Parameters& parameters, const Decision& decision, Units& units,
             int unit);

/// Remembers that the unit has set out, so that its faction can learn what came of it. An empty unit's rest is no choice that
/// anything could be learnt from.
void remember_choice(const Setup& setup, const Control& control, const Units& units, int unit, const Decision& decision,
                     Experience& experience);

}  // namespace sahelsim::model
