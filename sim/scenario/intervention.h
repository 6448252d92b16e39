#pragma once
// A change from outside at a date or on a condition. What fields it has is up to its type: see intervention_types.h.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/date.h"
#include "scenario/problem.h"

namespace sahelsim::scenario {

/// "when deaths_90_days in Mopti is above 300, not before 2022-01-01".
struct Condition {
    std::string outcome;    ///< one of condition_outcomes()
    std::string authority;  ///< for control: the authority whose share of control is meant
    std::string region;     ///< empty: the country
    bool above = true;      ///< otherwise below
    double threshold = 0.0;
    std::optional<engine::Date> not_before;
};

using FieldValue = std::variant<std::string, double, long, bool, engine::Date, std::vector<std::string>>;

struct Intervention {
    std::string id;
    std::string type;  ///< one of intervention_types()
    std::optional<engine::Date> date;
    std::optional<Condition> condition;
    /// What the file says, by name of the field; optional fields that it leaves out are not here.
    std::map<std::string, FieldValue, std::less<>> fields;
    std::string source;  ///< id in `sources`; may be empty where the note says why
    std::string source_place;
    std::string note;
    Location where;

    [[nodiscard]] bool has(std::string_view field) const { return fields.contains(field); }

    // A field that is missing is empty, 0, false or nothing. Throws std::bad_variant_access for a field of another kind.
    [[nodiscard]] const std::string& text(std::string_view field) const;
    [[nodiscard]] double number(std::string_view field) const;
    [[nodiscard]] long integer(std::string_view field) const;
    [[nodiscard]] bool flag(std::string_view field) const;
    [[nodiscard]] const std::vector<std::string>& names(std::string_view field) const;
    /// The last day of what takes its time (`until`).
    [[nodiscard]] std::optional<engine::Date> until() const;
};

}  // namespace sahelsim::scenario
