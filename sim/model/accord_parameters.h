#pragma once
// Parameters of local accords and of how units keep truces. Part of Parameters.

#include <array>
#include <vector>

#include "model/accord_state.h"
#include "scenario/scenario.h"

namespace sahelsim::model {

/// accord.*
struct AccordParameters {
    // Contact
    double contact_rate = 0.0;     ///< 1/year
    double kin_weight = 0.0;       ///< 1/person
    double mediator_weight = 0.0;  ///< 1
    double pressure_weight = 0.0;  ///< 1/week
    double pressure_memory = 0.0;  ///< days
    double pressure_deaths = 0.0;  ///< persons a week
    double mediators = 0.0;        ///< persons
    double least_presence = 0.0;   ///< fighters
    double contact_time = 0.0;     ///< days
    double talks_time = 0.0;       ///< days
    double pause = 0.0;            ///< days
    // Terms
    double war_memory = 0.0;       ///< days
    double loss_half = 0.0;        ///< persons
    double loss_weight = 0.0;      ///< 1
    double embargo_weight = 0.0;   ///< 1
    double cost_katiba = 0.0;      ///< 1
    double cost_villagers = 0.0;   ///< 1
    double term = 0.0;             ///< days
    double strictness = 0.0;       ///< 1
    double pasture_settled = 0.0;  ///< share
    // Keeping it
    double violation = 0.0;          ///< share of decisions
    double violation_morale = 0.0;   ///< 1
    double violation_revenge = 0.0;  ///< 1
    double detection = 0.0;          ///< share
    double trust_kept = 0.0;         ///< 1
    double trust_broken = 0.0;       ///< 1
    double calm_week = 0.0;          ///< 1
    double trust_needed = 0.0;       ///< share
    // Collapse
    double hazard_strain = 0.0;      ///< 1/year
    double hazard_violations = 0.0;  ///< 1/year
    double hazard_clause = 0.0;      ///< 1/year
    double clause_patience = 0.0;    ///< days
    double ratio_excluded = 0.0;     ///< 1
    double ratio_army = 0.0;         ///< 1
    double ratio_rival = 0.0;        ///< 1
    double ratio_window = 0.0;       ///< days
    double bitterness = 0.0;         ///< 1
    double embittered_time = 0.0;    ///< days
    double aftermath = 0.0;          ///< days
    // For experiments
    double signature = 0.0;   ///< probability
    double stand_down = 0.0;  ///< probability

    std::array<double, term_count> to_katiba{}, to_villagers{};  ///< accord.worth.{katiba, villagers}.TERM
    std::vector<double> consent;  ///< {actor}.accord.consent, [faction], 0 where none is stated
    std::vector<char> leads;      ///< [faction]: villages seek its leader's consent
};

void declare_accord_parameters(std::vector<scenario::ParameterDeclaration>& all);
[[nodiscard]] AccordParameters read_accord_parameters(const scenario::Scenario& scenario,
                                                      const scenario::ParameterSet& values);

}  // namespace sahelsim::model
