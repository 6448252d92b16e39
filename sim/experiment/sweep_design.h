#pragma once
// The design of a sweep: from the section `design` of its file to values of parameters.

#include <filesystem>

#include "experiment/sweep.h"
#include "scenario/node.h"
#include "scenario/problems.h"
#include "scenario/project.h"

namespace sahelsim::experiment {

/// Where the CSV file of a list design is: named by the sweep file, or at `copy` if that isn't empty.
struct DesignFile {
    scenario::ProjectFile sweep;
    std::filesystem::path copy;
};

/// The record of a parameter; reported, with the nearest name, where there is none.
[[nodiscard]] const scenario::ParameterRecord* find_parameter(const scenario::Scenario& scenario,
                                                              const std::string& name, const scenario::Location& where,
                                                              const std::string& key, scenario::Problems& problems);

/// Fills in the sweep's design, and with a list the factors, after all else has been read. `node` may be nullptr; `where` is
/// that of the file.
void read_design(const scenario::Node* node, const scenario::Location& where, const DesignFile& file, Sweep& sweep,
                 scenario::Problems& problems);

}  // namespace sahelsim::experiment
