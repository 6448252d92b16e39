#include "cli/summary_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/terminal.h"

namespace sahelsim::cli {

namespace {

using experiment::Spread;
using experiment::SummaryRow;

constexpr std::size_t kLabelWidth = 38;
constexpr std::size_t kCellWidth = 19;

/// Years side by side: from `first` up to before `last`.
struct Columns {
    std::size_t first = 0, last = 0;
    bool with_range = false;
};

std::string count(const Spread& spread, bool with_range) {
    if (!with_range) return fmt::format("{:.0f}", spread.median);
    return fmt::format("{:.0f} ({:.0f}-{:.0f})", spread.median, spread.low, spread.high);
}

std::string percent(const Spread& spread, bool with_range) {
    const int decimals = spread.median < 0.1 ? 1 : 0;
    const auto text = [decimals](double share) { return fmt::format("{:.{}f}", 100.0 * share, decimals); };
    if (!with_range) return text(spread.median) + " %";
    return fmt::format("{} % ({}-{})", text(spread.median), text(spread.low), text(spread.high));
}

template <class Format>
std::string line(const SummaryRow& row, const std::string& indent, const Columns& columns, Format format) {
    std::string text = fitted(indent + row.label, kLabelWidth);
    for (std::size_t year = columns.first; year < columns.last; ++year) {
        text += fmt::format("{:>{}}", format(row.years[year], columns.with_range), kCellWidth);
    }
    return text + "\n";
}

bool is_empty(const SummaryRow& row) {
    return std::all_of(row.years.begin(), row.years.end(), [](const Spread& year) { return year.high == 0.0; });
}

/// A year that isn't whole says so.
std::string year_name(const experiment::Summary& summary, std::size_t year) {
    const bool cut_short =
        year + 1 == summary.years.size() && engine::year_of(summary.end + std::chrono::days{1}) == summary.years[year];
    return cut_short ? "to " + engine::format_date(summary.end) : fmt::format("{}", summary.years[year]);
}

std::string heading(const std::string& title, const experiment::Summary& summary, const Columns& columns) {
    std::string text = fitted(title, kLabelWidth);
    for (std::size_t year = columns.first; year < columns.last; ++year)
        text += fmt::format("{:>{}}", year_name(summary, year), kCellWidth);
    return text + "\n";
}

std::string block(const experiment::Summary& summary, const Columns& columns) {
    std::string text = heading("In the year", summary, columns);
    text += line(summary.events, "", columns, count);
    text += line(summary.deaths, "", columns, count);
    text += line(summary.civilians_killed, "  ", columns, count);
    text += "Deaths by the side that killed\n";
    for (const auto& row : summary.deaths_by_perpetrator) {
        if (!is_empty(row)) text += line(row, "  ", columns, count);
    }
    text += "\n" + heading("At its end", summary, columns) + "Control of places, weighted by residents\n";
    for (const auto& row : summary.control) text += line(row, "  ", columns, percent);
    return text;
}

}  // namespace

std::string summary_table(const experiment::Summary& summary, int replicates, std::size_t width) {
    const bool with_range = replicates > 1;
    std::string text =
        with_range ? fmt::format("Median of {} replicates (5 % to 95 % of them)\n", replicates) : "One replicate\n";
    const std::size_t side_by_side =
        std::max<std::size_t>(1, (std::max(width, kLabelWidth) - kLabelWidth) / kCellWidth);
    for (std::size_t first = 0; first < summary.years.size(); first += side_by_side) {
        text += "\n" + block(summary, {first, std::min(first + side_by_side, summary.years.size()), with_range});
    }
    return text;
}

}  // namespace sahelsim::cli
