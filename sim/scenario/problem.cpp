#include "scenario/problem.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "scenario/edit_distance.h"

namespace sahelsim::scenario {

namespace {

std::string all_lines(const std::vector<Problem>& problems) {
    std::string text;
    for (const auto& problem : problems) {
        if (!text.empty()) text += '\n';
        text += format_problem(problem);
    }
    return text;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

}  // namespace

std::string format_problem(const Problem& problem) {
    std::string text = problem.where.file;
    if (problem.where.line > 0) text += fmt::format(":{}", problem.where.line);
    if (problem.where.line > 0 && problem.where.column > 0) text += fmt::format(":{}", problem.where.column);
    const auto part = [&text](std::string_view piece) {
        if (piece.empty()) return;
        if (!text.empty()) text += ": ";
        text += piece;
    };
    part(problem.key);
    part(problem.found.empty() ? "" : "found " + problem.found);
    if (!problem.expected.empty()) {
        text += problem.found.empty() ? (text.empty() ? "expected " : ": expected ") : ", expected ";
        text += problem.expected;
    }
    if (!problem.nearest.empty()) text += fmt::format("; did you mean '{}'?", problem.nearest);
    return text;
}

InputError::InputError(std::vector<Problem> problems)
    : std::runtime_error(all_lines(problems)), problems_(std::move(problems)) {
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        if (*std::min_element(row.begin(), row.end()) > limit) return limit + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

Nearest nearest_with_distance(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 100;  // longer ones are no typos, and would take time
    Nearest best;
    if (name.empty() || name.size() > longest) return best;
    const std::string wanted = lower_case(name);
    std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
    for (const auto& candidate : candidates) {
        const std::size_t distance = edit_distance(wanted, lower_case(candidate), limit);
        if (distance > limit || distance >= candidate.size()) continue;
        if (best.name.empty() || distance < best.distance) best = {candidate, distance};
        limit = best.distance;
        if (limit == 0) break;
    }
    return best;
}

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
    return nearest_with_distance(name, candidates).name;
}

}  // namespace sahelsim::scenario
