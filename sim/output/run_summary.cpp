#include "output/run_summary.h"

#include <algorithm>
#include <stdexcept>

#include "output/national.h"

namespace sahelsim::output {

namespace {

/// Months `first` to `last` added up, as a series of one month.
model::Series sum_of_months(const model::Series& series, int first, int last) {
    model::Series sum{1, series.cercles, series.first, series.second, {}};
    const auto width = static_cast<std::size_t>(series.cercles * series.first * series.second);
    sum.values.assign(width, 0.0);
    for (int month = first; month <= last; ++month) {
        const double* values = &series.values[static_cast<std::size_t>(month) * width];
        for (std::size_t i = 0; i < width; ++i) sum.values[i] += values[i];
    }
    return sum;
}

}  // namespace

std::vector<model::Series> summary_of(const model::Recording& recording, const model::Labels& labels,
                                      const SummaryPeriod& period) {
    const int first = period.first - labels.first_month;
    const int last = period.last - labels.first_month;
    if (first < 0 || last < first || last >= labels.months)
        throw std::logic_error("a summary of months that were not run");
    const auto residents = sum_of_months(series_of(recording, "population"), last, last);
    const auto& outcomes = model::outcomes();
    std::vector<model::Series> all(outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& outcome = outcomes[i];
        if (outcome.by_cercle && outcome.national == model::National::none) continue;
        const bool flow = outcome.kind == model::OutcomeKind::flow;
        auto sum = sum_of_months(recording.series[i], flow ? first : last, last);
        all[i] = outcome.by_cercle ? national_series(outcome, sum, residents) : std::move(sum);
    }
    return all;
}

}  // namespace sahelsim::output
