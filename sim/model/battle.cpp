#include "model/battle.h"

#include <algorithm>

#include "engine/mathematics.h"
#include "model/groups.h"
#include "model/membership.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

/// A garrison sends out patrols and convoys but stays in its post.
bool is_on_the_road(const Units& units, std::size_t unit) {
    const Action action = units.action[unit];
    return units.type[unit] == UnitType::cell &&
           (action == Action::patrol || action == Action::sweep || action == Action::protect);
}

double hostility(const Setup& setup, const Relations& relations, int place, int organisation, int other) {
    return std::max(0.0, -relations.at(setup, place, organisation, other));
}

/// How many of the unit's fighters are what is looked for.
double fighters_as(const Parameters& parameters, const Units& units, int unit, Quarry quarry) {
    const auto i = static_cast<std::size_t>(unit);
    const auto& faction = parameters.factions[static_cast<std::size_t>(units.faction[i])];
    const double strength = units.strength(unit);
    switch (quarry) {
        case Quarry::on_the_road:
            return faction.overtness * (is_on_the_road(units, i) ? strength : std::min(strength, faction.convoy_size));
        case Quarry::in_bases:
            return faction.overtness * (is_on_the_road(units, i) ? 0.0 : strength);
        case Quarry::hidden:
            return (1.0 - faction.overtness) * strength;
        case Quarry::defenders:
            return strength;
    }
    return 0.0;
}

Party party_of(const Parameters& parameters, const Units& units, int unit, int place, Quarry quarry) {
    const auto i = static_cast<std::size_t>(unit);
    Party party;
    party.place = place;
    const bool detachment = quarry == Quarry::on_the_road && !is_on_the_road(units, i);
    if (detachment) {
        party.leader = unit;
        party.whole = false;
        const double size = parameters.factions[static_cast<std::size_t>(units.faction[i])].convoy_size;
        party.fighters = std::min(units.strength(unit), static_cast<int>(size));
    } else {
        party.leader = units.leader[i];
        party.fighters = group_strength(units, party.leader);
    }
    return party;
}

template <class Visit>
void for_each_of_party(const Units& units, const Party& party, Visit visit) {
    if (party.whole) {
        for_each_of_group(units, party.leader, visit);
    } else {
        visit(party.leader);
    }
}

/// A unit of the party, drawn by strength.
int draw_unit(const Units& units, const Party& party, engine::RandomStream& stream) {
    std::int64_t fighters = 0;
    for_each_of_party(units, party, [&](int u) { fighters += units.strength(u); });
    if (fighters == 0) return -1;
    std::int64_t left = engine::draw_index(stream, fighters);
    int chosen = -1;
    for_each_of_party(units, party, [&](int u) {
        if (chosen < 0 && left < units.strength(u)) chosen = u;
        left -= units.strength(u);
    });
    return chosen;
}

}  // namespace

Occupants::Occupants(const Setup& setup, const Units& units, std::int32_t day)
    : offsets_(static_cast<std::size_t>(setup.places()) + 1, 0) {
    const auto counts = [&](int u) {
        const auto i = static_cast<std::size_t>(u);
        return units.type[i] != UnitType::air && units.latent_until[i] <= day && units.strength(u) > 0;
    };
    for (const int u : units.by_key) {
        if (counts(u)) ++offsets_[static_cast<std::size_t>(units.place[static_cast<std::size_t>(u)]) + 1];
    }
    for (std::size_t p = 1; p < offsets_.size(); ++p) offsets_[p] += offsets_[p - 1];
    units_.resize(offsets_.back());
    auto next = offsets_;
    for (const int u : units.by_key) {
        if (counts(u)) units_[next[static_cast<std::size_t>(units.place[static_cast<std::size_t>(u)])]++] = u;
    }
}

std::span<const std::int32_t> Occupants::at(int place) const {
    const auto p = static_cast<std::size_t>(place);
    return {units_.data() + offsets_[p], offsets_[p + 1] - offsets_[p]};
}

Party find_opponent(const Setup& setup, const Step& step, const Parameters& parameters, const Relations& relations,
                    const Units& units, const Occupants& occupants, int unit, int place, Quarry quarry,
                    engine::RandomStream& stream, const Truces* truces) {
    const int faction = units.faction[static_cast<std::size_t>(unit)];
    const int organisation = units.organisation[static_cast<std::size_t>(unit)];
    const double reach = quarry == Quarry::defenders ? 0.0 : parameters.engagement.contact_reach;
    std::vector<double> weights;
    std::vector<std::pair<int, int>> found;  // unit, place
    for (const auto& [near, hours] : setup.travel[static_cast<std::size_t>(step.season)].from(place)) {
        if (static_cast<double>(hours) > reach) break;
        for (const int other : occupants.at(near)) {
            if (truces != nullptr && at_truce(*truces, faction, units.faction[static_cast<std::size_t>(other)], near))
                continue;
            const double hostile =
                hostility(setup, relations, place, organisation, units.organisation[static_cast<std::size_t>(other)]);
            const double fighters = hostile > 0.0 ? fighters_as(parameters, units, other, quarry) : 0.0;
            // At most the fighters are left that were there in the morning.
            if (fighters <= 0.0 || units.strength(other) == 0) continue;
            weights.push_back(hostile * fighters *
                              (reach > 0.0 ? engine::exponential(-static_cast<double>(hours) / reach) : 1.0));
            found.emplace_back(other, near);
        }
    }
    const int chosen = engine::draw_weighted(stream, weights);
    if (chosen < 0) return {};
    const auto& [other, where] = found[static_cast<std::size_t>(chosen)];
    return party_of(parameters, units, other, where, quarry);
}

Side make_side(const Parameters& parameters, const Units& units, const Party& party) {
    const auto i = static_cast<std::size_t>(party.leader);
    const auto& faction = parameters.factions[static_cast<std::size_t>(units.faction[i])];
    Side side;
    side.fighters = party.fighters;
    const double skill = 1.0 + parameters.engagement.experience_limit * static_cast<double>(units.experience[i]);
    const double least = parameters.engagement.unsupplied_effectiveness;
    const double ammunition = least + (1.0 - least) * static_cast<double>(units.supply[i]);
    side.hit_rate = faction.effectiveness * skill * ammunition;
    side.break_point = faction.break_point * static_cast<double>(units.morale[i]);
    return side;
}

double air_support(const Setup& setup, const Parameters& parameters, const Mechanisms& mechanisms,
                   const Relations& relations, const std::vector<Partner>& partners, const Units& units, int unit,
                   int place, engine::RandomStream& stream) {
    if (!mechanisms.air_power) return 1.0;
    const int organisation = units.organisation[static_cast<std::size_t>(unit)];
    for (const int crew : units.by_key) {
        const auto i = static_cast<std::size_t>(crew);
        if (units.type[i] != UnitType::air) continue;
        const double relation = relations.at(setup, place, organisation, units.organisation[i]);
        const auto& faction = parameters.factions[static_cast<std::size_t>(units.faction[i])];
        if (relation <= 0.0 || setup.air_km(units.base[i], place) > faction.strike_range) continue;
        const bool own = units.organisation[i] == organisation;
        if (!own && partners[static_cast<std::size_t>(units.faction[i])].suspended) continue;
        if (engine::draw_bernoulli(stream, relation * faction.support_probability)) return 1.0 + faction.support_effect;
    }
    return 1.0;
}

int kill_in_party(const Step& step, State& state, const Party& party, int killed, engine::RandomStream& stream) {
    int dead = 0;
    for (int k = 0; k < std::min(killed, party.fighters); ++k) {
        const int unit = draw_unit(state.units, party, stream);
        if (unit < 0) break;
        dead += kill_members(state.cohorts, state.units, unit, 1, stream);
        state.units.touched[static_cast<std::size_t>(unit)] = step.day;
    }
    return dead;
}

void take_prisoners(const Step& step, State& state, const Party& party, int wounded) {
    const auto& p = state.parameters.people.imprisonment;
    const auto key = state.units.key[static_cast<std::size_t>(party.leader)];
    // A stream of their own: prisoners do not shift the draws of the fight.
    auto draws = stream(state.random, Process::imprisonment, static_cast<std::uint64_t>(step.day), key);
    int left = engine::draw_binomial(draws, wounded, p.captured_share);
    while (left-- > 0) {
        const int unit = draw_unit(state.units, party, draws);
        if (unit < 0) return;
        for (const std::int32_t cohort : capture_members(state.cohorts, state.units, unit, 1, draws)) {
            const auto days = 1 + static_cast<std::int32_t>(engine::draw_exponential(draws, p.time));
            state.prisoners.push_back(
                {cohort, step.day + days, state.units.organisation[static_cast<std::size_t>(unit)]});
        }
    }
}

int suffer(const Step& step, State& state, const Party& party, int hit, engine::RandomStream& stream) {
    auto& units = state.units;
    const auto& p = state.parameters.engagement;
    int fighters = 0;
    for_each_of_party(units, party, [&](int u) { fighters += units.strength(u); });
    const auto loss = static_cast<float>(p.morale_loss * hit / std::max(1, fighters));
    const auto gain = static_cast<float>(p.experience_gain);
    for_each_of_party(units, party, [&](int u) {
        const auto i = static_cast<std::size_t>(u);
        units.morale[i] = std::max(static_cast<float>(p.least_morale), units.morale[i] - loss);
        units.experience[i] += gain * (1.0F - units.experience[i]);
        units.touched[i] = step.day;
        if (units.action[i] == Action::rest) units.end[i] = std::min(units.end[i], step.day + 1);
    });
    return kill_in_party(step, state, party, engine::draw_binomial(stream, hit, p.killed_share), stream);
}

}  // namespace sahelsim::model
