#pragma once
// Parameters of politics: the government's standing, its foreign partners, and talks with the armed opposition. Part of
// Parameters.

#include <array>
#include <vector>

#include "model/dialogue.h"
#include "scenario/scenario.h"

namespace sahelsim::model {

/// politics.*
struct PoliticsParameters {
    double legitimacy = 0.0;              ///< 0 ... 1
    double adjustment_time = 0.0;         ///< days
    double base = 0.0;                    ///< log-odds
    double control_weight = 0.0;          ///< 1
    double civilian_weight = 0.0;         ///< 1
    double sanctions_weight = 0.0;        ///< 1
    double protest_weight = 0.0;          ///< 1
    double sanctions_intake = 0.0;        ///< share
    double coup_rate = 0.0;               ///< 1/year
    double coup_legitimacy_weight = 0.0;  ///< 1
    double coup_soldier_weight = 0.0;     ///< 1
    double coup_trap = 0.0;               ///< 1
    double coup_trap_time = 0.0;          ///< days
    double coup_concession_weight = 0.0;  ///< 1
    double coup_legitimacy = 0.0;         ///< 0 ... 1
    double coup_morale_loss = 0.0;        ///< 1
    double coup_sanctions = 0.0;          ///< 0 ... 1
};

/// partners.*
struct PartnersParameters {
    double memory = 0.0;        ///< days
    double strain = 0.0;        ///< log-odds
    double suspension = 0.0;    ///< log-odds
    double anticipation = 0.0;  ///< share
};

/// {actor}.mandate.*: a foreign force's own reckoning
struct Mandate {
    double exit_rate = 0.0;        ///< 1/year
    double standing = 0.0;         ///< log-odds
    double casualty_weight = 0.0;  ///< 1
    double coup_weight = 0.0;      ///< 1
    double talks_weight = 0.0;     ///< 1
    double rival_weight = 0.0;     ///< 1
    double shunned = 0.0;          ///< 0 ... 1
    double success_weight = 0.0;   ///< 1
    double support = 0.0;          ///< share
    double support_drift = 0.0;    ///< share a month
    double support_weight = 0.0;   ///< 1
    double notice = 0.0;           ///< days
    double drawdown = 0.0;         ///< days
    double cost = 0.0;             ///< million EUR a person and year
};

/// dialogue.*
struct DialogueParameters {
    double support = 0.0;                         ///< share
    double support_time = 0.0;                    ///< days
    double support_weariness = 0.0;               ///< 1
    double support_half = 0.0;                    ///< deaths a month per million people
    double government_base = 0.0;                 ///< log-odds
    double armed_base = 0.0;                      ///< log-odds
    double ripeness_weight = 0.0;                 ///< 1
    double ripeness_half = 0.0;                   ///< 1/year
    double ripeness_gain = 0.0;                   ///< share of residents a year
    double public_weight = 0.0;                   ///< 1
    double cohesion_weight = 0.0;                 ///< 1
    double elite_weight = 0.0;                    ///< 1
    double leverage_weight = 0.0;                 ///< 1
    double ambivalence = 0.0;                     ///< log-odds
    double precondition_weight = 0.0;             ///< 1
    double precondition_scope = 0.0;              ///< 1, 2 or 3
    double precondition_softening = 0.0;          ///< 1/year
    double hardness_weight = 0.0;                 ///< 1
    double breakdown_rate = 0.0;                  ///< 1/year
    double round_rate = 0.0;                      ///< 1/year
    double issues_per_round = 0.0;                ///< 1
    double horizon = 0.0;                         ///< years
    double force_time = 0.0;                      ///< years
    double force_exponent = 0.0;                  ///< 1
    double cost_weight = 0.0;                     ///< years
    double belief_error = 0.0;                    ///< share
    double mediator_precision = 0.0;              ///< share
    double sincere_prior = 0.0;                   ///< share
    double devious_signal = 0.0;                  ///< share
    double exchange_rate = 0.0;                   ///< 1/year
    double exchange_share = 0.0;                  ///< share
    double compliance = 0.0;                      ///< share
    double compliance_guaranteed = 0.0;           ///< share
    double sequencing = 0.0;                      ///< share
    double veto_share = 0.0;                      ///< share
    double exit_scale = 0.0;                      ///< 1
    double hardliner_share = 0.0;                 ///< share
    double stand_down = 0.0;                      ///< share
    double implementation_time = 0.0;             ///< days
    double demobilised_share = 0.0;               ///< share
    double renege_rate = 0.0;                     ///< 1/year
    double collapse_rate = 0.0;                   ///< 1/year
    double violation_weight = 0.0;                ///< 1
    double misattribution = 0.0;                  ///< share
    double trust_recovery = 0.0;                  ///< 1/year
    double durable_time = 0.0;                    ///< days
    double bitterness_time = 0.0;                 ///< days
    double bitterness = 0.0;                      ///< 1
    double recognition = 0.0;                     ///< 1/year
    double polarisation = 0.0;                    ///< 1
    double court_services = 0.0;                  ///< 1/year
    double way_out_weight = 0.0;                  ///< 1
    double algiers_strain = 0.0;                  ///< 1/year
    double algiers = 0.0;                         ///< share
    std::array<double, stage_count> rate{};       ///< dialogue.rate.{stage}: 1/year
    std::array<double, measure_count> measure{};  ///< dialogue.measure.{measure}: log-odds
};

/// party.{party}.*
struct PartyParameters {
    double weight = 0.0;      ///< 1
    double opposition = 0.0;  ///< 0 ... 1
    double veto = 0.0;        ///< 0 or 1
    Interests interests;
};

struct GovernmentParameters {
    PoliticsParameters politics;
    PartnersParameters partners;
    DialogueParameters dialogue;
    std::vector<Mandate> mandates;         ///< [faction]; all 0 where a faction has no record
    std::vector<PartyParameters> parties;  ///< [party]
};

void declare_government_parameters(std::vector<scenario::ParameterDeclaration>& all);
[[nodiscard]] GovernmentParameters read_government_parameters(const scenario::Scenario& scenario,
                                                              const scenario::ParameterSet& values);

}  // namespace sahelsim::model
