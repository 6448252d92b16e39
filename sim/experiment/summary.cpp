#include "experiment/summary.h"

#include <algorithm>
#include <cmath>

#include "model/tally.h"

namespace sahelsim::experiment {

namespace {

double quantile(const std::vector<double>& sorted, double probability) {
    const double position = probability * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (position - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

SummaryRow row_of(std::string label, const std::vector<std::vector<double>>& samples) {
    SummaryRow row{std::move(label), {}};
    for (const auto& year : samples) row.years.push_back(spread_of(year));
    return row;
}

/// Sum of an outcome over cercles and the second axis in a month, for one entry of the first axis.
double month_total(const model::Series& series, int month, int first) {
    double sum = 0.0;
    for (int c = 0; c < series.cercles; ++c) {
        for (int j = 0; j < series.second; ++j) sum += series.at(month, c, first, j);
    }
    return sum;
}

/// Mean over cercles weighted by residents, for one authority.
double month_control(const model::Series& control, const model::Series& population, int month, int authority) {
    double held = 0.0;
    double all = 0.0;
    for (int c = 0; c < control.cercles; ++c) {
        const double residents = population.at(month, c);
        held += residents * control.at(month, c, authority);
        all += residents;
    }
    return all > 0.0 ? held / all : 0.0;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return {quantile(values, 0.05), quantile(values, 0.5), quantile(values, 0.95)};
}

SummaryBuilder::SummaryBuilder(const model::Labels& labels) : labels_(labels) {
    for (int year = engine::year_of(labels.start); year <= engine::year_of(labels.end); ++year) years_.push_back(year);
    events_.resize(years_.size());
    deaths_.resize(years_.size());
    civilians_.resize(years_.size());
    by_perpetrator_.assign(labels.sides.size(), Samples(years_.size()));
    control_.assign(labels.authorities.size(), Samples(years_.size()));
}

void SummaryBuilder::add(const model::Recording& recording) {
    ++replicates_;
    const auto series = [&](const char* name) -> const model::Series& {
        return recording.series[model::outcome_index(name)];
    };
    const auto& deaths = series("deaths");
    for (std::size_t y = 0; y < years_.size(); ++y) {
        double events_in_year = 0.0;
        double civilians_in_year = 0.0;
        std::vector<double> killed(labels_.sides.size(), 0.0);
        int last_month = 0;
        for (int month = 0; month < labels_.months; ++month) {
            if (engine::year_of(engine::first_day_of_month(labels_.first_month + month)) != years_[y]) continue;
            last_month = month;
            for (int type = 0; type < series("events_by_type").first; ++type)
                events_in_year += month_total(series("events_by_type"), month, type);
            for (std::size_t s = 0; s < killed.size(); ++s) {
                killed[s] += month_total(deaths, month, static_cast<int>(s));
                civilians_in_year += month_total(series("civilians_killed"), month, static_cast<int>(s));
            }
        }
        events_[y].push_back(events_in_year);
        civilians_[y].push_back(civilians_in_year);
        double all = 0.0;
        for (std::size_t s = 0; s < killed.size(); ++s) {
            by_perpetrator_[s][y].push_back(killed[s]);
            all += killed[s];
        }
        deaths_[y].push_back(all);
        for (std::size_t a = 0; a < control_.size(); ++a) {
            control_[a][y].push_back(
                month_control(series("control"), series("population"), last_month, static_cast<int>(a)));
        }
    }
}

Summary SummaryBuilder::build() const {
    Summary summary;
    if (replicates_ == 0) return summary;
    summary.years = years_;
    summary.end = labels_.end;
    summary.events = row_of("Events", events_);
    summary.deaths = row_of("Deaths", deaths_);
    summary.civilians_killed = row_of("of them civilians", civilians_);
    for (std::size_t s = 0; s < by_perpetrator_.size(); ++s) {
        summary.deaths_by_perpetrator.push_back(row_of(labels_.side_labels[s], by_perpetrator_[s]));
    }
    for (std::size_t a = 0; a < control_.size(); ++a) {
        summary.control.push_back(row_of(labels_.authority_labels[a], control_[a]));
    }
    return summary;
}

}  // namespace sahelsim::experiment
