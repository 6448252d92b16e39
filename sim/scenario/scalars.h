#pragma once
// Strict readings of a scalar's text: nothing is guessed.

#include <optional>
#include <string>
#include <string_view>

namespace sahelsim::scenario {

/// [-+]digits[.digits][e[-+]digits], without leading zeros, finite. Nothing for any other text.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// [-+]digits, without leading zeros. Nothing for any other text or where it does not fit.
[[nodiscard]] std::optional<long> parse_integer(std::string_view text);

/// "true" or "false".
[[nodiscard]] std::optional<bool> parse_boolean(std::string_view text);

/// [a-z][a-z0-9_]*: names of communities, organisations, sides, ...
[[nodiscard]] bool is_identifier(std::string_view text);

/// [a-z0-9][a-z0-9_-]*: ids of sources and interventions.
[[nodiscard]] bool is_reference(std::string_view text);

/// Letters, digits, spaces, hyphens, apostrophes and underscores, a letter or digit first and last: names of places.
[[nodiscard]] bool is_place_name(std::string_view text);

/// Without blanks at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A number as short as it can be written so that reading it gives the same value.
[[nodiscard]] std::string number_text(double value);

}  // namespace sahelsim::scenario
