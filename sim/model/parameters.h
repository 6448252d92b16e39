#pragma once
// Every number that the processes of the war read, as structs whose fields carry the names of the scenario.

#include <array>
#include <string>
#include <vector>

#include "model/accord_parameters.h"
#include "model/actions.h"
#include "model/faction_parameters.h"
#include "model/governance_parameters.h"
#include "model/government_parameters.h"
#include "model/leadership_parameters.h"
#include "model/people_parameters.h"
#include "scenario/scenario.h"

namespace sahelsim::model {

/// control.*
struct ControlParameters {
    double relaxation_time = 0.0;                 ///< days
    double reach = 0.0;                           ///< hours
    double exponent = 0.0;                        ///< 1
    double self_rule_presence = 0.0;              ///< fighters
    double support_weight = 0.0;                  ///< 1
    std::array<double, action_count> presence{};  ///< control.presence.{action}: weight of a fighter by what he does
};

/// presence_class.*: Crisis Group's four classes
struct PresenceClassParameters {
    double hegemonic_share = 0.0;  ///< share of rural people
    double contested_share = 0.0;  ///< share of rural people
    double activity_window = 0.0;  ///< days
};

/// information.*
struct InformationParameters {
    double tip_rate = 0.0;          ///< 1/day
    double support_weight = 0.0;    ///< 1
    double control_exponent = 0.0;  ///< 1
    double decay_time = 0.0;        ///< days
};

/// decision.*
struct DecisionParameters {
    double town_weight = 0.0;                          ///< 1
    double armed_weight = 0.0;                         ///< residents
    double presence_half_gain = 0.0;                   ///< fighters
    double minimum_strength = 0.0;                     ///< fighters
    double supply_recovery = 0.0;                      ///< 1/day
    double morale_recovery = 0.0;                      ///< 1/day
    double strong_base_factor = 0.0;                   ///< 1
    double shaken_loss_weight = 0.0;                   ///< 1
    std::array<double, action_count> duration{};       ///< decision.duration.{action}, days
    std::array<double, action_count> exposure{};       ///< decision.exposure.{action}, 1
    std::array<double, action_count> civilian_harm{};  ///< decision.civilian_harm.{action}, 1
    std::array<double, action_count> supply_cost{};    ///< decision.supply_cost.{action}, share
};

/// revenge.*
struct RevengeParameters {
    double half_life = 0.0;     ///< days
    double reach = 0.0;         ///< hours
    double per_civilian = 0.0;  ///< 1
    double per_fighter = 0.0;   ///< 1
    double saturation = 0.0;    ///< 1
};

/// gathering.*
struct GatheringParameters {
    double air_threat_weight = 0.0;   ///< 1
    double air_scatter_weight = 0.0;  ///< 1
    double air_threat_reach = 0.0;    ///< km
};

/// orders.*: attacks that are ordered from the top
struct OrdersParameters {
    double force = 0.0;          ///< fighters
    double reach = 0.0;          ///< h
    double capital_value = 0.0;  ///< 1
    double capital_reach = 0.0;  ///< h
};

/// engagement.*
struct EngagementParameters {
    double round_hours = 0.0;               ///< h
    double maximum_rounds = 0.0;            ///< 1
    double killed_share = 0.0;              ///< share of casualties
    double rout_share = 0.0;                ///< share
    double contact_reach = 0.0;             ///< h
    double ambush_free_rounds = 0.0;        ///< 1
    double area_fire = 0.0;                 ///< 1/h
    double defender_cover = 0.0;            ///< 1
    double ied_victims = 0.0;               ///< persons
    double ied_killed_share = 0.0;          ///< share
    double ied_civilian_share = 0.0;        ///< share
    double ied_trigger_share = 0.0;         ///< share of devices that go off under a victim
    double coordinated_minimum = 0.0;       ///< fighters
    double coordinated_free_rounds = 0.0;   ///< 1
    double experience_gain = 0.0;           ///< 1
    double experience_limit = 0.0;          ///< 1
    double morale_loss = 0.0;               ///< 1
    double captured_supply = 0.0;           ///< share
    double strike_success = 0.0;            ///< share
    double evasion = 0.0;                   ///< share
    double siege_supply_loss = 0.0;         ///< 1/day
    double unsupplied_effectiveness = 0.0;  ///< 1
    double least_morale = 0.0;              ///< 1
    std::array<double, 4> terrain{};        ///< engagement.terrain.{ecology}: factor on the fire of both sides
};

/// harm.*
struct HarmParameters {
    double raid_hours = 0.0;             ///< h
    double raid_hours_spread = 0.0;      ///< 1
    double sweep_contacts = 0.0;         ///< persons
    double sweep_contacts_spread = 0.0;  ///< 1
    double crossfire = 0.0;              ///< persons an hour of fighting
    double strike_collateral = 0.0;      ///< persons a strike
    double injured_per_killed = 0.0;     ///< 1
    double abducted_mean = 0.0;          ///< persons
    double hostage_time = 0.0;           ///< days
    double hostage_death_share = 0.0;    ///< share
    double looting_share = 0.0;          ///< share of raids
    double revenge_weight = 0.0;         ///< 1
    double least_suspicion = 0.0;        ///< 1
};

/// membership.*
struct MembershipParameters {
    double least_affinity = 0.0;  ///< 1
};

/// adaptation.*
struct AdaptationParameters {
    double own_loss_weight = 0.0;  ///< 1
    double control_weight = 0.0;   ///< fighters
    double limit = 0.0;            ///< 1
    double forgetting = 0.0;       ///< 1/month
};

struct Parameters {
    ControlParameters control;
    PresenceClassParameters presence_class;
    InformationParameters information;
    DecisionParameters decision;
    RevengeParameters revenge;
    GatheringParameters gathering;
    OrdersParameters orders;
    EngagementParameters engagement;
    HarmParameters harm;
    MembershipParameters membership;
    AdaptationParameters adaptation;
    PeopleParameters people;
    GovernmentParameters government;
    GovernanceParameters governance;
    LeadershipParameters leadership;
    AccordParameters accords;
    std::vector<FactionParameters> factions;  ///< in the order of FactionIndex
    /// relation.{organisation}.{organisation}, symmetric, [organisation][organisation]: -1 at war, 0 indifferent, 1 allied
    std::vector<std::vector<double>> relation;
};

/// Declarations of everything above; names are permanent.
[[nodiscard]] std::vector<scenario::ParameterDeclaration> parameter_declarations();

/// Throws InputError that names each faction and parameter without a record.
[[nodiscard]] Parameters read_parameters(const scenario::Scenario& scenario);

/// The same with other values, as interventions leave them in the course of a run.
[[nodiscard]] Parameters read_parameters(const scenario::Scenario& scenario, const scenario::ParameterSet& values);

}  // namespace sahelsim::model
