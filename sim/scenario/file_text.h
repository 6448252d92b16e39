#pragma once
// Reads a text file of a scenario into memory, after making sure that it is one.

#include <cstddef>
#include <filesystem>
#include <string>

#include "scenario/problem.h"

namespace sahelsim::scenario {

/// No file of a scenario may be larger.
inline constexpr std::size_t largest_file_bytes = 10'000'000;

/// The text, without a byte order mark. `shown` is the file's name in messages. Throws InputError for what is missing,
/// unreadable, not a regular file, empty, too large, or not UTF-8 text (binary, UTF-16, Latin-1, control characters).
[[nodiscard]] std::string read_text_file(const std::filesystem::path& path, const std::string& shown);

/// The same checks on text that is already in memory.
[[nodiscard]] std::string checked_text(std::string text, const std::string& shown);

}  // namespace sahelsim::scenario
