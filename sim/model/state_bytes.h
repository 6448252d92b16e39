#pragma once
// A State as bytes and back. Every member of State is saved with all that it holds, whatever is added to it (see
// engine/archive.h). Left out is only what follows from the rest: parameters from their values, a kernel's weights from its
// reach. So a state that was read is not ready to run: continue_as() (branch.h) makes it so.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "model/state.h"

namespace sahelsim::model {

[[nodiscard]] std::vector<std::byte> bytes_of(const State& state);

/// Throws engine::ArchiveError for bytes that no state has.
[[nodiscard]] State state_from(std::span<const std::byte> bytes);

/// A short text that differs between programs whose states are laid out differently.
[[nodiscard]] std::string state_layout();

}  // namespace sahelsim::model
