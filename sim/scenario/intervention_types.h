#pragma once
// What types of interventions there are, with their fields, and on which outcomes an intervention may wait: the tables
// from which files are read and checked, results described and docs/intervention-types.md written.
//
// A new type needs an entry here and a function in model/interventions/table.cpp; a new outcome of conditions an entry
// here and a function in model/interventions/conditions.cpp. A test compares the tables.

#include <string>
#include <string_view>
#include <vector>

#include "scenario/intervention.h"

namespace sahelsim::scenario {

/// What a field holds, and with it how it is read and what its FieldValue is.
enum class FieldKind {
    parameter,  ///< text: full name of a parameter with a record that processes read
    value,      ///< number: within the bounds of the type's `parameter`
    faction,    ///< text: a faction; an organisation without factions stands for its own
    cercle,     ///< text
    cercles,    ///< texts: one cercle or more
    name,       ///< text: a name of the program or of the scenario (`of`), such as a region
    word,       ///< text: one of `words`
    number,     ///< number from `lower` to `upper`
    integer,    ///< integer from `lower` to `upper`
    boolean,    ///< boolean
    last_day,   ///< date: not before the intervention's own, and only with one
};

struct FieldSchema {
    std::string name;
    FieldKind kind = FieldKind::word;
    bool required = true;
    double lower = 0.0;
    double upper = 0.0;
    std::vector<std::string> words = {};
    std::string of = {};  ///< name: a key of `Placeholders`, or "mechanism"
};

/// Fields of which a file gives one; none too, where not required.
struct Choice {
    std::vector<std::string> fields;
    bool required = false;
};

struct InterventionType {
    std::string name;
    std::string meaning;  ///< what it does, as a predicate
    /// What an intervention changes, in few words: "{personnel|all} of {faction}" gives the first of the fields that the
    /// intervention has, or the last name as it stands.
    std::string change;
    std::vector<FieldSchema> fields;
    std::vector<Choice> choices = {};
    std::string mechanism = {};  ///< the rule through which it acts; empty: none, or more than one
};

[[nodiscard]] const std::vector<InterventionType>& intervention_types();
[[nodiscard]] const InterventionType* find_intervention_type(std::string_view name);

struct ConditionOutcome {
    std::string name;
    std::string meaning;
    double largest = 0.0;       ///< largest sensible threshold; the smallest is 0
    bool of_authority = false;  ///< `authority` is required; otherwise it isn't known
    bool in_region = true;      ///< `region` may be given
    int window_days = 0;  ///< of what it counts; a count below a threshold means nothing before that many days have run
};

[[nodiscard]] const std::vector<ConditionOutcome>& condition_outcomes();
[[nodiscard]] const ConditionOutcome* find_condition_outcome(std::string_view name);

/// What the intervention changes, in few words: "all of barkhane from everywhere".
[[nodiscard]] std::string change_text(const Intervention& intervention);

/// Markdown tables of the types and of the outcomes of conditions.
[[nodiscard]] std::string intervention_tables();

}  // namespace sahelsim::scenario
