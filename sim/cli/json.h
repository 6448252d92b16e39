#pragma once

#include <string>
#include <string_view>

namespace sahelsim::cli {

/// The text as a JSON string, in quotes.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace sahelsim::cli
