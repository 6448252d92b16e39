#include "model/accord_parameters.h"

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterType;

using A = AccordParameters;
constexpr std::array accord_rows = {
    Binding<A>{&A::contact_rate, "accord.contact_rate", "1/year", 0, 10,
               "Rate at which a cluster of communes and a katiba come into contact, with no channel and no pressure."},
    Binding<A>{&A::kin_weight, "accord.kin_weight", "1/person", 0, 10,
               "How much one member of the katiba whose home is in the cluster raises the rate of contact, above one."},
    Binding<A>{&A::mediator_weight, "accord.mediator_weight", "1/person", 0, 100,
               "How much one mediator raises the rate of contact, above one."},
    Binding<A>{&A::pressure_weight, "accord.pressure_weight", "1/week", 0, 10,
               "How much one week of siege or of much violence raises the rate of contact, above one."},
    Binding<A>{&A::pressure_memory, "accord.pressure_memory", "days", 1, 3650,
               "Time after which a week of siege or of much violence counts 1/e."},
    Binding<A>{&A::pressure_deaths, "accord.pressure_deaths", "persons", 1, 1000,
               "People killed in the cluster who make a week one of much violence."},
    Binding<A>{&A::mediators, "accord.mediators", "persons", 0, 1000,
               "Mediators in every cluster whom nobody has sent: notables, imams, aid workers."},
    Binding<A>{&A::least_presence, "accord.least_presence", "fighters", 0.1, 10000,
               "Presence felt in a commune of the cluster from which on a faction is somebody to talk with."},
    Binding<A>{&A::contact_time, "accord.contact_time", "days", 1, 3650, "Mean time from first contact to talks."},
    Binding<A>{&A::talks_time, "accord.talks_time", "days", 1, 3650, "Mean length of talks."},
    Binding<A>{&A::pause, "accord.pause", "days", 0, 3650,
               "Time before new contact after a refusal, failed talks or an accord that lapsed."},
    Binding<A>{&A::war_memory, "accord.war_memory", "days", 1, 3650,
               "Time over which each side looks back to judge what war costs it."},
    Binding<A>{&A::loss_half, "accord.loss_half", "persons", 0.1, 10000,
               "Losses in the cluster over that time that weigh half of what they can."},
    Binding<A>{&A::loss_weight, "accord.loss_weight", "1", 0, 100, "What heavy losses cost a side."},
    Binding<A>{&A::embargo_weight, "accord.embargo_weight", "1", 0, 100,
               "What being under siege all of the time costs the villagers."},
    Binding<A>{&A::cost_katiba, "accord.cost.katiba", "1", -10, 10, "What an accord as such costs the katiba."},
    Binding<A>{&A::cost_villagers, "accord.cost.villagers", "1", -10, 10,
               "What an accord as such costs the villagers' side."},
    Binding<A>{&A::term, "accord.term", "days", 1, 3650, "Time for which an accord is made or renewed."},
    Binding<A>{&A::strictness, "accord.strictness", "1", 0, 10,
               "How much zakat and dress rules together add to the coercion of the katiba's authority, above one."},
    Binding<A>{&A::pasture_settled, "accord.pasture_settled", "share", 0, 1,
               "Disputes over land that an accord on pasture settles of those that rule leaves unsettled."},
    Binding<A>{&A::violation, "accord.violation", "share", 0, 1,
               "Decisions near villages at truce for which a unit without discipline, in good spirits and unprovoked, "
               "defies the truce."},
    Binding<A>{&A::violation_morale, "accord.violation_morale", "1", 0, 100,
               "How much a unit without morale is readier to do so, above one."},
    Binding<A>{&A::violation_revenge, "accord.violation_revenge", "1", 0, 100,
               "How much full provocation makes a unit readier to do so, above one."},
    Binding<A>{&A::detection, "accord.detection", "share", 0, 1, "Violations that the other side or monitors notice."},
    Binding<A>{&A::trust_kept, "accord.trust.kept", "1", 0.01, 1000,
               "Trust at signature: promises kept, as counts of a Beta distribution."},
    Binding<A>{&A::trust_broken, "accord.trust.broken", "1", 0.01, 1000, "Likewise promises broken."},
    Binding<A>{&A::calm_week, "accord.trust.calm_week", "1", 0, 100,
               "What a week without a detected violation counts against one violation."},
    Binding<A>{&A::trust_needed, "accord.trust.needed", "share", 0.001, 1,
               "Trust below which violations may end the accord."},
    Binding<A>{&A::hazard_strain, "accord.hazard.strain", "1/year", 0, 100,
               "Rate of collapse from the strain of an accord itself."},
    Binding<A>{&A::hazard_violations, "accord.hazard.violations", "1/year", 0, 1000,
               "Rate of collapse where nothing is left of the trust that is needed."},
    Binding<A>{&A::hazard_clause, "accord.hazard.clause", "1/year", 0, 1000,
               "Rate of collapse while a garrison stays that was to leave."},
    Binding<A>{&A::clause_patience, "accord.clause_patience", "days", 0, 3650, "Time that it is given to leave."},
    Binding<A>{&A::ratio_excluded, "accord.hazard_ratio.excluded_party", "1", 0.01, 100,
               "Factor on the strain where an armed faction of the villagers' side is present that did not sign."},
    Binding<A>{&A::ratio_army, "accord.hazard_ratio.army", "1", 0.01, 100,
               "Factor on the strain where forces of the state have fought lately."},
    Binding<A>{&A::ratio_rival, "accord.hazard_ratio.rival", "1", 0.01, 100,
               "Factor on the strain where rivals of the katiba have fought lately."},
    Binding<A>{&A::ratio_window, "accord.hazard_ratio.window", "days", 1, 3650, "What counts as lately."},
    Binding<A>{&A::bitterness, "accord.bitterness", "1", 0, 10,
               "Part of full grievance that a collapse adds between the people of either side and the other side."},
    Binding<A>{&A::embittered_time, "accord.embittered_time", "days", 0, 3650,
               "Time before new contact after a collapse."},
    Binding<A>{&A::aftermath, "accord.aftermath", "days", 0, 3650,
               "Time after a collapse during which deaths are counted as following it."},
    Binding<A>{&A::signature, "accord.signature", "share", 0, 1,
               "Probability that an accord that is agreed gets signed; 0 vetoes all of them, for experiments."},
    Binding<A>{&A::stand_down, "accord.stand_down", "share", 0, 1,
               "Probability that an accord that is signed has any content; 0 makes all of them empty words, for "
               "experiments."},
};

std::string worth_name(const char* side, std::size_t term) {
    return fmt::format("accord.worth.{}.{}", side, term_names[term]);
}

}  // namespace

void declare_accord_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<A>(all, accord_rows);
    for (const char* side : {"katiba", "villagers"}) {
        for (std::size_t t = 0; t < term_count; ++t)
            all.push_back({worth_name(side, t), ParameterType::real, "1", -10, 10,
                           fmt::format("What the term '{}' of an accord is worth to the {}.", term_names[t],
                                       side == std::string("katiba") ? "katiba" : "villagers' side"),
                           true});
    }
    all.push_back({"{actor}.accord.consent", ParameterType::real, "share", 0, 1,
                   "Probability that the actor's leaders consent to talks, once there is contact; none stated: 0.",
                   false});
    all.push_back(
        {"{actor}.accord.leads", ParameterType::integer, "1", 0, 1,
         "Whether villages seek accords with the actor as with a katiba, rather than the actor standing on the "
         "villagers' side; none stated: 0.",
         false});
}

AccordParameters read_accord_parameters(const scenario::Scenario& scenario, const scenario::ParameterSet& values) {
    AccordParameters p;
    scenario::read<A>(values, accord_rows, p);
    for (std::size_t t = 0; t < term_count; ++t) {
        p.to_katiba[t] = scenario::required_value(values, worth_name("katiba", t));
        p.to_villagers[t] = scenario::required_value(values, worth_name("villagers", t));
    }
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) {
            const auto scopes = scenario.scopes(faction.id);
            const auto* consent = values.find(scopes, "accord.consent");
            const auto* leads = values.find(scopes, "accord.leads");
            p.consent.push_back(consent != nullptr ? consent->value : 0.0);
            p.leads.push_back(leads != nullptr && leads->value > 0.5 ? 1 : 0);
        }
    }
    return p;
}

}  // namespace sahelsim::model
