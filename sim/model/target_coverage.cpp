#include "model/target_coverage.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sahelsim::model {

namespace {

using scenario::Target;

constexpr std::array kReasons = {"no_counterpart", "other_period", "other_places"};
static_assert(kReasons.size() == static_cast<std::size_t>(Unanswered::other_places) + 1);

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether every cercle that the target covers is simulated. The neighbourhood of a place needs the country.
bool are_places_simulated(const Target& target, const scenario::Scenario& scenario, const Labels& labels) {
    return std::all_of(scenario.world.cercles.begin(), scenario.world.cercles.end(), [&](const auto& cercle) {
        return !covers(target, cercle.region, cercle.name) ||
               std::any_of(labels.cercles.begin(), labels.cercles.end(),
                           [&](const auto& simulated) { return simulated.name == cercle.name; });
    });
}

}  // namespace

bool covers(const Target& target, const std::string& region, const std::string& cercle) {
    if (target.regions.empty() && target.cercles.empty()) return true;
    return contains(target.regions, region) || contains(target.cercles, cercle);
}

std::optional<Unanswered> why_unanswered(const Target& target, const scenario::Scenario& scenario,
                                         const Labels& labels) {
    if (!target.quantity) return Unanswered::no_counterpart;
    if (target.from < labels.start || target.to > labels.end) return Unanswered::other_period;
    if (!are_places_simulated(target, scenario, labels)) return Unanswered::other_places;
    return std::nullopt;
}

std::string_view to_string(Unanswered reason) {
    return kReasons.at(static_cast<std::size_t>(reason));
}

}  // namespace sahelsim::model
