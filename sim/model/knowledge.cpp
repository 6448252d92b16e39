#include "model/knowledge.h"

#include <algorithm>

namespace sahelsim::model {

double information_of(const Setup& setup, const Parameters& parameters, const Control& control, int faction, int place) {
    const double technical = parameters.factions[static_cast<std::size_t>(faction)].technical_information;
    const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(faction)];
    const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
    if (authority < 0 || place >= setup.communes()) return technical;
    return std::max(technical, control.information(place, authority));
}

}  // namespace sahelsim::model
