#include "model/parameters.h"

#include <algorithm>

#include "scenario/binding.h"
#include "world/parameters.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterDeclaration;
using scenario::ParameterType;

constexpr double kMany = 1e6;

constexpr std::array control_rows = {
    Binding<ControlParameters>{&ControlParameters::relaxation_time, "control.relaxation_time", "days", 1, 3650,
                               "Time in which control moves most of the way towards what presence implies."},
    Binding<ControlParameters>{&ControlParameters::reach, "control.reach", "h", 0.1, 48,
                               "Travel time over which the presence of a unit falls to 1/e."},
    Binding<ControlParameters>{
        &ControlParameters::exponent, "control.exponent", "1", 0.5, 5,
        "Steepness of the contest: 1 shares control in proportion to presence, more favours the stronger."},
    Binding<ControlParameters>{
        &ControlParameters::self_rule_presence, "control.self_rule_presence", "fighters", 0, 1000,
        "Presence against which armed authorities have to prevail: the community's rule over itself."},
    Binding<ControlParameters>{
        &ControlParameters::support_weight, "control.support_weight", "1", 0, 10,
        "How much full affinity of the inhabitants multiplies an authority's presence, above one."},
};

constexpr std::array presence_class_rows = {
    Binding<PresenceClassParameters>{
        &PresenceClassParameters::hegemonic_share, "presence_class.hegemonic_share", "share", 0, 1,
        "Share of rural people under an authority from which its presence counts as hegemonic."},
    Binding<PresenceClassParameters>{
        &PresenceClassParameters::contested_share, "presence_class.contested_share", "share", 0, 1,
        "Share of rural people under an authority from which its presence counts as contested."},
    Binding<PresenceClassParameters>{&PresenceClassParameters::activity_window, "presence_class.activity_window",
                                     "days", 1, 3650,
                                     "An act of violence within this time makes the presence at least marginal."},
};

constexpr std::array information_rows = {
    Binding<InformationParameters>{
        &InformationParameters::tip_rate, "information.tip_rate", "1/day", 0, 10,
        "Useful tips a day to an authority in full control of a place whose people are neutral to it."},
    Binding<InformationParameters>{&InformationParameters::support_weight, "information.support_weight", "1", 0, 10,
                                   "Exponential response of tips to the inhabitants' affinity for the authority."},
    Binding<InformationParameters>{&InformationParameters::control_exponent, "information.control_exponent", "1", 0, 5,
                                   "Power of the authority's share of control in the rate of tips."},
    Binding<InformationParameters>{&InformationParameters::decay_time, "information.decay_time", "days", 1, 365,
                                   "Time in which information without new tips falls to 1/e."},
};

constexpr std::array decision_rows = {
    Binding<DecisionParameters>{&DecisionParameters::town_weight, "decision.town_weight", "1", 0, 1,
                                "Weight of a town's inhabitant against a rural one when targets are sampled.",
                                ParameterType::real, true},
    Binding<DecisionParameters>{&DecisionParameters::armed_weight, "decision.armed_weight", "persons", 0, 1e5,
                                "Residents whose weight an armed opponent in a place has, when targets are sampled for "
                                "attacks on the armed."},
    Binding<DecisionParameters>{&DecisionParameters::presence_half_gain, "decision.presence_half_gain", "fighters", 0.1,
                                10000, "Strength of opponents at which the value of attacking them is half its limit."},
    Binding<DecisionParameters>{&DecisionParameters::minimum_strength, "decision.minimum_strength", "fighters", 1, 1000,
                                "Below it a unit only rests."},
    Binding<DecisionParameters>{&DecisionParameters::supply_recovery, "decision.supply_recovery", "1/day", 0, 1,
                                "Part of a unit's missing supply that it regains a day."},
    Binding<DecisionParameters>{&DecisionParameters::morale_recovery, "decision.morale_recovery", "1/day", 0, 1,
                                "Part of a unit's missing morale that it regains a day."},
    Binding<DecisionParameters>{
        &DecisionParameters::strong_base_factor, "decision.strong_base_factor", "1", 1, 100,
        "How many times stronger than for other attacks opponents have to be for a coordinated attack "
        "to gain half its limit."},
    Binding<DecisionParameters>{
        &DecisionParameters::shaken_loss_weight, "decision.shaken_loss_weight", "1", 0, 100,
        "How much a unit without morale weighs losses more than one with full morale, above one."},
};

constexpr std::array revenge_rows = {
    Binding<RevengeParameters>{&RevengeParameters::half_life, "revenge.half_life", "days", 1, 3650,
                               "Time in which an act's pull to retaliate falls by half."},
    Binding<RevengeParameters>{&RevengeParameters::reach, "revenge.reach", "h", 0.1, 100,
                               "Travel time over which the pull to retaliate falls to 1/e."},
    Binding<RevengeParameters>{&RevengeParameters::per_civilian, "revenge.per_civilian", "1", 0, 100,
                               "Provocation by one civilian harmed of a community with full affinity to the provoked."},
    Binding<RevengeParameters>{&RevengeParameters::per_fighter, "revenge.per_fighter", "1", 0, 100,
                               "Provocation by one fighter lost."},
    Binding<RevengeParameters>{&RevengeParameters::saturation, "revenge.saturation", "1", 0.01, 1000,
                               "Provocation at which the pull to retaliate is half its limit."},
};

constexpr std::array gathering_rows = {
    Binding<GatheringParameters>{&GatheringParameters::air_threat_weight, "gathering.air_threat_weight", "1", 0, 1000,
                                 "How much full air threat divides the rate at which groups gather, above one."},
    Binding<GatheringParameters>{&GatheringParameters::air_scatter_weight, "gathering.air_scatter_weight", "1", 0, 1000,
                                 "How much full air threat multiplies the rate at which groups scatter, above one."},
    Binding<GatheringParameters>{&GatheringParameters::air_threat_reach, "gathering.air_threat_reach", "km", 1, 5000,
                                 "Distance from an air base over which the air threat falls to 1/e."},
};

constexpr std::array orders_rows = {
    Binding<OrdersParameters>{&OrdersParameters::force, "orders.force", "fighters", 1, 10000,
                              "Fighters called together for an attack that is ordered from the top."},
    Binding<OrdersParameters>{&OrdersParameters::reach, "orders.reach", "h", 0.1, 48,
                              "Travel time to the target beyond which nobody is called."},
    Binding<OrdersParameters>{&OrdersParameters::capital_value, "orders.capital_value", "1", 0, 10000,
                              "Political value of an attack on the capital, above that on any town with opponents."},
    Binding<OrdersParameters>{&OrdersParameters::capital_reach, "orders.capital_reach", "h", 0.1, 48,
                              "Travel time from the capital over which that value falls to 1/e."},
};

constexpr std::array engagement_rows = {
    Binding<EngagementParameters>{&EngagementParameters::round_hours, "engagement.round_hours", "h", 0.01, 24,
                                  "Length of a round of fire."},
    Binding<EngagementParameters>{&EngagementParameters::maximum_rounds, "engagement.maximum_rounds", "1", 1, 1000,
                                  "Rounds after which both sides part.", ParameterType::integer},
    Binding<EngagementParameters>{&EngagementParameters::killed_share, "engagement.killed_share", "share", 0, 1,
                                  "Killed among those hit; the others recover and stay with their unit."},
    Binding<EngagementParameters>{
        &EngagementParameters::rout_share, "engagement.rout_share", "share", 0, 1,
        "Of a side that breaks, those who are killed in flight where the winners are many times "
        "as many; fewer where they are not."},
    Binding<EngagementParameters>{&EngagementParameters::contact_reach, "engagement.contact_reach", "h", 0.1, 24,
                                  "Travel time around the place of an action within which it finds its opponents."},
    Binding<EngagementParameters>{&EngagementParameters::ambush_free_rounds, "engagement.ambush_free_rounds", "1", 0,
                                  100, "Rounds of fire before the ambushed answer.", ParameterType::integer},
    Binding<EngagementParameters>{
        &EngagementParameters::area_fire, "engagement.area_fire", "1/h", 0, 1,
        "Hits per hour, per man who fires blindly and per hidden opponent (Deitchman's area fire)."},
    Binding<EngagementParameters>{&EngagementParameters::defender_cover, "engagement.defender_cover", "1", 0, 1,
                                  "Factor on the attackers' fire when the defenders are dug in."},
    Binding<EngagementParameters>{&EngagementParameters::ied_victims, "engagement.ied_victims", "persons", 0, 100,
                                  "Mean number of victims of a device that goes off."},
    Binding<EngagementParameters>{&EngagementParameters::ied_killed_share, "engagement.ied_killed_share", "share", 0, 1,
                                  "Killed among the victims of a device."},
    Binding<EngagementParameters>{&EngagementParameters::ied_civilian_share, "engagement.ied_civilian_share", "share",
                                  0, 1, "Devices that hit civilian traffic."},
    Binding<EngagementParameters>{&EngagementParameters::ied_trigger_share, "engagement.ied_trigger_share", "share", 0,
                                  1, "Devices that go off under somebody; the rest is found or fails."},
    Binding<EngagementParameters>{&EngagementParameters::coordinated_minimum, "engagement.coordinated_minimum",
                                  "fighters", 1, kMany, "Attackers needed for a large coordinated attack."},
    Binding<EngagementParameters>{
        &EngagementParameters::coordinated_free_rounds, "engagement.coordinated_free_rounds", "1", 0, 100,
        "Rounds of fire before the defenders of a base answer a coordinated attack.", ParameterType::integer},
    Binding<EngagementParameters>{&EngagementParameters::experience_gain, "engagement.experience_gain", "1", 0, 1,
                                  "Part of the way to full experience that a fight brings."},
    Binding<EngagementParameters>{&EngagementParameters::experience_limit, "engagement.experience_limit", "1", 0, 10,
                                  "How much full experience raises effectiveness, above one."},
    Binding<EngagementParameters>{&EngagementParameters::morale_loss, "engagement.morale_loss", "1", 0, 10,
                                  "Morale lost per share of a unit's strength lost."},
    Binding<EngagementParameters>{&EngagementParameters::captured_supply, "engagement.captured_supply", "share", 0, 1,
                                  "Supply that the winner of an attack on a base or column captures."},
    Binding<EngagementParameters>{&EngagementParameters::strike_success, "engagement.strike_success", "share", 0, 1,
                                  "Probability that a strike on a place with perfect information finds a group there."},
    Binding<EngagementParameters>{&EngagementParameters::evasion, "engagement.evasion", "share", 0, 1,
                                  "Probability that a hidden group avoids a search without information about it."},
    Binding<EngagementParameters>{&EngagementParameters::siege_supply_loss, "engagement.siege_supply_loss", "1/day", 0,
                                  1, "Part of its supply that a besieged unit loses a day."},
    Binding<EngagementParameters>{&EngagementParameters::unsupplied_effectiveness, "engagement.unsupplied_effectiveness",
                                  "1", 0, 1, "Effectiveness of a unit without supply against a fully supplied one."},
    Binding<EngagementParameters>{&EngagementParameters::least_morale, "engagement.least_morale", "1", 0.001, 1,
                                  "Morale below which no loss brings a unit."},
};

constexpr std::array harm_rows = {
    Binding<HarmParameters>{&HarmParameters::raid_hours, "harm.raid_hours", "h", 0, 100,
                            "Median length of an attack on civilians."},
    Binding<HarmParameters>{&HarmParameters::raid_hours_spread, "harm.raid_hours_spread", "1", 0, 4,
                            "Standard deviation of the logarithm of that length."},
    Binding<HarmParameters>{
        &HarmParameters::sweep_contacts, "harm.sweep_contacts", "persons", 0, kMany,
        "Median number of inhabitants whom a sweep checks closely, where all of them are suspected."},
    Binding<HarmParameters>{&HarmParameters::sweep_contacts_spread, "harm.sweep_contacts_spread", "1", 0, 4,
                            "Standard deviation of the logarithm of that number."},
    Binding<HarmParameters>{&HarmParameters::crossfire, "harm.crossfire", "persons/h", 0, 1000,
                            "Civilians killed by the fire of both sides per hour of fighting in an inhabited place."},
    Binding<HarmParameters>{&HarmParameters::strike_collateral, "harm.strike_collateral", "persons", 0, 1000,
                            "Mean number of civilians killed by a strike without information and restraint."},
    Binding<HarmParameters>{&HarmParameters::injured_per_killed, "harm.injured_per_killed", "1", 0, 100,
                            "Civilians injured for each one killed."},
    Binding<HarmParameters>{&HarmParameters::abducted_mean, "harm.abducted_mean", "persons", 1, 1000,
                            "Mean number of people taken in an abduction."},
    Binding<HarmParameters>{&HarmParameters::hostage_time, "harm.hostage_time", "days", 1, 3650,
                            "Mean time that a hostage is held."},
    Binding<HarmParameters>{&HarmParameters::hostage_death_share, "harm.hostage_death_share", "share", 0, 1,
                            "Hostages who do not come back alive."},
    Binding<HarmParameters>{&HarmParameters::looting_share, "harm.looting_share", "share", 0, 1,
                            "Attacks on civilians in which property is looted or destroyed."},
    Binding<HarmParameters>{
        &HarmParameters::revenge_weight, "harm.revenge_weight", "1", 0, 100,
        "How much a full pull to retaliate raises the killing in an attack on civilians, above one."},
    Binding<HarmParameters>{&HarmParameters::least_suspicion, "harm.least_suspicion", "1", 0, 1,
                            "Suspicion of those who are not suspected: people are taken for others."},
};

constexpr std::array membership_rows = {
    Binding<MembershipParameters>{
        &MembershipParameters::least_affinity, "membership.least_affinity", "1", 0, 1,
        "Affinity that counts for communities with less when members and bases are drawn: every "
        "origin is possible."},
};

constexpr std::array adaptation_rows = {
    Binding<AdaptationParameters>{
        &AdaptationParameters::own_loss_weight, "adaptation.own_loss_weight", "1", 0, 100,
        "What a fighter of one's own is worth against one of the opponent's when actions are judged."},
    Binding<AdaptationParameters>{&AdaptationParameters::control_weight, "adaptation.control_weight", "fighters", 0,
                                  1000,
                                  "What full control of the target place is worth, in opponents put out of action."},
    Binding<AdaptationParameters>{&AdaptationParameters::limit, "adaptation.limit", "1", 0, 10,
                                  "Largest shift of an action's log-odds that experience can bring."},
    Binding<AdaptationParameters>{&AdaptationParameters::forgetting, "adaptation.forgetting", "1/month", 0, 1,
                                  "Part of the shift that is forgotten in a month."},
};

/// A parameter for each action: pattern with {action} and the array that holds the values.
template <class Struct>
struct ActionRow {
    std::array<double, action_count> Struct::*member;
    const char* prefix;
    const char* unit;
    double lower;
    double upper;
    const char* meaning;
};

constexpr ActionRow<ControlParameters> presence_row = {&ControlParameters::presence,
                                                       "control.presence.",
                                                       "1",
                                                       0,
                                                       100,
                                                       "Weight of a fighter in control while his unit does this."};

constexpr std::array decision_action_rows = {
    ActionRow<DecisionParameters>{&DecisionParameters::duration, "decision.duration.", "days", 0.1, 3650,
                                  "Mean length of the action, from arrival until the next decision."},
    ActionRow<DecisionParameters>{&DecisionParameters::exposure, "decision.exposure.", "1", 0, 10,
                                  "How strongly the action exposes a unit to the opponents that it expects."},
    ActionRow<DecisionParameters>{&DecisionParameters::civilian_harm, "decision.civilian_harm.", "1", 0, 10,
                                  "Harm to inhabitants that the action is known to bring, as leaders judge it."},
    ActionRow<DecisionParameters>{&DecisionParameters::supply_cost, "decision.supply_cost.", "share", 0, 1,
                                  "Part of a full supply that the action uses."},
};

template <class Struct>
void read_actions(const scenario::ParameterSet& parameters, const ActionRow<Struct>& row, Struct& target) {
    for (std::size_t a = 0; a < action_count; ++a) {
        (target.*(row.member))[a] = scenario::required_value(parameters, std::string(row.prefix) + action_names[a]);
    }
}

std::vector<std::vector<double>> read_relations(const scenario::Scenario& scenario,
                                                const scenario::ParameterSet& values) {
    const auto n = scenario.organisations.size();
    std::vector<std::vector<double>> relation(n, std::vector<double>(n, 0.0));
    for (std::size_t a = 0; a < n; ++a) {
        relation[a][a] = 1.0;
        for (std::size_t b = 0; b < n; ++b) {
            const auto* record =
                values.find(fmt::format("relation.{}.{}", scenario.organisations[a].id, scenario.organisations[b].id));
            if (record != nullptr && a != b) relation[a][b] = relation[b][a] = record->value;
        }
    }
    return relation;
}

}  // namespace

std::vector<ParameterDeclaration> parameter_declarations() {
    std::vector<ParameterDeclaration> all;
    scenario::declare<ControlParameters>(all, control_rows);
    scenario::declare<PresenceClassParameters>(all, presence_class_rows);
    scenario::declare<InformationParameters>(all, information_rows);
    scenario::declare<DecisionParameters>(all, decision_rows);
    scenario::declare<RevengeParameters>(all, revenge_rows);
    scenario::declare<GatheringParameters>(all, gathering_rows);
    scenario::declare<OrdersParameters>(all, orders_rows);
    scenario::declare<EngagementParameters>(all, engagement_rows);
    scenario::declare<HarmParameters>(all, harm_rows);
    scenario::declare<MembershipParameters>(all, membership_rows);
    scenario::declare<AdaptationParameters>(all, adaptation_rows);
    declare_people_parameters(all);
    declare_government_parameters(all);
    declare_governance_parameters(all);
    declare_leadership_parameters(all);
    declare_accord_parameters(all);
    declare_faction_parameters(all);
    const auto pattern = [&all](const std::string& name, const char* unit, double lower, double upper,
                                const char* meaning) {
        all.push_back({name, ParameterType::real, unit, lower, upper, meaning, false});
    };
    pattern(std::string(presence_row.prefix) + "{action}", presence_row.unit, presence_row.lower, presence_row.upper,
            presence_row.meaning);
    for (const auto& row : decision_action_rows) {
        pattern(std::string(row.prefix) + "{action}", row.unit, row.lower, row.upper, row.meaning);
    }
    pattern("engagement.terrain.{ecology}", "1", 0.01, 10, "Factor on the fire of both sides in this landscape.");
    pattern("relation.{organisation}.{organisation}", "1", -1, 1,
            "Between two organisations, both ways: -1 at war, 0 indifferent, 1 allied; none stated: 0.");
    return all;
}

Parameters read_parameters(const scenario::Scenario& scenario) {
    return read_parameters(scenario, scenario.parameters);
}

Parameters read_parameters(const scenario::Scenario& scenario, const scenario::ParameterSet& values) {
    Parameters p;
    scenario::read<ControlParameters>(values, control_rows, p.control);
    scenario::read<PresenceClassParameters>(values, presence_class_rows, p.presence_class);
    scenario::read<InformationParameters>(values, information_rows, p.information);
    scenario::read<DecisionParameters>(values, decision_rows, p.decision);
    scenario::read<RevengeParameters>(values, revenge_rows, p.revenge);
    scenario::read<GatheringParameters>(values, gathering_rows, p.gathering);
    scenario::read<OrdersParameters>(values, orders_rows, p.orders);
    scenario::read<EngagementParameters>(values, engagement_rows, p.engagement);
    scenario::read<HarmParameters>(values, harm_rows, p.harm);
    scenario::read<MembershipParameters>(values, membership_rows, p.membership);
    scenario::read<AdaptationParameters>(values, adaptation_rows, p.adaptation);
    p.people = read_people_parameters(scenario, values);
    p.government = read_government_parameters(scenario, values);
    p.governance = read_governance_parameters(scenario, values);
    p.leadership = read_leadership_parameters(scenario, values);
    p.accords = read_accord_parameters(scenario, values);
    read_actions(values, presence_row, p.control);
    for (std::size_t e = 0; e < p.engagement.terrain.size(); ++e) {
        p.engagement.terrain[e] =
            scenario::required_value(values, fmt::format("engagement.terrain.{}", world::ecology_names[e]));
    }
    for (const auto& row : decision_action_rows) read_actions(values, row, p.decision);
    p.factions = read_faction_parameters(scenario, values);
    p.relation = read_relations(scenario, values);
    return p;
}

}  // namespace sahelsim::model
