// sahelsim explain FILE NAME

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/scenario_argument.h"
#include "scenario/registry.h"

namespace sahelsim::cli {

namespace {

using scenario::ParameterRecord;
using scenario::Scenario;

struct Arguments {
    ScenarioArgument scenario;
    std::string name;
};

void line(const char* what, const std::string& text) {
    if (!text.empty()) fmt::print("  {:<14} {}\n", what, text);
}

/// Name of an actor's parameter without the actor; empty for other parameters.
std::string actor_part(const Scenario& scenario, const ParameterRecord& record) {
    const auto& pattern = scenario.declarations[record.declaration].pattern;
    return pattern.starts_with("{actor}.") ? record.name.substr(record.name.find('.') + 1) : std::string{};
}

/// Factions whose value this record gives.
std::string users(const Scenario& scenario, const ParameterRecord& record) {
    const auto name = actor_part(scenario, record);
    if (name.empty()) return "";
    std::vector<std::string> factions;
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) {
            if (scenario.parameters.find(scenario.scopes(faction.id), name) == &record) factions.push_back(faction.id);
        }
    }
    return factions.empty() ? "no faction: all have more specific records"
                            : fmt::format("{}", fmt::join(factions, ", "));
}

std::string source_text(const Scenario& scenario, const std::string& id) {
    for (const auto& source : scenario.sources) {
        if (source.id != id) continue;
        std::vector<std::string> parts;
        for (const auto& part : {source.authors, source.title, source.year, source.url}) {
            if (!part.empty()) parts.push_back(part);
        }
        return fmt::format("{} ({})", fmt::join(parts, ". "), id);
    }
    return id;
}

void explain(const Scenario& scenario, const ParameterRecord& record) {
    const auto& declaration = scenario.declarations[record.declaration];
    const bool whole = declaration.type == scenario::ParameterType::integer;
    fmt::print("{}\n", record.name);
    line("meaning", declaration.meaning);
    line("value",
         record.unit == "1" ? fmt::format("{}", record.value) : fmt::format("{} {}", record.value, record.unit));
    line("range", fmt::format("[{}, {}], {}", record.low, record.high, to_string(record.distribution)));
    line("possible",
         fmt::format("{} from {} to {}", whole ? "whole numbers" : "numbers", declaration.lower, declaration.upper));
    line("status", std::string(to_string(record.status)));
    line("source", source_text(scenario, record.source));
    line("place", record.place);
    line("note", record.note);
    line("read from",
         record.where.line > 0 ? fmt::format("{}:{}", record.where.file, record.where.line) : record.where.file);
    if (record.overridden)
        line("overridden", "yes: the value stands alone there; range, source, place and note are the record's own");
    line("applies to", users(scenario, record));
    for (const auto& intervention : scenario.interventions) {
        if (intervention.type != "set" || intervention.text("parameter") != record.name) continue;
        line("changed by", fmt::format("intervention {} to {}", intervention.id, intervention.number("value")));
    }
}

/// The record of the name itself or, for an actor without one, the record that it inherits.
const ParameterRecord* find(const Scenario& scenario, const std::string& name) {
    if (const auto* record = scenario.parameters.find(name)) return record;
    const auto dot = name.find('.');
    if (dot == std::string::npos) return nullptr;
    return scenario.parameters.find(scenario.scopes(name.substr(0, dot)), name.substr(dot + 1));
}

[[noreturn]] void refuse(const Scenario& scenario, const Arguments& arguments) {
    std::vector<std::string> names;
    for (const auto& [name, record] : scenario.parameters.records()) names.push_back(name);
    scenario::Problem problem{{arguments.scenario.file, 0, 0},
                              "",
                              "no parameter '" + arguments.name + "'",
                              "a name that 'sahelsim parameters' lists",
                              scenario::nearest_name(arguments.name, names)};
    const auto ends_so = [&](const std::string& name) { return name.ends_with("." + arguments.name); };
    const auto longer = std::find_if(names.begin(), names.end(), ends_so);
    if (longer != names.end()) problem.nearest = *longer;
    throw scenario::InputError({problem});
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("explain", "Tell everything about one parameter of a scenario");
    const auto arguments = std::make_shared<Arguments>();
    add_scenario_argument(*command, arguments->scenario);
    command->add_option("NAME", arguments->name, "Full name of the parameter, as in control.relaxation_time")->required();
    command->callback([arguments, &exit_code] {
        const auto scenario = read_scenario(arguments->scenario);
        const auto* record = find(scenario, arguments->name);
        if (record == nullptr) refuse(scenario, *arguments);
        if (record->name != arguments->name)
            fmt::print("{} has no record of its own and takes this one:\n", arguments->name);
        explain(scenario, *record);
        exit_code = exit_done;
    });
}

}  // namespace sahelsim::cli
