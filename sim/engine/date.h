#pragma once
// Calendar days of the simulation. One step of the model is one day.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sahelsim::engine {

inline constexpr double days_per_year = 365.25;

/// A day of the proleptic Gregorian calendar.
using Date = std::chrono::sys_days;

/// Reads a strict ISO 8601 calendar date, "YYYY-MM-DD" with a year from 1900 to 2199.
/// Nothing is returned for any other text, impossible days ("2019-02-29") included.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// "YYYY-MM-DD".
[[nodiscard]] std::string format_date(Date date);

/// Months since January 1970, so that consecutive months differ by one.
[[nodiscard]] int month_number(Date date);

/// First day of the month that `month_number` counts.
[[nodiscard]] Date first_day_of_month(int month_number);

/// 1 (January) to 12.
[[nodiscard]] int month_of_year(Date date);

[[nodiscard]] int year_of(Date date);

[[nodiscard]] bool is_first_of_month(Date date);

/// True on Mondays: the fixed day of the weekly processes.
[[nodiscard]] bool is_first_of_week(Date date);

/// Days since 1970-01-01, the unit of every day number in a result file.
[[nodiscard]] inline int day_number(Date date) {
    return static_cast<int>(date.time_since_epoch().count());
}

}  // namespace sahelsim::engine
