#include "model/faction_parameters.h"

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterType;

constexpr double kMany = 1e6;

using F = FactionParameters;
// Where units are based and what they are like is read again for each new one.
constexpr std::array faction_rows = {
    Binding<F>{&F::strength, "initial.strength", "persons", 0, kMany,
               "Members at the start of the run, part-time ones included.", ParameterType::real, true},
    Binding<F>{&F::active_share, "initial.active_share", "share", 0, 1, "Members under arms on a normal day.",
               ParameterType::real, true},
    Binding<F>{&F::cell_size, "initial.cell_size", "persons", 1, 10000, "Established strength of a unit."},
    Binding<F>{&F::mobile_share, "initial.mobile_share", "share", 0, 1,
               "Part of the active strength that is not tied to a post."},
    Binding<F>{&F::town_share, "initial.town_share", "share", 0, 1,
               "Units based in the seats of cercles; the others are in rural communes."},
    Binding<F>{&F::experience, "initial.experience", "1", 0, 1,
               "Experience of the units at the start, from none to full."},
    Binding<F>{&F::local_share, "initial.local_share", "share", 0, 1,
               "Members who come from the commune of their unit's base; the others come from the whole country."},
    Binding<F>{&F::choice_precision, "decision.choice_precision", "1", 0.01, 100,
               "Precision of choices between targets (logit scale)."},
    Binding<F>{&F::gain_weight, "decision.gain_weight", "1", 0, 100, "Weight of what an action can gain."},
    Binding<F>{&F::revenge_weight, "decision.revenge_weight", "1", 0, 100, "Weight of retaliation."},
    Binding<F>{&F::loss_weight, "decision.loss_weight", "1", 0, 100,
               "Weight of the share of own strength that may be lost."},
    Binding<F>{&F::distance_weight, "decision.distance_weight", "1/h", 0, 10, "Cost of an hour of travel."},
    Binding<F>{&F::support_weight_leaders, "decision.support_weight_leaders", "1", 0, 100,
               "Weight that the leadership gives to support lost by harming people close to the organisation."},
    Binding<F>{&F::support_weight_cells, "decision.support_weight_cells", "1", 0, 100,
               "The same weight for the unit itself."},
    Binding<F>{&F::kin_weight, "decision.kin_weight", "1", 0, 100,
               "Weight of threats to the unit's own people near its base."},
    Binding<F>{&F::discipline, "decision.discipline", "1", 0, 1,
               "How far units follow the leadership's weights rather than their own."},
    Binding<F>{&F::travel_limit, "decision.travel_limit", "h", 0.1, 48, "Longest way to a target."},
    Binding<F>{&F::perception_error, "decision.perception_error", "1", 0, 5,
               "Standard deviation of the logarithm of perceived strength without information."},
    Binding<F>{&F::technical_information, "information.technical", "1", 0, 1,
               "Information from technical means, which needs no tips."},
    Binding<F>{&F::effectiveness, "combat.effectiveness", "1/h", 0, 10,
               "Aimed hits per fighter and hour at no experience."},
    Binding<F>{&F::break_point, "combat.break_point", "share", 0.001, 1,
               "Losses at which a side with full morale breaks off."},
    Binding<F>{&F::overtness, "combat.overtness", "1", 0, 1,
               "How openly the actor is present: 1 in bases and uniforms, 0 hidden among the people."},
    Binding<F>{&F::convoy_size, "combat.convoy_size", "persons", 1, 10000,
               "Strength of a patrol or convoy that a garrison has on the road."},
    Binding<F>{&F::rule_weight, "control.rule_weight", "1", 0, 1,
               "What a fighter counts for in his authority's hold on a commune: 1 if he rules in its name."},
    Binding<F>{&F::strike_units, "air.strike_units", "1", 0, 100, "Crews of aircraft that can strike on the same day.",
               ParameterType::integer, true},
    Binding<F>{&F::strike_range, "air.strike_range", "km", 0, 5000, "Range of the aircraft from their base."},
    Binding<F>{&F::strike_killed, "air.strike_killed", "persons", 0, 1000,
               "Mean number of fighters killed by a strike that finds its target."},
    Binding<F>{&F::support_probability, "air.support_probability", "share", 0, 1,
               "Probability that aircraft reach a fight of the actor or its allies within their range."},
    Binding<F>{&F::support_effect, "air.support_effect", "1", 0, 100,
               "How much aircraft overhead raise the effectiveness of the supported, above one."},
    Binding<F>{&F::merge_rate, "gathering.merge_rate", "1/day", 0, 1,
               "Rate at which two fighters of different groups, one meeting the other, join their groups."},
    Binding<F>{&F::scatter_rate, "gathering.scatter_rate", "1/day", 0, 1,
               "Rate per fighter at which his group scatters into its home cells."},
    Binding<F>{&F::merge_distance, "gathering.merge_distance", "h", 0.1, 100,
               "Travel time between bases over which the rate of joining falls to 1/e."},
    Binding<F>{&F::largest_share, "gathering.largest_share", "share", 0, 1,
               "Largest part of the faction that can gather in one group."},
    Binding<F>{&F::restraint, "harm.restraint", "1", 0, 1, "Restraint towards civilians: 1 spares all of them."},
    Binding<F>{&F::raid_kill_rate, "harm.raid_kill_rate", "1/h", 0, 1000,
               "Civilians killed per hour of an attack on civilians."},
    Binding<F>{&F::adaptation_rate, "adaptation.rate", "1/month", 0, 10, "Speed at which effort shifts to what pays."},
    Binding<F>{&F::replacement_rate, "replacement.rate", "1/year", 0, 100,
               "Rate at which a missing member of a unit is replaced by the next rotation."},
    Binding<F>{&F::intake, "replacement.intake", "persons/year", 0, kMany,
               "People whom the organisation's centre takes on: they fill gaps first, and then new units."},
    Binding<F>{&F::recruitment_rate, "recruitment.rate", "1/year", 0, 10,
               "Rate of joining per young man in reach whose motives leave no doubt, with room for all."},
    Binding<F>{&F::founding_rate, "recruitment.founding_rate", "1/year", 0, 10,
               "Rate, per 1,000 residents with every motive, at which a new unit forms among them by itself."},
    Binding<F>{&F::abroad_rate, "recruitment.abroad_rate", "1/year", 0, 100,
               "Recruits from abroad per member who is present in a border zone, with room for all."},
    Binding<F>{&F::sustained, "recruitment.sustained", "persons", 0, kMany,
               "Members whom arms and money from outside sustain."},
    Binding<F>{&F::sustained_by_people, "recruitment.sustained_by_people", "persons", 0, 1000,
               "Members whom 1,000 residents under the faction's control sustain."},
    Binding<F>{&F::desertion_rate, "desertion.rate", "1/year", 0, 100,
               "Rate at which a member of a unit in good spirits goes home."},
    Binding<F>{&F::spread_rate, "spread.rate", "1/year", 0, 100,
               "Rate per unit at which it sends people to settle in a new area."},
    Binding<F>{&F::orders_rate, "orders.rate", "1/year", 0, 365,
               "Rate at which the leadership orders a spectacular attack on a town."},
};

FactionParameters read_faction(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                               const scenario::Organisation& organisation, const std::string& faction,
                               std::vector<scenario::Problem>& problems) {
    const auto scopes = scenario.scopes(faction);
    FactionParameters p;
    for (const auto& row : faction_rows) {
        const auto* record = values.find(scopes, row.name);
        if (record == nullptr) {
            problems.push_back(
                {organisation.where, fmt::format("parameters.{}.{}", faction, row.name), "no record",
                 fmt::format("one for {}, {}, {} or armed_actor", faction, organisation.id, organisation.kind), ""});
            continue;
        }
        p.*(row.member) = record->value;
    }
    for (std::size_t a = 0; a < action_count; ++a) {
        const auto* record = values.find(scopes, fmt::format("doctrine.{}", action_names[a]));
        p.available[a] = record != nullptr;
        p.doctrine[a] = record != nullptr ? record->value : 0.0;
    }
    for (const auto& community : scenario.communities) {
        const auto* affinity = values.find(scopes, "affinity." + community.id);
        const auto* suspicion = values.find(scopes, "suspicion." + community.id);
        p.affinity.push_back(affinity != nullptr ? affinity->value : 0.0);
        p.suspicion.push_back(suspicion != nullptr ? suspicion->value : 0.0);
    }
    return p;
}

}  // namespace

void declare_faction_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<FactionParameters>(all, faction_rows, "{actor}.");
    const auto pattern = [&all](const char* name, double lower, double upper, const char* meaning) {
        all.push_back({name, ParameterType::real, "1", lower, upper, meaning, false});
    };
    pattern("{actor}.doctrine.{action}", -20, 20,
            "Log-odds of the action against resting, before targets are looked at; actions without a record are not "
            "available.");
    pattern("{actor}.home.{place}", 0, kMany, "Weight of the place among the bases where the actor's units start.");
    pattern("{actor}.affinity.{community}", -1, 1,
            "How close the community is to the actor: 1 its own people, 0 indifferent, -1 opposed; none stated: 0.");
    pattern("{actor}.suspicion.{community}", 0, 1,
            "How far the actor takes the community for its opponents' people; none stated: 0.");
}

std::vector<FactionParameters> read_faction_parameters(const scenario::Scenario& scenario,
                                                       const scenario::ParameterSet& values) {
    std::vector<FactionParameters> all;
    std::vector<scenario::Problem> problems;
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions)
            all.push_back(read_faction(scenario, values, organisation, faction.id, problems));
    }
    if (!problems.empty()) throw scenario::InputError(std::move(problems));
    return all;
}

}  // namespace sahelsim::model
