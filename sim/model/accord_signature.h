#pragma once
// What an accord does when it is signed, and undoes when it ends.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Puts an accord in force: its parties stand down, their sieges of the cluster end, hostages go free as agreed. With
/// `binding` false it is empty words.
void put_in_force(const Setup& setup, const Step& step, State& state, int cluster, int faction, int counterpart,
                  Terms terms, bool binding);

/// Nobody stands down any more. `subtype` tells how it ended, `cause` is an event id or -1.
void end_accord(const Setup& setup, const Step& step, State& state, int cluster, int faction, EventSubtype subtype,
                std::int32_t cause);

}  // namespace sahelsim::model
