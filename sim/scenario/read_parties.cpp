// The section `parties`: who has a stake in talks with the armed opposition.

#include <algorithm>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/map_reader.h"
#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

Party read_party(const std::string& id, const Node& node, Context& context) {
    const auto names = context.scenario.placeholders();
    const auto of = [&names](const char* kind) {
        const auto found = names.find(kind);
        return found != names.end() ? found->second : std::vector<std::string>{};
    };
    MapReader map(node, "parties." + id, context.problems);
    Party party;
    party.id = id;
    party.where = map.where();
    party.label = map.text("label", Need::required).value_or("");
    party.role =
        map.name_of("role", fmt::format("one of {}", fmt::join(party_roles(), ", ")), party_roles(), Need::required)
            .value_or("");
    if (party.role == "government" || party.role == "partner") {
        party.organisation = map.name_of("organisation", "an organisation (a key of 'organisations')",
                                         of("organisation"), Need::required)
                                 .value_or("");
    }
    if (party.role == "armed") {
        party.faction =
            map.name_of("faction", "a faction of an organisation", of("faction"), Need::required).value_or("");
        party.leavers_join = map.name_of("leavers_join", "an organisation (a key of 'organisations')",
                                         of("organisation"), Need::optional)
                                 .value_or("");
    }
    map.finish();
    return party;
}

}  // namespace

const std::vector<std::string>& party_roles() {
    static const std::vector<std::string> roles = {"government", "armed", "partner", "elite", "officers"};
    return roles;
}

void read_parties(const Node& root, Context& context) {
    const auto* node = root.find("parties");
    if (node == nullptr) return;
    auto& parties = context.scenario.parties;
    for_each_named(
        *node, "parties", "small letters, digits and underscores, a letter first", context.problems, is_identifier,
        [&](const std::string& id, const Node& content) { parties.push_back(read_party(id, content, context)); });
    const auto governments =
        std::count_if(parties.begin(), parties.end(), [](const auto& party) { return party.role == "government"; });
    if (governments == 1 || parties.empty()) return;
    context.problems.add(node->where.location(), "parties", fmt::format("{} of role government", governments),
                         "exactly one");
}

}  // namespace sahelsim::scenario
