// One more intervention in a scenario that has been read.

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "scenario/context.h"
#include "scenario/resolved.h"

namespace sahelsim::scenario {

namespace {

void add_text(Node& map, const std::string& key, std::string text) {
    Node value;
    value.kind = Node::Kind::scalar;
    value.text = std::move(text);
    value.quoted = true;
    value.where = map.where;
    map.entries.push_back({key, map.where, std::move(value)});
}

bool is_taken(const Scenario& scenario, const std::string& id) {
    return std::any_of(scenario.interventions.begin(), scenario.interventions.end(),
                       [&](const Intervention& intervention) { return intervention.id == id; });
}

/// The same order by name as by number, since interventions of a day act in the order of their ids.
std::string free_id(const Scenario& scenario) {
    for (int number = 1;; ++number) {
        auto id = fmt::format("applied_{:04}", number);
        if (!is_taken(scenario, id)) return id;
    }
}

void refuse_what_is_for_files(const Node& fields, Problems& problems) {
    for (const char* key : {"date", "when", "cancelled"}) {
        const auto* given = fields.find(key);
        if (given != nullptr)
            problems.add(given->where.location(), key, given->describe(), "nothing: it begins on the day to simulate");
    }
}

}  // namespace

Scenario with_intervention(Scenario scenario, const Node& fields, engine::Date date, const Vocabulary& vocabulary) {
    auto known = vocabulary;
    known.declarations = scenario.declarations;
    Context context{known, std::move(scenario), {}, {}};
    Node item = fields;
    const auto where = item.where.location();
    if (!item.is_map()) context.problems.add(where, "", item.describe(), "a map (key: value) of an intervention");
    if (date < context.scenario.start || date > context.scenario.end)
        context.problems.add(where, "", engine::format_date(date), "a day of the scenario's period");
    refuse_what_is_for_files(item, context.problems);
    if (const auto* id = item.find("id"); id != nullptr && is_taken(context.scenario, id->text))
        context.problems.add(id->where.location(), "id", id->describe() + ", which the scenario has", "another id");
    context.problems.throw_if_any();
    if (item.find("id") == nullptr) add_text(item, "id", free_id(context.scenario));
    if (item.find("note") == nullptr) add_text(item, "note", "Applied while the run went on.");
    add_text(item, "date", engine::format_date(date));

    Node list;
    list.kind = Node::Kind::sequence;
    list.where = item.where;
    list.items.push_back(item);
    Node root;
    root.kind = Node::Kind::map;
    root.where = item.where;
    root.entries.push_back({"interventions", item.where, std::move(list)});
    read_interventions(root, context);
    context.problems.throw_if_any();
    context.scenario.resolved_yaml = resolved_yaml(context.scenario);
    return std::move(context.scenario);
}

}  // namespace sahelsim::scenario
