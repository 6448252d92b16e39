#include "scenario/merge.h"

#include <unordered_map>
#include <unordered_set>

namespace sahelsim::scenario {

namespace {

/// Where each of a map's keys stands, so that large maps merge in linear time.
std::unordered_map<std::string, std::size_t> index_of(const Node& map) {
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < map.entries.size(); ++i) index.emplace(map.entries[i].key, i);
    return index;
}

const std::string* id_of(const Node& item) {
    const auto* id = item.find("id");
    return id != nullptr && id->is_scalar() ? &id->text : nullptr;
}

void report_repeated_ids(const Node& list, Problems& problems) {
    std::unordered_set<std::string> seen;
    for (const auto& item : list.items) {
        const auto* id = id_of(item);
        if (id != nullptr && !seen.insert(*id).second) {
            problems.add(item.where.location(), "interventions", "the id " + in_quotes(*id) + " a second time",
                         "each id once in a file");
        }
    }
}

void merge_interventions(Node& base, const Node& over, Problems& problems) {
    if (over.is_sequence()) report_repeated_ids(over, problems);
    if (!over.is_sequence() || !base.is_sequence()) {
        base = over;
        return;
    }
    std::unordered_map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < base.items.size(); ++i) {
        if (const auto* id = id_of(base.items[i])) index.emplace(*id, i);
    }
    for (const auto& item : over.items) {
        const auto* id = id_of(item);
        const auto known = id != nullptr ? index.find(*id) : index.end();
        if (known == index.end()) {
            base.items.push_back(item);
        } else {
            merge(base.items[known->second], item);
            base.items[known->second].where = item.where;
        }
    }
}

}  // namespace

void merge(Node& base, const Node& over) {
    if (!base.is_map() || !over.is_map()) {
        base = over;
        return;
    }
    const auto index = index_of(base);
    for (const auto& entry : over.entries) {
        const auto known = index.find(entry.key);
        if (known == index.end()) {
            base.entries.push_back(entry);
        } else {
            merge(base.entries[known->second].value, entry.value);
        }
    }
}

void merge_files(Node& base, const Node& over, Problems& problems) {
    auto index = index_of(base);
    for (const auto& entry : over.entries) {
        if (entry.key == "extends" || entry.key == "parameters" || entry.key == "parameter_tables") continue;
        const auto [known, added] = index.emplace(entry.key, base.entries.size());
        if (added) base.entries.push_back({entry.key, entry.where, {}});
        auto& value = base.entries[known->second].value;
        if (entry.key == "interventions") {
            merge_interventions(value, entry.value, problems);
        } else {
            merge(value, entry.value);
        }
    }
}

}  // namespace sahelsim::scenario
