// sahelsim parameters FILE

#include <memory>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/json.h"
#include "cli/scenario_argument.h"
#include "cli/table.h"
#include "scenario/csv.h"

namespace sahelsim::cli {

namespace {

using scenario::ParameterRecord;
using Records = std::vector<const ParameterRecord*>;

struct Arguments {
    ScenarioArgument scenario;
    std::string format = "table";
    std::string match;
};

Records chosen(const scenario::Scenario& scenario, const std::string& match) {
    Records records;
    for (const auto& [name, record] : scenario.parameters.records()) {
        if (name.find(match) != std::string::npos) records.push_back(&record);
    }
    return records;
}

TableLine line_of(const ParameterRecord& r) {
    return {r.name,
            fmt::format("{}", r.value),
            r.unit,
            fmt::format("[{}, {}]", r.low, r.high),
            std::string(to_string(r.status)),
            r.source,
            r.place,
            r.note};
}

void print_records(const Records& records) {
    std::vector<TableLine> lines = {{"name", "value", "unit", "range", "status", "source", "place", "note"}};
    for (const auto* record : records) lines.push_back(line_of(*record));
    print_table(lines);
}

/// As a table of parameters is read.
void print_csv(const Records& records) {
    fmt::print("name,value,unit,low,high,distribution,status,source,place,note\n");
    for (const auto* r : records) {
        using scenario::csv_field;
        fmt::print("{},{},{},{},{},{},{},{},{},{}\n", csv_field(r->name), r->value, csv_field(r->unit), r->low, r->high,
                   to_string(r->distribution), to_string(r->status), csv_field(r->source), csv_field(r->place),
                   csv_field(r->note));
    }
}

void print_json(const Records& records) {
    fmt::print("[");
    const char* separator = "\n";
    for (const auto* r : records) {
        fmt::print(
            "{}  {{\"name\": {}, \"value\": {}, \"unit\": {}, \"range\": [{}, {}], \"distribution\": {}, \"status\": "
            "{}, "
            "\"source\": {}, \"place\": {}, \"note\": {}, \"overridden\": {}}}",
            separator, json_string(r->name), r->value, json_string(r->unit), r->low, r->high,
            json_string(to_string(r->distribution)), json_string(to_string(r->status)), json_string(r->source),
            json_string(r->place), json_string(r->note), r->overridden);
        separator = ",\n";
    }
    fmt::print("\n]\n");
}

void list(const Arguments& arguments) {
    const auto scenario = read_scenario(arguments.scenario);
    const auto records = chosen(scenario, arguments.match);
    if (arguments.format == "csv") return print_csv(records);
    if (arguments.format == "json") return print_json(records);
    print_records(records);
}

}  // namespace

void add_parameters(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("parameters", "List every parameter of a scenario with its source");
    const auto arguments = std::make_shared<Arguments>();
    add_scenario_argument(*command, arguments->scenario);
    command->add_option("--format", arguments->format, "table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}));
    command->add_option("--match", arguments->match, "Only parameters whose name contains this text");
    command->callback([arguments, &exit_code] {
        list(*arguments);
        exit_code = exit_done;
    });
}

}  // namespace sahelsim::cli
