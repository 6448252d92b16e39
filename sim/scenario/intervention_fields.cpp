#include "scenario/intervention_fields.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/record.h"
#include "scenario/registry.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

/// As a field's value, whose type the reading knows.
template <class Value>
std::optional<FieldValue> as_field(std::optional<Value> value) {
    if (!value) return std::nullopt;
    return FieldValue(*std::move(value));
}

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

FieldReader::FieldReader(Context& context)
    : context_(context), problems_(context.problems), names_(context.scenario.placeholders()) {
    names_["mechanism"] = context.vocabulary.mechanisms;
}

void FieldReader::read(const InterventionType& type, MapReader& map, Intervention& intervention) {
    for (const auto& field : type.fields) {
        if (auto value = read_field(field, map, intervention)) intervention.fields[field.name] = *std::move(value);
    }
    for (const auto& choice : type.choices) check_choice(choice, map);
}

std::optional<FieldValue> FieldReader::read_field(const FieldSchema& field, MapReader& map,
                                                  const Intervention& intervention) {
    const Need need = field.required ? Need::required : Need::optional;
    const auto one_of = [](const auto& names) { return fmt::format("one of {}", fmt::join(names, ", ")); };
    switch (field.kind) {
        case FieldKind::parameter:
            return read_parameter(field, map);
        case FieldKind::value:
            return read_value(field, map, intervention);
        case FieldKind::faction:
            return read_faction(field, map);
        case FieldKind::cercle: {
            const auto* node = map.find(field.name, need);
            return node == nullptr ? std::nullopt : as_field(read_cercle(*node, map.path(field.name)));
        }
        case FieldKind::cercles:
            return read_cercles(field, map);
        case FieldKind::name: {
            const auto& names = names_of(field.of);
            return as_field(map.name_of(field.name, one_of(names), names, need));
        }
        case FieldKind::word:
            return as_field(map.name_of(field.name, one_of(field.words), field.words, need));
        case FieldKind::number: {
            const auto number = map.number(field.name, need);
            if (!number || (*number >= field.lower && *number <= field.upper)) return as_field(number);
            problems_.add(map.find(field.name)->where.location(), map.path(field.name), number_text(*number),
                          fmt::format("a number from {} to {}", number_text(field.lower), number_text(field.upper)));
            return std::nullopt;
        }
        case FieldKind::integer:
            return as_field(
                map.integer(field.name, static_cast<long>(field.lower), static_cast<long>(field.upper), need));
        case FieldKind::boolean:
            return as_field(map.boolean(field.name, need));
        case FieldKind::last_day:
            return read_last_day(field, map, intervention);
    }
    return std::nullopt;
}

std::optional<FieldValue> FieldReader::read_parameter(const FieldSchema& field, MapReader& map) {
    const auto* node = map.find(field.name, Need::required);
    if (node == nullptr) return std::nullopt;
    const auto path = map.path(field.name);
    const auto name = read_text(*node, path, problems_);
    if (!name) return std::nullopt;
    const auto* record = context_.scenario.parameters.find(*name);
    if (record == nullptr) {
        problems_.add(missing_record(context_.scenario, *name, node->where.location(), path));
        return std::nullopt;
    }
    if (context_.vocabulary.declarations[record->declaration].start_only) {
        problems_.add(node->where.location(), path, in_quotes(*name) + ", which is read at the start only",
                      "a parameter that the processes read; override this one under 'parameters'");
    }
    return name;
}

std::optional<FieldValue> FieldReader::read_value(const FieldSchema& field, MapReader& map,
                                                  const Intervention& intervention) {
    const auto* node = map.find(field.name, Need::required);
    const auto* record = context_.scenario.parameters.find(intervention.text("parameter"));
    if (node == nullptr || record == nullptr) return std::nullopt;
    const auto path = map.path(field.name);
    if (!node->is_scalar()) {
        problems_.add(node->where.location(), path, node->describe(), "a number");
        return std::nullopt;
    }
    const auto& declared = context_.vocabulary.declarations[record->declaration];
    return as_field(read_declared_number({node->text, node->where}, node->quoted, path, declared, problems_));
}

std::optional<FieldValue> FieldReader::read_faction(const FieldSchema& field, MapReader& map) {
    const auto* node = map.find(field.name);
    const auto& organisations = context_.scenario.organisations;
    for (const auto& organisation : organisations) {
        if (node == nullptr || node->text != organisation.id || organisation.factions.size() == 1) continue;
        problems_.add(node->where.location(), map.path(field.name),
                      in_quotes(organisation.id) + ", which has several factions",
                      fmt::format("one of {}", fmt::join(ids_of(organisation.factions), ", ")));
        return std::nullopt;
    }
    auto name = map.name_of(field.name, "a faction, or an organisation without factions", accepted_factions(),
                            field.required ? Need::required : Need::optional);
    if (!name) return std::nullopt;
    for (const auto& organisation : organisations) {
        if (organisation.id == *name) return organisation.factions.front().id;
    }
    return name;
}

std::vector<std::string> FieldReader::accepted_factions() {
    auto names = names_["faction"];
    for (const auto& organisation : context_.scenario.organisations) {
        if (organisation.factions.size() == 1) names.push_back(organisation.id);
    }
    return names;
}

std::optional<std::string> FieldReader::read_cercle(const Node& node, const std::string& path) {
    const auto& cercles = names_["cercle"];
    for (const auto& entry : context_.scenario.world.gazetteer) {
        const bool renamed = node.is_scalar() && entry.alias == node.text && entry.alias != entry.name;
        if (!renamed || !is_one_of(cercles, entry.name)) continue;
        problems_.add(
            {node.where.location(), path, node.describe(), "a cercle by its name in world.cercles", entry.name});
        return std::nullopt;
    }
    auto name = read_text(node, path, problems_);
    if (!name || is_one_of(cercles, *name)) return name;
    problems_.unknown_name(node.where.location(), path, *name, "a cercle of world.cercles", cercles);
    return std::nullopt;
}

std::optional<FieldValue> FieldReader::read_cercles(const FieldSchema& field, MapReader& map) {
    const auto* node = map.find(field.name, field.required ? Need::required : Need::optional);
    if (node == nullptr) return std::nullopt;
    const auto path = map.path(field.name);
    if (!node->is_sequence() || node->items.empty()) {
        problems_.add(node->where.location(), path, node->describe(), "a list of cercles");
        return std::nullopt;
    }
    std::vector<std::string> cercles;
    for (const auto& item : node->items) {
        auto name = read_cercle(item, path);
        if (!name) continue;
        if (is_one_of(cercles, *name)) {
            problems_.add(item.where.location(), path, in_quotes(*name) + " a second time", "each cercle once");
        }
        cercles.push_back(*std::move(name));
    }
    return cercles;
}

std::optional<FieldValue> FieldReader::read_last_day(const FieldSchema& field, MapReader& map,
                                                     const Intervention& intervention) {
    const auto day = map.date(field.name, field.required ? Need::required : Need::optional);
    if (!day) return std::nullopt;
    const auto where = map.find(field.name)->where.location();
    const auto path = map.path(field.name);
    if (intervention.condition) {
        problems_.add(where, path, "an end of what begins on a condition",
                      fmt::format("no '{}' together with 'when'", field.name));
    } else if (intervention.date && *day < *intervention.date) {
        problems_.add(where, path, engine::format_date(*day),
                      "a day not before " + engine::format_date(*intervention.date));
    }
    return day;
}

void FieldReader::check_choice(const Choice& choice, MapReader& map) {
    std::vector<std::string> given;
    for (const auto& name : choice.fields) {
        if (map.find(name) != nullptr) given.push_back(in_quotes(name));
    }
    const auto names = fmt::format("{}", fmt::join(choice.fields, ", "));
    if (given.size() > 1) {
        problems_.add(map.where(), map.path(choice.fields.front()),
                      fmt::format("{} together", fmt::join(given, " and ")),
                      fmt::format("{} of {}", choice.required ? "one" : "at most one", names));
    } else if (given.empty() && choice.required) {
        problems_.add(map.where(), map.path(choice.fields.front()), "none of " + names, "one of them");
    }
}

}  // namespace sahelsim::scenario
