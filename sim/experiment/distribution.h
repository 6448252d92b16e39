#pragma once
// How probability is spread over the values of a factor: from a point of the unit cube to values, and to the levels of a
// grid. Names stand in experiment files.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/parameter.h"

namespace sahelsim::experiment {

enum class DistributionKind : std::uint8_t { uniform, log_uniform, triangular, normal, beta, discrete };

/// The name in files: "log_uniform".
[[nodiscard]] std::string_view to_string(DistributionKind kind);
[[nodiscard]] std::optional<DistributionKind> parse_distribution_kind(std::string_view name);
/// All of them.
[[nodiscard]] std::vector<std::string> distribution_names();

/// All numbers have the unit of the factor but for weights, alpha and beta, which have none. A kind reads its own only.
struct Distribution {
    DistributionKind kind = DistributionKind::uniform;
    double low = 0.0;   ///< all but discrete; a normal is cut off here, and may have infinite ends
    double high = 1.0;  ///< likewise
    double mode = 0.0;  ///< triangular
    double mean = 0.0;  ///< normal, before it is cut off
    double deviation = 1.0;
    double alpha = 1.0;  ///< beta, stretched from 0 ... 1 to low ... high
    double beta = 1.0;
    std::vector<double> values;   ///< discrete, in the order given
    std::vector<double> weights;  ///< discrete, need not add up to 1; empty: all equal
};

/// What is wrong with it in a few words ("low must be below high"), empty if nothing.
[[nodiscard]] std::string fault_of(const Distribution& distribution);

/// The value up to which probability `u` (0 ... 1) is reached. Never outside low ... high, and exactly these at 0 and 1, so
/// that a normal without ends is infinite there. Discrete values take their share of 0 ... 1 in the order given. The
/// distribution must be without fault; throws std::invalid_argument where u is no probability.
[[nodiscard]] double quantile(const Distribution& distribution, double u);

/// `n` values for a grid, which cover the range whatever the probabilities: equal steps from low to high, both included;
/// for log_uniform equal ratios. Of a normal the quantiles at (i + 0.5) / n, since it may have no ends; of a discrete
/// distribution all values, whatever n is. A single level is the median. Throws std::invalid_argument where n < 1.
[[nodiscard]] std::vector<double> levels(const Distribution& distribution, int n);

/// The least and the largest value: low and high, of a discrete distribution those of its values.
[[nodiscard]] std::pair<double, double> ends_of(const Distribution& distribution);

/// For tables and messages: "uniform 0.1 ... 0.4".
[[nodiscard]] std::string describe(const Distribution& distribution);

/// The plausible range of a scenario's parameter, as its record says; a triangular one has the value as mode (brought
/// into the range, which an overridden value may lie outside of). A range of one value gives that value.
[[nodiscard]] Distribution distribution_of(const scenario::ParameterRecord& record);

}  // namespace sahelsim::experiment
