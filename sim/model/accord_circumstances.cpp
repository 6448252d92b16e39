#include "model/accord_circumstances.h"

#include <algorithm>

#include "model/accords.h"

namespace sahelsim::model {

namespace {

int organisation_of(const Setup& setup, int faction) {
    return setup.actors.organisation_of[static_cast<std::size_t>(faction)];
}

}  // namespace

const std::vector<int>& communes_of(const Setup& setup, int cluster) {
    return setup.clusters.communes[static_cast<std::size_t>(cluster)];
}

double felt_presence(const Setup& setup, const State& state, int cluster, int faction) {
    float most = 0.0F;
    for (const int i : communes_of(setup, cluster)) most = std::max(most, state.presence.of_faction(i, faction));
    return static_cast<double>(most);
}

bool may_stand_by_villagers(const Setup& setup, const State& state, int cluster, int katiba, int faction) {
    const auto& p = state.parameters.accords;
    const auto f = static_cast<std::size_t>(faction);
    if (p.leads[f] != 0 || p.consent[f] <= 0.0) return false;
    const int place = setup.clusters.centre[static_cast<std::size_t>(cluster)];
    if (state.relations.at(setup, place, organisation_of(setup, katiba), organisation_of(setup, faction)) >= 0.0)
        return false;
    return felt_presence(setup, state, cluster, faction) >= p.least_presence;
}

int find_counterpart(const Setup& setup, const State& state, int cluster, int katiba) {
    int found = -1;
    double most = 0.0;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (!may_stand_by_villagers(setup, state, cluster, katiba, f)) continue;
        const double felt = felt_presence(setup, state, cluster, f);
        if (felt > most) found = f;
        most = std::max(most, felt);
    }
    return found;
}

bool has_garrison(const Setup& setup, const State& state, int cluster) {
    const auto& units = state.units;
    for (std::size_t u = 0; u < units.key.size(); ++u) {
        const int base = units.base[u];
        const bool here =
            base < setup.communes() && setup.clusters.of_commune[static_cast<std::size_t>(base)] == cluster;
        if (here && units.type[u] == UnitType::garrison && setup.actors.is_state_force(units.organisation[u]) &&
            units.strength(static_cast<int>(u)) > 0)
            return true;
    }
    return false;
}

bool is_captive_of(const Setup& setup, const Hostage& hostage, int cluster, int faction) {
    return hostage.faction == faction && hostage.place < setup.communes() &&
           setup.clusters.of_commune[static_cast<std::size_t>(hostage.place)] == cluster;
}

BargainingPosition position_of(const Setup& setup, const Step& step, const State& state, int cluster, int faction,
                               int counterpart) {
    BargainingPosition position;
    position.armed = counterpart >= 0;
    position.garrison = has_garrison(setup, state, cluster);
    position.captives = std::any_of(state.hostages.begin(), state.hostages.end(), [&](const Hostage& hostage) {
        return is_captive_of(setup, hostage, cluster, faction);
    });
    position.siege_share = state.accords.siege_share[static_cast<std::size_t>(cluster)];
    const int katiba = organisation_of(setup, faction);
    const int militia = counterpart >= 0 ? organisation_of(setup, counterpart) : -1;
    const auto since = step.day - static_cast<std::int32_t>(state.parameters.accords.war_memory);
    for (auto event = state.events.rbegin(); event != state.events.rend() && event->day >= since; ++event) {
        if (event->commune >= setup.communes() ||
            setup.clusters.of_commune[static_cast<std::size_t>(event->commune)] != cluster)
            continue;
        position.katiba_losses +=
            (event->actor1 == katiba ? event->deaths_actor1 : 0) + (event->actor2 == katiba ? event->deaths_actor2 : 0);
        if (militia >= 0)
            position.villagers_losses += (event->actor1 == militia ? event->deaths_actor1 : 0) +
                                         (event->actor2 == militia ? event->deaths_actor2 : 0);
        if (event->actor1 == katiba) position.villagers_losses += event->civilians_killed;
    }
    const int authority = setup.actors.authority[static_cast<std::size_t>(katiba)];
    double held = 0.0;
    double people = 0.0;
    for (const int i : communes_of(setup, cluster)) {
        const auto residents = static_cast<double>(state.cohorts.residents_of(i));
        if (authority >= 0) held += residents * state.control.share(i, authority);
        people += residents;
    }
    position.control = people > 0.0 ? held / people : 0.0;
    return position;
}

double contact_rate(const Setup& setup, const Step& step, const State& state, int cluster, int faction) {
    const auto& p = state.parameters.accords;
    int kin = 0;
    for (const int i : communes_of(setup, cluster)) {
        const auto first = static_cast<Eigen::Index>(state.cohorts.cell(i, 0));
        kin += state.units.origin.row(faction).segment(first, setup.communities()).sum();
    }
    return p.contact_rate * (1.0 + p.kin_weight * kin) *
           (1.0 + p.mediator_weight * mediators_in(step, state, cluster)) *
           (1.0 + p.pressure_weight * state.accords.pressure[static_cast<std::size_t>(cluster)]);
}

}  // namespace sahelsim::model
