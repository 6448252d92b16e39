#include "engine/date.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace sahelsim::engine {

namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<int> parse_digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = 10 * value + (c - '0');
    }
    return value;
}

year_month_day civil(Date date) {
    return year_month_day{date};
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = parse_digits(text.substr(0, 4));
    const auto m = parse_digits(text.substr(5, 2));
    const auto d = parse_digits(text.substr(8, 2));
    if (!y || !m || !d || *y < 1900 || *y > 2199) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return Date{date};
}

std::string format_date(Date date) {
    const auto ymd = civil(date);
    return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

int month_number(Date date) {
    const auto ymd = civil(date);
    return 12 * (static_cast<int>(ymd.year()) - 1970) + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

Date first_day_of_month(int number) {
    // Floor division, so that months before 1970 work too.
    const int years = number >= 0 ? number / 12 : -((11 - number) / 12);
    const int month_index = number - 12 * years;
    return Date{year_month_day{year{1970 + years}, month{static_cast<unsigned>(month_index + 1)}, day{1}}};
}

int month_of_year(Date date) {
    return static_cast<int>(static_cast<unsigned>(civil(date).month()));
}

int year_of(Date date) {
    return static_cast<int>(civil(date).year());
}

bool is_first_of_month(Date date) {
    return civil(date).day() == day{1};
}

bool is_first_of_week(Date date) {
    return std::chrono::weekday{date} == std::chrono::Monday;
}

}  // namespace sahelsim::engine
