#include "cli/scenario_argument.h"

#include "model/vocabulary.h"

namespace sahelsim::cli {

void add_scenario_argument(CLI::App& command, ScenarioArgument& argument) {
    command.add_option("FILE", argument.file, "Scenario file, or sahelsim:NAME for one of the library")->required();
    command
        .add_option("--set", argument.settings,
                    "Give a parameter another value, as in --set control.relaxation_time=60; may be repeated")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

scenario::Scenario read_scenario(const ScenarioArgument& argument) {
    std::vector<scenario::Override> overrides;
    std::vector<scenario::Problem> problems;
    for (const auto& setting : argument.settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            problems.push_back({{"--set", 0, 0}, "", "'" + setting + "'", "name=value", ""});
            continue;
        }
        overrides.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
    }
    if (!problems.empty()) throw scenario::InputError(std::move(problems));
    return scenario::read_scenario(argument.file, model::vocabulary(), overrides);
}

}  // namespace sahelsim::cli
