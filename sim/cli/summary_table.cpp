#include "cli/summary_table.h"

#include <algorithm>

#include <fmt/format.h>

namespace sahelsim::cli {

namespace {

using experiment::Spread;
using experiment::SummaryRow;

constexpr int kLabelWidth = 22;
constexpr int kCellWidth = 17;

std::string count(const Spread& spread, bool with_range) {
    if (!with_range) return fmt::format("{:.0f}", spread.median);
    return fmt::format("{:.0f} ({:.0f}-{:.0f})", spread.median, spread.low, spread.high);
}

std::string percent(const Spread& spread, bool with_range) {
    if (!with_range) return fmt::format("{:.0f} %", 100.0 * spread.median);
    return fmt::format("{:.0f} % ({:.0f}-{:.0f})", 100.0 * spread.median, 100.0 * spread.low, 100.0 * spread.high);
}

template <class Format>
std::string line(const SummaryRow& row, const std::string& indent, bool with_range, Format format) {
    std::string text = fmt::format("{:<{}}", indent + row.label, kLabelWidth);
    for (const Spread& year : row.years) text += fmt::format("{:>{}}", format(year, with_range), kCellWidth);
    return text + "\n";
}

bool is_empty(const SummaryRow& row) {
    return std::all_of(row.years.begin(), row.years.end(), [](const Spread& year) { return year.high == 0.0; });
}

std::string heading(const std::string& title, const std::vector<int>& years) {
    std::string text = fmt::format("{:<{}}", title, kLabelWidth);
    for (const int year : years) text += fmt::format("{:>{}}", year, kCellWidth);
    return text + "\n";
}

}  // namespace

std::string summary_table(const experiment::Summary& summary, int replicates) {
    const bool with_range = replicates > 1;
    std::string text = with_range ? fmt::format("Median of {} replicates (5 % to 95 % of them)\n\n", replicates) : "One replicate\n\n";
    text += heading("In the year", summary.years);
    text += line(summary.events, "", with_range, count);
    text += line(summary.deaths, "", with_range, count);
    text += line(summary.civilians_killed, "  ", with_range, count);
    text += "Deaths by side\n";
    for (const auto& row : summary.deaths_by_perpetrator) {
        if (!is_empty(row)) text += line(row, "  ", with_range, count);
    }
    text += "\n" + heading("At its end", summary.years) + "Control, by residents\n";
    for (const auto& row : summary.control) text += line(row, "  ", with_range, percent);
    return text;
}

}  // namespace sahelsim::cli
