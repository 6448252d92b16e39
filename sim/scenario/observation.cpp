#include "scenario/observation.h"

#include <array>

#include <fmt/format.h>

namespace sahelsim::scenario {

namespace {

/// Observers who believe claims may record more than there was.
constexpr double most_recorded = 3.0;
/// Of an area of which nothing is simulated, nothing can be compared.
constexpr double smallest_area_share = 0.001;

constexpr std::array recorded_texts = {"incidents",         "fighters_killed",    "civilians_killed",
                                       "civilians_injured", "civilians_abducted", "displaced"};
static_assert(recorded_texts.size() == static_cast<std::size_t>(Recorded::displaced) + 1);

}  // namespace

std::string_view to_string(Recorded recorded) {
    return recorded_texts.at(static_cast<std::size_t>(recorded));
}

std::vector<std::string> recorded_names() {
    return {recorded_texts.begin(), recorded_texts.end()};
}

std::vector<Recorded> parts_of(Quantity quantity) {
    switch (quantity) {
        case Quantity::incidents:
        case Quantity::battles:
            return {Recorded::incidents};
        case Quantity::deaths:
            return {Recorded::fighters_killed, Recorded::civilians_killed};
        case Quantity::fighters_killed:
            return {Recorded::fighters_killed};
        case Quantity::civilians_killed:
            return {Recorded::civilians_killed};
        case Quantity::civilians_injured:
            return {Recorded::civilians_injured};
        case Quantity::civilians_abducted:
            return {Recorded::civilians_abducted};
        case Quantity::displaced:
            return {Recorded::displaced};
        case Quantity::presence_class:
        case Quantity::schools_closed:
        case Quantity::state_agents:
            return {};
    }
    return {};
}

std::vector<ParameterDeclaration> observation_declarations() {
    const auto declared = [](const char* pattern, double lower, double upper, const char* meaning) {
        return ParameterDeclaration{pattern, ParameterType::real, "share", lower, upper, meaning, false, true};
    };
    return {
        declared("observation.{observer}.{recorded}", 0.0, most_recorded,
                 "What the observer records over what there was; above 1 where claims inflate. Only comparisons with "
                 "targets use it."),
        declared("observation.{observer}.{recorded}.{region}", 0.0, most_recorded,
                 "The same for a region in which the observer sees more or less than elsewhere."),
        declared("area_share.{target}", smallest_area_share, 1.0,
                 "Part of what the target's source counts that happened in the simulated country, where the source "
                 "counts a larger area."),
    };
}

std::optional<double> recorded_share(const ParameterSet& parameters, std::string_view observer, Recorded recorded,
                                     std::string_view region) {
    const auto country = fmt::format("observation.{}.{}", observer, to_string(recorded));
    const auto* record = parameters.find(fmt::format("{}.{}", country, region));
    if (record == nullptr) record = parameters.find(country);
    return record != nullptr ? std::optional<double>(record->value) : std::nullopt;
}

double area_share(const ParameterSet& parameters, std::string_view target) {
    const auto* record = parameters.find(fmt::format("area_share.{}", target));
    return record != nullptr ? record->value : 1.0;
}

}  // namespace sahelsim::scenario
