#pragma once
// Relations between rivals (docs/ODD.md, section 7.26). Monthly.
//
// Some organisations are neither friends nor foes for good: JNIM and ISGS at the start of 2017. Their relation r, zone by zone,
// follows
//   dr = k_c (1 - r) C - k_e O (1 + k_l S) - k_t T + k_n (mean r of the neighbouring zones - r) per year, + volatility
//        noise, - k_d per fighter who changed sides - k_b per battle between the two:
// C the part of their common enemies among the armed around them, O = m / (m + K) the overlap, m the weaker one's mean
// presence where the two meet, S the stress on pasture there, T how far it is known that either talks. Below zero they are
// hostile, find and fight each other as any opponents do.
//
// Reads: presence, pasture stress, accords and talks, the rivals' tally. Changes: relations, the tally.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Counts the day's battles between rivals.
void note_battles_of_rivals(const Setup& setup, State& state);

void update_rivalry(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
