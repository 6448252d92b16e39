#pragma once
// What results say of themselves and of their variables, as the CF conventions want it.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/recording.h"
#include "output/schema.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

/// A list of one number is a single number on disk.
using AttributeValue = std::variant<std::string, std::int64_t, std::uint64_t, std::vector<std::int64_t>>;

struct Attribute {
    const char* name = "";
    AttributeValue value = {};
};

/// Of a variable, in the order of the file; without fill values and `coordinates`. Lists of numbers are of the variable's
/// own type.
[[nodiscard]] std::vector<Attribute> attributes_of(const Variable& variable, const model::Labels& labels);

/// CF's list of the coordinates that belong to a variable of a group, apart from those of its dimensions.
[[nodiscard]] std::string coordinates_of(const Variable& variable, const std::vector<Variable>& group);

/// Of the whole, but for `complete`.
[[nodiscard]] std::vector<Attribute> attributes_of(const scenario::Scenario& scenario, std::uint64_t seed);

}  // namespace sahelsim::output
