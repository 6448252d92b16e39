#include "scenario/scalars.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

namespace sahelsim::scenario {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_letter(char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/// Takes digits from the front of `text`; how many.
std::size_t take_digits(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
}

void take_sign(std::string_view& text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
}

/// Digits without a leading zero.
bool take_whole(std::string_view& text) {
    const bool zero = !text.empty() && text.front() == '0';
    const std::size_t count = take_digits(text);
    return count == 1 || (count > 1 && !zero);
}

bool looks_like_number(std::string_view text) {
    take_sign(text);
    if (!take_whole(text)) return false;
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        if (take_digits(text) == 0) return false;
    }
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text.remove_prefix(1);
        take_sign(text);
        if (take_digits(text) == 0) return false;
    }
    return text.empty();
}

bool looks_like_integer(std::string_view text) {
    take_sign(text);
    return take_whole(text) && text.empty();
}

/// std::from_chars, which knows no plus sign.
template <class Number>
std::optional<Number> convert(std::string_view text) {
    if (text.front() == '+') text.remove_prefix(1);
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    if (!looks_like_number(text)) return std::nullopt;
    const auto value = convert<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<long> parse_integer(std::string_view text) {
    return looks_like_integer(text) ? convert<long>(text) : std::nullopt;
}

std::optional<bool> parse_boolean(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

bool is_identifier(std::string_view text) {
    return !text.empty() && is_lower(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_reference(std::string_view text) {
    return !text.empty() && (is_lower(text.front()) || is_digit(text.front())) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool is_place_name(std::string_view text) {
    const auto inner = [](char c) {
        return is_letter(c) || is_digit(c) || c == ' ' || c == '-' || c == '\'' || c == '_';
    };
    const auto outer = [](char c) { return is_letter(c) || is_digit(c); };
    return !text.empty() && text.size() <= 100 && outer(text.front()) && outer(text.back()) &&
           std::all_of(text.begin(), text.end(), inner);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string number_text(double value) {
    return fmt::format("{}", value);
}

}  // namespace sahelsim::scenario
