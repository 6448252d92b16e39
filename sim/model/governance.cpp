#include "model/governance.h"

#include <algorithm>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

namespace {

/// So that an authority whose members have all left a place still stands for something there.
constexpr double kAbsent = 1e-3;

/// What is left of a faction's strictness by an agreement on schools and women's rights, as far as it has been carried out;
/// who has not signed goes on as before.
double agreed_strictness(const Dialogue& dialogue, int faction) {
    if (!dialogue.in_force() || dialogue.signatory[static_cast<std::size_t>(faction)] == 0) return 1.0;
    return 1.0 - dialogue.carried_out * (1.0 - dialogue.terms[number(Issue::schools)]);
}

bool is_on(const State& state) {
    return state.mechanisms.governance;
}

}  // namespace

double strictness_of(const Setup& setup, const State& state, int commune, int authority) {
    if (!is_on(state)) return 0.0;
    const int zone = setup.zone_of[static_cast<std::size_t>(commune)];
    double sum = 0.0;
    double weight = 0.0;
    for (const int f : setup.actors.factions_of_authority[static_cast<std::size_t>(authority)]) {
        if (state.parameters.governance.ideology[static_cast<std::size_t>(f)] <= 0.0) continue;
        const double present = kAbsent + static_cast<double>(state.presence.of_faction(commune, f));
        sum += present * state.governance.strictness(zone, f) * agreed_strictness(state.dialogue, f);
        weight += present;
    }
    return weight > 0.0 ? sum / weight : 0.0;
}

int state_organisation(const Actors& actors) {
    for (int o = 0; o < actors.organisations; ++o) {
        if (actors.is_national_force(o)) return o;
    }
    return -1;
}

double strict_rule(const Setup& setup, const State& state, int commune) {
    if (!is_on(state)) return 0.0;
    const auto& actors = setup.actors;
    const int organisation = state_organisation(actors);
    double held = 0.0;  // by the state
    if (organisation >= 0)
        held = state.control.share(commune, actors.authority[static_cast<std::size_t>(organisation)]);
    const double half = state.parameters.governance.threat_half;
    double spared = 1.0;
    for (int a = 0; a < actors.authorities; ++a) {
        const double strictness = strictness_of(setup, state, commune, a);
        if (strictness <= 0.0) continue;
        double fighters = 0.0;
        for (const int f : actors.factions_of_authority[static_cast<std::size_t>(a)])
            fighters += static_cast<double>(state.presence.of_faction(commune, f));
        const double out_of_reach = (1.0 - state.control.share(commune, a)) * half / (fighters + half);
        spared *= 1.0 - strictness * (1.0 - held) * (1.0 - out_of_reach);
    }
    return 1.0 - spared;
}

double market_access(const State& state, int commune, double strict) {
    if (state.sieges[static_cast<std::size_t>(commune)].unit >= 0) return 0.0;
    return 1.0 - state.parameters.governance.market_loss * strict;
}

double services_factor(const Setup& setup, const State& state, int commune, int authority) {
    static_cast<void>(setup);
    if (!is_on(state)) return 1.0;
    const auto& p = state.parameters.governance;
    const auto a = static_cast<std::size_t>(authority);
    double factor = 1.0;
    if (p.usual_agents[a] > 0.0)
        factor *= state.governance.agents[static_cast<std::size_t>(commune)] / p.usual_agents[a];
    if (p.usual_effort[a] > 0.0)
        factor *= 1.0 + p.court_share * (state.governance.effort(commune, authority) / p.usual_effort[a] - 1.0);
    return factor;
}

double coercion_factor(const Setup& setup, const State& state, int commune, int authority) {
    if (!is_on(state)) return 1.0;
    const double usual = state.parameters.governance.usual_strictness[static_cast<std::size_t>(authority)];
    return usual > 0.0 ? strictness_of(setup, state, commune, authority) / usual : 1.0;
}

Eigen::ArrayXXd effort_bonus(const State& state) {
    if (!is_on(state)) return {};
    const auto& p = state.parameters.governance;
    Eigen::ArrayXXd bonus = Eigen::ArrayXXd::Zero(state.governance.effort.rows(), state.governance.effort.cols());
    for (Eigen::Index a = 0; a < bonus.cols(); ++a) {
        const double usual = p.usual_effort[static_cast<std::size_t>(a)];
        if (usual > 0.0) bonus.col(a) = p.effort_weight * (state.governance.effort.col(a) - usual);
    }
    return bonus;
}

double sustained_by_zakat(const State& state, int faction) {
    if (!is_on(state)) return 0.0;
    constexpr double kMonthsOfYear = 12.0;
    const auto f = static_cast<std::size_t>(faction);
    return state.parameters.governance.sustained_by_zakat[f] * kMonthsOfYear * state.governance.zakat_of_month[f];
}

}  // namespace sahelsim::model
