#include "scenario/past.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "scenario/problems.h"
#include "scenario/resolved.h"
#include "scenario/yaml_tree.h"

namespace sahelsim::scenario {

namespace {

/// Sections that no process reads.
constexpr std::array kSilentSections = {"title", "description", "sources", "observers", "targets"};
/// Keys that tell people something, wherever they stand.
constexpr std::array kSilentKeys = {"label", "note", "source"};

template <class Names>
bool is_among(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

/// The keys of a map that act, in order.
std::vector<std::string> acting_keys(const Node& map, const std::string& path) {
    std::vector<std::string> keys;
    const bool is_parameter = path.rfind("parameters.", 0) == 0;
    const bool is_intervention = path.rfind("interventions.", 0) == 0;
    for (const auto& [key, where, value] : map.entries) {
        bool silent = is_among(kSilentKeys, key);
        if (path.empty()) silent = silent || is_among(kSilentSections, key);
        if (path == "period") silent = key == "end";
        if (path == "world") silent = key == "gazetteer";
        if (path == "parameters") silent = only_compares(key);
        if (is_parameter) silent = key != "value";
        if (is_intervention) silent = silent || key == "place";
        if (!silent) keys.push_back(key);
    }
    return keys;
}

std::string shown_value(const Node& node) {
    return node.kind == Node::Kind::null ? "nothing" : node.describe();
}

std::optional<engine::Date> date_of(const Node& map, std::string_view key) {
    const auto* node = map.find(key);
    return node == nullptr ? std::nullopt : engine::parse_date(node->text);
}

bool may_act_before(const Node& intervention, engine::Date day) {
    if (const auto date = date_of(intervention, "date")) return *date < day;
    const auto* condition = intervention.find("when");
    const auto not_before = condition == nullptr ? std::nullopt : date_of(*condition, "not_before");
    return !not_before || *not_before < day;
}

/// The list of interventions as a map by id of those that may act before the day: their order follows from date and id.
Node past_interventions(const Node& list, engine::Date day) {
    Node map;
    map.kind = Node::Kind::map;
    for (const auto& item : list.items) {
        const auto* id = item.find("id");
        if (id != nullptr && may_act_before(item, day)) map.entries.push_back({id->text, item.where, item});
    }
    std::sort(map.entries.begin(), map.entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    return map;
}

class Comparison {
   public:
    Comparison(std::string shown, const Scenario& scenario, engine::Date day)
        : shown_(std::move(shown)), scenario_(scenario), day_(day) {}

    void compare(const std::string& path, const Node& saved, const Node& now) {
        if (saved.kind != now.kind) return report(path, shown_value(now), shown_value(saved));
        switch (saved.kind) {
            case Node::Kind::null:
                return;
            case Node::Kind::scalar:
                if (saved.text != now.text) report(path, shown_value(now), shown_value(saved));
                return;
            case Node::Kind::sequence:
                return compare_lists(path, saved, now);
            case Node::Kind::map:
                return compare_maps(path, saved, now);
        }
    }

    [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }

   private:
    void compare_lists(const std::string& path, const Node& saved, const Node& now) {
        if (saved.items.size() != now.items.size()) {
            report(path, fmt::format("{} entries", now.items.size()), fmt::format("{}", saved.items.size()));
            return;
        }
        for (std::size_t i = 0; i < saved.items.size(); ++i)
            compare(fmt::format("{}[{}]", path, i), saved.items[i], now.items[i]);
    }

    void compare_maps(const std::string& path, const Node& saved, const Node& now) {
        const auto before = acting_keys(saved, path);
        const auto after = acting_keys(now, path);
        const auto old_problems = problems_.size();
        for (const auto& key : before) {
            const auto* there = saved.find(key);
            const auto* here = now.find(key);
            if (here == nullptr) {
                report(joined(path, key), "nothing", shown_value(*there));
            } else {
                compare(joined(path, key), *there, *here);
            }
        }
        for (const auto& key : after) {
            if (saved.find(key) == nullptr) report(joined(path, key), shown_value(*now.find(key)), "nothing");
        }
        // Things are numbered in the order of the file.
        if (before != after && problems_.size() == old_problems)
            report(path, fmt::format("{}", fmt::join(after, ", ")), fmt::format("{}", fmt::join(before, ", ")));
    }

    void report(const std::string& key, const std::string& found, const std::string& expected) {
        problems_.push_back({where(key), key, found, fmt::format("{} as in {}{}", expected, shown_, advice(key)), ""});
    }

    /// Where the scenario says what it says, if it remembers.
    [[nodiscard]] Location where(const std::string& key) const {
        for (const auto& [name, record] : scenario_.parameters.records()) {
            if (key == "parameters." + name + ".value") return record.where;
        }
        for (const auto& intervention : scenario_.interventions) {
            const auto name = "interventions." + intervention.id;
            if (key == name || key.rfind(name + ".", 0) == 0) return intervention.where;
        }
        return {scenario_.name, 0, 0};
    }

    /// How to have the change after the branch.
    [[nodiscard]] std::string advice(const std::string& key) const {
        const auto day = engine::format_date(day_);
        if (key.rfind("parameters.", 0) == 0)
            return fmt::format("; for another value from {} on, use an intervention of type set", day);
        if (key.rfind("mechanisms.", 0) == 0)
            return fmt::format("; to switch it from {} on, use an intervention of type switch", day);
        if (key.rfind("interventions.", 0) == 0)
            return fmt::format("; what is new must be dated {} or later, or have such a not_before", day);
        return "";
    }

    std::string shown_;
    const Scenario& scenario_;
    engine::Date day_;
    std::vector<Problem> problems_;
};

Node past_of(const std::string& resolved, const std::string& shown, engine::Date day) {
    Problems problems;
    Node root = parse_yaml(resolved, shown, problems);
    problems.throw_if_any();
    if (auto* interventions = root.find("interventions")) *interventions = past_interventions(*interventions, day);
    return root;
}

}  // namespace

bool only_compares(std::string_view parameter) {
    return parameter.rfind("observation.", 0) == 0 || parameter.rfind("area_share.", 0) == 0;
}

std::vector<Problem> differences_before(const std::string& resolved, const std::string& shown, const Scenario& scenario,
                                        engine::Date day) {
    const auto now = resolved_yaml(scenario);
    if (now == resolved) return {};
    Comparison comparison(shown, scenario, day);
    comparison.compare("", past_of(resolved, shown, day), past_of(now, scenario.name, day));
    return comparison.take();
}

}  // namespace sahelsim::scenario
