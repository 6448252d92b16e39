#include "model/governance_parameters.h"

#include <array>

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterType;

using G = GovernanceParameters;
constexpr std::array governance_rows = {
    Binding<G>{&G::agents_return, "governance.agents_return", "1/year", 0, 100,
               "Rate at which an empty post of the state is filled again where the state is in full control."},
    Binding<G>{&G::agents_leave, "governance.agents_leave", "1/year", 0, 100,
               "Rate at which agents of the state leave their posts under full threat."},
    Binding<G>{&G::threat_half, "governance.threat_half", "fighters", 0.1, 10000,
               "Fighters of those who rule by ideology at whose presence half of the threat to the state's agents is "
               "reached."},
    Binding<G>{&G::residents_per_school, "governance.residents_per_school", "persons", 100, 100000,
               "Residents at the start for each school of a commune.", ParameterType::real, true},
    Binding<G>{&G::schools_close, "governance.schools_close", "1/year", 0, 100,
               "Rate at which a school closes under rule of full strictness."},
    Binding<G>{&G::schools_abandoned, "governance.schools_abandoned", "1/year", 0, 100,
               "Rate at which a school closes where all agents of the state have left."},
    Binding<G>{&G::schools_reopen, "governance.schools_reopen", "1/year", 0, 100,
               "Rate at which a closed school opens again where nobody rules strictly."},
    Binding<G>{&G::years_before, "governance.years_before", "years", 0, 50,
               "For how long the state of things at the start has been closing schools.", ParameterType::real, true},
    Binding<G>{&G::choice_precision, "governance.choice_precision", "1", 0, 100,
               "Precision of a faction's choice between strict and mild rule (logit scale)."},
    Binding<G>{&G::consent_weight, "governance.consent_weight", "1", 0, 100,
               "What full grievance of those whom it rules is worth to a faction against an ideology of 1."},
    Binding<G>{&G::own_voice, "governance.own_voice", "1", 0, 100,
               "How much more the grievance of a community with full affinity to the faction counts, above one."},
    Binding<G>{&G::strictness_time, "governance.strictness_time", "days", 1, 3650,
               "Time in which a faction's rule moves most of the way towards what it would choose now."},
    Binding<G>{
        &G::effort_time, "governance.effort_time", "days", 1, 3650,
        "Time in which the effect of governing in a commune moves most of the way towards what is done there now."},
    Binding<G>{&G::effort_half, "governance.effort_half", "fighters", 0.1, 10000,
               "Members who govern in a commune at which the effort is half its limit."},
    Binding<G>{&G::effort_weight, "governance.effort_weight", "1", 0, 10,
               "How much full effort at governing multiplies an authority's presence, above one."},
    Binding<G>{&G::court_share, "governance.court_share", "share", 0, 1,
               "Part of an authority's services that goes with its effort at governing: courts, crime put down."},
    Binding<G>{&G::payers_share, "governance.payers_share", "share", 0, 1,
               "Farming and herding residents who own enough to owe zakat."},
    Binding<G>{&G::zakat_rate, "governance.zakat_rate", "share/year", 0, 1,
               "Part of a payer's herd or harvest that is taken a year under full control."},
    Binding<G>{&G::women_share, "governance.women_share", "share", 0, 1, "Women and girls among residents."},
    Binding<G>{&G::market_loss, "governance.market_loss", "share", 0, 1,
               "Residents whom rule of full strictness keeps from the market, as traders or buyers."},
};

std::vector<double> of_authorities(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                                   const char* name) {
    std::vector<double> found;
    for (const auto& authority : scenario.authorities) {
        const auto* record = values.find(fmt::format("authority.{}.{}", authority.id, name));
        found.push_back(record != nullptr ? record->value : 0.0);
    }
    return found;
}

std::vector<double> of_factions(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                                const char* name) {
    std::vector<double> found;
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions) {
            const auto* record = values.find(scenario.scopes(faction.id), name);
            found.push_back(record != nullptr ? record->value : 0.0);
        }
    }
    return found;
}

}  // namespace

void declare_governance_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<G>(all, governance_rows);
    const auto pattern = [&all](const char* name, const char* unit, double lower, double upper, const char* meaning) {
        all.push_back({name, ParameterType::real, unit, lower, upper, meaning, false});
    };
    pattern(
        "authority.{authority}.usual_agents", "share", 0, 1,
        "Share of the state's posts filled at which the authority's services heal at their stated rate; none stated: "
        "they don't depend on the state's agents.");
    pattern("authority.{authority}.usual_strictness", "1", 0, 1,
            "Strictness at which the authority's coercion has its stated rate; none stated: it does not depend on it.");
    pattern(
        "authority.{authority}.usual_effort", "1", 0, 1,
        "Effort at governing at which the authority's presence and services count as stated; none stated: they don't "
        "depend on it.");
    pattern("{actor}.governance.ideology", "1", 0, 10,
            "What strict rule is worth to the actor for its own sake; none stated: it has nothing to impose.");
    pattern("{actor}.governance.sustained_by_zakat", "persons", 0, 1000,
            "Members whom zakat of one herd or harvest a year sustains; none stated: 0.");
}

GovernanceParameters read_governance_parameters(const scenario::Scenario& scenario,
                                                const scenario::ParameterSet& values) {
    GovernanceParameters p;
    scenario::read<G>(values, governance_rows, p);
    p.usual_agents = of_authorities(scenario, values, "usual_agents");
    p.usual_strictness = of_authorities(scenario, values, "usual_strictness");
    p.usual_effort = of_authorities(scenario, values, "usual_effort");
    p.ideology = of_factions(scenario, values, "governance.ideology");
    p.sustained_by_zakat = of_factions(scenario, values, "governance.sustained_by_zakat");
    return p;
}

}  // namespace sahelsim::model
