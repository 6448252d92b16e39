#include "model/accord_bargain.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

constexpr unsigned kSets = 1U << term_count;
constexpr Terms kReopening = bit(Term::passage) | bit(Term::fields) | bit(Term::market);

double worth(const std::array<double, term_count>& of_term, Terms terms) {
    double sum = 0.0;
    for (std::size_t t = 0; t < term_count; ++t) {
        if (has(terms, static_cast<Term>(t))) sum += of_term[t];
    }
    return sum;
}

double weighed(double losses, double half) {
    return losses / (losses + half);
}

bool is_possible(Terms terms, const BargainingPosition& position) {
    return (terms & kReopening) != 0 && (position.armed || !has(terms, Term::arms)) &&
           (position.garrison || !has(terms, Term::garrison)) && (position.captives || !has(terms, Term::prisoners));
}

}  // namespace

double war_value_of_katiba(const AccordParameters& p, const BargainingPosition& position) {
    return -p.loss_weight * weighed(position.katiba_losses, p.loss_half);
}

double war_value_of_villagers(const AccordParameters& p, const BargainingPosition& position) {
    return -p.loss_weight * weighed(position.villagers_losses, p.loss_half) - p.embargo_weight * position.siege_share;
}

std::optional<Terms> bargain(const AccordParameters& p, const BargainingPosition& position) {
    // Nobody is so weak that he has no say at all.
    const double weight = std::clamp(position.control, 0.05, 0.95);
    const double katiba_war = war_value_of_katiba(p, position);
    const double villagers_war = war_value_of_villagers(p, position);
    std::optional<Terms> best;
    double most = -std::numeric_limits<double>::infinity();
    for (unsigned k = 0; k < kSets; ++k) {
        const auto terms = static_cast<Terms>(k);
        if (!is_possible(terms, position)) continue;
        const double katiba = worth(p.to_katiba, terms) - p.cost_katiba - katiba_war;
        const double villagers = worth(p.to_villagers, terms) - p.cost_villagers - villagers_war;
        if (katiba <= 0.0 || villagers <= 0.0) continue;
        const double value = weight * engine::logarithm(katiba) + (1.0 - weight) * engine::logarithm(villagers);
        const bool fewer = best && value == most && std::popcount(terms) < std::popcount(*best);
        if (value <= most && !fewer) continue;
        most = value;
        best = terms;
    }
    return best;
}

}  // namespace sahelsim::model
