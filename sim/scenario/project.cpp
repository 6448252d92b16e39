#include "scenario/project.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "scenario/scalars.h"

#ifndef SAHELSIM_SCENARIO_INSTALL_DIR
#define SAHELSIM_SCENARIO_INSTALL_DIR ""
#endif
#ifndef SAHELSIM_SCENARIO_SOURCE_DIR
#define SAHELSIM_SCENARIO_SOURCE_DIR ""
#endif

namespace sahelsim::scenario {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view library_prefix = "sahelsim:";

/// The path without symbolic links; empty if it cannot be followed (a circle of links, a folder without access).
fs::path without_links(const fs::path& path) {
    std::error_code error;
    auto absolute = fs::absolute(path, error);
    if (error) return {};
    auto result = fs::weakly_canonical(absolute, error);
    return error ? fs::path{} : result;
}

bool lies_in(const fs::path& file, const fs::path& folder) {
    const auto [in_folder, in_file] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return in_folder == folder.end() && in_file != file.end();
}

fs::path project_folder(const fs::path& file) {
    auto own = file.parent_path();
    for (auto folder = own; folder.has_relative_path(); folder = folder.parent_path()) {
        if (folder.filename() == "scenarios") return folder;
    }
    return own;
}

std::vector<std::string> library_names(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

ProjectFile library_file(const std::string& given, const Location& where, const std::string& key, Problems& problems) {
    const auto name = given.substr(library_prefix.size());
    const auto folder = library_folder();
    if (folder.empty()) {
        problems.add(where, key, in_quotes(given),
                     "a library of scenarios: none is installed, and SAHELSIM_SCENARIOS is not set");
        return {};
    }
    std::error_code error;
    const auto path = folder / (name + ".yaml");
    if (!is_reference(name) || !fs::is_regular_file(path, error)) {
        const auto nearest = nearest_name(name, library_names(folder));
        problems.add({where, key, in_quotes(given), fmt::format("a scenario of the library {}", folder.string()),
                      nearest.empty() ? "" : std::string(library_prefix) + nearest});
        return {};
    }
    return {path, without_links(path), without_links(folder), path.string()};
}

fs::path& installed_library() {
    static fs::path folder;
    return folder;
}

}  // namespace

void set_installed_library(fs::path folder) {
    installed_library() = std::move(folder);
}

fs::path library_folder() {
    std::error_code error;
    if (const char* chosen = std::getenv("SAHELSIM_SCENARIOS"); chosen != nullptr && *chosen != '\0') return chosen;
    // An installed program finds the library beside itself, one in a build tree that of its source.
    auto beside = installed_library();
    if (beside.empty()) {
        const auto program = fs::read_symlink("/proc/self/exe", error);
        if (!error) beside = program.parent_path() / SAHELSIM_SCENARIO_RELATIVE_DIR;
    }
    for (const fs::path& folder :
         {beside, fs::path(SAHELSIM_SCENARIO_SOURCE_DIR), fs::path(SAHELSIM_SCENARIO_INSTALL_DIR)}) {
        if (!folder.empty() && fs::is_directory(folder, error)) return folder.lexically_normal();
    }
    return {};
}

ProjectFile main_file(const std::string& given) {
    Problems problems;
    if (given.starts_with(library_prefix)) {
        auto file = library_file(given, {"", 0, 0}, "", problems);
        problems.throw_if_any();
        return file;
    }
    const auto resolved = without_links(given);
    if (given.empty() || resolved.empty()) {
        throw InputError({{{"", 0, 0}, "", in_quotes(given), "the path of a scenario file", ""}});
    }
    return {given, resolved, project_folder(resolved), given};
}

ProjectFile named_file(const ProjectFile& from, const Node& name, const std::string& key, bool library,
                       Problems& problems) {
    const auto where = name.where.location();
    if (!name.is_scalar() || name.text.empty()) {
        problems.add(where, key, name.describe(), "the name of a file");
        return {};
    }
    if (name.text.starts_with(library_prefix)) {
        if (library) return library_file(name.text, where, key, problems);
        problems.add(where, key, name.describe(), "a file of the scenario's own folder");
        return {};
    }
    const fs::path relative(name.text);
    const auto path = (from.path.parent_path() / relative).lexically_normal();
    const auto resolved = relative.is_absolute() ? fs::path{} : without_links(from.path.parent_path() / relative);
    if (resolved.empty() || !lies_in(resolved, from.root)) {
        const char* fault = relative.is_absolute() ? ", an absolute path"
                            : resolved.empty()     ? ", no usable path"
                                                   : ", which leads out";
        problems.add(where, key, name.describe() + fault,
                     fmt::format("a path relative to this file that stays inside {}", from.root.string()));
        return {};
    }
    return {path, resolved, from.root, path.string()};
}

}  // namespace sahelsim::scenario
