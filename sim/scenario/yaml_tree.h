#pragma once
// Strict YAML to a tree.

#include <string>

#include "scenario/node.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

/// Deepest nesting of lists and maps.
inline constexpr int deepest_nesting = 64;

/// The tree of a YAML text that `checked_text` has passed. Refused, as problems: anchors, aliases, merge keys, tags,
/// directives, several documents, duplicate keys, keys that are no names, tabs for indentation, deeper nesting than 64,
/// more than half a million entries. A null node stands for a text that could not be read (a syntax error ends it).
[[nodiscard]] Node parse_yaml(const std::string& text, const std::string& shown, Problems& problems);

}  // namespace sahelsim::scenario
