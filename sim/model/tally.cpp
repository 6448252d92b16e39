#include "model/tally.h"

#include <cassert>

namespace sahelsim::model {

std::size_t outcome_index(std::string_view name) {
    const auto& all = outcomes();
    std::size_t i = 0;
    while (i < all.size() && name != all[i].name) ++i;
    assert(i < all.size() && "an outcome without a declaration");
    return i;
}

namespace {

/// National outcomes have one place, and so has a country of one cercle.
int cercle_in(const Series& series, const Setup& setup, int place) {
    return series.cercles > 1 ? setup.cercle_of[static_cast<std::size_t>(place)] : 0;
}

}  // namespace

void add_to_month(const Setup& setup, State& state, std::size_t outcome, int month, int place, int first, int second,
                  double amount) {
    auto& series = state.series[outcome];
    series.at(month, cercle_in(series, setup, place), first, second) += amount;
}

Eigen::Map<Eigen::ArrayXd> tally_of_month(const Setup& setup, State& state, std::size_t outcome, int month, int place) {
    auto& series = state.series[outcome];
    return {&series.at(month, cercle_in(series, setup, place)), series.first};
}

void add_to_tally(const Setup& setup, State& state, std::size_t outcome, engine::Date date, int place, int first,
                  int second, double amount) {
    const int month = engine::month_number(date) - setup.labels.first_month;
    add_to_month(setup, state, outcome, month, place, first, second, amount);
}

std::vector<Series> make_series(const Labels& labels) {
    std::vector<Series> all;
    for (const auto& outcome : outcomes()) {
        Series series;
        series.months = labels.months;
        series.cercles = outcome.by_cercle ? static_cast<int>(labels.cercles.size()) : 1;
        if (!outcome.axes.empty()) series.first = static_cast<int>(labels.names(outcome.axes[0]).size());
        if (outcome.axes.size() > 1) series.second = static_cast<int>(labels.names(outcome.axes[1]).size());
        series.values.assign(static_cast<std::size_t>(series.months * series.cercles * series.first * series.second),
                             0.0);
        all.push_back(std::move(series));
    }
    return all;
}

}  // namespace sahelsim::model
