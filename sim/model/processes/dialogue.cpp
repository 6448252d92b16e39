#include "model/processes/dialogue.h"

#include <algorithm>
#include <cmath>

#include "engine/mathematics.h"
#include "model/bargaining.h"
#include "model/course_of_war.h"
#include "model/event_log.h"
#include "model/positions.h"
#include "model/prisoners.h"
#include "model/settlement.h"
#include "model/war_value.h"

namespace sahelsim::model {

namespace {

enum Purpose : std::uint64_t { kStage, kExchange, kRounds, kGovernmentError, kOppositionError, kSincerity };

engine::RandomStream draws_for(const Step& step, const State& state, Purpose purpose) {
    return stream(state.random, Process::dialogue, static_cast<std::uint64_t>(step.day), engine::name_key("track"),
                  purpose);
}

bool is_under_way(Stage stage) {
    return stage >= Stage::signals && stage <= Stage::negotiation;
}

void enter(const Step& step, Stage stage, State& state) {
    state.dialogue.stage = stage;
    state.dialogue.since = step.day;
}

/// Losses without gains, 0 ... 1.
double ripeness(const State& state, int organisation, int authority) {
    if (authority < 0) return 0.0;
    const auto& control = state.course.control[static_cast<std::size_t>(authority)];
    const double gained = std::max(0.0, yearly_change(control, state.course.recorded));
    const double lost = loss_rate(state, organisation);
    const auto& p = state.parameters.government.dialogue;
    return lost / (lost + p.ripeness_half) * p.ripeness_gain / (p.ripeness_gain + gained);
}

double measured(const State& state, Measure measure) {
    return state.parameters.government.dialogue.measure[number(measure)] * state.dialogue.measure(measure);
}

/// Part of the most there ever were of the foreign troops whom the precondition means that is still in the country.
double troops_left(const Setup& setup, const State& state) {
    const auto meant = forces_to_leave(setup, state);
    std::vector<char> counted(static_cast<std::size_t>(setup.actors.organisations), 0);
    double now = 0.0;
    double most = 0.0;
    for (std::size_t f = 0; f < meant.size(); ++f) {
        const auto o = static_cast<std::size_t>(setup.actors.organisation_of[f]);
        if (meant[f] == 0 || counted[o] != 0) continue;
        counted[o] = 1;
        now += static_cast<double>(state.course.personnel[o]);
        most += static_cast<double>(state.course.most_personnel[o]);
    }
    return most > 0.0 ? now / most : 0.0;
}

void update_support(const Setup& setup, double days, State& state) {
    const auto& p = state.parameters.government.dialogue;
    double deaths = civilians_of_last_month(state.course);
    for (int o = 0; o < setup.actors.organisations; ++o) deaths += losses_within(state.course, o, 1);
    const double felt = per_million(state.course, deaths);
    const double weariness = felt / (felt + p.support_half);
    const double prior = std::clamp(p.support, 1e-6, 1.0 - 1e-6);
    const double log_odds = engine::logarithm(prior / (1.0 - prior)) + p.support_weariness * weariness +
                            measured(state, Measure::public_debate);
    state.dialogue.support +=
        (engine::logistic(log_odds) - state.dialogue.support) * engine::event_probability(1.0 / p.support_time, days);
}

/// What talks cost while they are open.
void pay_for_talks(const Setup& setup, double years, State& state) {
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    const bool open = dialogue.is_open();
    const bool public_terms = open || dialogue.in_force();
    state.politics.protest =
        public_terms ? std::min(1.0, p.polarisation * elite_loss(setup, state, expected_terms(setup, state))) : 0.0;
    if (!open) return;
    dialogue.algiers *= engine::exponential(-p.algiers_strain * years);
    const int side = setup.actors.side_of_authority[static_cast<std::size_t>(setup.parties.opposition)];
    if (side >= 0)
        state.attitudes.grievance.col(side) *= static_cast<float>(engine::exponential(-p.recognition * years));
}

/// Prisoners of the opposition go free, and the government learns about it from what it gets in return.
void exchange_prisoners(const Setup& setup, const Step& step, double years, State& state) {
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    auto draws = draws_for(step, state, kExchange);
    const int exchanges = engine::draw_poisson(draws, p.exchange_rate * years);
    for (int k = 0; k < exchanges; ++k) {
        const bool kept = dialogue.sincere || engine::draw_bernoulli(draws, p.devious_signal);
        // Who has nobody to release can't ask for anything.
        if (release_prisoners_of(setup, step, setup.parties.opposition, p.exchange_share, draws, state) == 0) continue;
        const double if_devious = kept ? p.devious_signal : 1.0 - p.devious_signal;
        const double if_sincere = kept ? 1.0 : 0.0;
        const double evidence = dialogue.belief * if_sincere + (1.0 - dialogue.belief) * if_devious;
        if (evidence > 0.0) dialogue.belief *= if_sincere / evidence;
    }
}

/// The sides' errors about the opposition's chance: of the track, smaller with rounds and a mediator.
std::array<double, 2> belief_errors(const State& state) {
    const auto& p = state.parameters.government.dialogue;
    const auto track = static_cast<std::uint64_t>(state.dialogue.tracks);
    const double spread = p.belief_error * (1.0 - p.mediator_precision * state.dialogue.measure(Measure::mediator)) /
                          std::sqrt(1.0 + state.dialogue.rounds);
    std::array<double, 2> errors{};
    for (const auto purpose : {kGovernmentError, kOppositionError}) {
        auto draws = stream(state.random, Process::dialogue, track, engine::name_key("belief"), purpose);
        errors[purpose - kGovernmentError] = spread * engine::draw_normal(draws);
    }
    return errors;
}

void begin_track(State& state) {
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    ++dialogue.tracks;
    dialogue.rounds = 0.0;
    dialogue.softening = 0.0;
    if (dialogue.tracks == 1) dialogue.belief = p.sincere_prior;  // what was learnt in earlier talks is not forgotten
    // Whether the opposition means it belongs to the opposition and not to a track.
    auto draws = stream(state.random, Process::dialogue, 0, engine::name_key("sincerity"), kSincerity);
    dialogue.sincere = engine::draw_bernoulli(draws, p.sincere_prior);
}

void negotiate(const Setup& setup, const Step& step, double years, State& state) {
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    auto draws = draws_for(step, state, kRounds);
    dialogue.rounds += engine::draw_poisson(draws, p.round_rate * years);
    if (dialogue.rounds * p.issues_per_round < static_cast<double>(issue_count)) return;
    if (const auto terms = terms_both_accept(setup, state)) sign(setup, step, *terms, state);
}

void move_on(const Setup& setup, const Step& step, double years, State& state) {
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    const auto will = willingness(setup, state);
    const double both = will.government * will.opposition;
    auto draws = draws_for(step, state, kStage);
    const double breakdown =
        is_under_way(dialogue.stage) ? engine::event_probability(p.breakdown_rate * (1.0 - both), years) : 0.0;
    if (engine::draw_bernoulli(draws, breakdown)) {
        enter(step, Stage::none, state);
        return;
    }
    if (dialogue.stage >= Stage::negotiation) return;
    const double rate = p.rate[number(dialogue.stage)] * both;
    if (!engine::draw_bernoulli(draws, engine::event_probability(rate, years))) return;
    if (dialogue.stage == Stage::none) begin_track(state);
    enter(step, static_cast<Stage>(number(dialogue.stage) + 1), state);
}

}  // namespace

void end_measures(const Step& step, State& state) {
    for (std::size_t m = 0; m < measure_count; ++m) {
        if (state.dialogue.measures[m] > 0.0 && state.dialogue.until[m] < step.day) state.dialogue.measures[m] = 0.0;
    }
}

Willingness willingness(const Setup& setup, const State& state) {
    const auto& p = state.parameters.government.dialogue;
    const auto& dialogue = state.dialogue;
    const bool teams = dialogue.stage >= Stage::channel;
    const int armed = setup.parties.armed.front();
    const int opposition = setup.parties.organisation_of[static_cast<std::size_t>(armed)];
    const double government =
        p.government_base + p.ripeness_weight * ripeness(state, setup.parties.organisation, setup.parties.authority) +
        p.public_weight * (dialogue.support - 0.5) + p.cohesion_weight * (state.politics.legitimacy - 0.5) -
        p.elite_weight * elite_loss(setup, state, half_way_terms(setup, state)) -
        p.leverage_weight * leverage_of_partners(setup, state) + dialogue.ambivalence +
        measured(state, Measure::ease_resistance) + measured(state, Measure::open) +
        (teams ? measured(state, Measure::name_teams) + measured(state, Measure::mediator) : 0.0);
    const double willing =
        p.armed_base + p.ripeness_weight * ripeness(state, opposition, setup.parties.opposition) -
        (teams ? p.precondition_weight * troops_left(setup, state) * (1.0 - dialogue.softening) : 0.0) -
        p.hardness_weight * (opposition_hardness(setup, state) - 0.5) +
        (teams ? measured(state, Measure::name_teams) + measured(state, Measure::mediator) : 0.0) +
        measured(state, Measure::guarantee) + measured(state, Measure::way_out);
    return {engine::logistic(government), engine::logistic(willing)};
}

std::optional<IssueTerms> terms_both_accept(const Setup& setup, const State& state) {
    return bargain(negotiators(setup, state, belief_errors(state)), 0.5);
}

void talk(const Setup& setup, const Step& step, double years, State& state) {
    if (!setup.parties.can_talk() || state.course.recorded == 0) return;
    const auto& p = state.parameters.government.dialogue;
    auto& dialogue = state.dialogue;
    update_support(setup, years * engine::days_per_year, state);
    pay_for_talks(setup, years, state);
    if (dialogue.stage == Stage::collapsed && step.day - dialogue.since >= p.bitterness_time)
        enter(step, Stage::none, state);
    if (dialogue.stage == Stage::collapsed || dialogue.in_force()) return;
    if (dialogue.stage >= Stage::channel) {
        dialogue.softening += (1.0 - dialogue.softening) * engine::event_probability(p.precondition_softening, years);
        exchange_prisoners(setup, step, years, state);
    }
    if (dialogue.stage == Stage::negotiation) negotiate(setup, step, years, state);
    if (!dialogue.in_force()) move_on(setup, step, years, state);
}

}  // namespace sahelsim::model
