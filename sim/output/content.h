#pragma once
// What a result file says before the first run is done: places, names, parameters, scenario.

#include "model/recording.h"
#include "output/schema.h"
#include "output/value_sink.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

/// Which run each entry along the dimension `run` is.
struct RunCoordinates {
    std::vector<std::string> arm;
    std::vector<double> point;
    std::vector<double> replicate;
};

// Each writes what the schema has of it.
void write_run_coordinates(ValueSink& sink, const Schema& schema, const RunCoordinates& runs);
void write_time(ValueSink& sink, const Schema& schema, const model::Labels& labels);
void write_places(ValueSink& sink, const Schema& schema, const model::Labels& labels);
void write_axes(ValueSink& sink, const Schema& schema, const model::Labels& labels, const scenario::Scenario& scenario);

/// `group`: where the table of parameters stands.
void write_parameters(ValueSink& sink, const scenario::Scenario& scenario, const std::string& group);
/// `group`: where the tables of the scenario stand.
void write_scenario(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario,
                    const std::string& group);

/// What is known of targets before the first run.
void write_targets(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario);

/// All of the above, for the replicates of one scenario.
void write_content(ValueSink& sink, const model::Labels& labels, const scenario::Scenario& scenario, int replicates);

}  // namespace sahelsim::output
