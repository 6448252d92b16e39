#include "output/national.h"

#include <limits>
#include <stdexcept>
#include <string>

namespace sahelsim::output {

model::Series national_series(const model::Outcome& outcome, const model::Series& series,
                              const model::Series& residents) {
    const bool mean = outcome.national == model::National::mean_by_residents;
    const int width = series.first * series.second;
    model::Series country{series.months, 1, series.first, series.second, {}};
    country.values.assign(static_cast<std::size_t>(series.months * width), 0.0);
    for (int month = 0; month < series.months; ++month) {
        double* sums = &country.values[static_cast<std::size_t>(month * width)];
        double weights = 0.0;
        for (int cercle = 0; cercle < series.cercles; ++cercle) {
            const double weight = mean ? residents.at(month, cercle) : 1.0;
            const double* values = &series.values[static_cast<std::size_t>((month * series.cercles + cercle) * width)];
            weights += weight;
            // A cercle without residents has no mean of its own to add.
            for (int i = 0; weight > 0.0 && i < width; ++i) sums[i] += weight * values[i];
        }
        if (!mean) continue;
        for (int i = 0; i < width; ++i) {
            sums[i] = weights > 0.0 ? sums[i] / weights : std::numeric_limits<double>::quiet_NaN();
        }
    }
    return country;
}

const model::Series& series_of(const model::Recording& recording, std::string_view outcome) {
    const auto& registry = model::outcomes();
    for (std::size_t i = 0; i < registry.size(); ++i) {
        if (registry[i].name == outcome) return recording.series.at(i);
    }
    throw std::out_of_range("no outcome " + std::string(outcome));
}

model::Series shown_series(const Variable& variable, const model::Recording& recording) {
    const auto number = static_cast<std::size_t>(variable.outcome);
    if (variable.group == "/summary") return recording.summary[number];
    const auto& outcome = model::outcomes()[number];
    const auto& series = recording.series[number];
    if (variable.group == "/cercles" || !outcome.by_cercle) return series;
    return national_series(outcome, series, series_of(recording, "population"));
}

}  // namespace sahelsim::output
