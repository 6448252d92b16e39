#pragma once
// What a result file says before the first run is done: places, names, parameters, scenario.

#include "model/recording.h"
#include "output/file.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

void write_run_coordinates(File& file, const std::string& scenario_name, int replicates);
void write_time(File& file, const model::Labels& labels);
void write_places(File& file, const model::Labels& labels);
void write_axes(File& file, const model::Labels& labels, const scenario::Scenario& scenario);
void write_factions(File& file, const model::Labels& labels, const scenario::Scenario& scenario);
void write_parameters(File& file, const scenario::Scenario& scenario);
void write_scenario(File& file, const scenario::Scenario& scenario);

/// All of the above.
void write_content(File& file, const model::Labels& labels, const scenario::Scenario& scenario, int replicates);

}  // namespace sahelsim::output
