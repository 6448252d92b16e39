#pragma once
// The country's series from those of its cercles.

#include <string_view>

#include "model/recording.h"
#include "output/schema.h"

namespace sahelsim::output {

/// Cercles added up, or averaged with `residents` (the series of the outcome population) as weights; not a number where
/// nobody lives. The result has one cercle. For outcomes whose `national` is not none.
[[nodiscard]] model::Series national_series(const model::Outcome& outcome, const model::Series& series,
                                            const model::Series& residents);

/// The recorded series of an outcome. Throws std::out_of_range for a name that the registry doesn't have.
[[nodiscard]] const model::Series& series_of(const model::Recording& recording, std::string_view outcome);

/// What a variable shows of a recording: its summary, the outcome's series itself, or the country's made from it.
[[nodiscard]] model::Series shown_series(const Variable& variable, const model::Recording& recording);

}  // namespace sahelsim::output
