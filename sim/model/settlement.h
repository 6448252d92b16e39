#pragma once
// An agreement between the government and the armed opposition: who signs, what is carried out, how it ends.

#include <array>
#include <vector>

#include "model/bargaining.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Signs an agreement with these terms. Factions for which they are worth less than war may stay out, and units of those
/// that sign may leave.
void sign(const Setup& setup, const Step& step, const IssueTerms& terms, State& state);

/// Ends an agreement; `by_opposition`: it broke the agreement, otherwise the government did.
void break_agreement(const Setup& setup, const Step& step, bool by_opposition, State& state);

/// Ends all talks and agreements without a word, for a run in which the mechanism is switched off.
void end_talks(const Setup& setup, State& state);

/// The parties as they see terms and war now, for the bargain; the second coalition is the armed opposition.
/// `errors`: by how much the government and the opposition misjudge the opposition's chance.
[[nodiscard]] std::vector<Negotiator> negotiators(const Setup& setup, const State& state, std::array<double, 2> errors);

/// Makes factions that have signed and the forces of the state lay down arms towards each other, or take them up again.
/// Partners who oppose talks are not bound.
void bind_signatories(const Setup& setup, State& state, bool bound);

}  // namespace sahelsim::model
