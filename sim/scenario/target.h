#pragma once
// Figures from reports that simulated runs are compared with.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/date.h"
#include "scenario/problem.h"

namespace sahelsim::scenario {

/// calibration: may be fitted to. validation: judges a model that was fitted without it.
enum class TargetRole : std::uint8_t { calibration, validation };

/// What a figure counts. `experiment/targets.h` says how each is computed from a run.
enum class Quantity : std::uint8_t {
    incidents,
    battles,
    deaths,
    fighters_killed,
    civilians_killed,
    civilians_injured,
    civilians_abducted,
    displaced,
    presence_class,
    schools_closed,
    state_agents,
};

/// The neighbourhood of a cercle's seat.
struct Surroundings {
    std::string cercle;
    double km = 0.0;
};

/// One figure: what was counted, when, where, of whom, by whom, and how far it can be trusted.
struct Target {
    std::string id;
    std::string label;  ///< short, for a table
    TargetRole role = TargetRole::calibration;
    std::optional<Quantity> quantity;  ///< nothing: kept for the record, the model has no such thing to compare with
    engine::Date from;                 ///< first and last day that the figure covers
    engine::Date to;
    std::vector<std::string> regions;  ///< these regions and cercles; neither: the country
    std::vector<std::string> cercles;
    std::optional<Surroundings> within;
    /// Organisations, or sides for all organisations under them.
    std::vector<std::string> perpetrators;  ///< who acted, or killed; empty: anybody
    std::vector<std::string> victims;       ///< whose members were killed; empty: anybody's
    std::vector<std::string> between;       ///< two who fought each other; or empty
    std::string authority;                  ///< presence_class: whose presence
    double low = 0.0;                       ///< what the source says, low = high for a single figure
    double high = 0.0;                      ///< infinite for "at least"
    bool observed = false;                  ///< false: the source gives no number
    std::string observer;                   ///< who counted: an id in `observers`; may be empty without a quantity
    double observation_error = 0.0;         ///< standard deviation of the figure's logarithm; of the class itself
    std::string source;                     ///< id in `sources`
    std::string source_place;
    std::string note;
    Location where;
};

/// Counted event by event; otherwise a state of things at the ends of months.
[[nodiscard]] constexpr bool counts_events(Quantity quantity) {
    return quantity < Quantity::displaced;
}

[[nodiscard]] std::string_view to_string(TargetRole role);
[[nodiscard]] std::string_view to_string(Quantity quantity);

}  // namespace sahelsim::scenario
