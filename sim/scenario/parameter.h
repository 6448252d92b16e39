#pragma once
// Parameters: what the code declares of each (name, type, unit, logical bounds, meaning) and what a scenario
// says of it (value, plausible range, status, source and the place in it, a sentence).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/problem.h"

namespace sahelsim::scenario {

enum class ParameterType { real, integer };

/// What the code knows about a parameter, declared once beside the process that reads it.
struct ParameterDeclaration {
    /// Dotted name. A part in braces stands for the identifier of a thing in the scenario, so that one
    /// declaration serves all of them: "control.relaxation_time", "{actor}.decision.discipline",
    /// "community_share.{region}.{community}". The kinds of braces are those of `Placeholders`.
    std::string pattern;
    ParameterType type = ParameterType::real;
    std::string unit;
    /// Logical bounds, both included: outside them the value makes no sense (a share above 1).
    double lower = 0.0;
    double upper = 0.0;
    /// One sentence: what the number does in the model.
    std::string meaning;
    /// A required parameter without braces must be in the scenario. For patterns the model itself says what it misses.
    bool required = true;
    /// Read when the world is made: an intervention in the course of a run would change nothing and is refused.
    bool start_only = false;
};

/// The identifiers that a scenario defines, by kind of placeholder: "actor" (see Scenario::actors), "organisation",
/// "faction", "community", "livelihood", "region", "cercle", "place" (cercles and border zones), "authority",
/// "ecology", "season", "action", "leader", "observer", "recorded" (what observers count), "target".
using Placeholders = std::map<std::string, std::vector<std::string>, std::less<>>;

enum class Status { reported, estimated, assumed };
enum class Distribution { uniform, log_uniform, triangular };

[[nodiscard]] std::string_view to_string(Status status);
[[nodiscard]] std::string_view to_string(Distribution distribution);

/// A parameter's record in a scenario.
struct ParameterRecord {
    std::string name;
    double value = 0.0;
    std::string unit;
    /// Plausible range (low <= value <= high), and how probability is spread over it. Sweeps draw from it.
    double low = 0.0;
    double high = 0.0;
    Distribution distribution = Distribution::triangular;
    Status status = Status::assumed;
    /// Identifier in the scenario's `sources`, and the passage there; may be empty only where status is assumed.
    std::string source;
    std::string place;
    /// One sentence in our own words.
    std::string note;
    /// Where the value was read, and whether a bare override replaced the value of a full record.
    Location where;
    bool overridden = false;
    /// Index into the declarations that the scenario was read with.
    std::size_t declaration = 0;
};

/// All parameters of a scenario by full name.
class ParameterSet {
   public:
    /// nullptr where the scenario has no such parameter.
    [[nodiscard]] const ParameterRecord* find(std::string_view name) const;

    /// The most specific record for an actor: the first of `scopes` (faction, organisation, kind, "armed_actor") that has
    /// "<scope>.<name>"; nullptr where none has.
    [[nodiscard]] const ParameterRecord* find(const std::vector<std::string>& scopes, std::string_view name) const;

    /// Adds a record or replaces the one of the same name.
    void put(ParameterRecord record);

    /// Changes a value only, as a timed intervention does. The name must exist.
    void set_value(std::string_view name, double value);

    /// In order of name.
    [[nodiscard]] const std::map<std::string, ParameterRecord, std::less<>>& records() const { return records_; }

   private:
    std::map<std::string, ParameterRecord, std::less<>> records_;
};

}  // namespace sahelsim::scenario
