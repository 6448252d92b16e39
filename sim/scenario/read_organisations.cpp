// The sections that name things: sources, communities, livelihoods, authorities, sides, observers,
// organisations, leaders.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/registry.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

constexpr const char* identifier_rule = "small letters, digits and underscores, a letter first";

/// Most things of one kind: result files have an axis for each.
constexpr std::size_t most_things = 1'000;

bool too_many(std::size_t count, const Node& node, const std::string& section, Problems& problems) {
    if (count <= most_things) return false;
    problems.add(node.where.location(), section, fmt::format("{} entries", count),
                 fmt::format("at most {}", most_things));
    return true;
}

std::vector<Labelled> read_labelled(const Node& node, const std::string& section, Problems& problems) {
    std::vector<Labelled> things;
    if (too_many(node.entries.size(), node, section, problems)) return things;
    for_each_named(node, section, identifier_rule, problems, is_identifier,
                   [&](const std::string& id, const Node& content) {
                       MapReader map(content, section + "." + id, problems);
                       const auto label = map.text("label", Need::required);
                       map.finish();
                       things.push_back({id, label.value_or("")});
                   });
    return things;
}

std::vector<Labelled> read_section(const Node& root, const std::string& section, Problems& problems) {
    const auto* node = root.find(section);
    return node != nullptr ? read_labelled(*node, section, problems) : std::vector<Labelled>{};
}

void read_sources(const Node& root, Context& context) {
    const auto* node = root.find("sources");
    if (node == nullptr) return;
    for_each_named(*node, "sources", "small letters, digits, hyphens and underscores", context.problems, is_reference,
                   [&](const std::string& id, const Node& content) {
                       MapReader map(content, "sources." + id, context.problems);
                       Source source{id, map.text("title", Need::required).value_or(""),
                                     map.text("authors", Need::optional).value_or(""),
                                     map.text("year", Need::optional).value_or(""),
                                     map.text("url", Need::optional).value_or("")};
                       map.finish();
                       context.scenario.sources.push_back(std::move(source));
                   });
}

Organisation read_organisation(const std::string& id, const Node& node, Context& context) {
    auto& scenario = context.scenario;
    MapReader map(node, "organisations." + id, context.problems);
    Organisation organisation;
    organisation.id = id;
    organisation.where = map.where();
    organisation.label = map.text("label", Need::required).value_or("");
    organisation.kind = map.text("kind", Need::required).value_or("");
    organisation.side =
        map.name_of("side", "a side (a key of 'sides')", ids_of(scenario.sides), Need::required).value_or("");
    organisation.authority =
        map.name_of("authority", "an authority (a key of 'authorities')", ids_of(scenario.authorities), Need::optional)
            .value_or("");
    organisation.malian = map.boolean("malian", Need::optional).value_or(true);
    if (const auto* factions = map.find("factions")) {
        organisation.factions = read_labelled(*factions, map.path("factions"), context.problems);
    }
    map.finish();
    if (!organisation.kind.empty() && !is_identifier(organisation.kind)) {
        context.problems.add(map.node().find("kind")->where.location(), map.path("kind"), in_quotes(organisation.kind),
                             identifier_rule);
    }
    if (organisation.factions.empty()) organisation.factions = {{id, organisation.label}};
    return organisation;
}

/// A faction by its name, or by that of an organisation which has no other; empty where that is wrong.
std::string read_faction_of(MapReader& map, const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) names.push_back(faction.id);
    }
    return map.name_of("faction", "a faction, or an organisation without factions", names, Need::required).value_or("");
}

Leader read_leader(const std::string& id, const Node& node, Context& context) {
    auto& scenario = context.scenario;
    MapReader map(node, "leaders." + id, context.problems);
    Leader leader;
    leader.id = id;
    leader.where = map.where();
    leader.label = map.text("label", Need::required).value_or("");
    leader.faction = read_faction_of(map, scenario);
    const auto role = map.name_of("role", "one of head, commander", {"head", "commander"}, Need::required);
    leader.role = role == "head" ? LeaderRole::head : LeaderRole::commander;
    std::vector<std::string> before;
    for (const auto& other : scenario.leaders) before.push_back(other.id);
    leader.follows = map.name_of("follows", "a leader further up in 'leaders'", before, Need::optional).value_or("");
    std::vector<std::string> sources;
    for (const auto& source : scenario.sources) sources.push_back(source.id);
    leader.source = map.name_of("source", "a source (a key of 'sources')", sources, Need::required).value_or("");
    leader.source_place = map.text("place", Need::required).value_or("");
    leader.note = map.text("note", Need::optional).value_or("");
    map.finish();
    return leader;
}

/// A successor leads the same people in the same role, and nobody has two successors.
void check_succession(const Leader& leader, Context& context) {
    if (leader.follows.empty()) return;
    const auto key = "leaders." + leader.id + ".follows";
    for (const auto& other : context.scenario.leaders) {
        if (other.follows == leader.follows) {
            context.problems.add(leader.where, key,
                                 in_quotes(leader.follows) + ", whom " + other.id + " follows already",
                                 "a leader whom nobody else follows");
        }
        if (other.id != leader.follows || (other.faction == leader.faction && other.role == leader.role)) continue;
        context.problems.add(leader.where, key, in_quotes(leader.follows) + ", of another faction or role",
                             "a leader of the same faction and role");
    }
}

/// Kinds, organisations and factions share the first part of a parameter's name with each other and with the program's
/// own groups: each name may mean one thing only.
void check_actor_names(Context& context) {
    const Placeholders none;
    const auto groups = Registry(context.vocabulary.declarations, none).groups();
    std::map<std::string, std::string> meaning = {{every_armed_actor, "every armed actor"}};
    for (const auto& group : groups) meaning.emplace(group, "a group of parameters");
    const auto claim = [&](const Organisation& organisation, const std::string& name, const std::string& what) {
        const auto [known, added] = meaning.emplace(name, what);
        if (added || known->second == what) return;
        context.problems.add(organisation.where, "organisations." + organisation.id,
                             fmt::format("{} as {}, which is already {}", in_quotes(name), what, known->second),
                             "a name that means one thing only");
    };
    for (const auto& organisation : context.scenario.organisations) {
        claim(organisation, organisation.kind, "a kind of organisation");
        claim(organisation, organisation.id, "the organisation " + organisation.id);
        for (const auto& faction : organisation.factions) {
            const bool is_whole = organisation.factions.size() == 1 && faction.id == organisation.id;
            if (!is_whole) claim(organisation, faction.id, "a faction of " + organisation.id);
        }
    }
}

}  // namespace

std::vector<std::string> ids_of(const std::vector<Labelled>& things) {
    std::vector<std::string> ids;
    for (const auto& thing : things) ids.push_back(thing.id);
    return ids;
}

void read_names(const Node& root, Context& context) {
    auto& scenario = context.scenario;
    read_sources(root, context);
    scenario.communities = read_section(root, "communities", context.problems);
    scenario.livelihoods = read_section(root, "livelihoods", context.problems);
    scenario.authorities = read_section(root, "authorities", context.problems);
    scenario.sides = read_section(root, "sides", context.problems);
    scenario.observers = read_section(root, "observers", context.problems);
    for (const auto& side : scenario.sides) {
        if (side.id != "civilians") continue;
        context.problems.add(root.find("sides")->where.location(), "sides", "'civilians'",
                             "other names: civilians are victims in every scenario, and no armed side");
    }
}

void read_organisations(const Node& root, Context& context) {
    const auto* node = root.find("organisations");
    if (node == nullptr || too_many(node->entries.size(), *node, "organisations", context.problems)) return;
    for_each_named(*node, "organisations", identifier_rule, context.problems, is_identifier,
                   [&](const std::string& id, const Node& content) {
                       context.scenario.organisations.push_back(read_organisation(id, content, context));
                   });
    check_actor_names(context);
}

void read_leaders(const Node& root, Context& context) {
    const auto* node = root.find("leaders");
    if (node == nullptr || too_many(node->entries.size(), *node, "leaders", context.problems)) return;
    for_each_named(*node, "leaders", identifier_rule, context.problems, is_identifier,
                   [&](const std::string& id, const Node& content) {
                       auto leader = read_leader(id, content, context);
                       check_succession(leader, context);
                       context.scenario.leaders.push_back(std::move(leader));
                   });
}

}  // namespace sahelsim::scenario
