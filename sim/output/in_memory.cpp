#include "output/in_memory.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "output/content.h"
#include "output/event_columns.h"
#include "output/layout.h"
#include "output/national.h"
#include "output/value_sink.h"

namespace sahelsim::output {

namespace {

/// What is written before the first run is done, by path.
class Memory : public ValueSink {
   public:
    void write(const std::string& variable, const std::vector<double>& values) override { all_[variable] = values; }
    void write(const std::string& variable, const std::vector<std::string>& values) override {
        all_[variable] = values;
    }
    [[nodiscard]] const Values& at(const std::string& path) const { return all_.at(path); }

   private:
    std::map<std::string, Values> all_;
};

/// What tells one run of a file from another, as far as one run has it.
std::vector<VariableInMemory> run_in_memory(const model::Recording& recording, const scenario::Scenario& scenario) {
    std::vector<VariableInMemory> all;
    for (auto& variable : result_schema().variables_of("/")) {
        if (variable.name != "arm" && variable.name != "replicate") continue;
        const bool arm = variable.name == "arm";
        variable.dimensions.clear();
        auto values = arm ? Values(std::vector<std::string>{scenario.name})
                          : Values(std::vector<double>{static_cast<double>(recording.replicate)});
        all.push_back({std::move(variable), {}, std::move(values)});
    }
    return all;
}

bool has_name(const std::vector<Variable>& variables, const std::string& name) {
    return std::any_of(variables.begin(), variables.end(), [&](const auto& other) { return other.name == name; });
}

Values values_of(const model::Series& series, Type type) {
    if (type != Type::int64) return series.values;
    std::vector<std::int64_t> counts;
    counts.reserve(series.values.size());
    for (const double value : series.values) counts.push_back(std::llround(value));
    return counts;
}

std::vector<VariableInMemory> series_in_memory(const std::vector<Variable>& variables,
                                               const model::Recording& recording, const model::Labels& labels,
                                               const scenario::Scenario& scenario) {
    Memory memory;
    const auto& schema = result_schema();
    write_time(memory, schema, labels);
    write_places(memory, schema, labels);
    write_axes(memory, schema, labels, scenario);
    const auto layout = make_layout(labels, scenario, 1);
    auto all = run_in_memory(recording, scenario);
    for (const auto& declared : variables) {
        auto variable = declared;
        const bool of_run = declared.dimensions.front() == "run";
        if (of_run && declared.outcome < 0) continue;
        if (of_run) variable.dimensions.erase(variable.dimensions.begin());
        auto shape = shape_of(variable, layout);
        auto values = of_run ? values_of(shown_series(declared, recording), declared.type) : memory.at(declared.path());
        all.push_back({std::move(variable), std::move(shape), std::move(values)});
    }
    return all;
}

}  // namespace

std::vector<VariableInMemory> country_in_memory(const model::Recording& recording, const model::Labels& labels,
                                                const scenario::Scenario& scenario) {
    return series_in_memory(result_schema().variables_of("/"), recording, labels, scenario);
}

std::vector<VariableInMemory> cercles_in_memory(const model::Recording& recording, const model::Labels& labels,
                                                const scenario::Scenario& scenario) {
    auto variables = result_schema().variables_of("/cercles");
    for (const auto& variable : result_schema().variables_of("/")) {
        if (!has_name(variables, variable.name)) variables.push_back(variable);
    }
    return series_in_memory(variables, recording, labels, scenario);
}

std::vector<VariableInMemory> events_in_memory(const model::Recording& recording, const model::Labels& labels,
                                               const scenario::Scenario& scenario) {
    const auto& events = recording.events;
    auto all = run_in_memory(recording, scenario);
    for (const auto& column : event_columns()) {
        if (column.variable.name == "run") continue;
        std::vector<double> values;
        values.reserve(events.size());
        for (const auto& event : events) values.push_back(column.value(event, 0, labels));
        all.push_back({column.variable, {events.size()}, std::move(values)});
    }
    return all;
}

}  // namespace sahelsim::output
