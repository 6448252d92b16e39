#pragma once
// Spectacular attacks that are ordered from the top (docs/ODD.md, section 7.38). Daily.
//
// The leadership of a faction orders an attack on a town with opponents in it at the rate `ACTOR.orders.rate`, less with low cohesion
// after a leader's loss, wherever the faction's own front is: the town is drawn by its political value, 1 + v exp(-h / l)
// with h hours to the capital, among those that enough of its people are within `orders.reach` of. Idle cells that have the
// supplies for it, the nearest first, gather there until they are `orders.force` fighters, and attack together when the last
// has come. Without as many as a coordinated attack takes there is no attack; nor where the faction is bound by a truce.
//
// Reads: presence, truces, leaders' cohesion, travel times. Changes: units, remembered actions.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void order_attacks(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
