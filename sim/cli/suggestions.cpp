#include "cli/suggestions.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "scenario/problem.h"

namespace sahelsim::cli {

namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* command : commands_of(app)) names.push_back(command->get_name());
    return names;
}

void add_option_names(const CLI::App& app, std::vector<std::string>& names) {
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
}

std::string sentence(const std::string& word, const std::vector<std::string>& names, const char* what) {
    if (std::find(names.begin(), names.end(), word) != names.end()) return "";
    const auto nearest = scenario::nearest_name(word, names);
    if (nearest.empty()) return fmt::format("there is no {} '{}'", what, word);
    return fmt::format("there is no {} '{}'; did you mean '{}'?", what, word, nearest);
}

}  // namespace

std::string suggestion(const CLI::App& app, int argc, const char* const* argv) {
    std::vector<std::string> options;
    add_option_names(app, options);
    const CLI::App* command = nullptr;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--") break;
        std::string text;
        if (word.starts_with("--")) {
            text = sentence(word.substr(0, word.find('=')), options, "option");
        } else if (command == nullptr && !word.starts_with('-')) {
            text = sentence(word, command_names(app), "command");
            for (const auto* known : commands_of(app)) {
                if (known->get_name() == word) command = known;
            }
            if (command != nullptr) add_option_names(*command, options);
        }
        if (!text.empty()) return text;
    }
    return "";
}

}  // namespace sahelsim::cli
