#pragma once
// What things are called in a checkpoint file.

#include <cstdint>

#include <fmt/format.h>

namespace sahelsim::output::checkpoint {

inline constexpr const char* format = "sahelsim checkpoint";
inline constexpr const char* scenario = "/scenario";
inline constexpr const char* interventions = "/interventions";
inline constexpr const char* states = "/states";

[[nodiscard]] inline std::string path_of(std::uint32_t replicate) {
    return fmt::format("{}/{}", states, replicate);
}

}  // namespace sahelsim::output::checkpoint
