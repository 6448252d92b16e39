#pragma once
// Which figures of reports a run can answer at all: those of its period and its places.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/recording.h"
#include "scenario/scenario.h"

namespace sahelsim::model {

/// Why a run can't answer a target.
enum class Unanswered : std::uint8_t {
    no_counterpart,  ///< the model has nothing of the kind
    other_period,    ///< the run doesn't cover the whole period
    other_places,    ///< not all places are simulated
};

/// Nothing where a run of the scenario answers the target.
[[nodiscard]] std::optional<Unanswered> why_unanswered(const scenario::Target& target,
                                                       const scenario::Scenario& scenario, const Labels& labels);

/// Whether the target names the place, or names none and means the country.
[[nodiscard]] bool covers(const scenario::Target& target, const std::string& region, const std::string& cercle);

/// The name in files: "other_period".
[[nodiscard]] std::string_view to_string(Unanswered reason);

}  // namespace sahelsim::model
