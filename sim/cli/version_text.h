#pragma once

#include <string>

namespace sahelsim::cli {

/// What `--version` prints: version, commit, compiler, libraries.
[[nodiscard]] std::string version_text();

}  // namespace sahelsim::cli
