#include "scenario/file_text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

namespace sahelsim::scenario {

namespace {

[[noreturn]] void refuse(const Location& where, std::string found, std::string expected) {
    throw InputError({{where, "", std::move(found), std::move(expected), ""}});
}

unsigned byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

/// Length of the UTF-8 character that begins at `i`, 0 where there is none (RFC 3629: no overlong forms, no surrogates).
std::size_t character_length(std::string_view text, std::size_t i) {
    const auto continues = [&](std::size_t k) { return k < text.size() && (byte_at(text, k) & 0xC0U) == 0x80U; };
    const unsigned first = byte_at(text, i);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4 || !continues(i + 1)) return 0;
    if (first < 0xE0) return 2;
    const unsigned second = byte_at(text, i + 1);
    if (!continues(i + 2)) return 0;
    if (first < 0xF0) {
        return (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ? 0 : 3;
    }
    if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
    return continues(i + 3) ? 4 : 0;
}

Location location_of(std::string_view text, std::size_t offset, const std::string& shown) {
    const auto before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {shown, static_cast<int>(lines) + 1, static_cast<int>(offset - line_start) + 1};
}

void check_characters(std::string_view text, const std::string& shown) {
    for (std::size_t i = 0; i < text.size();) {
        const unsigned byte = byte_at(text, i);
        const bool blank = byte == '\n' || byte == '\r' || byte == '\t';
        if ((byte < 0x20 && !blank) || byte == 0x7F) {
            refuse(location_of(text, i, shown), fmt::format("control character 0x{:02x} at byte {}", byte, i),
                   "UTF-8 text (is this a binary file?)");
        }
        const std::size_t length = character_length(text, i);
        if (length == 0) {
            refuse(location_of(text, i, shown), fmt::format("byte 0x{:02x} at offset {}, which is not UTF-8", byte, i),
                   "UTF-8 text (is the file in Latin-1 or Windows-1252? save it as UTF-8)");
        }
        i += length;
    }
}

}  // namespace

std::string checked_text(std::string text, const std::string& shown) {
    using namespace std::string_view_literals;
    const Location file{shown, 0, 0};
    if (text.size() > largest_file_bytes) {
        refuse(file, "more than 10 MB", "a file of at most 10 MB");
    }
    if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) {
        refuse(file, "UTF-16 or UTF-32 text", "UTF-8 text");
    }
    if (const auto nul = text.find('\0'); nul != std::string::npos) {
        refuse(location_of(text, nul, shown), fmt::format("a zero byte at offset {}", nul),
               "UTF-8 text (is this a binary file, or UTF-16?)");
    }
    if (text.starts_with("\xEF\xBB\xBF"sv)) text.erase(0, 3);
    check_characters(text, shown);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        refuse(file, "an empty file", "content");
    }
    return text;
}

std::string read_text_file(const std::filesystem::path& path, const std::string& shown) {
    const Location file{shown, 0, 0};
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) refuse(file, "no such file", "a readable file");
    if (error) refuse(file, error.message(), "a readable file");
    if (std::filesystem::is_directory(status)) refuse(file, "a folder", "a file");
    // Reading from a pipe or a device could wait or go on for ever.
    if (!std::filesystem::is_regular_file(status)) refuse(file, "a device, pipe or socket", "a regular file");
    const auto size = std::filesystem::file_size(path, error);
    if (!error && size > largest_file_bytes) {
        refuse(file, fmt::format("{:.1f} MB", static_cast<double>(size) / 1e6), "a file of at most 10 MB");
    }
    errno = 0;
    std::ifstream stream(path, std::ios::binary);
    if (!stream) refuse(file, errno != 0 ? std::strerror(errno) : "an unreadable file", "a readable file");
    std::string text(error ? 0 : static_cast<std::size_t>(size) + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (stream.bad()) refuse(file, "an error while reading", "a readable file");
    return checked_text(std::move(text), shown);
}

}  // namespace sahelsim::scenario
