#pragma once
// A parameter's record: from its texts, as YAML and CSV have them alike, to checked values.

#include <optional>
#include <string>
#include <vector>

#include "scenario/csv.h"
#include "scenario/node.h"
#include "scenario/parameter.h"
#include "scenario/problems.h"

namespace sahelsim::scenario {

/// What a file says of a parameter, unchecked; nothing where it says nothing.
struct RecordText {
    std::optional<Field> value, unit, low, high, distribution, status, source, place, note;
    /// Of a resolved scenario: the value came from an override, so it may lie outside the range.
    bool overridden = false;
    Position where;
};

/// Whether a map is meant as a record and not as a group of parameters.
[[nodiscard]] bool is_record(const Node& map);

/// Reads a record's map: reports what is missing, unknown or of the wrong type.
[[nodiscard]] RecordText read_record_text(const Node& node, const std::string& key, Problems& problems);

/// Checks every field against the declaration and against each other; `sources` are the known ids in order. Fields that
/// are wrong are reported, fields that are missing have been, and both keep their defaults.
[[nodiscard]] ParameterRecord check_record(const RecordText& text, const std::string& key,
                                           const ParameterDeclaration& declared,
                                           const std::vector<std::string>& sources, Problems& problems);

/// A number of the declared type within the logical bounds; reported otherwise.
[[nodiscard]] std::optional<double> read_declared_number(const Field& field, bool quoted, const std::string& key,
                                                         const ParameterDeclaration& declared, Problems& problems);

}  // namespace sahelsim::scenario
