#pragma once
// The data dictionary: every variable of a result file in a readable page, from the tables that the file is made from.

#include <string>

namespace sahelsim::output {

/// Markdown, ending with a line feed.
[[nodiscard]] std::string data_dictionary();

}  // namespace sahelsim::output
