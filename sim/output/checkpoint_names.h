#pragma once
// What things are called in a checkpoint file.

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "engine/random.h"
#include "model/branch.h"

namespace sahelsim::output::checkpoint {

inline constexpr const char* format = "sahelsim checkpoint";
inline constexpr const char* scenario = "/scenario";
inline constexpr const char* interventions = "/interventions";
inline constexpr const char* states = "/states";

[[nodiscard]] inline std::string path_of(std::uint32_t replicate) {
    return fmt::format("{}/{}", states, replicate);
}

/// Tells a damaged scenario, which HDF5 keeps without checksums.
[[nodiscard]] inline std::string hash_of(const model::Past& past) {
    return fmt::format("{:016x}",
                       engine::name_key(fmt::format("{}\n{}", past.resolved, fmt::join(past.interventions, "\n"))));
}

}  // namespace sahelsim::output::checkpoint
