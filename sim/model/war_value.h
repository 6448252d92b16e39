#pragma once
// What each side expects of going on with the war (forms: Fearon 1995; Powell 2006; see bargaining.h).
//
// The opposition's chance p is its part of the contested country in `dialogue.horizon` years if the last year's trend goes
// on (in a run's first year: as it is). Without a partner the trend shifts by how much the balance of forces does:
//   p' = p + (horizon / force_time) (F'_J - F_J),   F_J = S_J^m / (S_J^m + S_S^m),
// S the fighters of a side times their effectiveness, the state's times what air support adds. A side's war is worth
//   W = p U(theirs) + (1 - p) U(ours) - cost_weight losses / members,
// with its own losses of the last twelve months. What the government expects to lose without a partner is W - W', computed
// and nowhere set.

#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The opposition's chance, 0 ... 1, as the course of the war is.
[[nodiscard]] double opposition_chance(const State& state);

/// The same if forces changed: without the foreign factions marked in `without` (empty: all stay), and with the opposition at
/// `remaining` of its fighters.
[[nodiscard]] double opposition_chance(const Setup& setup, const State& state, const std::vector<char>& without,
                                       double remaining);

/// W of a party that expects the opposition to win with probability `chance`.
[[nodiscard]] double war_value(const Setup& setup, const State& state, int party, double chance);

/// Members lost in the last twelve months as a part of those there are, by the party's organisation.
[[nodiscard]] double loss_rate(const State& state, int organisation);

/// [faction]: forces that the precondition means (dialogue.precondition_scope).
[[nodiscard]] std::vector<char> forces_to_leave(const Setup& setup, const State& state);

/// [faction]: how far the partner whose force it is opposes talks, 0 ... 1.
[[nodiscard]] std::vector<double> opposition_of_partners(const Setup& setup, const State& state);

/// What the government expects to lose if a partner leaves, times how far he opposes talks, summed over partners.
[[nodiscard]] double leverage_of_partners(const Setup& setup, const State& state);

}  // namespace sahelsim::model
