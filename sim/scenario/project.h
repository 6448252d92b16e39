#pragma once
// Which files a scenario may read: those of its own project folder, and those of the installed library.

#include <filesystem>
#include <string>

#include "scenario/node.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

/// A file of a scenario, and the folder that it and what it names must lie in.
struct ProjectFile {
    std::filesystem::path path;      ///< as it is opened
    std::filesystem::path resolved;  ///< without symbolic links: tells whether two files are the same
    std::filesystem::path root;      ///< the folder, without symbolic links
    std::string shown;               ///< its name in messages
};

/// The file given on the command line, or "sahelsim:NAME". Its project folder is the nearest folder above it that is
/// called "scenarios", otherwise its own. Throws InputError for an unknown library scenario.
[[nodiscard]] ProjectFile main_file(const std::string& given);

/// A file that `from` names (relative to its folder), or "sahelsim:NAME" where `library` says that this may be.
/// Absolute paths and paths out of the project folder, symbolic links included, are reported; then `path` is empty.
[[nodiscard]] ProjectFile named_file(const ProjectFile& from, const Node& name, const std::string& key, bool library,
                                     Problems& problems);

/// Folder of the library: $SAHELSIM_SCENARIOS, else the installed folder, else the source's; empty if there is none.
[[nodiscard]] std::filesystem::path library_folder();

/// Where an installed library lies for a program that is none of ours, such as Python: looked at in place of the folder
/// that belongs to the running program. To be called before anything is read.
void set_installed_library(std::filesystem::path folder);

}  // namespace sahelsim::scenario
