#include "model/government_parameters.h"

#include <numeric>

#include "scenario/binding.h"

namespace sahelsim::model {

namespace {

using scenario::Binding;
using scenario::ParameterType;

using P = PoliticsParameters;
constexpr std::array politics_rows = {
    Binding<P>{&P::legitimacy, "politics.legitimacy", "1", 0, 1, "Legitimacy of the government at the start of a run.",
               ParameterType::real, true},
    Binding<P>{&P::adjustment_time, "politics.adjustment_time", "days", 1, 36500,
               "Time in which legitimacy goes 63 % of the way to what circumstances make of it."},
    Binding<P>{&P::base, "politics.base", "1", -20, 20,
               "Log-odds of legitimacy where the state controls half of the people, in peace."},
    Binding<P>{&P::control_weight, "politics.control_weight", "1", 0, 100,
               "Weight of the share of people whom the state controls."},
    Binding<P>{&P::civilian_weight, "politics.civilian_weight", "1", 0, 100,
               "Weight of civilians killed by anybody, per million people and month."},
    Binding<P>{&P::sanctions_weight, "politics.sanctions_weight", "1", -20, 20,
               "Weight of sanctions; negative where they rally people behind the government."},
    Binding<P>{&P::protest_weight, "politics.protest_weight", "1", 0, 20, "Weight of protest in the street."},
    Binding<P>{&P::sanctions_intake, "politics.sanctions_intake", "share", 0, 1,
               "Part of the intake of state forces that full sanctions take away."},
    Binding<P>{&P::coup_rate, "politics.coup_rate", "1/year", 0, 10,
               "Hazard of a coup with legitimacy of a half, no losses and long after the last one."},
    Binding<P>{&P::coup_legitimacy_weight, "politics.coup_legitimacy_weight", "1", 0, 100,
               "Weight of missing legitimacy in the logarithm of the hazard of a coup."},
    Binding<P>{&P::coup_soldier_weight, "politics.coup_soldier_weight", "1", 0, 100,
               "Weight of 100 soldiers killed in the last three months."},
    Binding<P>{&P::coup_trap, "politics.coup_trap", "1", 1, 100, "Factor on the hazard of a coup right after one."},
    Binding<P>{&P::coup_trap_time, "politics.coup_trap_time", "days", 1, 36500,
               "Time in which that factor falls half-way to one."},
    Binding<P>{&P::coup_concession_weight, "politics.coup_concession_weight", "1", 0, 100,
               "Weight of what officers lose by the terms of an agreement."},
    Binding<P>{&P::coup_legitimacy, "politics.coup_legitimacy", "1", 0, 1,
               "Legitimacy of those who come to power by a coup; half of the way is gone at once."},
    Binding<P>{&P::coup_morale_loss, "politics.coup_morale_loss", "1", 0, 1,
               "Part of their morale that state forces lose in a coup."},
    Binding<P>{&P::coup_sanctions, "politics.coup_sanctions", "1", 0, 1, "Sanctions that follow a coup."},
};

using A = PartnersParameters;
constexpr std::array partners_rows = {
    Binding<A>{&A::memory, "partners.memory", "days", 1, 36500,
               "Time in which dead, coups and the like fade to half for a partner."},
    Binding<A>{&A::strain, "partners.strain", "1", -20, 20, "Log-odds of staying below which relations are strained."},
    Binding<A>{&A::suspension, "partners.suspension", "1", -20, 20,
               "Log-odds of staying below which a partner suspends operations with the army and support for it."},
    Binding<A>{&A::anticipation, "partners.anticipation", "share", 0, 1,
               "Part of the threat from a force's aircraft that nobody reckons with once it has announced its exit."},
};

using M = Mandate;
constexpr std::array mandate_rows = {
    Binding<M>{&M::exit_rate, "mandate.exit_rate", "1/year", 0, 100,
               "Rate of announcing an exit at even odds of staying."},
    Binding<M>{&M::standing, "mandate.standing", "1", -20, 20, "Log-odds of staying without any reason against."},
    Binding<M>{&M::casualty_weight, "mandate.casualty_weight", "1", 0, 100, "Weight of ten own dead, fading."},
    Binding<M>{&M::coup_weight, "mandate.coup_weight", "1", 0, 100, "Weight of a coup, fading."},
    Binding<M>{&M::talks_weight, "mandate.talks_weight", "1", -100, 100,
               "Weight of the government's talks with the armed opposition."},
    Binding<M>{&M::rival_weight, "mandate.rival_weight", "1", 0, 100, "Weight of a fully shunned force in the country."},
    Binding<M>{&M::shunned, "mandate.shunned", "1", 0, 1, "How far other forces shun it: 1 those who fight for pay."},
    Binding<M>{&M::success_weight, "mandate.success_weight", "1", 0, 100,
               "Weight of ten points more control of the state in a year."},
    Binding<M>{&M::support, "mandate.support", "share", 0, 1, "Part of the public at home that backs it at the start."},
    Binding<M>{&M::support_drift, "mandate.support_drift", "share/month", -1, 1,
               "Change of support at home in a month with posts in the country."},
    Binding<M>{&M::support_weight, "mandate.support_weight", "1", 0, 100,
               "Weight of ten points of support at home above or below one half."},
    Binding<M>{&M::notice, "mandate.notice", "days", 0, 3650, "Time from announcing an exit to the first departure."},
    Binding<M>{&M::drawdown, "mandate.drawdown", "days", 1, 3650, "Time from the first departure to the last."},
    Binding<M>{&M::cost, "mandate.cost", "million EUR", 0, 100, "Cost of one person a year."},
};

using D = DialogueParameters;
constexpr std::array dialogue_rows = {
    Binding<D>{&D::support, "dialogue.support", "share", 0, 1,
               "Share of the public that wants talks, at the start of a run and without violence."},
    Binding<D>{&D::support_time, "dialogue.support_time", "days", 1, 36500,
               "Time in which opinion goes 63 % of the way to what circumstances make of it."},
    Binding<D>{&D::support_weariness, "dialogue.support_weariness", "1", -20, 20,
               "Log-odds that full weariness of violence adds to support for talks."},
    Binding<D>{&D::support_half, "dialogue.support_half", "1/month", 0.001, 1000,
               "Deaths a month per million people at which weariness is half."},
    Binding<D>{&D::government_base, "dialogue.government_base", "1", -20, 20,
               "Log-odds that a government moves towards talks."},
    Binding<D>{&D::armed_base, "dialogue.armed_base", "1", -20, 20, "Log-odds that the armed opposition does."},
    Binding<D>{&D::ripeness_weight, "dialogue.ripeness_weight", "1", 0, 20,
               "Weight of recent losses without gains, for either side."},
    Binding<D>{&D::ripeness_half, "dialogue.ripeness_half", "1/year", 0.001, 10,
               "Part of its strength that a side loses in a year at which its losses have half of their effect."},
    Binding<D>{&D::ripeness_gain, "dialogue.ripeness_gain", "1/year", 0.0001, 1,
               "Gain of control of residents at which losses move a side half as much."},
    Binding<D>{&D::public_weight, "dialogue.public_weight", "1", 0, 20,
               "Weight of public support for talks above a half."},
    Binding<D>{&D::cohesion_weight, "dialogue.cohesion_weight", "1", 0, 20,
               "Weight of the government's legitimacy above a half."},
    Binding<D>{&D::elite_weight, "dialogue.elite_weight", "1", 0, 20, "Weight of the resistance of elites."},
    Binding<D>{&D::leverage_weight, "dialogue.leverage_weight", "1", 0, 1000,
               "Weight of what the government expects to lose without a partner who opposes talks."},
    Binding<D>{&D::ambivalence, "dialogue.ambivalence", "1", 0, 10,
               "Standard deviation of the log-odds between those who come to govern."},
    Binding<D>{&D::precondition_weight, "dialogue.precondition_weight", "1", 0, 20,
               "Weight of the foreign troops that are still there, for the opposition."},
    Binding<D>{&D::precondition_scope, "dialogue.precondition_scope", "1", 1, 3,
               "Which foreign troops are meant: 1 partners who oppose talks, 2 all partners, 3 all foreigners.",
               ParameterType::integer},
    Binding<D>{&D::precondition_softening, "dialogue.precondition_softening", "1/year", 0, 100,
               "Rate at which the precondition is given up while there is a channel."},
    Binding<D>{&D::hardness_weight, "dialogue.hardness_weight", "1", 0, 20,
               "Weight of the hardness of the opposition's leaders."},
    Binding<D>{&D::breakdown_rate, "dialogue.breakdown_rate", "1/year", 0, 100,
               "Rate at which talks break down where neither side wants them."},
    Binding<D>{&D::round_rate, "dialogue.round_rate", "1/year", 0, 1000, "Rounds of negotiation a year."},
    Binding<D>{&D::issues_per_round, "dialogue.issues_per_round", "1", 0.1, 8,
               "Issues that a round adds to the agenda."},
    Binding<D>{&D::horizon, "dialogue.horizon", "years", 0, 50,
               "How far ahead sides expect the last year's trend of control to go on."},
    Binding<D>{&D::force_time, "dialogue.force_time", "years", 0.01, 100,
               "Time in which control follows the balance of forces."},
    Binding<D>{&D::force_exponent, "dialogue.force_exponent", "1", 0.1, 10, "Exponent of the balance of forces."},
    Binding<D>{&D::cost_weight, "dialogue.cost_weight", "years", 0, 100,
               "Years of losses, as parts of own strength, that a war is expected to cost."},
    Binding<D>{&D::belief_error, "dialogue.belief_error", "share", 0, 1,
               "Standard deviation of a side's estimate of its chances."},
    Binding<D>{&D::mediator_precision, "dialogue.mediator_precision", "share", 0, 1,
               "Part of that error that a mediator takes away."},
    Binding<D>{&D::sincere_prior, "dialogue.sincere_prior", "share", 0, 1,
               "Probability that the opposition means to keep what it signs."},
    Binding<D>{&D::devious_signal, "dialogue.devious_signal", "share", 0, 1,
               "Probability that an opposition that doesn't still sends a costly signal."},
    Binding<D>{&D::exchange_rate, "dialogue.exchange_rate", "1/year", 0, 100,
               "Exchanges of prisoners a year while there is a channel."},
    Binding<D>{&D::exchange_share, "dialogue.exchange_share", "share", 0, 1, "Prisoners released in one exchange."},
    Binding<D>{&D::compliance, "dialogue.compliance", "share", 0, 1,
               "Probability that a sincere side keeps an agreement that nobody watches over."},
    Binding<D>{&D::compliance_guaranteed, "dialogue.compliance_guaranteed", "share", 0, 1, "The same with a guarantee."},
    Binding<D>{&D::sequencing, "dialogue.sequencing", "share", 0, 1,
               "Part of the danger of a broken agreement that carrying it out step by step takes away."},
    Binding<D>{&D::veto_share, "dialogue.veto_share", "share", 0, 1,
               "Part of the opposition's fighters above which a faction can refuse for all."},
    Binding<D>{&D::exit_scale, "dialogue.exit_scale", "1", 0.001, 10,
               "Scale of the logit by which factions leave for what they lose by an agreement."},
    Binding<D>{&D::hardliner_share, "dialogue.hardliner_share", "share", 0, 1,
               "Units of a faction at even odds of leaving that leave although the faction signs."},
    Binding<D>{&D::stand_down, "dialogue.stand_down", "share", 0, 1,
               "Signatories whom an agreement binds; 0 is an agreement on paper.", ParameterType::integer},
    Binding<D>{&D::implementation_time, "dialogue.implementation_time", "days", 1, 36500,
               "Time in which an agreement is carried out."},
    Binding<D>{&D::demobilised_share, "dialogue.demobilised_share", "share", 0, 1,
               "Fighters of signatories who go home where nothing was agreed on keeping them under arms."},
    Binding<D>{&D::renege_rate, "dialogue.renege_rate", "1/year", 0, 100,
               "Rate at which a devious opposition breaks an agreement once foreign troops have left."},
    Binding<D>{&D::collapse_rate, "dialogue.collapse_rate", "1/year", 0, 100,
               "Rate at which an agreement without any trust collapses."},
    Binding<D>{&D::violation_weight, "dialogue.violation_weight", "1", 0, 100,
               "Trust lost with each death by the other side's hand, as a part of what is left."},
    Binding<D>{&D::misattribution, "dialogue.misattribution", "share", 0, 1,
               "Deaths by those who did not sign that are laid at the signatories' door."},
    Binding<D>{&D::trust_recovery, "dialogue.trust_recovery", "1/year", 0, 100,
               "Rate at which trust grows back while an agreement is kept."},
    Binding<D>{&D::durable_time, "dialogue.durable_time", "days", 1, 36500,
               "Time after signature from which a kept agreement counts as durable."},
    Binding<D>{&D::bitterness_time, "dialogue.bitterness_time", "days", 1, 36500,
               "Time after a collapse in which nobody talks."},
    Binding<D>{&D::bitterness, "dialogue.bitterness", "1", 0, 1,
               "Grievance that a collapse adds towards the side that broke the agreement."},
    Binding<D>{&D::recognition, "dialogue.recognition", "1/year", 0, 100,
               "Rate at which open talks heal grievance towards the armed opposition."},
    Binding<D>{&D::polarisation, "dialogue.polarisation", "1", 0, 10,
               "How much of their resistance elites take to the street during open talks."},
    Binding<D>{&D::court_services, "dialogue.court_services", "1/year", 0, 100,
               "Rate at which recognised courts heal grievance towards the opposition where it rules."},
    Binding<D>{&D::way_out_weight, "dialogue.way_out_weight", "1", 0, 1000,
               "How much a full offer of a way out raises the rate of leaving jihadist groups, above one."},
    Binding<D>{&D::algiers, "dialogue.algiers", "share", 0, 1,
               "Part of the accord with the signatory groups that is alive at the start.", ParameterType::real, true},
    Binding<D>{&D::algiers_strain, "dialogue.algiers_strain", "1/year", 0, 100,
               "Rate at which it withers while the government talks with others alone."},
};

Mandate read_mandate(const scenario::Scenario& scenario, const scenario::ParameterSet& values,
                     const std::string& faction) {
    Mandate mandate;
    const auto scopes = scenario.scopes(faction);
    for (const auto& row : mandate_rows) {
        const auto* record = values.find(scopes, row.name);
        if (record != nullptr) mandate.*(row.member) = record->value;
    }
    return mandate;
}

PartyParameters read_party(const scenario::ParameterSet& values, const std::string& party) {
    const auto value = [&](const std::string& name) {
        const auto* record = values.find(fmt::format("party.{}.{}", party, name));
        return record != nullptr ? record->value : 0.0;
    };
    PartyParameters p;
    p.weight = value("weight");
    p.opposition = value("opposition");
    p.veto = value("veto");
    for (std::size_t k = 0; k < issue_count; ++k) {
        p.interests.ideal[k] = value(fmt::format("ideal.{}", issue_names[k]));
        p.interests.salience[k] = value(fmt::format("salience.{}", issue_names[k]));
    }
    // Overrides of one salience leave the others as they are; what counts is their proportion.
    auto& salience = p.interests.salience;
    const double sum = std::accumulate(salience.begin(), salience.end(), 0.0);
    for (double& share : salience) share = sum > 0.0 ? share / sum : 1.0 / static_cast<double>(issue_count);
    return p;
}

}  // namespace

void declare_government_parameters(std::vector<scenario::ParameterDeclaration>& all) {
    scenario::declare<P>(all, politics_rows);
    scenario::declare<A>(all, partners_rows);
    scenario::declare<D>(all, dialogue_rows);
    scenario::declare<M>(all, mandate_rows, "{actor}.");
    const auto pattern = [&all](const char* name, const char* unit, double lower, double upper, const char* meaning) {
        all.push_back({name, ParameterType::real, unit, lower, upper, meaning, false});
    };
    pattern("dialogue.rate.{stage}", "1/year", 0, 1000,
            "Rate of moving on from this stage of talks where both sides want to.");
    pattern("dialogue.measure.{measure}", "1", -20, 20,
            "What a measure taken in full adds to the log-odds that it is meant to raise; may be negative; none "
            "stated: 0.");
    pattern("party.{party}.weight", "1", 0, 1, "Influence of elites or officers at home; none stated: 0.");
    pattern("party.{party}.opposition", "1", 0, 1, "How far a partner opposes talks; none stated: 0.");
    pattern("party.{party}.veto", "1", 0, 1,
            "1 for a faction without which the opposition signs nothing, whatever its size; none stated: 0.");
    pattern("party.{party}.ideal.{issue}", "1", 0, 1,
            "What the party wants: 0 the state's position in full, 1 the armed opposition's; none stated: 0.");
    pattern("party.{party}.salience.{issue}", "share", 0, 1,
            "How much of its interest the party has in the issue; none stated: 0, none on any issue: all alike.");
}

GovernmentParameters read_government_parameters(const scenario::Scenario& scenario,
                                                const scenario::ParameterSet& values) {
    GovernmentParameters p;
    scenario::read<P>(values, politics_rows, p.politics);
    scenario::read<A>(values, partners_rows, p.partners);
    scenario::read<D>(values, dialogue_rows, p.dialogue);
    for (std::size_t s = 0; s < number(Stage::negotiation); ++s)
        p.dialogue.rate[s] = scenario::required_value(values, fmt::format("dialogue.rate.{}", stage_names[s]));
    for (std::size_t m = 0; m < measure_count; ++m)
        if (const auto* record = values.find(fmt::format("dialogue.measure.{}", measure_names[m])))
            p.dialogue.measure[m] = record->value;
    for (const auto& organisation : scenario.organisations) {
        for (const auto& faction : organisation.factions)
            p.mandates.push_back(read_mandate(scenario, values, faction.id));
    }
    for (const auto& party : scenario.parties) p.parties.push_back(read_party(values, party.id));
    return p;
}

}  // namespace sahelsim::model
