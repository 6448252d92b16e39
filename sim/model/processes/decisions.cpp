#include "model/processes/decisions.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

#include "model/groups.h"
#include "model/knowledge.h"
#include "model/provocations.h"

namespace sahelsim::model {

namespace {

/// What the candidates of a decision look like, one column a feature.
enum Feature : Eigen::Index {
    kWeight,
    kHours,
    kOvert,   // openly present opponents as perceived, persons
    kCovert,  // hidden ones
    kOwn,     // own authority's share of control
    kKin,
    kSuspected,
    kRevenge,
    kAirThreat,
    kInformation,
    kFriends,  // openly present fighters of the own organisation
    kRural,
    kMisjudgement,
    kProvokedDays,  // since the provocation
    kFeatures
};

/// Working space of a decision; grows to the largest number of candidates and stays.
struct Candidates {
    std::vector<int> place;
    Eigen::ArrayXXf feature;  ///< [candidate, Feature]
    Eigen::ArrayXXf odds;     ///< [candidate, action]: w_j exp(lambda u_aj)
    Eigen::Index count = 0;

    void reserve(Eigen::Index n) {
        if (feature.rows() >= n) return;
        // Whole cache lines, so that every column begins aligned: vectorised arithmetic takes the same elements together,
        // and gives the same bits, whatever this thread has worked on before.
        const Eigen::Index rows = (n + 15) / 16 * 16;
        feature.resize(rows, kFeatures);
        odds.resize(rows, static_cast<Eigen::Index>(action_count));
    }
    [[nodiscard]] auto column(Feature f) { return feature.col(f).head(count); }
    [[nodiscard]] auto odds_of(Action a) { return odds.col(static_cast<Eigen::Index>(a)).head(count); }
};

/// The deciding unit's own side of the matter.
struct Decider {
    int unit = 0;
    int organisation = 0;
    int faction = 0;
    int authority = -1;
    UnitType type = UnitType::cell;
    int base = 0;
    float strength = 0.0F;  ///< of its group
    float morale = 1.0F;
    float supply = 1.0F;
    const FactionParameters* parameters = nullptr;
};

Decider describe(const Setup& setup, const Parameters& parameters, const Units& units, int unit) {
    const auto i = static_cast<std::size_t>(unit);
    Decider d;
    d.unit = unit;
    d.organisation = units.organisation[i];
    d.faction = units.faction[i];
    d.authority = setup.actors.authority[static_cast<std::size_t>(d.organisation)];
    d.type = units.type[i];
    d.base = units.base[i];
    d.strength = static_cast<float>(group_strength(units, unit));
    d.morale = units.morale[i];
    d.supply = units.supply[i];
    d.parameters = &parameters.factions[static_cast<std::size_t>(d.faction)];
    return d;
}

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

void add_candidate(const Setup& setup, const Step& step, const Picture& picture, const Decider& d, int place,
                   float hours, Candidates& candidates) {
    const auto n = candidates.count++;
    candidates.place.push_back(place);
    auto row = candidates.feature.row(n);
    const double information = information_of(setup, picture.parameters, picture.control, d.faction, place);
    row(kWeight) = setup.target_weight[static_cast<std::size_t>(place)];
    row(kHours) = hours;
    row(kOvert) = picture.presence.overt_opponents(place, d.organisation);
    row(kCovert) = picture.presence.covert_opponents(place, d.organisation);
    row(kMisjudgement) = picture.presence.misjudgement(place, d.organisation);
    row(kOwn) = d.authority < 0 ? 0.0F : static_cast<float>(picture.control.share(place, d.authority));
    row(kKin) = picture.sympathy.kin(place, d.faction);
    row(kSuspected) = picture.sympathy.suspected(place, d.faction);
    const auto& provocation = picture.provocations[provocation_index(setup, d.organisation, place)];
    row(kRevenge) = picture.mechanisms.revenge ? static_cast<float>(provocation.amount) : 0.0F;
    row(kProvokedDays) = static_cast<float>(step.day - provocation.day);
    row(kAirThreat) = picture.presence.air_threat(place, d.organisation);
    row(kInformation) = static_cast<float>(information);
    row(kFriends) = picture.presence.overt(place, d.organisation);
    row(kRural) = setup.geography.places[static_cast<std::size_t>(place)].town ? 0.0F : 1.0F;
}

/// Turns true strengths into perceived ones: times a lognormal factor of mean one, wider with less information.
void misjudge(const FactionParameters& parameters, Candidates& c) {
    const Eigen::ArrayXf spread = static_cast<float>(parameters.perception_error) * (1.0F - c.column(kInformation));
    const Eigen::ArrayXf factor = (spread * c.column(kMisjudgement) - 0.5F * spread.square()).exp();
    c.column(kOvert) *= factor;
    c.column(kCovert) *= factor;
}

/// Turns provocations of the past into the pull to retaliate today, as revenge_due does for one.
void weigh_revenge(const RevengeParameters& parameters, Candidates& c) {
    const auto rate = static_cast<float>(std::numbers::ln2 / parameters.half_life);
    const Eigen::ArrayXf standing = c.column(kRevenge) * (-rate * c.column(kProvokedDays)).exp();
    c.column(kRevenge) = standing / (standing + static_cast<float>(parameters.saturation));
}

void gather_by_air(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                   Candidates& candidates) {
    candidates.reserve(setup.communes());
    for (int place = 0; place < setup.communes(); ++place) {
        if (picture.presence.covert_opponents(place, d.organisation) <= 0.0F) continue;
        if (setup.air_km(d.base, place) > d.parameters->strike_range) continue;
        add_candidate(setup, step, picture, d, place, 0.0F, candidates);
    }
}

void gather_by_land(const Setup& setup, const Step& step, const Picture& picture, const Decider& d,
                    Candidates& candidates) {
    const auto reachable = setup.travel[static_cast<std::size_t>(step.season)].from(d.base);
    candidates.reserve(static_cast<Eigen::Index>(reachable.size()));
    for (const auto& [place, hours] : reachable) {
        if (static_cast<double>(hours) > d.parameters->travel_limit) break;
        if (setup.target_weight[static_cast<std::size_t>(place)] <= 0.0F) continue;
        add_candidate(setup, step, picture, d, place, hours, candidates);
    }
}

/// What the action is worth at each candidate, 0 ... 1.
Eigen::ArrayXf gain(Action action, Candidates& c, float half) {
    const auto overt = c.column(kOvert) / (c.column(kOvert) + half);
    const auto covert = c.column(kCovert) / (c.column(kCovert) + half);
    switch (action) {
        case Action::ambush:
        case Action::ied:
        case Action::assault:
            return overt;
        case Action::coordinated_attack:
            return c.column(kOvert) / (c.column(kOvert) + 4.0F * half);  // worth it against strong bases only
        case Action::siege:
            return c.column(kRural) * overt * (1.0F - c.column(kOwn));
        case Action::raid:
            return c.column(kSuspected) * (1.0F - c.column(kOwn));
        case Action::abduction:
            return (1.0F - c.column(kKin)) * (1.0F - c.column(kOwn));
        case Action::rival_attack:
        case Action::sweep:
            return covert;
        case Action::air_strike:
            return covert * c.column(kInformation);
        case Action::patrol:
            return c.column(kOwn);
        case Action::protect:
            return c.column(kKin) * c.column(kRevenge);
        case Action::govern:
            return 0.5F * (c.column(kOwn) + c.column(kKin));
        case Action::relocate:
            return c.column(kKin) * (1.0F - overt) * (1.0F - c.column(kOwn));
        case Action::withdraw:
            return c.column(kFriends) / (c.column(kFriends) + half);
        case Action::rest:
            break;
    }
    return Eigen::ArrayXf::Zero(c.count);
}

/// How far revenge is a reason for the action.
Eigen::ArrayXf retaliation(Action action, Candidates& c) {
    switch (action) {
        case Action::raid:
            return c.column(kRevenge) * c.column(kSuspected);
        case Action::ambush:
        case Action::ied:
        case Action::assault:
        case Action::coordinated_attack:
        case Action::siege:
        case Action::rival_attack:
        case Action::sweep:
        case Action::air_strike:
            return c.column(kRevenge);
        default:
            return Eigen::ArrayXf::Zero(c.count);
    }
}

/// Share of own strength that may be lost: opponents against own strength, and the air threat, which grows with the group.
Eigen::ArrayXf expected_loss(Candidates& c, float strength, float half) {
    const auto opponents = c.column(kOvert) + c.column(kCovert);
    return opponents / (opponents + strength + 1.0F) + c.column(kAirThreat) * (strength / (strength + half));
}

Eigen::ArrayXf utility(const Picture& picture, const Decider& d, Action action, Candidates& c) {
    const auto& p = *d.parameters;
    const auto a = index(action);
    const auto half = static_cast<float>(picture.parameters.decision.presence_half_gain);
    const double support_weight =
        p.discipline * p.support_weight_leaders + (1.0 - p.discipline) * p.support_weight_cells;
    // Shaken units count losses up to twice.
    const double loss_weight =
        p.loss_weight * (2.0 - static_cast<double>(d.morale)) * picture.parameters.decision.exposure[a];
    return static_cast<float>(p.gain_weight) * gain(action, c, half) +
           static_cast<float>(p.revenge_weight) * retaliation(action, c) -
           static_cast<float>(loss_weight) * expected_loss(c, d.strength, half) -
           static_cast<float>(p.distance_weight) * c.column(kHours) -
           static_cast<float>(support_weight * picture.parameters.decision.civilian_harm[a]) * c.column(kKin);
}

/// Threat to the unit's base: to its people there for those who roam, to the post itself for those who hold it.
double threat_at_base(const Setup& setup, const Step& step, const Picture& picture, const Decider& d) {
    if (d.type == UnitType::garrison) {
        const double opponents = static_cast<double>(picture.presence.covert_opponents(d.base, d.organisation));
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
    const float all_weights = c.column(kWeight).sum();
    const auto lambda = static_cast<float>(p.choice_precision);
    for (std::size_t a = 0; a < action_count; ++a) {
        const auto action = static_cast<Action>(a);
        if (!is_able(picture.parameters, picture.mechanisms, d, action)) continue;
        const Eigen::ArrayXf u = utility(picture, d, action, c);
        const float best = u.maxCoeff();  // taken out of the exponential, which would overflow
        auto odds = c.odds_of(action);
        odds = c.column(kWeight) * (lambda * (u - best)).exp();
        // To move the base means to move it away.
        if (action == Action::withdraw || action == Action::relocate) odds *= (c.column(kHours) > 0.0F).cast<float>();
        const double mean = static_cast<double>(odds.sum() / all_weights);
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
    const double pull = static_cast<double>(retaliation(decision.action, c)(target));
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

void set_out(const Setup& setup, const Step& step, const Parameters& parameters, const Decision& decision, Units& units,
             int unit) {
    const bool rests = decision.action == Action::rest;
    const auto days_on_the_way =
        static_cast<std::int32_t>(decision.hours / setup.world_parameters.travel_hours_per_day);
    const auto days = std::max(1, static_cast<std::int32_t>(std::ceil(decision.duration_days)));
    const auto cost = static_cast<float>(parameters.decision.supply_cost[index(decision.action)]);
    for_each_of_group(units, unit, [&](int member) {
        const auto i = static_cast<std::size_t>(member);
        units.action[i] = decision.action;
        // A group that rests stays together where its leader has his base.
        units.target[i] = decision.target;
        if (rests) units.place[i] = decision.target;
        units.arrival[i] = step.day + days_on_the_way;
        units.end[i] = units.arrival[i] + days;
        units.cause_kind[i] = decision.cause_kind;
        units.cause[i] = decision.cause;
        units.supply[i] = std::max(0.0F, units.supply[i] - cost);
        units.touched[i] = step.day;
    });
}

bool is_due(const Units& units, const Step& step, int unit) {
    return units.leads(unit) && units.end[static_cast<std::size_t>(unit)] <= step.day;
}

}  // namespace

Decision decide(const Setup& setup, const Step& step, const Picture& picture, const Units& units, int unit) {
    thread_local Candidates candidates;  // memory only; nothing of one decision is left for the next
    candidates.count = 0;
    candidates.place.clear();
    const Decider d = describe(setup, picture.parameters, units, unit);
    if (d.type == UnitType::air) {
        gather_by_air(setup, step, picture, d, candidates);
    } else if (static_cast<double>(d.strength) >= picture.parameters.decision.minimum_strength) {
        gather_by_land(setup, step, picture, d, candidates);
    }
    if (candidates.count > 0) {
        misjudge(*d.parameters, candidates);
        weigh_revenge(picture.parameters.revenge, candidates);
    }
    auto draws = stream(picture.random, Process::decisions, static_cast<std::uint64_t>(step.day),
                        units.key[static_cast<std::size_t>(unit)]);
    Decision decision;
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
        const auto i = static_cast<std::size_t>(unit);
        const int authority = setup.actors.authority[static_cast<std::size_t>(units.organisation[i])];
        const bool known = authority >= 0 && decision.target < setup.communes();
        const double control = known ? picture.control.share(decision.target, authority) : 0.0;
        // An empty unit's rest is no choice that anything could be learnt from.
        if (group_strength(units, unit) == 0 && units.type[i] != UnitType::air) continue;
        experience.taken.push_back({units.faction[i], decision.action, decision.target, control});
    }
    return static_cast<int>(decisions.size());
}

}  // namespace sahelsim::model
