#include "model/bargaining.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

/// A coalition's weighted mean of its members' positions or values.
template <class Get>
double mean_of(const std::vector<Negotiator>& parties, bool second, Get get) {
    double sum = 0.0;
    double weights = 0.0;
    for (const auto& party : parties) {
        if (party.second != second) continue;
        sum += party.weight * get(party);
        weights += party.weight;
    }
    return weights > 0.0 ? sum / weights : 0.0;
}

/// A stretch of the path of efficient terms on which one issue moves and every value is linear.
struct Stretch {
    IssueTerms from{}, to{};
};

/// The path from the first coalition's ideal to the second's, cut where somebody's own ideal lies.
std::vector<Stretch> efficient_path(const std::vector<Negotiator>& parties) {
    IssueTerms first{};
    IssueTerms second{};
    std::array<double, issue_count> ratio{};
    for (std::size_t k = 0; k < issue_count; ++k) {
        first[k] = mean_of(parties, false, [k](const auto& p) { return p.interests.ideal[k]; });
        second[k] = mean_of(parties, true, [k](const auto& p) { return p.interests.ideal[k]; });
        const double lost = mean_of(parties, false, [k](const auto& p) { return p.interests.salience[k]; });
        const double gained = mean_of(parties, true, [k](const auto& p) { return p.interests.salience[k]; });
        ratio[k] = lost > 0.0 ? gained / lost : std::numeric_limits<double>::max();
    }
    std::array<std::size_t, issue_count> order{};
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return ratio[a] > ratio[b]; });
    std::vector<Stretch> path;
    IssueTerms now = first;
    for (const auto k : order) {
        std::vector<double> stops;
        const auto [low, high] = std::minmax(first[k], second[k]);
        for (const auto& party : parties) {
            if (party.interests.ideal[k] > low && party.interests.ideal[k] < high)
                stops.push_back(party.interests.ideal[k]);
        }
        stops.push_back(second[k]);
        std::sort(stops.begin(), stops.end());
        if (second[k] < first[k]) std::reverse(stops.begin(), stops.end());
        for (const double stop : stops) {
            if (stop == now[k]) continue;
            Stretch stretch{now, now};
            stretch.to[k] = stop;
            now = stretch.to;
            path.push_back(stretch);
        }
    }
    if (path.empty()) path.push_back({first, first});
    return path;
}

/// A value that is linear along a stretch: at its beginning and at its end.
struct Line {
    double begin = 0.0, end = 0.0;
    [[nodiscard]] double at(double t) const { return begin + (end - begin) * t; }
};

Line surplus(const Negotiator& party, const Stretch& stretch) {
    return {value_of_terms(party, stretch.from) - party.war_value, value_of_terms(party, stretch.to) - party.war_value};
}

/// Against war, if everybody keeps the terms.
Line surplus_if_kept(const Negotiator& party, const Stretch& stretch) {
    return {utility_of_terms(party.interests, stretch.from) - party.war_value,
            utility_of_terms(party.interests, stretch.to) - party.war_value};
}

/// Rounding of sums that are equal in exact arithmetic.
constexpr double kTolerance = 1e-12;

/// Cuts [low, high] down to where the line is not negative; false where nothing is left.
bool keep_where_gained(const Line& line, double& low, double& high) {
    if (line.begin < -kTolerance && line.end < -kTolerance) return false;
    if (line.begin >= -kTolerance && line.end >= -kTolerance) return true;
    const double root = line.begin / (line.begin - line.end);
    if (line.begin < line.end) {
        low = std::max(low, root);
    } else {
        high = std::min(high, root);
    }
    return low <= high;
}

/// Where on [low, high] the weighted Nash product of two linear gains is largest.
double best_compromise(const Line& first, const Line& second, double power, double low, double high) {
    const double lost = first.begin - first.end;
    const double gained = second.end - second.begin;
    if (gained <= 0.0) return low;
    if (lost <= 0.0) return high;
    const double best = (power * gained * first.begin - (1.0 - power) * lost * second.begin) / (lost * gained);
    return std::clamp(best, low, high);
}

double nash_product(double first, double second, double power) {
    const auto worth = [](double gain) { return engine::logarithm(std::max(gain, kTolerance)); };
    return (1.0 - power) * worth(first) + power * worth(second);
}

}  // namespace

double utility_of_terms(const Interests& interests, const IssueTerms& terms) {
    double utility = 0.0;
    for (std::size_t k = 0; k < issue_count; ++k)
        utility += interests.salience[k] * (1.0 - std::abs(terms[k] - interests.ideal[k]));
    return utility;
}

double value_of_terms(const Negotiator& party, const IssueTerms& terms) {
    double after = party.after;
    for (std::size_t k = 0; k < issue_count; ++k) after += party.after_slope[k] * terms[k];
    return party.compliance * utility_of_terms(party.interests, terms) + (1.0 - party.compliance) * after;
}

std::optional<IssueTerms> bargain(const std::vector<Negotiator>& parties, double power) {
    std::optional<IssueTerms> agreed;
    double best = -std::numeric_limits<double>::infinity();
    for (const auto& stretch : efficient_path(parties)) {
        double low = 0.0;
        double high = 1.0;
        const bool accepted = std::all_of(parties.begin(), parties.end(), [&](const auto& party) {
            return !party.veto || (keep_where_gained(surplus_if_kept(party, stretch), low, high) &&
                                   keep_where_gained(surplus(party, stretch), low, high));
        });
        if (!accepted) continue;
        const auto gain_of = [&](bool second) {
            return Line{mean_of(parties, second, [&](const auto& p) { return surplus(p, stretch).begin; }),
                        mean_of(parties, second, [&](const auto& p) { return surplus(p, stretch).end; })};
        };
        const Line first = gain_of(false);
        const Line second = gain_of(true);
        const double t = best_compromise(first, second, power, low, high);
        const double product = nash_product(first.at(t), second.at(t), power);
        if (product <= best) continue;
        best = product;
        IssueTerms terms{};
        for (std::size_t k = 0; k < issue_count; ++k)
            terms[k] = stretch.from[k] + (stretch.to[k] - stretch.from[k]) * t;
        agreed = terms;
    }
    return agreed;
}

}  // namespace sahelsim::model
