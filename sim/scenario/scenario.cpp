#include "scenario/scenario.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/layers.h"
#include "scenario/map_reader.h"
#include "scenario/merge.h"
#include "scenario/observation.h"
#include "scenario/resolved.h"

namespace sahelsim::scenario {

namespace {

constexpr long most_persons_per_agent = 1'000'000;
constexpr std::chrono::days longest_period{50 * 366};

void read_period(const Node& root, Context& context) {
    const auto* node = root.find("period");
    if (node == nullptr) return;
    MapReader map(*node, "period", context.problems);
    const auto start = map.date("start", Need::required);
    const auto end = map.date("end", Need::required);
    map.finish();
    if (!start || !end) return;
    context.scenario.start = *start;
    context.scenario.end = *end;
    const auto where = map.find("end")->where.location();
    if (*end < *start) {
        context.problems.add(where, "period.end", engine::format_date(*end),
                             "a day not before the start, " + engine::format_date(*start));
    } else if (*end - *start > longest_period) {
        context.problems.add(where, "period.end", fmt::format("a period of {} days", (*end - *start).count()),
                             "at most 50 years");
    }
}

void read_mechanisms(const Node& root, Context& context) {
    for (const auto& name : context.vocabulary.mechanisms) context.scenario.mechanisms[name] = true;
    const auto* node = root.find("mechanisms");
    if (node == nullptr) return;
    MapReader map(*node, "mechanisms", context.problems);
    for (const auto& name : context.vocabulary.mechanisms) {
        if (const auto on = map.boolean(name, Need::optional)) context.scenario.mechanisms[name] = *on;
    }
    map.finish();
}

/// What is not a section of its own, and which sections there are.
void read_top(const Node& root, Context& context) {
    MapReader map(root, "", context.problems);
    context.scenario.title = map.text("title", Need::required).value_or("");
    context.scenario.description = map.text("description", Need::required).value_or("");
    map.find("period", Need::required);
    const auto persons = map.integer("persons_per_agent", 1, most_persons_per_agent, Need::optional);
    if (persons) context.scenario.persons_per_agent = static_cast<int>(*persons);
    map.find("world", Need::required);
    for (const char* section :
         {"mechanisms", "sources", "communities", "livelihoods", "authorities", "sides", "organisations", "leaders",
          "parties", "observers", "targets", "interventions", "extends", "parameters", "parameter_tables"}) {
        map.find(section);
    }
    map.finish();
}

Node command_line_value(const std::string& text) {
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = text;
    node.where.file = std::make_shared<const std::string>(name_of_overrides);
    return node;
}

/// What the command line sets as a file on top of all others: parameters, and the few settings that are none.
Layer layer_of(const std::vector<Override>& overrides) {
    Layer layer;
    layer.file.shown = name_of_overrides;
    layer.root.kind = Node::Kind::map;
    Node parameters = layer.root;
    const auto section = [&layer](const std::string& name) -> Node& {
        if (auto* known = layer.root.find(name)) return *known;
        layer.root.entries.push_back({name, {std::make_shared<const std::string>(name_of_overrides)}, {}});
        layer.root.entries.back().value.kind = Node::Kind::map;
        return layer.root.entries.back().value;
    };
    const auto put = [](Node& map, const std::string& key, Node value) {
        if (auto* known = map.find(key)) {
            *known = std::move(value);  // the last --set counts
        } else {
            const auto where = value.where;
            map.entries.push_back({key, where, std::move(value)});
        }
    };
    for (const auto& [name, value] : overrides) {
        const auto dot = name.find('.');
        const auto group = name.substr(0, dot);
        if (name == "persons_per_agent") {
            put(layer.root, name, command_line_value(value));
        } else if (dot != std::string::npos && (group == "mechanisms" || group == "period")) {
            put(section(group), name.substr(dot + 1), command_line_value(value));
        } else {
            put(parameters, name, command_line_value(value));
        }
    }
    put(layer.root, "parameters", std::move(parameters));
    return layer;
}

std::vector<std::string> names_of(const std::vector<Cercle>& cercles) {
    std::vector<std::string> names;
    for (const auto& cercle : cercles) names.push_back(cercle.name);
    return names;
}

std::vector<std::string> unique(std::vector<std::string> names) {
    std::set<std::string> seen;
    std::erase_if(names, [&seen](const std::string& name) { return !seen.insert(name).second; });
    return names;
}

}  // namespace

std::vector<std::string> Scenario::actors() const {
    std::vector<std::string> names = {every_armed_actor};
    for (const auto& organisation : organisations) names.push_back(organisation.kind);
    for (const auto& organisation : organisations) names.push_back(organisation.id);
    for (const auto& organisation : organisations) {
        for (const auto& faction : organisation.factions) names.push_back(faction.id);
    }
    return unique(std::move(names));
}

std::vector<std::string> Scenario::scopes(std::string_view actor) const {
    if (actor == every_armed_actor) return {every_armed_actor};
    for (const auto& organisation : organisations) {
        if (actor == organisation.kind) return {organisation.kind, every_armed_actor};
        if (actor == organisation.id) return {organisation.id, organisation.kind, every_armed_actor};
        for (const auto& faction : organisation.factions) {
            if (actor == faction.id) return {faction.id, organisation.id, organisation.kind, every_armed_actor};
        }
    }
    return {};
}

Placeholders Scenario::placeholders() const {
    Placeholders all = program_names;
    all["actor"] = actors();
    for (const auto& organisation : organisations) {
        all["organisation"].push_back(organisation.id);
        for (const auto& faction : organisation.factions) all["faction"].push_back(faction.id);
    }
    all["community"] = ids_of(communities);
    all["livelihood"] = ids_of(livelihoods);
    all["authority"] = ids_of(authorities);
    for (const auto& party : parties) all["party"].push_back(party.id);
    for (const auto& cercle : world.cercles) all["region"].push_back(cercle.region);
    all["region"] = unique(std::move(all["region"]));
    all["cercle"] = names_of(world.cercles);
    all["place"] = all["cercle"];
    for (const auto& zone : world.border_zones) all["place"].push_back(zone.id);
    for (const auto& leader : leaders) all["leader"].push_back(leader.id);
    all["observer"] = ids_of(observers);
    all["recorded"] = recorded_names();
    for (const auto& target : targets) all["target"].push_back(target.id);
    return all;
}

namespace {

Scenario read(std::vector<Layer> layers, const Vocabulary& vocabulary, const std::vector<Override>& overrides) {
    auto known = vocabulary;
    for (auto& declaration : observation_declarations()) known.declarations.push_back(std::move(declaration));
    Context context{known, {}, {}, {}};
    context.scenario.name = layers.back().file.path.stem().string();
    context.scenario.declarations = known.declarations;
    context.scenario.program_names = vocabulary.program_names;
    context.scenario.program_names["action"] = vocabulary.actions;
    context.scenario.program_names["ecology"] = vocabulary.ecologies;
    context.scenario.program_names["season"] = vocabulary.seasons;
    const auto main_file = layers.back().file.shown;
    if (!overrides.empty()) layers.push_back(layer_of(overrides));
    Node root;
    root.kind = Node::Kind::map;
    root.where.file = std::make_shared<const std::string>(main_file);
    for (const auto& layer : layers) {
        context.files.emplace(layer.file.shown, layer.file);
        merge_files(root, layer.root, context.problems);
    }
    if (root.find("arms") != nullptr) {
        throw InputError({{{main_file, 0, 0},
                           "",
                           "a sweep, which has 'arms'",
                           "a scenario; 'sahelsim design' and 'sahelsim sweep' take sweeps",
                           ""}});
    }
    read_top(root, context);
    read_period(root, context);
    read_mechanisms(root, context);
    read_names(root, context);
    read_organisations(root, context);
    read_leaders(root, context);
    read_parties(root, context);
    read_world(root, context);
    // Without any cercle every name of a place would be reported too.
    if (context.scenario.world.cercles.empty()) context.problems.throw_if_any();
    read_targets(root, context);
    read_parameters(layers, context);
    check_observation(context);
    read_interventions(root, context);
    context.problems.throw_if_any();
    context.scenario.resolved_yaml = resolved_yaml(context.scenario);
    return std::move(context.scenario);
}

}  // namespace

Scenario read_scenario(const std::string& path, const Vocabulary& vocabulary, const std::vector<Override>& overrides) {
    return read(read_layers(path), vocabulary, overrides);
}

Scenario read_scenario_text(const std::string& text, const std::string& name, const Vocabulary& vocabulary,
                            const std::vector<Override>& overrides) {
    return read(read_layers_of_text(text, name), vocabulary, overrides);
}

}  // namespace sahelsim::scenario
