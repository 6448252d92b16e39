#include "model/recording_so_far.h"

#include <algorithm>

#include "model/processes/record.h"
#include "model/schedule.h"

namespace sahelsim::model {

namespace {

constexpr std::chrono::days kDay{1};

/// Stocks are recorded on the last day of a month and of the run.
std::vector<Series> series_with_stocks(const Setup& setup, const State& state) {
    const auto yesterday = state.date - kDay;
    const bool recorded = engine::is_first_of_month(state.date) || yesterday == setup.scenario.end;
    if (recorded || yesterday < setup.scenario.start) return state.series;
    auto copy = state;
    record_stocks(setup, step_of(setup, yesterday), copy);
    return std::move(copy.series);
}

}  // namespace

RecordingSoFar recording_so_far(const Setup& setup, const State& state) {
    const auto yesterday = state.date - kDay;
    RecordingSoFar result{setup.labels, {}};
    auto& [labels, recording] = result;
    labels.end = yesterday;
    labels.months = 0;
    if (yesterday >= labels.start) labels.months = engine::month_number(yesterday) - labels.first_month + 1;
    recording.replicate = state.random.replicate;
    recording.complete = true;
    recording.series = series_with_stocks(setup, state);
    for (Series& series : recording.series) {
        series.months = labels.months;
        series.values.resize(static_cast<std::size_t>(series.months * series.cercles * series.first * series.second));
    }
    recording.events = state.events;
    return result;
}

}  // namespace sahelsim::model
