// The registry of outcomes. Names, once released, never change meaning: an outcome that is to be computed in another way
// gets another name.

#include "model/recording.h"

namespace sahelsim::model {

namespace {

constexpr auto flow = OutcomeKind::flow;
constexpr auto stock = OutcomeKind::stock;
constexpr auto count = Storage::count;
constexpr auto real = Storage::real;
constexpr bool by_cercle = true;
constexpr bool national_only = false;
constexpr auto sum = National::sum;
constexpr auto mean_by_residents = National::mean_by_residents;
constexpr auto none = National::none;

// Units: "1" for things and shares, "person" for people, "person day" for people times days.
// clang-format off
std::vector<Outcome> declare() {
    return {
        // Violence
        {"events_by_type", "1", flow, count, by_cercle, sum, {Axis::event_type},
         "events", "Entries of the event log by type; one incident at one place on one day, as ACLED counts."},
        {"deaths", "person", flow, count, by_cercle, sum, {Axis::perpetrator, Axis::victim},
         "people killed", "In events, by the side that killed them and the side that they belonged to. Civilians are a "
         "side of their own on the axis of victims."},
        {"civilians_killed", "person", flow, count, by_cercle, sum, {Axis::perpetrator},
         "civilians killed", "By the side that killed them, whether they were its target or in the way; the dead of "
         "crossfire, whoever fired, and of captivity go to the side that attacked or took them. Equal to deaths "
         "with civilians as victims."},
        {"civilians_injured", "person", flow, count, by_cercle, sum, {Axis::perpetrator},
         "civilians injured", "By the side that injured them; those who died of it are not counted here."},
        {"civilians_abducted", "person", flow, count, by_cercle, sum, {Axis::perpetrator},
         "civilians abducted", "By the side that took them, whatever became of them later."},
        {"civilians_killed_by_community", "person", flow, count, by_cercle, sum, {Axis::community},
         "civilians killed, by community", "Killed by any side, by the community that they belonged to."},
        {"raids_with_looting", "1", flow, count, by_cercle, sum, {Axis::perpetrator},
         "raids with looting", "Raids on civilians in which livestock, grain or goods were taken."},

        // People
        {"births", "person", flow, count, by_cercle, sum, {}, "births", "Among residents."},
        {"natural_deaths", "person", flow, count, by_cercle, sum, {},
         "deaths from other causes", "Residents who died of other causes than the war."},
        {"displaced", "person", stock, count, by_cercle, sum, {},
         "internally displaced people", "People who fled from home and are within the country, in the cercle where they are."},
        {"displaced_from", "person", stock, count, by_cercle, sum, {},
         "displaced people by origin", "People who fled from home, within the country or abroad, in the cercle of their home."},
        {"refugees", "person", stock, count, by_cercle, sum, {},
         "refugees abroad", "People who fled from home across a border, in the cercle of their home."},
        {"fled", "person", flow, count, by_cercle, sum, {},
         "people who fled", "In the cercle of their home; one who flees twice counts twice."},
        {"returned", "person", flow, count, by_cercle, sum, {},
         "people who returned", "Displaced people and refugees who came home, in the cercle of their home."},
        {"grievance", "1", stock, real, by_cercle, mean_by_residents, {Axis::perpetrator},
         "grievance", "Grievance of residents towards each side, 0 to 1, averaged over them."},
        {"fear", "1", stock, real, by_cercle, mean_by_residents, {Axis::perpetrator},
         "fear", "Fear of each side among residents, 0 to 1, averaged over them."},
        {"hardship", "1", stock, real, by_cercle, mean_by_residents, {},
         "hardship", "Economic stress of residents from pasture, sieges and the burden of the displaced, 0 to 1."},
        {"pasture_stress", "1", stock, real, by_cercle, mean_by_residents, {},
         "stress on pasture", "Part of the herds that the land does not feed, 0 to 1, averaged over residents."},
        {"land_disputes", "1", flow, count, by_cercle, sum, {},
         "disputes over land", "Disputes between farmers and herders of different communities."},

        // Who rules
        {"population", "person", stock, count, by_cercle, sum, {},
         "residents", "People who live in the communes, without the displaced who have found refuge there."},
        {"population_by_authority", "person", stock, count, by_cercle, sum, {Axis::authority},
         "residents by the authority that rules them", "Residents of the communes in which the authority holds the "
         "largest share of control."},
        {"control", "1", stock, real, by_cercle, mean_by_residents, {Axis::authority},
         "share of control", "The authority's share of control of a commune, averaged over communes by residents. The "
         "shares of all authorities add up to 1."},
        {"town_residents_held", "person", stock, real, by_cercle, none, {Axis::authority},
         "residents of towns by share of control", "Residents of towns, those of each town split among the authorities "
         "by their shares of control. The rest of control times population are residents of rural communes."},
        {"presence_class", "1", stock, count, by_cercle, none, {Axis::authority},
         "class of presence", "The authority's presence in the cercle in the four classes of International Crisis Group, "
         "report 306, appendix A, from its control of rural people and its activity."},

        // Governance
        {"state_agents", "1", stock, real, by_cercle, sum, {},
         "posts of the state that are filled", "Each commune adds the share of its posts (prefects, teachers and the like) "
         "whose holders are there, so that the number of communes is all of them."},
        {"schools_closed", "1", stock, count, by_cercle, sum, {},
         "schools closed", "Schools that are closed, on the order of those who rule or because teachers have left."},
        {"zakat", "1", flow, real, by_cercle, sum, {Axis::authority},
         "zakat taken", "By the authority that takes it, in herds or harvests of one person who owes it."},
        {"strictness", "1", stock, real, by_cercle, mean_by_residents, {Axis::authority},
         "strictness of rule", "How strictly the authority's factions there rule, or would if they did, from 0 mild to 1, "
         "averaged over residents; 0 for authorities without an ideology to impose."},
        {"women_restricted", "person", stock, real, by_cercle, sum, {},
         "women under strict rule", "Women and girls among residents times the share of their commune's life that is under "
         "strict rule: veils, separate transport, no market without a man."},
        {"market_access", "1", stock, real, by_cercle, mean_by_residents, {},
         "access to markets", "Share of residents who can reach a market: none under siege, fewer under strict rule."},
        {"leaders_lost", "1", flow, count, national_only, none, {Axis::organisation},
         "leaders lost", "Heads and commanders killed, with or without a name in the scenario."},
        {"cohesion", "1", stock, real, national_only, none, {Axis::organisation},
         "cohesion", "How far the organisation's factions hold together after losses of leaders, 0 to 1, averaged over "
         "members."},

        // Armed organisations
        {"personnel", "person", stock, count, by_cercle, sum, {Axis::organisation},
         "members under arms", "Members at hand in the organisation's units, in the cercle of the unit's base."},
        {"losses", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "members killed", "Members of the organisation, in the cercle in which they died."},
        {"recruits", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "people who joined", "Volunteers, recruits from abroad, and those whom armies took on or rotated in."},
        {"recruits_by_community", "person", flow, count, national_only, none, {Axis::organisation, Axis::community},
         "volunteers by community", "People who joined by themselves, without those taken on by armies and from abroad."},
        {"deserters", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "members who went home", "Members who left their organisation by themselves, in the cercle of their unit's base."},
        {"defectors", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "members who changed sides", "Members of units that left the organisation for another."},
        {"disarmed", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "members who were disarmed", "Members who handed in their arms under an intervention `disarm` and went home."},
        {"prisoners", "person", stock, count, national_only, none, {Axis::organisation},
         "prisoners", "Members of the organisation held by the state."},
        {"areas_settled", "1", flow, count, by_cercle, sum, {Axis::organisation},
         "new areas settled", "Groups of members sent to live in a new area, counted when they settle, in hiding."},
        {"units_formed", "1", flow, count, by_cercle, sum, {Axis::organisation},
         "units that formed by themselves", "Units that villagers founded by themselves."},
        {"relation", "1", stock, real, national_only, none, {Axis::organisation, Axis::other_organisation},
         "relation", "Between two organisations, from -1 at war to 1 allied, mean of zones weighted by where both are present "
         "(of all zones where they are nowhere together)."},
        {"actions", "1", flow, count, by_cercle, sum, {Axis::action},
         "actions carried out", "Decisions of units that were carried out, in the cercle of their target."},
        {"largest_group", "person", stock, count, national_only, none, {Axis::organisation},
         "largest group", "Members in the largest unit or task force of the organisation."},

        // Sieges and hostages
        {"besieged_communes", "1", stock, count, by_cercle, sum, {},
         "communes under siege", "Communes that a siege or embargo cuts off."},
        {"people_under_siege", "person", stock, count, by_cercle, sum, {},
         "residents under siege", "Residents of the communes that a siege or embargo cuts off."},
        {"field_days_denied", "person day", flow, count, by_cercle, sum, {},
         "field days denied", "Days on which sieges kept farmers from their fields, summed over the farmers."},
        {"market_days_denied", "person day", flow, count, by_cercle, sum, {},
         "market days denied", "Days on which sieges kept residents from their market, summed over the residents."},
        {"hostages", "person", stock, count, by_cercle, sum, {},
         "hostages", "Abducted civilians still held, in the cercle that they were taken from."},

        // Politics
        {"legitimacy", "1", stock, real, national_only, none, {},
         "legitimacy of the government", "0 to 1."},
        {"coups", "1", flow, count, national_only, none, {}, "coups", "Changes of power by force."},
        {"sanctions", "1", stock, real, national_only, none, {}, "sanctions", "Against the government, 0 to 1."},
        {"protest", "1", stock, real, national_only, none, {},
         "protest of elites", "In the street against what is or may be conceded, 0 to 1."},
        {"partner_phase", "1", stock, count, national_only, none, {Axis::organisation},
         "phase of relations with a foreign force", "0 cooperation, 1 strain, 2 suspension, 3 exit announced, 4 leaving, 5 gone; "
         "0 for forces that are not foreign."},
        {"cost_of_operations", "million EUR/month", stock, real, national_only, none, {Axis::organisation},
         "cost of foreign operations", "Personnel times cost per person and month."},
        {"towns_held", "1", stock, count, by_cercle, sum, {Axis::authority},
         "towns by the authority that rules them", "Towns in which the authority holds the largest share of control."},

        // Talks
        {"dialogue_stage", "1", stock, count, national_only, none, {},
         "stage of talks", "0 none, 1 signals, 2 channel, 3 teams, 4 negotiation, 5 implementation, 6 durable agreement, "
         "7 collapsed agreement."},
        {"dialogue_support", "1", stock, real, national_only, none, {},
         "public support for talks", "Share of the public that wants talks with the armed opposition."},
        {"dialogue_terms", "1", stock, real, national_only, none, {Axis::issue},
         "terms in force", "What the agreement in force says on each issue times the part of it that has been carried out: 0 the "
         "state's position or no agreement, 1 the opposition's."},
        {"agreements_signed", "1", flow, count, national_only, none, {},
         "agreements signed", "Between the government and the armed opposition."},
        {"agreements_collapsed", "1", flow, count, national_only, none, {}, "agreements broken", "Before or after they were carried out."},
        {"demobilised", "person", flow, count, by_cercle, sum, {Axis::organisation},
         "fighters who went home under an agreement", "In the cercle of their unit's base."},
        {"prisoners_freed", "person", flow, count, national_only, none, {},
         "prisoners freed", "Members of the armed opposition released in exchanges and under agreements."},
        {"algiers_accord", "1", stock, real, national_only, none, {},
         "accord with the signatory groups", "Part of it that is alive, 0 to 1."},
        // Local accords
        {"accords_in_force", "1", stock, count, by_cercle, sum, {},
         "local accords in force", "Accords of clusters of communes with a katiba, in the cercle of the cluster."},
        {"residents_under_accord", "person", stock, count, by_cercle, sum, {},
         "residents under a local accord", "Residents of the communes of clusters with an accord in force."},
        {"accords_signed", "1", flow, count, by_cercle, sum, {},
         "local accords signed", "Accords that came into force; renewals are none."},
        {"accords_lapsed", "1", flow, count, by_cercle, sum, {},
         "local accords lapsed", "Accords that were not renewed when their term ended."},
        {"accords_collapsed", "1", flow, count, by_cercle, sum, {Axis::collapse_cause},
         "local accords collapsed", "Accords that broke down before their term ended, by what broke them."},
        {"accord_violations", "1", flow, count, by_cercle, sum, {},
         "violations of local accords", "Acts of units of a party against another party or the villagers, noticed or not, in the "
         "cercle of the act."},
        {"deaths_after_collapse", "person", flow, count, by_cercle, sum, {},
         "people killed after a collapse", "Fighters and civilians killed in communes whose accord collapsed within the last "
         "accord.aftermath days. They are among deaths."},

        // Work of the simulation itself, so that speed can be judged
        {"decisions", "1", flow, count, national_only, none, {},
         "decisions of units", "Decisions taken by units, whether or not they led to an action."},
        {"units_touched", "1", flow, count, national_only, none, {},
         "units touched", "Units that decided, moved, fought, gathered, scattered, lost or gained members, counted once a "
         "day each; the weekly recovery of supply and morale is not counted."},
        {"cohorts_touched", "1", flow, count, national_only, none, {},
         "cohorts touched", "Changes of cohorts: each time that somebody joins or leaves a cohort's residents."},
    };
}
// clang-format on

}  // namespace

const std::vector<Outcome>& outcomes() {
    static const std::vector<Outcome> registry = declare();
    return registry;
}

}  // namespace sahelsim::model
