#pragma once
// How far two names are apart, for "did you mean".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sahelsim::scenario {

/// Insertions, deletions, substitutions and swaps of neighbouring letters that turn `a` into `b` (Damerau-Levenshtein,
/// optimal string alignment); `limit + 1` where it takes more than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

struct Nearest {
    std::string name;  ///< empty: none is close enough to be a typo
    std::size_t distance = 0;
};

/// The closest candidate, capitals aside, if no more than a third of the name's letters differ (one in short names).
[[nodiscard]] Nearest nearest_with_distance(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace sahelsim::scenario
