#pragma once
// Strict comma-separated values (RFC 4180). Debian has no C++ library that reports line and column and refuses what is
// malformed, so this is our own.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/node.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

/// One value of a table and where it stands.
struct Field {
    std::string text;
    Position where;
};

/// Calls `row` with the fields of each row after the header, in the order of `columns`, which the header must name
/// exactly. `text` has passed `checked_text`. Rows with too few or too many fields are reported and left out; a
/// malformed quote ends the reading. Lines end in LF or CRLF; blank lines are errors, but for the end of the file.
void read_csv(std::string_view text, const std::string& shown, const std::vector<std::string>& columns,
              Problems& problems, const std::function<void(const std::vector<Field>&)>& row);

/// A text as a field of a CSV file, in quotes where it needs them.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace sahelsim::scenario
