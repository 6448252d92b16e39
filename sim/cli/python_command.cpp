// sahelsim compare ...: commands that are modules of the Python package.

#include "cli/python_command.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.h"

namespace sahelsim::cli {

namespace {

namespace fs = std::filesystem;

struct PythonCommand {
    const char* name;
    const char* description;
};

constexpr std::array python_commands = {
    PythonCommand{"compare", "Compare scenarios pair by pair: differences, how sure they are, figures"},
    PythonCommand{"validate", "Hold runs against reports, known patterns and event data"},
    PythonCommand{"sensitivity", "Which parameters drive an outcome, or the difference of two scenarios"},
    PythonCommand{"discover", "Under which conditions one scenario beats another"},
    PythonCommand{"calibrate", "Rule out parameters by figures of reports, and draw from what is left"},
    PythonCommand{"report", "One page of HTML with tables and figures of a comparison"},
};

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// The folder that holds the package: beside the program in a build tree, or where it was installed with it.
fs::path package_folder(const std::string& module) {
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    for (const char* way : {"../python", SAHELSIM_PYTHON_RELATIVE_DIR}) {
        auto folder = (program.parent_path() / way).lexically_normal();
        if (fs::is_regular_file(folder / "sahelsim" / (module + ".py"), error)) return folder;
    }
    return {};
}

void let_python_find(const fs::path& folder) {
    const auto before = variable("PYTHONPATH");
    const auto path = before.empty() ? folder.string() : folder.string() + ":" + before;
    setenv("PYTHONPATH", path.c_str(), 1);
    // A module of the reader's folder that is called like one of Python's would stand in its way.
    setenv("PYTHONSAFEPATH", "1", 1);
}

int replace_process(std::vector<std::string> arguments) {
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    execvp(pointers.front(), pointers.data());
    fmt::print(stderr,
               "sahelsim: can't start {}: {}; the environment variable SAHELSIM_PYTHON may name another Python 3\n",
               arguments.front(), std::strerror(errno));
    return exit_failed;
}

}  // namespace

void add_python_commands(CLI::App& app) {
    for (const auto& command : python_commands) app.add_subcommand(command.name, command.description);
}

bool is_python_command(const std::string& word) {
    return std::any_of(python_commands.begin(), python_commands.end(),
                       [&](const PythonCommand& command) { return word == command.name; });
}

int run_python_command(int argc, const char* const* argv) {
    const std::string name = argv[1];
    const auto folder = package_folder(name);
    if (folder.empty()) {
        fmt::print(stderr,
                   "sahelsim: '{}' needs the Python package of sahelsim, which is neither beside the program nor where "
                   "it was to be installed\n",
                   name);
        return exit_failed;
    }
    let_python_find(folder);
    const auto chosen = variable("SAHELSIM_PYTHON");
    std::vector<std::string> arguments = {chosen.empty() ? SAHELSIM_PYTHON : chosen, "-m", "sahelsim." + name};
    arguments.insert(arguments.end(), argv + 2, argv + argc);
    return replace_process(arguments);
}

}  // namespace sahelsim::cli
