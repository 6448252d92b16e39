#pragma once
// How the country is governed from month to month: the state's agents, schools, and those who rule in its place.

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace sahelsim::model {

struct Actors;
struct Setup;
struct State;

/// What `govern` and `update_effort` keep; see processes/governance.h.
struct Governance {
    std::vector<double> agents;          ///< [commune]: share of the state's posts that are filled, 0 ... 1
    std::vector<std::int32_t> schools;   ///< [commune]: that there are, open or closed
    std::vector<std::int32_t> closed;    ///< [commune]: schools that are closed
    Eigen::ArrayXXd strictness;          ///< [zone, faction]: how strictly the faction rules, 0 ... 1
    Eigen::ArrayXXd effort;              ///< [commune, authority]: its courts and tax collectors at work, 0 ... 1
    std::vector<double> zakat_of_month;  ///< [faction]: what it took in the last month, herds or harvests
};

// What follows from it for other processes, and from where: 1, 0 or nothing where the mechanism is off.

/// How strictly an authority rules in a commune, 0 ... 1: that of its factions which have an ideology to impose, weighted by their
/// presence; 0 where it has none.
[[nodiscard]] double strictness_of(const Setup& setup, const State& state, int commune, int authority);

/// Number of the state's own organisation, whose enemies its agents have to fear; -1: none.
[[nodiscard]] int state_organisation(const Actors& actors);

/// Share of a commune's life under strict rule, 0 ... 1: 1 - product over authorities of (1 - s R), with
/// R = (1 - c_s)(1 - (1 - c) K / (K + p)): those who control little still order what fighters nearby can punish, where the
/// state does not see it. c control, c_s the state's, p fighters felt, K `governance.threat_half`.
[[nodiscard]] double strict_rule(const Setup& setup, const State& state, int commune);

/// Share of a commune's people who can reach a market, 0 ... 1; `strict` is its strict_rule().
[[nodiscard]] double market_access(const State& state, int commune, double strict);

/// Factor on the rate at which an authority's services heal grievance in a commune.
[[nodiscard]] double services_factor(const Setup& setup, const State& state, int commune, int authority);

/// Factor on the rate at which its coercion raises grievance there.
[[nodiscard]] double coercion_factor(const Setup& setup, const State& state, int commune, int authority);

/// [commune, authority]: what governing adds to the weight of an authority's presence in the contest for control, beside
/// support; empty where the mechanism is off.
[[nodiscard]] Eigen::ArrayXXd effort_bonus(const State& state);

/// Members whom a faction's zakat sustains.
[[nodiscard]] double sustained_by_zakat(const State& state, int faction);

}  // namespace sahelsim::model
