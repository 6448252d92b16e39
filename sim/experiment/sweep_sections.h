#pragma once
// The sections of a sweep file, one reader each. What is wrong is reported and left out.

#include <filesystem>

#include "experiment/sweep.h"
#include "scenario/map_reader.h"
#include "scenario/project.h"

namespace sahelsim::experiment {

/// The section `replicates` of a sweep file, which may be missing.
void read_replication(scenario::MapReader& file, Replication& replicates);

/// The section `vary`, after the arms.
void read_factors(const scenario::Node& node, Sweep& sweep, scenario::Problems& problems);

/// Where the CSV file of a list design is: named by the sweep file, or at `copy` if that isn't empty.
struct DesignFile {
    scenario::ProjectFile sweep;
    std::filesystem::path copy;
};

/// Two ways to say which points there are; nullptr where the file doesn't.
struct DesignSections {
    const scenario::Node* design = nullptr;
    const scenario::Node* draws = nullptr;  ///< the name of a list
};

/// Fills in the sweep's design, and with a list the factors, after all else has been read. `where` is that of the file.
void read_design(const DesignSections& sections, const scenario::Location& where, const DesignFile& file, Sweep& sweep,
                 scenario::Problems& problems);

/// The points of the CSV file that `name` names, whose header names the parameters. `key` is where the name stands.
void read_point_list(const scenario::Node& name, const std::string& key, const DesignFile& file, Sweep& sweep,
                     scenario::Problems& problems);

/// The record of a parameter in a scenario; reported, with the nearest name, where there is none.
[[nodiscard]] const scenario::ParameterRecord* find_parameter(const scenario::Scenario& scenario,
                                                              const std::string& name, const scenario::Location& where,
                                                              const std::string& key, scenario::Problems& problems);

}  // namespace sahelsim::experiment
