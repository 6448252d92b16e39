#pragma once
// A scenario file and all that it extends, in the order in which they are laid over each other.

#include <string>
#include <vector>

#include "scenario/node.h"
#include "scenario/problems.h"
#include "scenario/project.h"

namespace sahelsim::scenario {

/// One file as it was read.
struct Layer {
    ProjectFile file;
    Node root;
};

/// Every file that `path` extends, each once and before the files that extend it, and `path` itself last.
/// Unreadable files, syntax errors, circles and ways out of the project folder are thrown as InputError.
[[nodiscard]] std::vector<Layer> read_layers(const std::string& path);

/// The same for a scenario that is no file, as if the text stood in the file `name` of the current folder.
[[nodiscard]] std::vector<Layer> read_layers_of_text(const std::string& text, const std::string& name);

}  // namespace sahelsim::scenario
