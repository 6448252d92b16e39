#pragma once
// Which program this is: written into every result file.

#include <string_view>

namespace sahelsim::engine {

/// The release, "0.1.0".
[[nodiscard]] std::string_view version();

/// The commit that the program was built from, "unknown" outside a repository; "-dirty" follows if files were changed.
[[nodiscard]] std::string_view git_hash();

}  // namespace sahelsim::engine
