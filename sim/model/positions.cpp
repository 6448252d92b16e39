#include "model/positions.h"

#include <algorithm>

#include "model/bargaining.h"
#include "model/leadership.h"
#include "model/units.h"

namespace sahelsim::model {

namespace {

double loss_of(const Setup& setup, const State& state, const std::vector<int>& who, const IssueTerms& terms) {
    double loss = 0.0;
    double weights = 0.0;
    for (const int k : who) {
        const auto& party = state.parameters.government.parties[static_cast<std::size_t>(k)];
        const double lost =
            utility_of_terms(party.interests, state_terms(setup, state)) - utility_of_terms(party.interests, terms);
        loss += party.weight * std::max(0.0, lost);
        weights += party.weight;
    }
    return weights > 0.0 ? loss / weights : 0.0;
}

}  // namespace

const IssueTerms& state_terms(const Setup& setup, const State& state) {
    return state.parameters.government.parties[static_cast<std::size_t>(setup.parties.government)].interests.ideal;
}

IssueTerms opposition_terms(const Setup& setup, const State& state) {
    const auto strengths = faction_strengths(setup, state.units);
    IssueTerms terms{};
    double all = 0.0;
    for (const int k : setup.parties.armed) {
        const auto faction = static_cast<std::size_t>(setup.parties.faction_of[static_cast<std::size_t>(k)]);
        const double members =
            static_cast<double>(strengths[faction]) + 1.0;  // the last who is left still wants something
        const auto& ideal = state.parameters.government.parties[static_cast<std::size_t>(k)].interests.ideal;
        for (std::size_t i = 0; i < issue_count; ++i) terms[i] += members * ideal[i];
        all += members;
    }
    for (double& x : terms) x = all > 0.0 ? x / all : 0.0;
    return terms;
}

IssueTerms half_way_terms(const Setup& setup, const State& state) {
    IssueTerms terms = state_terms(setup, state);
    const IssueTerms theirs = opposition_terms(setup, state);
    for (std::size_t k = 0; k < issue_count; ++k) terms[k] = 0.5 * (terms[k] + theirs[k]);
    return terms;
}

IssueTerms expected_terms(const Setup& setup, const State& state) {
    if (state.dialogue.in_force()) return state.dialogue.terms;
    return state.dialogue.is_open() ? half_way_terms(setup, state) : state_terms(setup, state);
}

double elite_loss(const Setup& setup, const State& state, const IssueTerms& terms) {
    return loss_of(setup, state, setup.parties.elites, terms);
}

double officers_loss(const Setup& setup, const State& state) {
    return setup.parties.can_talk() ? loss_of(setup, state, setup.parties.officers, expected_terms(setup, state)) : 0.0;
}

double services_of_recognised_courts(const Setup& setup, const State& state) {
    if (!state.dialogue.in_force()) return 0.0;
    return state.parameters.government.dialogue.court_services * state.dialogue.terms[number(Issue::qadis)] *
           state.dialogue.carried_out * share_of_signatories(setup, state);
}

double way_out_for(const Setup& setup, const State& state, int faction) {
    const double offered = state.dialogue.measure(Measure::way_out);
    if (offered <= 0.0) return 1.0;
    const auto& armed = setup.parties.armed;
    const bool meant = std::any_of(armed.begin(), armed.end(), [&](int k) {
        return setup.parties.faction_of[static_cast<std::size_t>(k)] == faction;
    });
    return meant ? 1.0 + state.parameters.government.dialogue.way_out_weight * offered : 1.0;
}

double opposition_hardness(const Setup& setup, const State& state) {
    const auto shares = shares_of_factions(setup, state);
    double mean = 0.0;
    for (std::size_t a = 0; a < shares.size(); ++a) {
        const int faction = setup.parties.faction_of[static_cast<std::size_t>(setup.parties.armed[a])];
        mean += shares[a] * hardness(setup, state, faction);
    }
    return mean;
}

double share_of_signatories(const Setup& setup, const State& state) {
    const auto shares = shares_of_factions(setup, state);
    double bound = 0.0;
    for (std::size_t a = 0; a < shares.size(); ++a) {
        const int faction = setup.parties.faction_of[static_cast<std::size_t>(setup.parties.armed[a])];
        if (state.dialogue.signatory[static_cast<std::size_t>(faction)] != 0) bound += shares[a];
    }
    return bound;
}

std::vector<double> shares_of_factions(const Setup& setup, const State& state) {
    const auto strengths = faction_strengths(setup, state.units);
    std::vector<double> shares;
    double all = 0.0;
    for (const int k : setup.parties.armed) {
        const auto faction = static_cast<std::size_t>(setup.parties.faction_of[static_cast<std::size_t>(k)]);
        shares.push_back(static_cast<double>(strengths[faction]));
        all += shares.back();
    }
    for (double& share : shares) share = all > 0.0 ? share / all : 1.0 / static_cast<double>(shares.size());
    return shares;
}

}  // namespace sahelsim::model
