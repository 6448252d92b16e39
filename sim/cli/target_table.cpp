#include "cli/target_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "cli/terminal.h"

namespace sahelsim::cli {

namespace {

using experiment::Spread;
using experiment::TargetRow;
using model::Unanswered;

constexpr std::size_t kObservedWidth = 14;
constexpr std::size_t kSimulatedWidth = 24;
constexpr std::size_t kRatioWidth = 7;
constexpr std::size_t kMarkWidth = 9;
constexpr std::size_t kNumbersWidth = kObservedWidth + kSimulatedWidth + kRatioWidth + kMarkWidth;
constexpr std::size_t kMostLabelWidth = 60;
constexpr std::size_t kLeastLabelWidth = 16;

constexpr std::array kReasons = {"have no counterpart in the model", "lie outside the period",
                                 "lie outside the simulated places"};
static_assert(kReasons.size() == static_cast<std::size_t>(Unanswered::other_places) + 1);

/// Whole numbers, but for small ones: classes and rare events.
std::string figure(double value) {
    return value < 10.0 ? fmt::format("{:.2g}", value) : fmt::format("{:.0f}", value);
}

std::string observed(const TargetRow& row) {
    if (std::isinf(row.high)) return figure(row.low) + " or more";
    if (row.low == row.high) return figure(row.low);
    return figure(row.low) + "-" + figure(row.high);
}

std::string simulated(const Spread& spread, bool with_range) {
    if (!with_range) return figure(spread.median);
    return fmt::format("{} ({}-{})", figure(spread.median), figure(spread.low), figure(spread.high));
}

/// Simulated over observed, the middle of an interval.
std::string ratio(const TargetRow& row) {
    const double reported = std::isinf(row.high) ? row.low : (row.low + row.high) / 2.0;
    return reported > 0.0 ? fmt::format("{:.2f}", row.simulated.median / reported) : "-";
}

std::string line(const std::string& label, std::size_t label_width, const std::string& observed_text,
                 const std::string& simulated_text, const std::string& ratio_text, const std::string& mark) {
    return fmt::format("{}{:>{}}{:>{}}{:>{}}{:>{}}\n", fitted(label, label_width), observed_text, kObservedWidth,
                       simulated_text, kSimulatedWidth, ratio_text, kRatioWidth, mark, kMarkWidth);
}

std::string unanswered_line(const experiment::TargetSummary& summary) {
    int all = 0;
    std::vector<std::string> parts;
    for (const auto& [why, count] : summary.unanswered) {
        all += count;
        parts.push_back(fmt::format("{} {}", count, kReasons.at(static_cast<std::size_t>(why))));
    }
    if (all == 0) return "";
    return fmt::format("Not answered by this run: {}, of which {}\n", all, fmt::join(parts, ", "));
}

}  // namespace

std::string target_table(const experiment::TargetSummary& summary, int replicates, std::size_t width) {
    if (summary.rows.empty()) return unanswered_line(summary);
    std::size_t longest = kLeastLabelWidth;
    for (const auto& row : summary.rows) longest = std::max(longest, displayed_width(row.label) + 1);
    const std::size_t room = width > kNumbersWidth ? width - kNumbersWidth : 0;
    const std::size_t label_width = std::max(kLeastLabelWidth, std::min({longest, room, kMostLabelWidth}));
    const bool with_range = replicates > 1;
    const auto mark = [&](const TargetRow& row) { return row.is_inside() ? "yes" : "no"; };
    std::string text =
        line("Compared with reports", label_width, "observed", "simulated", "ratio", with_range ? "inside" : "");
    for (const auto& row : summary.rows) {
        text += line(row.label, label_width, observed(row), simulated(row.simulated, with_range), ratio(row),
                     with_range ? mark(row) : "");
    }
    if (with_range)
        text += "ratio: median over observed; inside: the observed figure lies within the range of the replicates\n";
    return text + unanswered_line(summary);
}

}  // namespace sahelsim::cli
