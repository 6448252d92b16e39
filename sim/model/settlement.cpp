#include "model/settlement.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/allegiance.h"
#include "model/event_log.h"
#include "model/positions.h"
#include "model/tally.h"
#include "model/truces.h"
#include "model/units.h"
#include "model/war_value.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kSigning = 100, kLeaving };

/// Probability that a sincere side keeps its word.
double compliance(const DialogueParameters& p, const Dialogue& dialogue) {
    const double watched =
        p.compliance + (p.compliance_guaranteed - p.compliance) * dialogue.measure(Measure::guarantee);
    return 1.0 - (1.0 - watched) * (1.0 - p.sequencing);
}

std::int32_t log_political_event(const Setup& setup, const Step& step, EventSubtype subtype, std::int32_t because_of,
                                 State& state) {
    Event event;
    event.day = step.day;
    event.commune = setup.parties.capital;
    event.type = EventType::strategic_development;
    event.subtype = subtype;
    event.actor1 = static_cast<std::int16_t>(setup.parties.organisation);
    event.actor2 =
        static_cast<std::int16_t>(setup.parties.organisation_of[static_cast<std::size_t>(setup.parties.armed.front())]);
    event.cause_kind = because_of >= 0 ? CauseKind::event : CauseKind::none;
    event.cause = because_of;
    return log_event(setup, state, event);
}

/// Log-odds of leaving, as a probability: a party for which war is worth more than the terms.
double probability_of_leaving(const State& state, const Negotiator& party, const IssueTerms& terms) {
    const double scale = state.parameters.government.dialogue.exit_scale;
    return engine::logistic((party.war_value - value_of_terms(party, terms)) / scale);
}

/// Where units go that leave a faction which signs: the organisation that takes such people in, or a faction of their own
/// that has not signed; -1: they stay.
int refuge_of(const Setup& setup, const State& state, int party, int faction, int place) {
    const int other = setup.parties.leavers_join[static_cast<std::size_t>(party)];
    if (other >= 0) {
        const int found = strongest_faction(setup, state.presence, other, place);
        if (found >= 0 && state.presence.of_faction(place, found) > 0.0F) return found;
    }
    const auto& organisation_of = setup.actors.organisation_of;
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const bool same =
            organisation_of[static_cast<std::size_t>(f)] == organisation_of[static_cast<std::size_t>(faction)];
        if (same && state.dialogue.signatory[static_cast<std::size_t>(f)] == 0) return f;
    }
    return other >= 0 ? strongest_faction(setup, state.presence, other, place) : -1;
}

void lose_hardliners(const Setup& setup, const Step& step, int party, double leaving, State& state) {
    const int faction = setup.parties.faction_of[static_cast<std::size_t>(party)];
    const double share = std::min(1.0, 2.0 * state.parameters.government.dialogue.hardliner_share * leaving);
    const std::vector<std::int32_t> order = state.units.by_key;
    for (const int u : order) {
        const auto i = static_cast<std::size_t>(u);
        if (state.units.faction[i] != faction || state.units.strength(u) == 0) continue;
        if (!is_idle(state.units, u, step.day)) continue;
        auto draws =
            stream(state.random, Process::dialogue, static_cast<std::uint64_t>(step.day), state.units.key[i], kLeaving);
        if (!engine::draw_bernoulli(draws, share)) continue;
        const int refuge = refuge_of(setup, state, party, faction, state.units.place[i]);
        if (refuge >= 0) change_allegiance(setup, step, state, u, refuge, state.dialogue.event);
    }
}

/// Everybody's side of the bargain, without errors.
std::vector<Negotiator> true_negotiators(const Setup& setup, const State& state) {
    return negotiators(setup, state, {0.0, 0.0});
}

}  // namespace

void bind_signatories(const Setup& setup, State& state) {
    if (state.parameters.government.dialogue.stand_down < 1.0) return;
    const auto opposed = opposition_of_partners(setup, state);
    for (int f = 0; f < setup.actors.factions(); ++f) {
        const auto own = static_cast<std::size_t>(f);
        if (!setup.actors.is_state_force(setup.actors.organisation_of[own]) || opposed[own] > 0.0) continue;
        for (const int k : setup.parties.armed) {
            const int other = setup.parties.faction_of[static_cast<std::size_t>(k)];
            if (state.dialogue.signatory[static_cast<std::size_t>(other)] != 0)
                begin_national_truce(state.truces, f, other);
        }
    }
    for (const int k : setup.parties.armed) {
        const int faction = setup.parties.faction_of[static_cast<std::size_t>(k)];
        if (state.dialogue.signatory[static_cast<std::size_t>(faction)] != 0)
            begin_national_truce(state.truces, faction, kVillagers);
    }
}

void end_talks(const Setup& setup, State& state) {
    if (!setup.parties.can_talk()) return;
    end_national_truces(state.truces);
    auto& dialogue = state.dialogue;
    std::fill(dialogue.signatory.begin(), dialogue.signatory.end(), 0);
    dialogue.stage = Stage::none;
    dialogue.terms = {};
    dialogue.carried_out = 0.0;
    dialogue.measures = {};
    state.politics.protest = 0.0;
}

std::vector<Negotiator> negotiators(const Setup& setup, const State& state, std::array<double, 2> errors) {
    const auto& p = state.parameters.government.dialogue;
    const double keeps = compliance(p, state.dialogue);
    const double chance = opposition_chance(state);
    const double alone = opposition_chance(setup, state, forces_to_leave(setup, state), 1.0);
    const double disarmed = opposition_chance(setup, state, {}, 1.0 - p.demobilised_share);
    std::vector<Negotiator> all;
    const auto seen = [](double true_chance, double error) { return std::clamp(true_chance + error, 0.0, 1.0); };

    const auto& parties = state.parameters.government.parties;
    Negotiator government;
    government.interests = parties[static_cast<std::size_t>(setup.parties.government)].interests;
    const auto worth = [&](int party, double its_chance, double error) {
        return war_value(setup, state, party, seen(its_chance, error));
    };
    government.war_value = worth(setup.parties.government, chance, errors[0]);
    government.compliance = keeps * state.dialogue.belief;
    government.after = government.war_value;
    government.after_slope[number(Issue::foreign_troops)] =
        worth(setup.parties.government, alone, errors[0]) - government.war_value;
    all.push_back(government);

    const auto shares = shares_of_factions(setup, state);
    for (std::size_t a = 0; a < shares.size(); ++a) {
        const int party = setup.parties.armed[a];
        const auto& own = parties[static_cast<std::size_t>(party)];
        Negotiator faction;
        faction.interests = own.interests;
        faction.second = true;
        faction.weight = shares[a];
        faction.veto = shares[a] >= p.veto_share || own.veto > 0.5;
        faction.war_value = worth(party, chance, errors[1]);
        faction.compliance = keeps;
        faction.after = worth(party, disarmed, errors[1]);
        faction.after_slope[number(Issue::integration)] = faction.war_value - faction.after;
        all.push_back(faction);
    }
    return all;
}

void sign(const Setup& setup, const Step& step, const IssueTerms& terms, State& state) {
    auto& dialogue = state.dialogue;
    const auto all = true_negotiators(setup, state);
    dialogue.stage = Stage::implementation;
    dialogue.since = step.day;
    dialogue.terms = terms;
    dialogue.carried_out = 0.0;
    dialogue.trust = compliance(state.parameters.government.dialogue, dialogue);
    dialogue.event = log_political_event(setup, step, EventSubtype::peace_agreement, -1, state);
    static const std::size_t signed_agreements = outcome_index("agreements_signed");
    add_to_tally(setup, state, signed_agreements, step.date, setup.parties.capital);
    dialogue.next_event = state.events.size();
    dialogue.watched = step.day;
    dialogue.signatory.assign(static_cast<std::size_t>(setup.actors.factions()), 0);
    std::vector<double> leaving;
    for (std::size_t a = 0; a < setup.parties.armed.size(); ++a) {
        const int party = setup.parties.armed[a];
        const auto faction = static_cast<std::size_t>(setup.parties.faction_of[static_cast<std::size_t>(party)]);
        const auto& own = all[a + 1];
        leaving.push_back(probability_of_leaving(state, own, terms));
        auto draws = stream(state.random, Process::dialogue, static_cast<std::uint64_t>(step.day),
                            setup.actors.faction_key[faction], kSigning);
        dialogue.signatory[faction] = own.veto || !engine::draw_bernoulli(draws, leaving.back()) ? 1 : 0;
    }
    bind_signatories(setup, state);
    for (std::size_t a = 0; a < setup.parties.armed.size(); ++a) {
        const int party = setup.parties.armed[a];
        const auto faction = static_cast<std::size_t>(setup.parties.faction_of[static_cast<std::size_t>(party)]);
        if (dialogue.signatory[faction] != 0) lose_hardliners(setup, step, party, leaving[a], state);
    }
}

void break_agreement(const Setup& setup, const Step& step, bool by_opposition, State& state) {
    auto& dialogue = state.dialogue;
    end_national_truces(state.truces);
    const int authority = by_opposition ? setup.parties.opposition : setup.parties.authority;
    const int side = setup.actors.side_of_authority[static_cast<std::size_t>(authority)];
    const auto bitterness = static_cast<float>(state.parameters.government.dialogue.bitterness);
    if (side >= 0 && state.mechanisms.reactions) {
        auto grievance = state.attitudes.grievance.col(side);
        grievance = 1.0F - (1.0F - grievance) * (1.0F - bitterness);
    }
    log_political_event(setup, step, EventSubtype::peace_agreement_broken, dialogue.event, state);
    static const std::size_t collapsed = outcome_index("agreements_collapsed");
    add_to_tally(setup, state, collapsed, step.date, setup.parties.capital);
    std::fill(dialogue.signatory.begin(), dialogue.signatory.end(), 0);
    dialogue.terms = {};
    dialogue.carried_out = 0.0;
    dialogue.stage = Stage::collapsed;
    dialogue.since = step.day;
}

}  // namespace sahelsim::model
