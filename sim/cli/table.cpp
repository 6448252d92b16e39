#include "cli/table.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/terminal.h"

namespace sahelsim::cli {

namespace {

/// Cuts the last columns, which hold sentences, so that a line fits the screen.
void fit(std::vector<std::size_t>& widths, std::size_t screen) {
    constexpr std::size_t gap = 2;
    constexpr std::size_t least = 8;
    std::size_t used = 0;
    for (auto& width : widths) {
        const std::size_t left = screen > used ? screen - used : 0;
        width = left < std::min(width, least) ? 0 : std::min(width, left);
        used += width + gap;
    }
}

std::vector<std::size_t> widths_of(const std::vector<TableLine>& lines) {
    std::vector<std::size_t> widths(lines.empty() ? 0 : lines.front().size());
    for (const auto& line : lines) {
        for (std::size_t c = 0; c < widths.size(); ++c) widths[c] = std::max(widths[c], displayed_width(line[c]));
    }
    if (const auto screen = terminal_width()) fit(widths, *screen);
    return widths;
}

}  // namespace

void print_table(const std::vector<TableLine>& lines) {
    const auto widths = widths_of(lines);
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (widths[c] > 0) text += (c == 0 ? "" : "  ") + fitted(line[c], widths[c]);
        }
        fmt::print("{}\n", text.substr(0, text.find_last_not_of(' ') + 1));
    }
}

}  // namespace sahelsim::cli
