#include "scenario/registry.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenario/edit_distance.h"
#include "scenario/scenario.h"

namespace sahelsim::scenario {

std::vector<std::string> split_name(std::string_view name) {
    std::vector<std::string> parts;
    while (true) {
        const auto dot = name.find('.');
        parts.emplace_back(name.substr(0, dot));
        if (dot == std::string_view::npos) return parts;
        name.remove_prefix(dot + 1);
    }
}

/// What a misspelt name may have meant, by one pattern.
struct Registry::Guess {
    bool possible = false;
    std::size_t distance = 0;
    std::string name;
    /// The first part that names a thing which the scenario does not have, if all words of the pattern are right.
    std::string unknown_part, unknown_kind;
};

Registry::Registry(const std::vector<ParameterDeclaration>& declarations, const Placeholders& placeholders)
    : declarations_(declarations), placeholders_(placeholders) {
    for (const auto& declaration : declarations) {
        std::vector<Part> pattern;
        for (auto& part : split_name(declaration.pattern)) {
            const bool placeholder = part.starts_with('{') && part.ends_with('}');
            pattern.push_back({placeholder ? part.substr(1, part.size() - 2) : std::move(part), placeholder});
        }
        patterns_.push_back(std::move(pattern));
    }
    for (const auto& [kind, names] : placeholders) names_[kind].insert(names.begin(), names.end());
}

bool Registry::fits(const Part& part, std::string_view text) const {
    if (!part.placeholder) return part.text == text;
    const auto names = names_.find(part.text);
    return names != names_.end() && names->second.contains(std::string(text));
}

bool Registry::matches(const std::vector<Part>& pattern, const std::vector<std::string>& name) const {
    return std::equal(pattern.begin(), pattern.end(), name.begin(), name.end(),
                      [this](const Part& part, const std::string& text) { return fits(part, text); });
}

std::optional<std::size_t> Registry::find(std::string_view name) const {
    const auto parts = split_name(name);
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        if (matches(patterns_[i], parts)) return i;
    }
    return std::nullopt;
}

Registry::Guess Registry::guess(const std::vector<Part>& pattern, const std::vector<std::string>& name) const {
    Guess result;
    if (pattern.size() != name.size()) return result;
    result.possible = true;
    bool words_right = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
        std::string text = name[i];
        if (!fits(pattern[i], name[i])) {
            Nearest nearest;
            if (pattern[i].placeholder) {
                const auto candidates = placeholders_.find(pattern[i].text);
                if (candidates != placeholders_.end()) nearest = nearest_with_distance(name[i], candidates->second);
                if (result.unknown_kind.empty()) {
                    result.unknown_kind = pattern[i].text;
                    result.unknown_part = name[i];
                }
            } else {
                nearest = nearest_with_distance(name[i], {pattern[i].text});
                words_right = false;
            }
            result.possible = result.possible && !nearest.name.empty();
            result.distance += nearest.distance;
            text = nearest.name;
        }
        result.name += (i == 0 ? "" : ".") + text;
    }
    if (!words_right) result.unknown_kind.clear();
    return result;
}

Problem Registry::unknown(const std::string& name, Location where, std::string key) const {
    Problem problem{std::move(where), std::move(key), "the unknown parameter " + in_quotes(name),
                    "a parameter of the program", ""};
    const auto parts = split_name(name);
    Guess best;
    for (const auto& pattern : patterns_) {
        auto candidate = guess(pattern, parts);
        // Words that are right say more than a distance: "kidall" in a name is a misspelt cercle, not another parameter.
        const bool has_words =
            std::any_of(pattern.begin(), pattern.end(), [](const Part& part) { return !part.placeholder; });
        if (!candidate.unknown_kind.empty() && has_words) {
            problem.found = fmt::format("the {} {} in {}, which the scenario does not have", candidate.unknown_kind,
                                        in_quotes(candidate.unknown_part), in_quotes(name));
        }
        if (candidate.possible && (!best.possible || candidate.distance < best.distance)) best = std::move(candidate);
    }
    problem.nearest = best.possible ? best.name : name_with_ending(name);
    return problem;
}

std::string Registry::name_with_ending(const std::string& ending) const {
    for (const auto& declaration : declarations_) {
        if (declaration.pattern.ends_with("." + ending)) return declaration.pattern;
    }
    return "";
}

std::vector<std::string> Registry::groups() const {
    std::set<std::string> groups;
    for (const auto& pattern : patterns_) {
        if (!pattern.front().placeholder) groups.insert(pattern.front().text);
    }
    return {groups.begin(), groups.end()};
}

bool Registry::is_of_actor(std::size_t declaration) const {
    const auto& first = patterns_[declaration].front();
    return first.placeholder && first.text == "actor";
}

Problem missing_record(const Scenario& scenario, const std::string& name, Location where, std::string key) {
    const auto placeholders = scenario.placeholders();
    const Registry registry(scenario.declarations, placeholders);
    const auto declaration = registry.find(name);
    if (!declaration) return registry.unknown(name, std::move(where), std::move(key));
    std::string wider;
    if (registry.is_of_actor(*declaration)) {
        const auto dot = name.find('.');
        const auto* record = scenario.parameters.find(scenario.scopes(name.substr(0, dot)), name.substr(dot + 1));
        if (record != nullptr) wider = record->name;
    }
    return {std::move(where), std::move(key), in_quotes(name) + ", which has no record of its own",
            "a parameter with a record: give it one, or change the wider one", wider};
}

}  // namespace sahelsim::scenario
