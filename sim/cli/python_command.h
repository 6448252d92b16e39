#pragma once
// Commands that are modules of the Python package (analysis/sahelsim). They get their arguments as they are, --help too.

#include <string>

#include <CLI/CLI.hpp>

namespace sahelsim::cli {

/// Adds them to the command line, for `sahelsim --help` and suggestions.
void add_python_commands(CLI::App& app);

bool is_python_command(const std::string& word);

/// Python takes the place of this process; argv[1] is the command. Returns an exit code where that fails.
int run_python_command(int argc, const char* const* argv);

}  // namespace sahelsim::cli
