#include "model/motives.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/governance.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

/// How hostile an organisation is to a side, by its worst enemy there.
double hostility_to_side(const Setup& setup, const State& state, int place, int organisation, int side) {
    double most = 0.0;
    for (int o = 0; o < setup.actors.organisations; ++o) {
        if (setup.actors.side[static_cast<std::size_t>(o)] == side)
            most = std::max(most, -state.relations.at(setup, place, organisation, o));
    }
    return most;
}

/// Part of a community that somebody else protects: control by authorities that it neither resents nor fears.
double protection(const Setup& setup, const State& state, int own_authority, int commune, Eigen::Index cell) {
    double sum = 0.0;
    for (int a = 0; a < setup.actors.authorities; ++a) {
        const int side = setup.actors.side_of_authority[static_cast<std::size_t>(a)];
        if (a == setup.actors.self_rule || a == own_authority || side < 0) continue;
        sum += state.control.share(commune, a) * (1.0 - static_cast<double>(state.attitudes.grievance(cell, side))) *
               (1.0 - static_cast<double>(state.attitudes.fear(cell, side)));
    }
    return sum;
}

}  // namespace

double danger_to(const Attitudes& attitudes, Eigen::Index cell) {
    double safe = 1.0;
    for (Eigen::Index s = 0; s < attitudes.fear.cols(); ++s) safe *= 1.0 - static_cast<double>(attitudes.fear(cell, s));
    return 1.0 - safe;
}

double probability_of_joining(const Setup& setup, const State& state, int faction, int commune, int community) {
    const auto& p = state.parameters.people.recruitment;
    const auto f = static_cast<std::size_t>(faction);
    const int organisation = setup.actors.organisation_of[f];
    const int own_side = setup.actors.side[static_cast<std::size_t>(organisation)];
    const auto cell = static_cast<Eigen::Index>(state.cohorts.cell(commune, community));
    double spared = 1.0;
    double unafraid = 1.0;
    for (int side = 0; side < setup.actors.sides; ++side) {
        const double hostile = side == own_side ? 0.0 : hostility_to_side(setup, state, commune, organisation, side);
        if (hostile <= 0.0) continue;
        spared *= 1.0 - hostile * static_cast<double>(state.attitudes.grievance(cell, side));
        unafraid *= 1.0 - hostile * static_cast<double>(state.attitudes.fear(cell, side));
    }
    const int authority = setup.actors.authority[static_cast<std::size_t>(organisation)];
    const double unprotected = 1.0 - protection(setup, state, authority, commune, cell);
    const double peers = state.units.origin(faction, cell);
    const auto opponents = static_cast<double>(state.presence.overt_opponents(commune, organisation) +
                                               state.presence.covert_opponents(commune, organisation));
    const auto own = static_cast<double>(state.presence.of_faction(commune, faction));
    const double motive =
        p.base + p.harm_weight * (1.0 - spared) + p.protection_weight * (1.0 - unafraid) * unprotected +
        p.income_weight * static_cast<double>(state.hardship[static_cast<std::size_t>(commune)]) +
        p.peer_weight * peers / (peers + p.peer_half) +
        p.affinity_weight * state.parameters.factions[f].affinity[static_cast<std::size_t>(community)] -
        p.risk_weight * opponents / (opponents + own + 1.0) -
        p.aversion_weight * static_cast<double>(state.attitudes.grievance(cell, own_side));
    return 1.0 / (1.0 + engine::exponential(-motive));
}

std::vector<Room> room_of_factions(const Setup& setup, const State& state) {
    const auto& actors = setup.actors;
    const auto strengths = faction_strengths(setup, state.units);
    Eigen::ArrayXd ruled = Eigen::ArrayXd::Zero(actors.factions());  // thousands of residents
    for (int i = 0; i < setup.communes(); ++i) {
        const double people = static_cast<double>(state.cohorts.residents_of(i)) / 1000.0;
        Eigen::ArrayXd present = Eigen::ArrayXd::Zero(actors.authorities);
        present(actors.self_rule) = state.parameters.control.self_rule_presence;
        for (int f = 0; f < actors.factions(); ++f) {
            const int authority =
                actors.authority[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(f)])];
            if (authority >= 0) present(authority) += static_cast<double>(state.presence.of_faction(i, f));
        }
        for (int f = 0; f < actors.factions(); ++f) {
            const int authority =
                actors.authority[static_cast<std::size_t>(actors.organisation_of[static_cast<std::size_t>(f)])];
            if (authority < 0 || present(authority) <= 0.0) continue;
            ruled(f) += people * state.control.share(i, authority) *
                        static_cast<double>(state.presence.of_faction(i, f)) / present(authority);
        }
    }
    std::vector<Room> rooms;
    for (int f = 0; f < actors.factions(); ++f) {
        const auto i = static_cast<std::size_t>(f);
        const auto& own = state.parameters.factions[i];
        const double sustained = own.sustained + own.sustained_by_people * ruled(f) + sustained_by_zakat(state, f);
        rooms.push_back({sustained, static_cast<double>(strengths[i])});
    }
    return rooms;
}

}  // namespace sahelsim::model
