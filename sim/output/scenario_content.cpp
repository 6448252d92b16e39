// Parameters and scenario in a result file.

#include <fmt/format.h>

#include "output/columns.h"
#include "output/content.h"
#include "scenario/intervention_types.h"

namespace sahelsim::output {

namespace {

using scenario::Intervention;
using scenario::ParameterRecord;
using scenario::Scenario;
using scenario::Source;

std::string date_or_nothing(const std::optional<engine::Date>& date) {
    return date ? engine::format_date(*date) : "";
}

std::string condition_of(const Intervention& intervention) {
    if (!intervention.condition) return "";
    const auto& condition = *intervention.condition;
    auto text = condition.outcome;
    if (!condition.authority.empty()) text += " of " + condition.authority;
    if (!condition.region.empty()) text += " in " + condition.region;
    text += fmt::format(" {} {}", condition.above ? "above" : "below", condition.threshold);
    if (condition.not_before) text += ", not before " + engine::format_date(*condition.not_before);
    return text;
}

std::string reference_of(const Intervention& intervention) {
    if (intervention.source_place.empty()) return intervention.source;
    return intervention.source + ", " + intervention.source_place;
}

void write_interventions(ValueSink& sink, const std::vector<Intervention>& interventions, const std::string& group) {
    const auto path = group + "/intervention";
    write_texts(sink, path, interventions, [](const Intervention& i) { return i.id; });
    write_texts(sink, path + "_type", interventions, [](const Intervention& i) { return i.type; });
    write_texts(sink, path + "_date", interventions, [](const Intervention& i) { return date_or_nothing(i.date); });
    write_texts(sink, path + "_until", interventions, [](const Intervention& i) { return date_or_nothing(i.until()); });
    write_texts(sink, path + "_condition", interventions, condition_of);
    write_texts(sink, path + "_change", interventions, scenario::change_text);
    write_texts(sink, path + "_source", interventions, reference_of);
    write_texts(sink, path + "_note", interventions, [](const Intervention& i) { return i.note; });
}

void write_sources(ValueSink& sink, const std::vector<Source>& sources, const std::string& group) {
    const auto path = group + "/source";
    write_texts(sink, path, sources, [](const Source& s) { return s.id; });
    write_texts(sink, path + "_title", sources, [](const Source& s) { return s.title; });
    write_texts(sink, path + "_authors", sources, [](const Source& s) { return s.authors; });
    write_texts(sink, path + "_year", sources, [](const Source& s) { return s.year; });
    write_texts(sink, path + "_url", sources, [](const Source& s) { return s.url; });
}

/// The faction's label; its id where the scenario has no label.
std::string faction_label(const std::string& id, const scenario::Scenario& scenario) {
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) {
            if (faction.id == id && !faction.label.empty()) return faction.label;
        }
    }
    return id;
}

void write_factions(ValueSink& sink, const model::Labels& labels, const Scenario& scenario, const std::string& group) {
    sink.write(group + "/faction", labels.factions);
    write_texts(sink, group + "/faction_label", labels.factions,
                [&](const std::string& id) { return faction_label(id, scenario); });
}

}  // namespace

void write_parameters(ValueSink& sink, const Scenario& scenario, const std::string& group) {
    std::vector<ParameterRecord> records;
    for (const auto& [name, record] : scenario.parameters.records()) records.push_back(record);
    const auto meaning = [&](const ParameterRecord& r) {
        return r.declaration < scenario.declarations.size() ? scenario.declarations[r.declaration].meaning
                                                            : std::string();
    };
    const auto path = group + "/";
    write_texts(sink, path + "parameter", records, [](const ParameterRecord& r) { return r.name; });
    write_numbers(sink, path + "value", records, [](const ParameterRecord& r) { return r.value; });
    write_texts(sink, path + "unit", records, [](const ParameterRecord& r) { return r.unit; });
    write_numbers(sink, path + "low", records, [](const ParameterRecord& r) { return r.low; });
    write_numbers(sink, path + "high", records, [](const ParameterRecord& r) { return r.high; });
    write_texts(sink, path + "distribution", records,
                [](const ParameterRecord& r) { return to_string(r.distribution); });
    write_texts(sink, path + "status", records, [](const ParameterRecord& r) { return to_string(r.status); });
    write_texts(sink, path + "source", records, [](const ParameterRecord& r) { return r.source; });
    write_texts(sink, path + "place", records, [](const ParameterRecord& r) { return r.place; });
    write_texts(sink, path + "note", records, [](const ParameterRecord& r) { return r.note; });
    write_texts(sink, path + "meaning", records, meaning);
    write_numbers(sink, path + "overridden", records, [](const ParameterRecord& r) { return r.overridden ? 1.0 : 0.0; });
}

void write_scenario(ValueSink& sink, const model::Labels& labels, const Scenario& scenario, const std::string& group) {
    sink.write(group + "/text", std::vector<std::string>{scenario.resolved_yaml});
    sink.write(group + "/description", std::vector<std::string>{scenario.description});
    write_texts(sink, group + "/mechanism", scenario.mechanisms, [](const auto& m) { return m.first; });
    write_numbers(sink, group + "/mechanism_on", scenario.mechanisms,
                  [](const auto& m) { return m.second ? 1.0 : 0.0; });
    write_factions(sink, labels, scenario, group);
    write_interventions(sink, scenario.interventions, group);
    write_sources(sink, scenario.sources, group);
}

}  // namespace sahelsim::output
