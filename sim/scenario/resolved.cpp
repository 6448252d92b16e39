#include "scenario/resolved.h"

#include <cmath>
#include <functional>

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

using YAML::BeginMap;
using YAML::BeginSeq;
using YAML::Emitter;
using YAML::EndMap;
using YAML::EndSeq;
using YAML::Flow;
using YAML::Key;
using YAML::Value;

/// Texts go in quotes, so that none is taken for anything else.
void text(Emitter& out, const char* key, const std::string& content) {
    out << Key << key << Value << YAML::DoubleQuoted << content;
}

void optional_text(Emitter& out, const char* key, const std::string& content) {
    if (!content.empty()) text(out, key, content);
}

/// A number, a date or a word of the program.
void plain(Emitter& out, const char* key, const std::string& content) {
    out << Key << key << Value << content;
}

void number(Emitter& out, const char* key, double value) {
    plain(out, key, number_text(value));
}

void boolean(Emitter& out, const std::string& key, bool value) {
    out << Key << key << Value << (value ? "true" : "false");
}

void map(Emitter& out, const char* key, const std::function<void()>& content) {
    out << Key << key << Value << BeginMap;
    content();
    out << EndMap;
}

void list(Emitter& out, const char* key, const std::function<void()>& content) {
    out << Key << key << Value << BeginSeq;
    content();
    out << EndSeq;
}

std::string joined(const std::vector<std::string>& parts) {
    return fmt::format("{}", fmt::join(parts, ";"));
}

void emit_labelled(Emitter& out, const char* key, const std::vector<Labelled>& things) {
    map(out, key, [&] {
        for (const auto& [id, label] : things) {
            out << Key << id << Value << Flow << BeginMap;
            text(out, "label", label);
            out << EndMap;
        }
    });
}

void emit_cercle(Emitter& out, const Cercle& cercle) {
    out << Flow << BeginMap;
    text(out, "region", cercle.region);
    text(out, "cercle", cercle.name);
    number(out, "seat_lon", cercle.seat_longitude);
    number(out, "seat_lat", cercle.seat_latitude);
    number(out, "centroid_lon", cercle.centroid_longitude);
    number(out, "centroid_lat", cercle.centroid_latitude);
    number(out, "area_km2", cercle.area_km2);
    plain(out, "communes", fmt::format("{}", cercle.communes));
    plain(out, "urban_communes", fmt::format("{}", cercle.urban_communes));
    plain(out, "population_2009", fmt::format("{}", cercle.population));
    text(out, "ecology", cercle.ecology);
    text(out, "neighbours", joined(cercle.neighbours));
    out << EndMap;
}

void emit_world(Emitter& out, const World& world) {
    list(out, "cercles", [&] {
        for (const auto& cercle : world.cercles) emit_cercle(out, cercle);
    });
    list(out, "border_zones", [&] {
        for (const auto& zone : world.border_zones) {
            out << Flow << BeginMap;
            text(out, "id", zone.id);
            text(out, "label", zone.label);
            text(out, "country", zone.country);
            number(out, "lon", zone.longitude);
            number(out, "lat", zone.latitude);
            text(out, "cercles", joined(zone.cercles));
            out << EndMap;
        }
    });
    list(out, "gazetteer", [&] {
        for (const auto& entry : world.gazetteer) {
            out << Flow << BeginMap;
            text(out, "alias", entry.alias);
            text(out, "name", entry.name);
            text(out, "note", entry.note);
            out << EndMap;
        }
    });
    list(out, "regions", [&] {
        for (const auto& region : world.regions) out << YAML::DoubleQuoted << region;
    });
}

void emit_sources(Emitter& out, const std::vector<Source>& sources) {
    map(out, "sources", [&] {
        for (const auto& source : sources) {
            map(out, source.id.c_str(), [&] {
                text(out, "title", source.title);
                optional_text(out, "authors", source.authors);
                optional_text(out, "year", source.year);
                optional_text(out, "url", source.url);
            });
        }
    });
}

void emit_organisation(Emitter& out, const Organisation& organisation) {
    text(out, "label", organisation.label);
    plain(out, "kind", organisation.kind);
    plain(out, "side", organisation.side);
    if (!organisation.authority.empty()) plain(out, "authority", organisation.authority);
    boolean(out, "malian", organisation.malian);
    emit_labelled(out, "factions", organisation.factions);
}

void emit_record(Emitter& out, const ParameterRecord& record) {
    number(out, "value", record.value);
    text(out, "unit", record.unit);
    out << Key << "range" << Value << Flow << BeginSeq << number_text(record.low) << number_text(record.high) << EndSeq;
    plain(out, "distribution", std::string(to_string(record.distribution)));
    plain(out, "status", std::string(to_string(record.status)));
    optional_text(out, "source", record.source);
    optional_text(out, "place", record.place);
    text(out, "note", record.note);
    if (record.overridden) boolean(out, "overridden", true);
}

void emit_condition(Emitter& out, const Condition& condition) {
    plain(out, "outcome", condition.outcome);
    optional_text(out, "authority", condition.authority);
    optional_text(out, "region", condition.region);
    number(out, condition.above ? "above" : "below", condition.threshold);
    if (condition.not_before) plain(out, "not_before", engine::format_date(*condition.not_before));
}

void emit_cercles(Emitter& out, const Intervention& intervention) {
    if (intervention.cercles.empty()) return;
    out << Key << "cercles" << Value << Flow << BeginSeq;
    for (const auto& cercle : intervention.cercles) out << YAML::DoubleQuoted << cercle;
    out << EndSeq;
}

void emit_effect(Emitter& out, const Intervention& intervention) {
    switch (intervention.type) {
        case InterventionType::set:
            plain(out, "type", "set");
            text(out, "parameter", intervention.parameter);
            number(out, "value", intervention.value);
            return;
        case InterventionType::switch_mechanism:
            plain(out, "type", "switch");
            plain(out, "mechanism", intervention.mechanism);
            boolean(out, "on", intervention.on);
            return;
        case InterventionType::deploy:
            plain(out, "type", "deploy");
            break;
        case InterventionType::withdraw:
            plain(out, "type", "withdraw");
            break;
        case InterventionType::mediate:
            plain(out, "type", "mediate");
            optional_text(out, "region", intervention.region);
            emit_cercles(out, intervention);
            plain(out, "mediators", fmt::format("{}", intervention.personnel));
            if (intervention.until) plain(out, "until", engine::format_date(*intervention.until));
            return;
    }
    plain(out, "faction", intervention.faction);
    optional_text(out, "cercle", intervention.place);
    if (intervention.personnel > 0) plain(out, "personnel", fmt::format("{}", intervention.personnel));
    if (intervention.until) plain(out, "until", engine::format_date(*intervention.until));
}

void emit_names(Emitter& out, const char* key, const std::vector<std::string>& names) {
    if (names.empty()) return;
    out << Key << key << Value << Flow << BeginSeq;
    for (const auto& name : names) out << YAML::DoubleQuoted << name;
    out << EndSeq;
}

void emit_figure(Emitter& out, const Target& target) {
    if (!target.observed) return;
    if (std::isinf(target.high)) return number(out, "at_least", target.low);
    if (target.low == target.high) return number(out, "observed", target.low);
    out << Key << "observed" << Value << Flow << BeginSeq << number_text(target.low) << number_text(target.high)
        << EndSeq;
}

void emit_target(Emitter& out, const Target& target) {
    text(out, "label", target.label);
    plain(out, "role", std::string(to_string(target.role)));
    if (target.quantity) plain(out, "quantity", std::string(to_string(*target.quantity)));
    plain(out, "from", engine::format_date(target.from));
    plain(out, "to", engine::format_date(target.to));
    emit_names(out, "regions", target.regions);
    emit_names(out, "cercles", target.cercles);
    if (target.within) {
        map(out, "within", [&] {
            text(out, "cercle", target.within->cercle);
            number(out, "km", target.within->km);
        });
    }
    emit_names(out, "perpetrators", target.perpetrators);
    emit_names(out, "victims", target.victims);
    emit_names(out, "between", target.between);
    optional_text(out, "authority", target.authority);
    emit_figure(out, target);
    optional_text(out, "observer", target.observer);
    if (target.quantity || target.observation_error > 0.0) number(out, "observation_error", target.observation_error);
    text(out, "source", target.source);
    text(out, "place", target.source_place);
    text(out, "note", target.note);
}

/// Nothing where the scenario has no targets, as most have none.
void emit_targets(Emitter& out, const Scenario& scenario) {
    if (!scenario.observers.empty()) emit_labelled(out, "observers", scenario.observers);
    if (scenario.targets.empty()) return;
    map(out, "targets", [&] {
        for (const auto& target : scenario.targets) map(out, target.id.c_str(), [&] { emit_target(out, target); });
    });
}

void emit_intervention(Emitter& out, const Intervention& intervention) {
    out << BeginMap;
    plain(out, "id", intervention.id);
    emit_effect(out, intervention);
    if (intervention.date) plain(out, "date", engine::format_date(*intervention.date));
    if (intervention.condition) map(out, "when", [&] { emit_condition(out, *intervention.condition); });
    optional_text(out, "source", intervention.source);
    optional_text(out, "place", intervention.source_place);
    text(out, "note", intervention.note);
    out << EndMap;
}

}  // namespace

std::string resolved_yaml(const Scenario& scenario) {
    Emitter out;
    out << BeginMap;
    text(out, "title", scenario.title);
    text(out, "description", scenario.description);
    map(out, "period", [&] {
        plain(out, "start", engine::format_date(scenario.start));
        plain(out, "end", engine::format_date(scenario.end));
    });
    plain(out, "persons_per_agent", fmt::format("{}", scenario.persons_per_agent));
    map(out, "mechanisms", [&] {
        for (const auto& [name, on] : scenario.mechanisms) boolean(out, name, on);
    });
    map(out, "world", [&] { emit_world(out, scenario.world); });
    emit_sources(out, scenario.sources);
    emit_labelled(out, "communities", scenario.communities);
    emit_labelled(out, "livelihoods", scenario.livelihoods);
    emit_labelled(out, "authorities", scenario.authorities);
    emit_labelled(out, "sides", scenario.sides);
    map(out, "organisations", [&] {
        for (const auto& organisation : scenario.organisations) {
            map(out, organisation.id.c_str(), [&] { emit_organisation(out, organisation); });
        }
    });
    emit_targets(out, scenario);
    map(out, "parameters", [&] {
        for (const auto& [name, record] : scenario.parameters.records())
            map(out, name.c_str(), [&, &r = record] { emit_record(out, r); });
    });
    list(out, "interventions", [&] {
        for (const auto& intervention : scenario.interventions) emit_intervention(out, intervention);
    });
    out << EndMap;
    return std::string(out.c_str()) + "\n";
}

}  // namespace sahelsim::scenario
