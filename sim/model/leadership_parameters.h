#pragma once
// Parameters of leadership (processes/leadership.h). Part of Parameters.

#include <vector>

#include "scenario/scenario.h"

namespace sahelsim::model {

/// leadership.*
struct LeadershipParameters {
    double strike_rate = 0.0;         ///< 1/year
    double head_vacancy = 0.0;        ///< days
    double commander_vacancy = 0.0;   ///< days
    double head_loss = 0.0;           ///< share
    double commander_loss = 0.0;      ///< share
    double head_reach = 0.0;          ///< 1
    double recovery_half_life = 0.0;  ///< days
    double succession_spread = 0.0;   ///< 1
    double head_weight = 0.0;         ///< share
    double usual_hardness = 0.0;      ///< 1
    double desertion_weight = 0.0;    ///< 1

    std::vector<double> hardness;  ///< leader.{leader}.hardness, in the order of the scenario
};

void declare_leadership_parameters(std::vector<scenario::ParameterDeclaration>& all);

/// Throws scenario::InputError that names each leader without a record.
[[nodiscard]] LeadershipParameters read_leadership_parameters(const scenario::Scenario& scenario,
                                                              const scenario::ParameterSet& values);

}  // namespace sahelsim::model
