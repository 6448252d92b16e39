#pragma once
// How wide the screen is, and how much of it a text takes.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sahelsim::cli {

/// Columns of the terminal on standard output; nothing where that is a file or pipe.
[[nodiscard]] std::optional<std::size_t> terminal_width();

/// Characters, not bytes.
[[nodiscard]] std::size_t displayed_width(std::string_view text);

/// The text filled up with blanks or cut (with an ellipsis) to `width` characters; line breaks become blanks.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);

}  // namespace sahelsim::cli
