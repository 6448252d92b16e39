#pragma once
// What parties to talks make of possible terms.

#include <vector>

#include "model/dialogue.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// What the state would impose: the government's ideal.
[[nodiscard]] const IssueTerms& state_terms(const Setup& setup, const State& state);

/// What the armed opposition would impose: the mean of its factions' ideals by members.
[[nodiscard]] IssueTerms opposition_terms(const Setup& setup, const State& state);

/// Half-way between the two.
[[nodiscard]] IssueTerms half_way_terms(const Setup& setup, const State& state);

/// The terms that people expect: those signed; while the sides talk openly, half-way between them; else the state's.
[[nodiscard]] IssueTerms expected_terms(const Setup& setup, const State& state);

/// What elites lose by the terms against the state's own, weighted by their influence, 0 ... 1.
[[nodiscard]] double elite_loss(const Setup& setup, const State& state, const IssueTerms& terms);

/// What officers lose by the terms that are signed or in sight, 0 ... 1.
[[nodiscard]] double officers_loss(const Setup& setup, const State& state);

/// Rate at which courts that an agreement recognises heal grievance where the opposition rules, 1/year: those of the factions
/// that signed.
[[nodiscard]] double services_of_recognised_courts(const Setup& setup, const State& state);

/// Factor on the rate at which members of a faction of the armed opposition go home while a way out is offered to them.
[[nodiscard]] double way_out_for(const Setup& setup, const State& state, int faction);

/// Hardness of the opposition's leaders towards talks, 0 ... 1, mean of its factions by members.
[[nodiscard]] double opposition_hardness(const Setup& setup, const State& state);

/// Part of the opposition's fighters whom an agreement binds, 0 ... 1.
[[nodiscard]] double share_of_signatories(const Setup& setup, const State& state);

/// Part of the opposition's fighters under each armed party, in the order of Parties::armed.
[[nodiscard]] std::vector<double> shares_of_factions(const Setup& setup, const State& state);

}  // namespace sahelsim::model
