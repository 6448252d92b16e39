#pragma once
// Parameters that differ between actors. Part of Parameters.

#include <array>
#include <vector>

#include "model/actions.h"
#include "scenario/scenario.h"

namespace sahelsim::model {

/// What differs between actors: {actor}.*, the most specific record of faction, organisation, kind, "armed_actor".
struct FactionParameters {
    // {actor}.initial.*
    double strength = 0.0;
    double active_share = 0.0;
    double cell_size = 0.0;
    double mobile_share = 0.0;
    double town_share = 0.0;
    double experience = 0.0;
    double local_share = 0.0;
    // {actor}.decision.*
    double choice_precision = 0.0;
    double gain_weight = 0.0;
    double revenge_weight = 0.0;
    double loss_weight = 0.0;
    double distance_weight = 0.0;
    double support_weight_leaders = 0.0;
    double support_weight_cells = 0.0;
    double kin_weight = 0.0;
    double discipline = 0.0;
    double travel_limit = 0.0;
    double perception_error = 0.0;
    // {actor}.information.*
    double technical_information = 0.0;
    // {actor}.combat.*
    double effectiveness = 0.0;
    double break_point = 0.0;
    double overtness = 0.0;
    double convoy_size = 0.0;
    // {actor}.control.*
    double rule_weight = 0.0;
    // {actor}.air.*
    double strike_units = 0.0;
    double strike_range = 0.0;
    double strike_killed = 0.0;
    double support_probability = 0.0;
    double support_effect = 0.0;
    // {actor}.gathering.*
    double merge_rate = 0.0;
    double scatter_rate = 0.0;
    double merge_distance = 0.0;
    double largest_share = 0.0;
    // {actor}.harm.*
    double restraint = 0.0;
    double raid_kill_rate = 0.0;
    // {actor}.adaptation.*
    double adaptation_rate = 0.0;
    // {actor}.replacement.*
    double replacement_rate = 0.0;
    double intake = 0.0;
    // {actor}.recruitment.*
    double recruitment_rate = 0.0;
    double founding_rate = 0.0;
    double abroad_rate = 0.0;
    double sustained = 0.0;
    double sustained_by_people = 0.0;
    // {actor}.desertion.*
    double desertion_rate = 0.0;
    // {actor}.spread.*
    double spread_rate = 0.0;
    // {actor}.orders.*
    double orders_rate = 0.0;

    std::array<double, action_count> doctrine{};  ///< {actor}.doctrine.{action}
    std::array<bool, action_count> available{};   ///< whether the actor has a doctrine weight for the action
    std::vector<double> affinity;                 ///< {actor}.affinity.{community}, 0 where there is no record
    std::vector<double> suspicion;                ///< {actor}.suspicion.{community}, 0 where there is no record
};

void declare_faction_parameters(std::vector<scenario::ParameterDeclaration>& all);

/// In the order of Actors::faction. Throws InputError naming every record that is missing.
[[nodiscard]] std::vector<FactionParameters> read_faction_parameters(const scenario::Scenario& scenario,
                                                                     const scenario::ParameterSet& values);

}  // namespace sahelsim::model
