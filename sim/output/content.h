#pragma once
// What results say before the first run is done: places, names, parameters, scenario.

#include "model/recording.h"
#include "output/value_sink.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

void write_run_coordinates(ValueSink& sink, const std::string& scenario_name, int replicates);
void write_time(ValueSink& sink, const model::Labels& labels);
void write_places(ValueSink& sink, const model::Labels& labels);
void write_axes(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario);
void write_factions(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario);
void write_parameters(ValueSink& sink, const scenario::Scenario& scenario);
void write_scenario(ValueSink& sink, const scenario::Scenario& scenario);

/// All of the above.
void write_content(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario, int replicates);

}  // namespace sahelsim::output
