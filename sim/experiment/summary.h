#pragma once
// The few numbers of a run that are shown on the screen.

#include <string>
#include <vector>

#include "model/recording.h"

namespace sahelsim::experiment {

/// Median and central 90 % range over replicates.
struct Spread {
    double low = 0.0;  ///< 5 % quantile
    double median = 0.0;
    double high = 0.0;  ///< 95 % quantile
};

/// Quantiles by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). `values` must not be empty.
[[nodiscard]] Spread spread_of(std::vector<double> values);

/// One line of the summary, one entry a calendar year.
struct SummaryRow {
    std::string label;
    std::vector<Spread> years;
};

struct Summary {
    std::vector<int> years;
    engine::Date end{};  ///< last day, in the last of the years
    std::vector<SummaryRow> deaths_by_perpetrator;
    SummaryRow events, deaths, civilians_killed;
    std::vector<SummaryRow>
        control;  ///< share of the residents' communes held by each authority at the end of each year, 0 ... 1
};

/// Collects replicates one by one, so that their recordings need not be kept.
class SummaryBuilder {
   public:
    explicit SummaryBuilder(const model::Labels& labels);
    void add(const model::Recording& recording);
    [[nodiscard]] int replicates() const { return replicates_; }
    [[nodiscard]] Summary build() const;

   private:
    using Samples = std::vector<std::vector<double>>;  // [year][replicate]
    const model::Labels& labels_;
    std::vector<int> years_;
    int replicates_ = 0;
    Samples events_, deaths_, civilians_;
    std::vector<Samples> by_perpetrator_, control_;
};

}  // namespace sahelsim::experiment
