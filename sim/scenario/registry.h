#pragma once
// Which parameter names exist: the declarations' patterns, with their braces filled by what the scenario defines.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "scenario/parameter.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

struct Scenario;

class Registry {
   public:
    /// Both arguments must outlive the registry.
    Registry(const std::vector<ParameterDeclaration>& declarations, const Placeholders& placeholders);

    /// Index of the declaration that a full name belongs to; nothing where the name does not exist.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

    /// Says of a name that does not exist what is wrong with it, and which one is nearest.
    [[nodiscard]] Problem unknown(const std::string& name, Location where, std::string key) const;

    /// First parts of names that no actor may carry ("control", "population", ...).
    [[nodiscard]] std::vector<std::string> groups() const;

    /// Whether a declaration is of the form "{actor}.…".
    [[nodiscard]] bool is_of_actor(std::size_t declaration) const;

   private:
    struct Part {
        std::string text;  ///< literal, or the kind of placeholder
        bool placeholder = false;
    };
    struct Guess;

    [[nodiscard]] bool fits(const Part& part, std::string_view text) const;
    [[nodiscard]] bool matches(const std::vector<Part>& pattern, const std::vector<std::string>& name) const;
    [[nodiscard]] Guess guess(const std::vector<Part>& pattern, const std::vector<std::string>& name) const;
    [[nodiscard]] std::string name_with_ending(const std::string& ending) const;

    const std::vector<ParameterDeclaration>& declarations_;
    const Placeholders& placeholders_;
    std::vector<std::vector<Part>> patterns_;
    std::map<std::string, std::unordered_set<std::string>, std::less<>> names_;
};

/// Says of a name that has no record in `scenario`, as values that change need one, what is wrong with it: it doesn't exist,
/// or it is covered by a wider record, which is then the nearest.
[[nodiscard]] Problem missing_record(const Scenario& scenario, const std::string& name, Location where, std::string key);

/// "a.b.c" in its parts.
[[nodiscard]] std::vector<std::string> split_name(std::string_view name);

}  // namespace sahelsim::scenario
