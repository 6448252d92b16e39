#pragma once
// What every command that reads a scenario has in common: the file and `--set name=value`.

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "scenario/scenario.h"

namespace sahelsim::cli {

struct ScenarioArgument {
    std::string file;
    std::vector<std::string> settings;  ///< "name=value"
};

/// Adds FILE and --set to a command.
void add_scenario_argument(CLI::App& command, ScenarioArgument& argument);

/// Reads the scenario with the program's vocabulary and the settings. Throws InputError.
[[nodiscard]] scenario::Scenario read_scenario(const ScenarioArgument& argument);

}  // namespace sahelsim::cli
