#pragma once
// What other processes ask of local accords and do to them; how accords come and go: processes/accords.h.

#include <cstddef>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Place of a cluster's and a faction's accord in Accords::all.
[[nodiscard]] std::size_t accord_index(const Setup& setup, int cluster, int faction);

/// Empty accords and truces for a run of the setup's scenario.
void reset_accords(const Setup& setup, State& state);

/// Ends all talks and accords without a word, for a run in which the mechanism is switched off.
void dissolve_accords(const Setup& setup, State& state);

/// Mediators in a cluster today, those of the place included.
[[nodiscard]] double mediators_in(const Step& step, const State& state, int cluster);

/// Everything that holds while an accord does is put into force (change 1) or out of it (-1): truces of its parties in the
/// cluster's communes, and what its terms say about hunters' arms, pasture and rule.
void change_stand_down(const Setup& setup, State& state, int cluster, int faction, int change);

/// How much stricter than usual an authority rules a commune because an accord lets it: 0 for no accord.
[[nodiscard]] double accord_strictness(const Setup& setup, const State& state, int commune, int authority);

/// Whether any accord is in force in the commune, empty ones included.
[[nodiscard]] bool is_under_accord(const Setup& setup, const State& state, int commune);

}  // namespace sahelsim::model
