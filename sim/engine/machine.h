#pragma once
// Where a program runs, when, and how much it takes: for what files tell of themselves, never for results.

#include <cstdint>
#include <string>

namespace sahelsim::engine {

/// "unknown" where the system doesn't say.
[[nodiscard]] std::string host_name();

/// Seconds since 1970-01-01, UTC.
[[nodiscard]] std::int64_t seconds_now();

/// ISO 8601, UTC: "2026-01-31T12:00:00Z".
[[nodiscard]] std::string time_text(std::int64_t seconds);

/// Largest resident memory of this process so far, in MB (10^6 bytes).
[[nodiscard]] double peak_megabytes();

}  // namespace sahelsim::engine
