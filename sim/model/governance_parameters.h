#pragma once
// Parameters of governance (processes/governance.h). Part of Parameters.

#include <vector>

#include "scenario/scenario.h"

namespace sahelsim::model {

/// governance.*
struct GovernanceParameters {
    double agents_return = 0.0;         ///< 1/year
    double agents_leave = 0.0;          ///< 1/year
    double threat_half = 0.0;           ///< fighters
    double residents_per_school = 0.0;  ///< persons
    double schools_close = 0.0;         ///< 1/year
    double schools_abandoned = 0.0;     ///< 1/year
    double schools_reopen = 0.0;        ///< 1/year
    double years_before = 0.0;          ///< years
    double choice_precision = 0.0;      ///< 1
    double consent_weight = 0.0;        ///< 1
    double own_voice = 0.0;             ///< 1
    double strictness_time = 0.0;       ///< days
    double effort_time = 0.0;           ///< days
    double effort_half = 0.0;           ///< fighters
    double effort_weight = 0.0;         ///< 1
    double court_share = 0.0;           ///< share
    double payers_share = 0.0;          ///< share
    double zakat_rate = 0.0;            ///< share a year
    double women_share = 0.0;           ///< share
    double market_loss = 0.0;           ///< share

    /// authority.{authority}.*; 0: none stated
    std::vector<double> usual_agents, usual_strictness, usual_effort;
    /// {actor}.governance.*, by faction; 0: none stated
    std::vector<double> ideology, sustained_by_zakat;
};

void declare_governance_parameters(std::vector<scenario::ParameterDeclaration>& all);
[[nodiscard]] GovernanceParameters read_governance_parameters(const scenario::Scenario& scenario,
                                                              const scenario::ParameterSet& values);

}  // namespace sahelsim::model
