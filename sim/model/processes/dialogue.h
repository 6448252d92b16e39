#pragma once
// Talks between the government and the armed opposition. Monthly.
//
// A track runs through stages: none, signals, channel, teams, negotiation, then an agreement that is carried out
// (`settlement`), and is durable or collapses. From stage s it moves on at the rate
//   r_s G A,   G = sigmoid(government), A = sigmoid(opposition),
// and falls back to none at the rate b (1 - G A). What each side's log-odds are made of:
//   government: base + ripeness + public support + cohesion - resistance of elites - leverage of partners who oppose talks
//               + the mind of those who govern + measures
//   opposition: base + ripeness - precondition (foreign troops still there, as far as not given up) - hardness + measures
// Ripeness R = l / (l + l_half) * g_half / (g_half + g), l own losses of a year as a part of own strength, g control gained
// (Zartman 2000: losses that buy nothing); the precondition, a mediator and named teams
// count from the channel on. Ripeness moves stages only: terms are accepted by what war is worth (war_value.h), where losses
// count already. Exchanges of
// prisoners while there is a channel show good faith: the government's belief that the opposition is sincere follows
// Bayes' rule, a devious one sending the signal less often. In negotiation rounds put issues on the agenda; once all are, the
// sides bargain (bargaining.h) each month with their own estimates of their chances, whose error falls with rounds and a
// mediator (Powell 2006), and with what keeps them from signing: that the other side breaks its word once foreign troops
// have left or fighters have gone home, against which a guarantee and sequencing help (Walter 1997).
//
// Open talks (teams, negotiation) have costs: they heal grievance towards the opposition, which lends it legitimacy; elites
// take part of their resistance to the street; the accord with the signatory groups withers; partners take note
// (`partners`). Which factions sign and who leaves over it: settlement.h.
//
// Reads: CourseOfWar, Politics, units, parameters of parties. Changes: Dialogue, Politics::protest, attitudes, prisoners.

#include <optional>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Measures for talks last until their day; one of them, a way out for fighters who leave, acts without talks too.
void end_measures(const Step& step, State& state);

void talk(const Setup& setup, const Step& step, double years, State& state);

/// Probability, 0 ... 1, with which each side would move a stage forward.
struct Willingness {
    double government = 0.0;
    double opposition = 0.0;
};
[[nodiscard]] Willingness willingness(const Setup& setup, const State& state);

/// The terms that both sides would sign now; nothing where there are none.
[[nodiscard]] std::optional<IssueTerms> terms_both_accept(const Setup& setup, const State& state);

}  // namespace sahelsim::model
