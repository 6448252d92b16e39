// Parameters and scenario in a result file.

#include <fmt/format.h>

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

/// One column of a table of texts.
template <typename Items, typename Get>
void write_texts(File& file, const std::string& path, const Items& items, Get get) {
    std::vector<std::string> texts;
    for (const auto& item : items) texts.emplace_back(get(item));
    file.write(path, texts);
}

template <typename Items, typename Get>
void write_numbers(File& file, const std::string& path, const Items& items, Get get) {
    std::vector<double> numbers;
    for (const auto& item : items) numbers.push_back(get(item));
    file.write(path, numbers);
}

void write_interventions(File& file, const std::vector<Intervention>& interventions, const std::string& group) {
    const auto path = group + "/intervention";
    write_texts(file, path, interventions, [](const Intervention& i) { return i.id; });
    write_texts(file, path + "_type", interventions, [](const Intervention& i) { return i.type; });
    write_texts(file, path + "_date", interventions, [](const Intervention& i) { return date_or_nothing(i.date); });
    write_texts(file, path + "_until", interventions, [](const Intervention& i) { return date_or_nothing(i.until()); });
    write_texts(file, path + "_condition", interventions, condition_of);
    write_texts(file, path + "_change", interventions, scenario::change_text);
    write_texts(file, path + "_source", interventions, reference_of);
    write_texts(file, path + "_note", interventions, [](const Intervention& i) { return i.note; });
}

void write_sources(File& file, const std::vector<Source>& sources, const std::string& group) {
    const auto path = group + "/source";
    write_texts(file, path, sources, [](const Source& s) { return s.id; });
    write_texts(file, path + "_title", sources, [](const Source& s) { return s.title; });
    write_texts(file, path + "_authors", sources, [](const Source& s) { return s.authors; });
    write_texts(file, path + "_year", sources, [](const Source& s) { return s.year; });
    write_texts(file, path + "_url", sources, [](const Source& s) { return s.url; });
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

void write_factions(File& file, const model::Labels& labels, const Scenario& scenario, const std::string& group) {
    file.write(group + "/faction", labels.factions);
    write_texts(file, group + "/faction_label", labels.factions,
                [&](const std::string& id) { return faction_label(id, scenario); });
}

}  // namespace

void write_parameters(File& file, const Scenario& scenario, const std::string& group) {
    std::vector<ParameterRecord> records;
    for (const auto& [name, record] : scenario.parameters.records()) records.push_back(record);
    const auto meaning = [&](const ParameterRecord& r) {
        return r.declaration < scenario.declarations.size() ? scenario.declarations[r.declaration].meaning
                                                            : std::string();
    };
    const auto path = group + "/";
    write_texts(file, path + "parameter", records, [](const ParameterRecord& r) { return r.name; });
    write_numbers(file, path + "value", records, [](const ParameterRecord& r) { return r.value; });
    write_texts(file, path + "unit", records, [](const ParameterRecord& r) { return r.unit; });
    write_numbers(file, path + "low", records, [](const ParameterRecord& r) { return r.low; });
    write_numbers(file, path + "high", records, [](const ParameterRecord& r) { return r.high; });
    write_texts(file, path + "distribution", records,
                [](const ParameterRecord& r) { return to_string(r.distribution); });
    write_texts(file, path + "status", records, [](const ParameterRecord& r) { return to_string(r.status); });
    write_texts(file, path + "source", records, [](const ParameterRecord& r) { return r.source; });
    write_texts(file, path + "place", records, [](const ParameterRecord& r) { return r.place; });
    write_texts(file, path + "note", records, [](const ParameterRecord& r) { return r.note; });
    write_texts(file, path + "meaning", records, meaning);
    write_numbers(file, path + "overridden", records, [](const ParameterRecord& r) { return r.overridden ? 1.0 : 0.0; });
}

void write_scenario(File& file, const model::Labels& labels, const Scenario& scenario, const std::string& group) {
    file.write(group + "/text", std::vector<std::string>{scenario.resolved_yaml});
    file.write(group + "/description", std::vector<std::string>{scenario.description});
    write_texts(file, group + "/mechanism", scenario.mechanisms, [](const auto& m) { return m.first; });
    write_numbers(file, group + "/mechanism_on", scenario.mechanisms,
                  [](const auto& m) { return m.second ? 1.0 : 0.0; });
    write_factions(file, labels, scenario, group);
    write_interventions(file, scenario.interventions, group);
    write_sources(file, scenario.sources, group);
}

}  // namespace sahelsim::output
