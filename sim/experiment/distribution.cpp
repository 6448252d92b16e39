#include "experiment/distribution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include "engine/mathematics.h"
#include "scenario/scalars.h"

namespace sahelsim::experiment {

namespace {

using scenario::number_text;

constexpr std::array kAllKinds = {DistributionKind::uniform,    DistributionKind::log_uniform,
                                  DistributionKind::triangular, DistributionKind::normal,
                                  DistributionKind::beta,       DistributionKind::discrete};

/// A probability that rounds to 0 or 1 gives infinity, which is then cut off, instead of an exception.
using Policy =
    boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, Policy>;
using Beta = boost::math::beta_distribution<double, Policy>;

/// A normal between its ends: what lies below and above them, and what is left, each accurate in both tails.
struct CutNormal {
    explicit CutNormal(const Distribution& d)
        : normal(d.mean, d.deviation),
          below(boost::math::cdf(normal, d.low)),
          above(boost::math::cdf(boost::math::complement(normal, d.high))),
          // Differences of the tail's side, of which the other one's digits are lost.
          left(d.low > d.mean ? boost::math::cdf(boost::math::complement(normal, d.low)) - above
                              : boost::math::cdf(normal, d.high) - below) {}

    [[nodiscard]] double quantile(double u) const {
        const double up_to = below + u * left;
        const double beyond = above + (1.0 - u) * left;
        // The smaller of the two has the more digits.
        return up_to < beyond ? boost::math::quantile(normal, up_to)
                              : boost::math::quantile(boost::math::complement(normal, beyond));
    }

    Normal normal;
    double below, above, left;
};

std::string fault_of_ends(const Distribution& d) {
    if (std::isnan(d.low) || std::isnan(d.high)) return "low and high must be numbers";
    if (d.kind != DistributionKind::normal && !(std::isfinite(d.low) && std::isfinite(d.high)))
        return "low and high must be finite";
    if (!(d.low < d.high))
        return fmt::format("low must be below high, not {} and {}", number_text(d.low), number_text(d.high));
    return {};
}

std::string fault_of_normal(const Distribution& d) {
    if (!std::isfinite(d.mean)) return "mean must be finite";
    if (!(d.deviation > 0.0 && std::isfinite(d.deviation))) return "deviation must be above 0 and finite";
    if (!(CutNormal(d).left > 0.0)) return "nothing is left of the normal between low and high";
    return {};
}

std::string fault_of_beta(const Distribution& d) {
    const bool good = d.alpha > 0.0 && d.beta > 0.0 && std::isfinite(d.alpha) && std::isfinite(d.beta);
    return good ? "" : "alpha and beta must be above 0 and finite";
}

std::string fault_of_values(const Distribution& d) {
    if (d.values.empty()) return "discrete needs at least one value";
    const auto is_finite = [](double x) { return std::isfinite(x); };
    if (!std::all_of(d.values.begin(), d.values.end(), is_finite)) return "values must be finite";
    if (d.weights.empty()) return {};
    if (d.weights.size() != d.values.size())
        return fmt::format("there must be as many weights as values, not {} and {}", d.weights.size(), d.values.size());
    const auto is_good = [](double x) { return x > 0.0 && std::isfinite(x); };
    if (!std::all_of(d.weights.begin(), d.weights.end(), is_good)) return "weights must be above 0 and finite";
    if (!std::isfinite(std::accumulate(d.weights.begin(), d.weights.end(), 0.0))) return "weights are too large";
    return {};
}

/// Equal ratios instead of equal steps.
double log_lerp(double low, double high, double u) {
    return engine::exponential(std::lerp(engine::logarithm(low), engine::logarithm(high), u));
}

double triangular_quantile(const Distribution& d, double u) {
    const double width = d.high - d.low;
    const double rising = (d.mode - d.low) / width;
    if (u < rising) return d.low + width * std::sqrt(u * rising);
    return d.high - width * std::sqrt((1.0 - u) * (1.0 - rising));
}

double beta_quantile(const Distribution& d, double u) {
    // Boost 1.74's search may give up on lower ones. No design has points between 0 and this.
    constexpr double lowest = 0x1p-53;
    return std::lerp(d.low, d.high, boost::math::quantile(Beta(d.alpha, d.beta), std::max(u, lowest)));
}

double discrete_quantile(const Distribution& d, double u) {
    const std::size_t last = d.values.size() - 1;
    if (d.weights.empty()) {
        const auto i = static_cast<std::size_t>(u * static_cast<double>(d.values.size()));
        return d.values[std::min(i, last)];
    }
    const double share = u * std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
    double reached = 0.0;
    for (std::size_t i = 0; i < last; ++i) {
        reached += d.weights[i];
        if (share < reached) return d.values[i];
    }
    return d.values[last];
}

/// Inside the ends, where rounding may still lead outside.
double raw_quantile(const Distribution& d, double u) {
    switch (d.kind) {
        case DistributionKind::log_uniform:
            return log_lerp(d.low, d.high, u);
        case DistributionKind::triangular:
            return triangular_quantile(d, u);
        case DistributionKind::normal:
            return CutNormal(d).quantile(u);
        case DistributionKind::beta:
            return beta_quantile(d, u);
        default:
            return std::lerp(d.low, d.high, u);
    }
}

std::string describe_normal(const Distribution& d) {
    auto text = fmt::format("normal with mean {} and deviation {}", number_text(d.mean), number_text(d.deviation));
    if (std::isfinite(d.low) && std::isfinite(d.high))
        return text + fmt::format(", within {} ... {}", number_text(d.low), number_text(d.high));
    if (std::isfinite(d.low)) text += ", above " + number_text(d.low);
    if (std::isfinite(d.high)) text += ", below " + number_text(d.high);
    return text;
}

std::string describe_values(const Distribution& d) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < d.values.size(); ++i) {
        texts.push_back(number_text(d.values[i]));
        if (!d.weights.empty()) texts.back() += fmt::format(" (weight {})", number_text(d.weights[i]));
    }
    return fmt::format("{}{}", texts.size() == 1 ? "always " : "one of ", fmt::join(texts, ", "));
}

DistributionKind kind_of(scenario::Distribution distribution) {
    switch (distribution) {
        case scenario::Distribution::uniform:
            return DistributionKind::uniform;
        case scenario::Distribution::log_uniform:
            return DistributionKind::log_uniform;
        case scenario::Distribution::triangular:
            break;
    }
    return DistributionKind::triangular;
}

}  // namespace

std::string_view to_string(DistributionKind kind) {
    switch (kind) {
        case DistributionKind::uniform:
            return "uniform";
        case DistributionKind::log_uniform:
            return "log_uniform";
        case DistributionKind::triangular:
            return "triangular";
        case DistributionKind::normal:
            return "normal";
        case DistributionKind::beta:
            return "beta";
        case DistributionKind::discrete:
            return "discrete";
    }
    return "";
}

std::optional<DistributionKind> parse_distribution_kind(std::string_view name) {
    const auto* found =
        std::find_if(kAllKinds.begin(), kAllKinds.end(), [name](auto kind) { return to_string(kind) == name; });
    return found == kAllKinds.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> distribution_names() {
    std::vector<std::string> names;
    for (const auto kind : kAllKinds) names.emplace_back(to_string(kind));
    return names;
}

std::string fault_of(const Distribution& distribution) {
    const auto& d = distribution;
    if (d.kind == DistributionKind::discrete) return fault_of_values(d);
    if (auto fault = fault_of_ends(d); !fault.empty()) return fault;
    if (d.kind == DistributionKind::log_uniform && d.low <= 0.0) return "log_uniform needs low above 0";
    if (d.kind == DistributionKind::triangular && !(d.low <= d.mode && d.mode <= d.high))
        return fmt::format("mode must lie within low ... high, not at {}", number_text(d.mode));
    if (d.kind == DistributionKind::normal) return fault_of_normal(d);
    if (d.kind == DistributionKind::beta) return fault_of_beta(d);
    return {};
}

double quantile(const Distribution& distribution, double u) {
    if (!(u >= 0.0 && u <= 1.0)) throw std::invalid_argument(fmt::format("{} is no probability", u));
    if (distribution.kind == DistributionKind::discrete) return discrete_quantile(distribution, u);
    if (u == 0.0) return distribution.low;
    if (u == 1.0) return distribution.high;
    return std::clamp(raw_quantile(distribution, u), distribution.low, distribution.high);
}

std::vector<double> levels(const Distribution& distribution, int n) {
    if (n < 1) throw std::invalid_argument(fmt::format("a grid needs at least one level, not {}", n));
    const auto& d = distribution;
    if (d.kind == DistributionKind::discrete) return d.values;
    if (n == 1) return {quantile(d, 0.5)};
    std::vector<double> values;
    for (int i = 0; i < n; ++i) {
        const double step = static_cast<double>(i) / (n - 1);
        if (d.kind == DistributionKind::normal) {
            values.push_back(quantile(d, (i + 0.5) / n));
        } else if (d.kind == DistributionKind::log_uniform) {
            values.push_back(quantile(d, step));
        } else {
            values.push_back(std::lerp(d.low, d.high, step));
        }
    }
    return values;
}

std::pair<double, double> ends_of(const Distribution& distribution) {
    if (distribution.kind != DistributionKind::discrete) return {distribution.low, distribution.high};
    const auto& values = distribution.values;
    if (values.empty()) return {0.0, 0.0};
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    return {*least, *largest};
}

std::string describe(const Distribution& distribution) {
    const auto& d = distribution;
    const auto ends = fmt::format("{} ... {}", number_text(d.low), number_text(d.high));
    switch (d.kind) {
        case DistributionKind::triangular:
            return fmt::format("triangular {} with mode {}", ends, number_text(d.mode));
        case DistributionKind::normal:
            return describe_normal(d);
        case DistributionKind::beta:
            return fmt::format("beta {} with alpha {} and beta {}", ends, number_text(d.alpha), number_text(d.beta));
        case DistributionKind::discrete:
            return describe_values(d);
        default:
            return fmt::format("{} {}", to_string(d.kind), ends);
    }
}

Distribution distribution_of(const scenario::ParameterRecord& record) {
    Distribution d;
    d.low = record.low;
    d.high = record.high;
    d.mode = std::clamp(record.value, record.low, record.high);
    d.kind = kind_of(record.distribution);
    if (record.low == record.high) {
        d.kind = DistributionKind::discrete;
        d.values = {record.low};
    }
    return d;
}

}  // namespace sahelsim::experiment
