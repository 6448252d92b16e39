#pragma once
// Adding to the monthly outcomes of a run.

#include <string_view>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Index of an outcome in outcomes(); the name must exist.
[[nodiscard]] std::size_t outcome_index(std::string_view name);

/// Adds to the cell of an outcome (by its index) for the month of `date` and the cercle of `place` (any for national outcomes).
void add_to_tally(const Setup& setup, State& state, std::size_t outcome, engine::Date date, int place, int first = 0,
                  int second = 0, double amount = 1.0);

/// The same for a month by its number within the run, for whoever adds a lot on one day.
void add_to_month(const Setup& setup, State& state, std::size_t outcome, int month, int place, int first, int second,
                  double amount);

/// What an outcome of one axis came to so far in a month of the run and the cercle of `place`: [first axis].
[[nodiscard]] Eigen::Map<Eigen::ArrayXd> tally_of_month(const Setup& setup, State& state, std::size_t outcome,
                                                        int month, int place);

/// Empty series of every outcome for a run of the setup's scenario.
[[nodiscard]] std::vector<Series> make_series(const Labels& labels);

}  // namespace sahelsim::model
