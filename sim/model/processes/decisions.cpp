#include "model/processes/decisions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>

#include "model/groups.h"
#include "model/provocations.h"
#include "model/truces.h"
#include "model/utility.h"

namespace sahelsim::model {

namespace {

/// What its kind of unit can do at all: a garrison keeps to its post, a crew flies.
bool suits(UnitType type, Action action) {
    switch (type) {
        case UnitType::air:
            return action == Action::air_strike;
        case UnitType::retired:
            return false;
        case UnitType::garrison:
            return action == Action::patrol || action == Action::withdraw;
        case UnitType::cell:
            return action != Action::air_strike && action != Action::withdraw && action != Action::rest;
    }
    return false;
}

bool is_able(const Parameters& parameters, const Mechanisms& mechanisms, const Decider& d, Action action) {
    if (!suits(d.type, action) || !d.parameters->available[index(action)]) return false;
    if (static_cast<double>(d.supply) < parameters.decision.supply_cost[index(action)]) return false;
    if (action == Action::air_strike) return mechanisms.air_power;
    if (action == Action::protect) return mechanisms.kin_protection;
    if (action == Action::coordinated_attack) {
        return static_cast<double>(d.strength) >= parameters.engagement.coordinated_minimum;
    }
    return true;
}

/// Threat to the unit's base: to its people there for those who roam, to the post itself for those who hold it.
double threat_at_base(const Setup& setup, const Step& step, const Picture& picture, const Decider& d) {
    if (d.type == UnitType::garrison) {
        const auto& seen = picture.outlook.rows[static_cast<std::size_t>(d.faction * setup.places() + d.base)];
        const auto opponents = static_cast<double>(seen.covert);
        return opponents / (opponents + static_cast<double>(d.strength) + 1.0);
    }
    if (!picture.mechanisms.kin_protection || !picture.mechanisms.revenge) return 0.0;
    const auto& provocation = picture.provocations[provocation_index(setup, d.organisation, d.base)];
    return static_cast<double>(picture.sympathy.kin(d.base, d.faction)) *
           revenge_due(picture.parameters.revenge, provocation, step.day);
}

double learnt_shift(const Picture& picture, const Decider& d, Action action) {
    if (!picture.mechanisms.adaptation) return 0.0;
    return picture.experience.shift(d.faction, static_cast<Eigen::Index>(action));
}

bool is_forbidden(std::uint8_t bounds, Action action) {
    const bool against_people = action == Action::raid || action == Action::abduction || action == Action::siege;
    const bool among_own = action == Action::patrol || action == Action::protect || action == Action::govern;
    return ((bounds & kSparesVillagers) != 0 && against_people) || (bounds & kUnarmedAway) != 0 ||
           ((bounds & kUnarmedAtHome) != 0 && !among_own);
}

/// Takes away what a truce forbids.
void bind(Action action, Candidates& c) {
    auto odds = c.odds_of(action);
    for (std::size_t j = 0; j < c.bounds.size(); ++j) {
        if (is_forbidden(c.bounds[j], action)) odds(static_cast<Eigen::Index>(j)) = 0.0F;
    }
}

enum Purpose : std::uint64_t { kChoice = 0, kDefiance = 1 };

/// Whether a unit that a truce binds somewhere in its reach defies it this time, from a stream of its own: units that keep
/// to a truce draw as if they had not been asked.
bool draw_defiance(const Step& step, const Picture& picture, const Decider& d, const Units& units, Candidates& c) {
    if (picture.truces == nullptr || picture.truces->none()) return false;
    bool bound = false;
    float provoked = 0.0F;
    for (std::size_t j = 0; j < c.bounds.size(); ++j) {
        if ((c.bounds[j] & kBound) == 0) continue;
        bound = true;
        provoked = std::max(provoked, c.feature(static_cast<Eigen::Index>(j), kRevenge));
    }
    if (!bound) return false;
    auto draws = stream(picture.random, Process::decisions, static_cast<std::uint64_t>(step.day),
                        units.key[static_cast<std::size_t>(d.unit)], kDefiance);
    return engine::draw_bernoulli(draws, probability_of_defiance(picture.parameters, d, static_cast<double>(provoked)));
}

using Values = std::array<double, action_count>;

/// V_a of every action; minus infinity for what the unit can't do.
Values values_of_actions(const Setup& setup, const Step& step, const Picture& picture, const Decider& d, Candidates& c) {
    Values values;
    values.fill(-std::numeric_limits<double>::infinity());
    const auto& p = *d.parameters;
    const double threat = threat_at_base(setup, step, picture, d);
    values[index(Action::rest)] = p.doctrine[index(Action::rest)] + learnt_shift(picture, d, Action::rest) +
                                  (d.type == UnitType::cell ? p.kin_weight * threat : 0.0);
    if (c.count == 0) return values;
    const float by_people = c.column(kWeight).sum();
    const float by_armed = c.column(kArmedWeight).sum();
    const auto lambda = static_cast<float>(p.choice_precision);
    for (std::size_t a = 0; a < action_count; ++a) {
        const auto action = static_cast<Action>(a);
        if (!is_able(picture.parameters, picture.mechanisms, d, action)) continue;
        weigh_up(picture, d, action, c);
        auto odds = c.odds_of(action);
        const float best = odds.maxCoeff();  // taken out of the exponential, which would overflow
        const Feature weight = weight_for(action);
        odds = c.column(weight) * (lambda * (odds - best)).exp();
        bind(action, c);
        // To move the base means to move it away.
        if (action == Action::withdraw || action == Action::relocate) odds *= (c.column(kHours) > 0.0F).cast<float>();
        const double mean = static_cast<double>(odds.sum() / (weight == kWeight ? by_people : by_armed));
        values[a] = p.doctrine[a] + learnt_shift(picture, d, action) + static_cast<double>(best) +
                    engine::logarithm(mean) / p.choice_precision;
        if (action == Action::withdraw) values[a] += p.loss_weight * threat;
    }
    return values;
}

Action draw_action(const Values& values, engine::RandomStream& stream) {
    const double best = *std::max_element(values.begin(), values.end());
    std::vector<double> odds(action_count);
    for (std::size_t a = 0; a < action_count; ++a) odds[a] = engine::exponential(values[a] - best);
    const int drawn = engine::draw_weighted(stream, odds);
    assert(drawn >= 0 && "resting is always possible");
    return static_cast<Action>(drawn);
}

Eigen::Index draw_target(Candidates& c, Action action, engine::RandomStream& stream) {
    const auto odds = c.odds_of(action);
    auto left = static_cast<float>(engine::draw_uniform(stream)) * odds.sum();
    for (Eigen::Index j = 0; j + 1 < c.count; ++j) {
        if (left < odds(j)) return j;
        left -= odds(j);
    }
    return c.count - 1;
}

/// Names the provocation behind a choice with the probability that revenge tipped it.
void attribute(const Setup& setup, const Picture& picture, const Decider& d, Candidates& c, Eigen::Index target,
               engine::RandomStream& stream, Decision& decision) {
    const double pull = static_cast<double>(retaliation(decision.action, c, target));
    const bool protecting = decision.action == Action::protect;
    const double weight = protecting ? d.parameters->gain_weight : d.parameters->revenge_weight;
    const double reason =
        protecting ? static_cast<double>(c.feature(target, kKin) * c.feature(target, kRevenge)) : pull;
    if (!engine::draw_bernoulli(stream, 1.0 - engine::exponential(-d.parameters->choice_precision * weight * reason)))
        return;
    const auto& provocation = picture.provocations[provocation_index(setup, d.organisation, decision.target)];
    if (provocation.event < 0) return;
    decision.cause_kind = CauseKind::event;
    decision.cause = provocation.event;
}

bool is_due(const Units& units, const Step& step, int unit) {
    const auto i = static_cast<std::size_t>(unit);
    return units.leads(unit) && units.end[i] <= step.day && units.latent_until[i] <= step.day &&
           units.type[i] != UnitType::retired;
}

}  // namespace

double probability_of_defiance(const Parameters& parameters, const Decider& d, double revenge) {
    const auto& p = parameters.accords;
    const double shaken = 1.0 + p.violation_morale * (1.0 - static_cast<double>(d.morale));
    const double provoked = 1.0 + p.violation_revenge * revenge;
    return std::min(1.0, p.violation * (1.0 - d.parameters->discipline) * shaken * provoked);
}

Decision decide(const Setup& setup, const Step& step, const Picture& picture, const Units& units, int unit) {
    thread_local Candidates candidates;  // memory only; nothing of one decision is left for the next
    Decider d = describe(setup, picture.parameters, units, unit);
    gather_candidates(setup, step, picture, d, candidates);
    d.defies = draw_defiance(step, picture, d, units, candidates);
    if (d.defies) gather_candidates(setup, step, picture, d, candidates);
    auto draws = stream(picture.random, Process::decisions, static_cast<std::uint64_t>(step.day),
                        units.key[static_cast<std::size_t>(unit)], kChoice);
    Decision decision;
    decision.defies = d.defies;
    decision.action = draw_action(values_of_actions(setup, step, picture, d, candidates), draws);
    decision.duration_days =
        engine::draw_exponential(draws, picture.parameters.decision.duration[index(decision.action)]);
    decision.target = d.base;
    if (decision.action == Action::rest) return decision;
    const Eigen::Index target = draw_target(candidates, decision.action, draws);
    decision.target = candidates.place[static_cast<std::size_t>(target)];
    decision.hours = static_cast<double>(candidates.feature(target, kHours));
    attribute(setup, picture, d, candidates, target, draws, decision);
    return decision;
}

int decide_all(const Setup& setup, const Step& step, const Picture& picture, Units& units, Experience& experience,
               const std::vector<std::int32_t>& order) {
    std::vector<std::pair<std::int32_t, Decision>> decisions;
    for (int k = 0; k < units.size(); ++k) {
        const int unit = order.empty() ? k : order[static_cast<std::size_t>(k)];
        if (is_due(units, step, unit)) decisions.emplace_back(unit, decide(setup, step, picture, units, unit));
    }
    std::sort(decisions.begin(), decisions.end(), [&](const auto& a, const auto& b) {
        return units.key[static_cast<std::size_t>(a.first)] < units.key[static_cast<std::size_t>(b.first)];
    });
    for (const auto& [unit, decision] : decisions) {
        set_out(setup, step, picture.parameters, decision, units, unit);
        remember_choice(setup, picture.control, units, unit, decision, experience);
    }
    return static_cast<int>(decisions.size());
}

}  // namespace sahelsim::model
