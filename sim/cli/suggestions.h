#pragma once
// "did you mean" for a mistyped command line.

#include <string>

#include <CLI/CLI.hpp>

namespace sahelsim::cli {

/// What the first word that the program does not know was probably meant to be, as a sentence; empty if nothing is close.
[[nodiscard]] std::string suggestion(const CLI::App& app, int argc, const char* const* argv);

}  // namespace sahelsim::cli
