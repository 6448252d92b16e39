#pragma once
// How runs compare with the figures that they may be fitted to.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "experiment/summary.h"
#include "model/target_coverage.h"

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
    std::vector<TargetRow> rows;                  ///< in the order of the scenario
    std::map<model::Unanswered, int> unanswered;  ///< how many targets can't be answered, by why
};

/// Collects replicates one by one. Targets for validation are left out: they are for judging a model once.
class TargetSummaryBuilder {
   public:
    /// The scenario must outlive the builder.
    TargetSummaryBuilder(const scenario::Scenario& scenario, const model::Labels& labels);
    void add(const model::Recording& recording);
    [[nodiscard]] TargetSummary build() const;

   private:
    struct Sample {
        std::size_t target;          ///< of the scenario
        std::vector<double> values;  ///< [replicate]
    };
    const scenario::Scenario& scenario_;
    std::vector<Sample> samples_;
    std::map<model::Unanswered, int> unanswered_;
};

}  // namespace sahelsim::experiment
