#include "scenario/problems.h"

#include <fmt/format.h>

namespace sahelsim::scenario {

void Problems::add(Problem problem) {
    if (full()) {
        ++left_out_;
        return;
    }
    problems_.push_back(std::move(problem));
}

void Problems::add(Location where, std::string key, std::string found, std::string expected) {
    add({std::move(where), std::move(key), std::move(found), std::move(expected), ""});
}

void Problems::unknown_name(Location where, std::string key, const std::string& name, const std::string& expected,
                            const std::vector<std::string>& candidates) {
    const auto nearest = suggests() ? nearest_name(name, candidates) : std::string{};
    add({std::move(where), std::move(key), in_quotes(name), expected, nearest});
}

void Problems::throw_if_any() {
    if (problems_.empty()) return;
    if (left_out_ > 0) problems_.push_back({{}, "", fmt::format("{} more problems", left_out_), "", ""});
    throw InputError(std::move(problems_));
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string shown = "'";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // Cut between characters, not inside one: bytes 10xxxxxx continue a character.
        if (i >= longest && (byte & 0xC0U) != 0x80U) {
            shown += "...";
            break;
        }
        if (byte == '\n') {
            shown += "\\n";
        } else if (byte == '\t') {
            shown += "\\t";
        } else if (byte < 0x20 || byte == 0x7F) {
            shown += fmt::format("\\x{:02x}", byte);
        } else {
            shown += text[i];
        }
    }
    return shown + "'";
}

}  // namespace sahelsim::scenario
