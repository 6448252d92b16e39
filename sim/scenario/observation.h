#pragma once
// How much of what happens an observer writes down: the parameters that stand between a run and a report's figure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/parameter.h"
#include "scenario/target.h"

namespace sahelsim::scenario {

/// What observers record, each with a share of its own. Fixed numbers: part of random streams' keys.
enum class Recorded : std::uint8_t {
    incidents = 0,
    fighters_killed = 1,
    civilians_killed = 2,
    civilians_injured = 3,
    civilians_abducted = 4,
    displaced = 5,
};

[[nodiscard]] std::string_view to_string(Recorded recorded);
[[nodiscard]] std::vector<std::string> recorded_names();

/// What a quantity is made of, as observers record it: deaths are fighters and civilians killed. Empty for a quantity
/// that nobody counts case by case (a class, schools, posts).
[[nodiscard]] std::vector<Recorded> parts_of(Quantity quantity);

/// observation.{observer}.{recorded}: recorded over true, in the country; with .{region} behind it, there.
/// area_share.{target}: part of what the source counts that happened in the simulated country.
[[nodiscard]] std::vector<ParameterDeclaration> observation_declarations();

/// Recorded over true: the region's record where there is one, else the country's. Nothing where there is neither.
[[nodiscard]] std::optional<double> recorded_share(const ParameterSet& parameters, std::string_view observer,
                                                   Recorded recorded, std::string_view region);

/// area_share of a target; 1 where the parameters have none.
[[nodiscard]] double area_share(const ParameterSet& parameters, std::string_view target);

}  // namespace sahelsim::scenario
