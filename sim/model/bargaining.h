#pragma once
// Bargaining over several issues in the shadow of war (Fearon 1995, doi 10.1017/S0020818300033324; Powell 2006,
// doi 10.1017/S0020818306060061).
//
// Utility of terms x: U(x) = sum_k s_k (1 - |x_k - theta_k|), saliences s adding up to 1. A party accepts where
//   q U(x) + (1 - q) (a + sum_k b_k x_k) >= W:
// and where U(x) >= W, so that nobody signs what isn't worth having because he doesn't believe in it; W its value of war, q the probability that the other side keeps its word, and a + b x what war is worth to it once
// the concessions that can't be taken back have weakened it (the commitment problem). Two coalitions trade issues
// against each other: the efficient terms lead from the first one's ideal to the second one's, issue after issue in
// the order of what the second gains for what the first loses. Among the terms on this path that nobody with a veto
// refuses, the weighted Nash product of the coalitions' gains over war decides (Nash 1950, doi 10.2307/1907266).

#include <optional>
#include <vector>

#include "model/dialogue.h"

namespace sahelsim::model {

struct Negotiator {
    Interests interests;
    double war_value = 0.0;    ///< W
    double compliance = 1.0;   ///< q, 0 ... 1
    double after = 0.0;        ///< a: value of a war after the other side broke its word
    IssueTerms after_slope{};  ///< b
    double weight = 1.0;       ///< within its coalition
    bool second = false;       ///< belongs to the second coalition, the armed opposition
    bool veto = true;
};

/// U.
[[nodiscard]] double utility_of_terms(const Interests& interests, const IssueTerms& terms);

/// What the terms are worth to a party that knows that they may be broken.
[[nodiscard]] double value_of_terms(const Negotiator& party, const IssueTerms& terms);

/// The terms that are agreed on; nothing where there are none that all who have a veto accept. Each coalition needs a
/// member. `power` is the weight of the second coalition in the Nash product, 0 ... 1.
[[nodiscard]] std::optional<IssueTerms> bargain(const std::vector<Negotiator>& parties, double power);

}  // namespace sahelsim::model
