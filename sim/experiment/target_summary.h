#pragma once
// How runs compare with the figures that they may be fitted to.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "experiment/summary.h"
#include "experiment/targets.h"

namespace sahelsim::experiment {

/// One figure beside what runs give for it.
struct TargetRow {
    std::string label;
    double low = 0.0, high = 0.0;  ///< observed, in the simulated country; `high` is infinite for "at least"
    Spread simulated;              ///< over replicates, as the observer would count

    /// Whether the figure lies within the central 90 % of replicates, by any part of it.
    [[nodiscard]] bool is_inside() const { return low <= simulated.high && simulated.low <= high; }
};

struct TargetSummary {
    std::vector<TargetRow> rows;           ///< in the order of the scenario
    std::map<Unanswered, int> unanswered;  ///< how many targets can't be answered, by why
};

/// Collects replicates one by one. Targets for validation are left out: they are for judging a model once.
class TargetSummaryBuilder {
   public:
    /// The scenario and the labels must outlive the builder.
    TargetSummaryBuilder(const scenario::Scenario& scenario, const model::Labels& labels, std::uint64_t seed);
    void add(const model::Recording& recording);
    [[nodiscard]] TargetSummary build() const;

   private:
    struct Sample {
        const scenario::Target* target;
        std::vector<double> values;  ///< [replicate]
    };
    const scenario::Scenario& scenario_;
    const model::Labels& labels_;
    std::uint64_t seed_;
    std::vector<Sample> samples_;
    std::map<Unanswered, int> unanswered_;
};

}  // namespace sahelsim::experiment
