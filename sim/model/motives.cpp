#include "model/motives.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/governance.h"
#include "model/units.h"

namespace sahelsim::model {

Inclination inclination_of(const Setup& setup, const State& state, std::int32_t cohort) {
    const auto& p = state.parameters.people.recruitment;
    const auto& cohorts = state.cohorts;
    const auto k = static_cast<std::size_t>(cohort);
    const int commune = cohorts.commune[k];
    const auto first = cohorts.begin[cohorts.cell(commune, 0)];
    auto draws = stream(state.random, Process::inclination, 0, setup.place_key[static_cast<std::size_t>(commune)],
                        static_cast<std::uint64_t>(cohort - first));
    const auto factor = [&] { return 1.0 + p.mix_spread * (2.0 * engine::draw_uniform(draws) - 1.0); };
    Inclination own;
    own.harm = factor();
    own.protection = factor();
    own.income = factor() * (1.0 + p.wealth_spread * (1.0 - static_cast<double>(cohorts.wealth[k])));
    own.peers = factor();
    return own;
}

Motives::Motives(const Setup& setup, const State& state, int faction)
    : setup_(setup),
      state_(state),
      faction_(faction),
      organisation_(setup.actors.organisation_of[static_cast<std::size_t>(faction)]),
      own_side_(setup.actors.side[static_cast<std::size_t>(organisation_)]),
      affinity_(state.parameters.factions[static_cast<std::size_t>(faction)].affinity),
      hostility_(static_cast<std::size_t>(setup.zones() * setup.actors.sides), 0.0) {
    for (int zone = 0; zone < setup.zones(); ++zone) {
        for (int o = 0; o < setup.actors.organisations; ++o) {
            const int side = setup.actors.side[static_cast<std::size_t>(o)];
            if (side == own_side_) continue;
            double& most = hostility_[static_cast<std::size_t>(zone * setup.actors.sides + side)];
            most = std::max(most, -state.relations.in_zone(zone, organisation_, o));
        }
    }
}

double Motives::protection(int commune, Eigen::Index cell) const {
    const auto& actors = setup_.actors;
    const int own_authority = actors.authority[static_cast<std::size_t>(organisation_)];
    double sum = 0.0;
    for (int a = 0; a < actors.authorities; ++a) {
        const int side = actors.side_of_authority[static_cast<std::size_t>(a)];
        if (a == actors.self_rule || a == own_authority || side < 0) continue;
        sum += state_.control.share(commune, a) * (1.0 - static_cast<double>(state_.attitudes.grievance(cell, side))) *
               (1.0 - static_cast<double>(state_.attitudes.fear(cell, side)));
    }
    return sum;
}

Motives::Grounds Motives::grounds(int commune, Eigen::Index cell) const {
    const double* hostility =
        hostility_.data() + setup_.zone_of[static_cast<std::size_t>(commune)] * setup_.actors.sides;
    Grounds found;
    for (int side = 0; side < setup_.actors.sides; ++side) {
        if (hostility[side] <= 0.0) continue;
        found.spared *= 1.0 - hostility[side] * static_cast<double>(state_.attitudes.grievance(cell, side));
        found.unafraid *= 1.0 - hostility[side] * static_cast<double>(state_.attitudes.fear(cell, side));
    }
    return found;
}

bool Motives::could_join(int commune, int community, double uniform) const {
    const auto& p = state_.parameters.people.recruitment;
    const auto [spared, unafraid] =
        grounds(commune, static_cast<Eigen::Index>(state_.cohorts.cell(commune, community)));
    const double hardship = static_cast<double>(state_.hardship[static_cast<std::size_t>(commune)]);
    // Log-odds at most: nobody protects, all peers have joined, nothing speaks against it, and he is poor and makes much
    // of everything.
    const double most =
        p.base +
        (1.0 + p.mix_spread) * (p.harm_weight * (1.0 - spared) + p.protection_weight * (1.0 - unafraid) +
                                p.income_weight * (1.0 + p.wealth_spread) * hardship + p.peer_weight) +
        p.affinity_weight * affinity_[static_cast<std::size_t>(community)];
    constexpr double kRounding = 1e-9;
    const double x = -most - kRounding;
    // 1 + exp(x), which is more than the first terms of its series, times a number that joins is less than 1.
    return x <= 0.0 || uniform * (2.0 + x * (1.0 + x * (1.0 / 2.0 + x * (1.0 / 6.0)))) < 1.0;
}

double Motives::probability_of_joining(int commune, int community, const Inclination& own_mix) const {
    const auto& p = state_.parameters.people.recruitment;
    const auto cell = static_cast<Eigen::Index>(state_.cohorts.cell(commune, community));
    const auto [spared, unafraid] = grounds(commune, cell);
    const double unprotected = 1.0 - protection(commune, cell);
    const double peers = state_.units.origin(faction_, cell);
    const auto opponents = static_cast<double>(state_.presence.overt_opponents(commune, organisation_) +
                                               state_.presence.covert_opponents(commune, organisation_));
    const auto own = static_cast<double>(state_.presence.of_faction(commune, faction_));
    const auto hardship = static_cast<double>(state_.hardship[static_cast<std::size_t>(commune)]);
    const double motive = p.base + own_mix.harm * p.harm_weight * (1.0 - spared) +
                          own_mix.protection * p.protection_weight * (1.0 - unafraid) * unprotected +
                          own_mix.income * p.income_weight * hardship +
                          own_mix.peers * p.peer_weight * peers / (peers + p.peer_half) +
                          p.affinity_weight * affinity_[static_cast<std::size_t>(community)] -
                          p.risk_weight * opponents / (opponents + own + 1.0) -
                          p.aversion_weight * static_cast<double>(state_.attitudes.grievance(cell, own_side_));
    return 1.0 / (1.0 + engine::exponential(-motive));
}

namespace {

/// Thousands of residents whom each faction controls, [faction]: those whom its authority controls, commune by commune, by
/// its part of the presence of all who stand for that authority.
Eigen::ArrayXd ruled_by_factions(const Setup& setup, const State& state) {
    Eigen::ArrayXd ruled = Eigen::ArrayXd::Zero(setup.actors.factions());
    for (int i = 0; i < setup.communes(); ++i) {
        const double people = static_cast<double>(state.cohorts.residents_of(i)) / 1000.0;
        const auto presence = [&](int f) { return static_cast<double>(state.presence.of_faction(i, f)); };
        for (int a = 0; a < setup.actors.authorities; ++a) {
            const auto& own = setup.actors.factions_of_authority[static_cast<std::size_t>(a)];
            double present = a == setup.actors.self_rule ? state.parameters.control.self_rule_presence : 0.0;
            for (const int f : own) present += presence(f);
            if (present <= 0.0) continue;
            const double held = people * state.control.share(i, a);
            for (const int f : own) ruled(f) += held * presence(f) / present;
        }
    }
    return ruled;
}

}  // namespace

std::vector<Room> room_of_factions(const Setup& setup, const State& state) {
    const auto strengths = faction_strengths(setup, state.units);
    const auto ruled = ruled_by_factions(setup, state);
    std::vector<Room> rooms;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto i = static_cast<std::size_t>(f);
        const auto& own = state.parameters.factions[i];
        const double sustained = own.sustained + own.sustained_by_people * ruled(f) + sustained_by_zakat(state, f);
        rooms.push_back({sustained, static_cast<double>(strengths[i])});
    }
    return rooms;
}

}  // namespace sahelsim::model
