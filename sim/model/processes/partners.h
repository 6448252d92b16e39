#pragma once
// Foreign forces reckon whether to stay. Monthly.
//
// Log-odds of staying x = standing - w_d D / 10 - w_c C - w_t T - w_s S + w_g G + w_h 10 (H - 1/2): D own dead and C coups,
// both fading with partners.memory, T 1 while the government talks openly with the armed opposition, S the presence of a force that others
// shun, G ten points more control of the state in a year, H the share of the public at home that backs the mission, which
// moves by `support_drift` a month. Below `strain` relations are strained, below `suspension` the
// force fights on alone and supports nobody from the air. It announces its exit at the rate r exp(-x), starts to leave
// after `notice` and is gone after `drawdown`, base by base. Once an exit is announced the other side no longer reckons
// with part of its aircraft. A force without an exit rate leaves only when a scenario says so.
//
// Reads: CourseOfWar, Politics, Dialogue, units. Changes: partners, units (establishment, members).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_partners(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
