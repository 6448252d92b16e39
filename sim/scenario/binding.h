#pragma once
// Ties a parameter's declaration to the member of a struct that holds its value, so that name, unit, bounds and
// meaning stand in one table and nowhere else.

#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "scenario/parameter.h"

namespace sahelsim::scenario {

/// A row of a table of parameters whose values land in a `Struct`.
template <class Struct>
struct Binding {
    double Struct::*member = nullptr;
    const char* name = "";
    const char* unit = "";
    double lower = 0.0;
    double upper = 0.0;
    const char* meaning = "";
    ParameterType type = ParameterType::real;
    bool start_only = false;  ///< read when a run begins and never again
};

/// Appends the table's declarations, each name behind `prefix` ("{actor}." or "").
template <class Struct>
void declare(std::vector<ParameterDeclaration>& declarations, std::span<const Binding<Struct>> table,
             const std::string& prefix = "") {
    for (const auto& row : table) {
        declarations.push_back(
            {prefix + row.name, row.type, row.unit, row.lower, row.upper, row.meaning, prefix.empty()});
        declarations.back().start_only = row.start_only;
    }
}

/// Value of a parameter that the reader has already made sure of.
[[nodiscard]] inline double required_value(const ParameterSet& parameters, const std::string& name) {
    const auto* record = parameters.find(name);
    if (record == nullptr) {
        throw InputError({{{}, name, "nothing", "a record for this parameter", ""}});
    }
    return record->value;
}

template <class Struct>
void read(const ParameterSet& parameters, std::span<const Binding<Struct>> table, Struct& target) {
    for (const auto& row : table) target.*(row.member) = required_value(parameters, row.name);
}

}  // namespace sahelsim::scenario
