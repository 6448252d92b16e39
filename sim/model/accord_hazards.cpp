#include "model/accord_hazards.h"

#include <algorithm>

#include "model/accord_circumstances.h"
#include "model/accords.h"

namespace sahelsim::model {

namespace {

/// Whether somebody of the authority did violence in the cluster lately.
bool acted_lately(const Setup& setup, const Step& step, const State& state, int cluster, int authority) {
    if (authority < 0) return false;
    const auto since = step.day - static_cast<std::int32_t>(state.parameters.accords.ratio_window);
    const auto& communes = communes_of(setup, cluster);
    return std::any_of(communes.begin(), communes.end(), [&](int i) {
        return state.last_act[static_cast<std::size_t>(i * setup.actors.authorities + authority)] >= since;
    });
}

template <class IsMeant>
bool any_acted_lately(const Setup& setup, const Step& step, const State& state, int cluster, IsMeant is_meant) {
    for (int o = 0; o < setup.actors.organisations; ++o) {
        const int authority = setup.actors.authority[static_cast<std::size_t>(o)];
        if (is_meant(o) && acted_lately(setup, step, state, cluster, authority)) return true;
    }
    return false;
}

bool excludes_somebody(const Setup& setup, const State& state, int cluster, int katiba, int counterpart) {
    for (int f = 0; f < setup.actors.factions(); ++f) {
        if (f != counterpart && may_stand_by_villagers(setup, state, cluster, katiba, f)) return true;
    }
    return false;
}

}  // namespace

std::array<double, collapse_cause_count> collapse_hazards(const Setup& setup, const Step& step, const State& state,
                                                          int cluster, int faction) {
    const auto& p = state.parameters.accords;
    const Accord& accord = state.accords.all[accord_index(setup, cluster, faction)];
    const int own = setup.actors.organisation_of[static_cast<std::size_t>(faction)];
    const auto is_of_state = [&](int o) { return setup.actors.is_state_force(o); };
    const auto is_rival = [&](int o) { return o != own && are_rivals(state.parameters, own, o); };
    std::array<double, collapse_cause_count> by_cause{};
    double strain = p.hazard_strain;
    by_cause[static_cast<std::size_t>(CollapseCause::strain)] = strain;
    const auto circumstance = [&](CollapseCause cause, bool given, double ratio) {
        if (!given) return;
        const double added = strain * (ratio - 1.0);
        if (added >= 0.0) {
            by_cause[static_cast<std::size_t>(cause)] = added;
        } else {
            for (double& rate : by_cause) rate *= ratio;
        }
        strain *= ratio;
    };
    circumstance(CollapseCause::excluded_party, excludes_somebody(setup, state, cluster, faction, accord.counterpart),
                 p.ratio_excluded);
    circumstance(CollapseCause::army, any_acted_lately(setup, step, state, cluster, is_of_state), p.ratio_army);
    circumstance(CollapseCause::rival, any_acted_lately(setup, step, state, cluster, is_rival), p.ratio_rival);
    const double missing = std::max(0.0, 1.0 - accord.trust() / p.trust_needed);
    by_cause[static_cast<std::size_t>(CollapseCause::violations)] = p.hazard_violations * missing;
    const bool patient = step.day - accord.since < p.clause_patience;
    if (has(accord.terms, Term::garrison) && !patient && has_garrison(setup, state, cluster))
        by_cause[static_cast<std::size_t>(CollapseCause::unmet_clause)] = p.hazard_clause;
    return by_cause;
}

}  // namespace sahelsim::model
