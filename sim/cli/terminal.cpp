#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace sahelsim::cli {

namespace {

/// Bytes 10xxxxxx continue a character of UTF-8.
bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::optional<std::size_t> terminal_width() {
    if (isatty(STDOUT_FILENO) == 0) return std::nullopt;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

std::size_t displayed_width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string fitted(std::string_view text, std::size_t width) {
    const auto has = displayed_width(text);
    std::string result;
    std::size_t kept = 0;
    for (const char c : text) {
        if (begins_character(c)) {
            if (has > width && kept + 1 >= width) break;
            ++kept;
        }
        result += c == '\n' ? ' ' : c;
    }
    if (has > width && width > 0) {
        result += "…";
        ++kept;
    }
    return result + std::string(width > kept ? width - kept : 0, ' ');
}

}  // namespace sahelsim::cli
