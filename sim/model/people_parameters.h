#pragma once
// Parameters of what the war does to people and people to the war: minds, arms, flight, land. Part of Parameters.

#include <array>
#include <vector>

#include "scenario/scenario.h"
#include "world/parameters.h"

namespace sahelsim::model {

/// reactions.*
struct ReactionParameters {
    double grievance_half_life = 0.0;        ///< days
    double fear_half_life = 0.0;             ///< days
    double reach = 0.0;                      ///< h
    double grievance_per_victim = 0.0;       ///< 1
    double fear_per_victim = 0.0;            ///< 1
    double injured_weight = 0.0;             ///< victims
    double abducted_weight = 0.0;            ///< victims
    double fight_death_weight = 0.0;         ///< victims
    double out_group_weight = 0.0;           ///< 1
    double bystander_weight = 0.0;           ///< 1
    double siege_victims = 0.0;              ///< victims a day
    double support_loss = 0.0;               ///< 1
    double fear_silence = 0.0;               ///< 1
    double provocation = 0.0;                ///< 1
    std::vector<double> services, coercion;  ///< authority.{authority}.*, 1/year, [authority]
};

/// recruitment.*
struct RecruitmentParameters {
    double youth_share = 0.0;        ///< share of residents
    double reach_half = 0.0;         ///< fighters
    double base = 0.0;               ///< log-odds
    double harm_weight = 0.0;        ///< 1
    double protection_weight = 0.0;  ///< 1
    double income_weight = 0.0;      ///< 1
    double peer_weight = 0.0;        ///< 1
    double peer_half = 0.0;          ///< members
    double affinity_weight = 0.0;    ///< 1
    double risk_weight = 0.0;        ///< 1
    double aversion_weight = 0.0;    ///< 1
    double wealth_spread = 0.0;      ///< 0 ... 1
    double mix_spread = 0.0;         ///< 0 ... 1
};

/// desertion.*
struct DesertionParameters {
    double morale_weight = 0.0;  ///< 1
    double hunger_weight = 0.0;  ///< 1
    double unpaid_weight = 0.0;  ///< 1
};

/// displacement.*
struct DisplacementParameters {
    double flight_rate = 0.0;  ///< 1/year
    double household = 0.0;    ///< persons
    double reach = 0.0;        ///< h
    double kin_pull = 0.0;     ///< 1
    double town_pull = 0.0;    ///< 1
    double border_pull = 0.0;  ///< persons
    double return_rate = 0.0;  ///< 1/year
    double calm = 0.0;         ///< 1
    double siege_hold = 0.0;   ///< share
};

/// spread.*
struct SpreadParameters {
    double reach = 0.0;           ///< h
    double long_share = 0.0;      ///< share
    double founders = 0.0;        ///< persons
    double latent_time = 0.0;     ///< days
    double latent_least = 0.0;    ///< days
    double network_weight = 0.0;  ///< 1
};

/// rivalry.*: the relation of organisations that are neither friends nor foes for good
struct RivalryParameters {
    double common_enemy = 0.0;  ///< 1/year
    double overlap = 0.0;       ///< 1/year
    double overlap_half = 0.0;  ///< fighters
    double land_weight = 0.0;   ///< 1
    double defection = 0.0;     ///< 1 per defector
    double battle = 0.0;        ///< 1 per battle
    double contagion = 0.0;     ///< 1/year
    double talks = 0.0;         ///< 1/year
    double talks_half = 0.0;    ///< local talks and accords
    double hardliners = 0.0;    ///< 1
};

/// land.*
struct LandParameters {
    double reach = 0.0;                                  ///< h
    double dispute_rate = 0.0;                           ///< 1/year per 1,000 residents
    double provocation = 0.0;                            ///< 1
    double revenge_weight = 0.0;                         ///< 1
    std::array<std::array<double, 2>, 4> herders_fed{};  ///< land.herders_fed.{ecology}.{season}, persons/km2
    std::array<double, 2> calendar{};                    ///< land.calendar.{season}, 1
    std::vector<double> arbitration;                     ///< authority.{authority}.arbitration, [authority]
};

/// demography.*
struct DemographyParameters {
    double births = 0.0;  ///< 1/year
    double deaths = 0.0;  ///< 1/year
};

/// imprisonment.*
struct ImprisonmentParameters {
    double captured_share = 0.0;  ///< share of the wounded
    double time = 0.0;            ///< days
};

struct PeopleParameters {
    ReactionParameters reactions;
    RecruitmentParameters recruitment;
    DesertionParameters desertion;
    DisplacementParameters displacement;
    SpreadParameters spread;
    RivalryParameters rivalry;
    LandParameters land;
    DemographyParameters demography;
    ImprisonmentParameters imprisonment;
    /// rivalry.volatility.{organisation}.{organisation}, symmetric, 1/sqrt(year); negative: the relation never changes
    std::vector<std::vector<double>> volatility;
    /// defection.{organisation}.{organisation}, 1/year, [from][to]
    std::vector<std::vector<double>> defection;
};

void declare_people_parameters(std::vector<scenario::ParameterDeclaration>& all);
[[nodiscard]] PeopleParameters read_people_parameters(const scenario::Scenario& scenario,
                                                      const scenario::ParameterSet& values);

}  // namespace sahelsim::model
