#include "model/membership.h"

#include <algorithm>

#include "model/units.h"

namespace sahelsim::model {

namespace {

/// [community]
std::vector<double> origin_weights(const Parameters& parameters, int faction) {
    std::vector<double> weights = parameters.factions[static_cast<std::size_t>(faction)].affinity;
    for (double& weight : weights) weight = std::max(parameters.membership.least_affinity, weight);
    return weights;
}

std::int32_t draw_local(const world::Cohorts& cohorts, const Parameters& parameters, int faction, int commune,
                        engine::RandomStream& stream) {
    auto weights = origin_weights(parameters, faction);
    for (int g = 0; g < cohorts.communities; ++g)
        weights[static_cast<std::size_t>(g)] =
            static_cast<double>(cohorts.residents_of(commune, g)) * weights[static_cast<std::size_t>(g)];
    const int community = engine::draw_weighted(stream, weights);
    return community < 0 ? kForeign : draw_resident(cohorts, commune, community, stream);
}

std::int32_t take_random_member(const world::Cohorts& cohorts, Units& units, int unit, engine::RandomStream& stream) {
    auto& members = units.members[static_cast<std::size_t>(unit)];
    const auto chosen = static_cast<std::size_t>(engine::draw_index(stream, static_cast<std::int64_t>(members.size())));
    const std::int32_t cohort = members[chosen];
    members[chosen] = members.back();
    members.pop_back();
    count_origin(cohorts, units, units.faction[static_cast<std::size_t>(unit)], cohort, -1);
    return cohort;
}

}  // namespace

RecruitPool::RecruitPool(const Setup& setup, const world::Cohorts& cohorts, const Parameters& parameters, int faction) {
    const int organisation = setup.actors.organisation_of[static_cast<std::size_t>(faction)];
    if (setup.actors.malian[static_cast<std::size_t>(organisation)] == 0) return;
    const auto weights = origin_weights(parameters, faction);
    cumulative_.resize(cohorts.people.size());
    double sum = 0.0;
    for (std::size_t cell = 0; cell < cumulative_.size();) {
        for (const double weight : weights) {
            sum += static_cast<double>(cohorts.people[cell]) * weight;
            cumulative_[cell++] = sum;
        }
    }
}

std::int32_t RecruitPool::draw(const world::Cohorts& cohorts, engine::RandomStream& stream) const {
    if (cumulative_.empty() || cumulative_.back() <= 0.0) return kForeign;
    const double wanted = engine::draw_uniform(stream) * cumulative_.back();
    const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), wanted);
    const auto cell = static_cast<int>(
        std::min<std::ptrdiff_t>(found - cumulative_.begin(), static_cast<std::ptrdiff_t>(cumulative_.size()) - 1));
    return draw_resident(cohorts, cell / cohorts.communities, cell % cohorts.communities, stream);
}

void enlist_resident(world::Cohorts& cohorts, Units& units, int unit, std::int32_t cohort) {
    cohorts.remove_residents(cohort, 1);
    ++cohorts.armed[static_cast<std::size_t>(cohort)];
    count_origin(cohorts, units, units.faction[static_cast<std::size_t>(unit)], cohort, 1);
    units.members[static_cast<std::size_t>(unit)].push_back(cohort);
}

void enlist_foreigners(Units& units, int unit, int persons) {
    auto& members = units.members[static_cast<std::size_t>(unit)];
    members.insert(members.end(), static_cast<std::size_t>(std::max(0, persons)), kForeign);
}

void enlist(const Setup& setup, const Parameters& parameters, const RecruitPool& pool, world::Cohorts& cohorts,
            Units& units, int unit, int persons, engine::RandomStream& stream) {
    const auto u = static_cast<std::size_t>(unit);
    const auto organisation = static_cast<std::size_t>(units.organisation[u]);
    if (setup.actors.malian[organisation] == 0) {
        enlist_foreigners(units, unit, persons);
        return;
    }
    const int number = units.faction[u];
    const auto& faction = parameters.factions[static_cast<std::size_t>(number)];
    const bool has_commune = units.base[u] < setup.communes();
    for (int i = 0; i < persons; ++i) {
        const bool local = has_commune && engine::draw_bernoulli(stream, faction.local_share);
        const std::int32_t cohort =
            local ? draw_local(cohorts, parameters, number, units.base[u], stream) : pool.draw(cohorts, stream);
        if (cohort == kForeign) continue;
        enlist_resident(cohorts, units, unit, cohort);
    }
}

std::vector<std::int32_t> capture_members(world::Cohorts& cohorts, Units& units, int unit, int persons,
                                          engine::RandomStream& stream) {
    std::vector<std::int32_t> captured;
    for (int i = std::min(persons, units.strength(unit)); i > 0; --i) {
        const std::int32_t cohort = take_random_member(cohorts, units, unit, stream);
        if (cohort == kForeign) continue;
        --cohorts.armed[static_cast<std::size_t>(cohort)];
        ++cohorts.prisoners[static_cast<std::size_t>(cohort)];
        captured.push_back(cohort);
    }
    return captured;
}

int kill_members(world::Cohorts& cohorts, Units& units, int unit, int persons, engine::RandomStream& stream) {
    const int killed = std::min(persons, units.strength(unit));
    for (int i = 0; i < killed; ++i) {
        const std::int32_t cohort = take_random_member(cohorts, units, unit, stream);
        if (cohort == kForeign) continue;
        --cohorts.armed[static_cast<std::size_t>(cohort)];
        ++cohorts.dead[static_cast<std::size_t>(cohort)];
    }
    return killed;
}

int dismiss_members(world::Cohorts& cohorts, Units& units, int unit, int persons, engine::RandomStream& stream) {
    const int leaving = std::min(persons, units.strength(unit));
    for (int i = 0; i < leaving; ++i) {
        const std::int32_t cohort = take_random_member(cohorts, units, unit, stream);
        if (cohort == kForeign) continue;
        --cohorts.armed[static_cast<std::size_t>(cohort)];
        cohorts.remove_residents(cohort, -1);
    }
    return leaving;
}

std::int32_t draw_resident(const world::Cohorts& cohorts, int commune, int community, engine::RandomStream& stream) {
    const auto cell = cohorts.cell(commune, community);
    if (cohorts.people[cell] <= 0) return -1;
    const std::int32_t first = cohorts.begin[cell];
    const std::int64_t slots = std::int64_t{cohorts.begin[cell + 1] - first} * cohorts.capacity;
    // A cohort's residents fill its first slots; an empty slot is drawn again: exact and, where most slots are full, cheap.
    // Where most have fled or gone, they are counted through instead.
    constexpr std::int64_t kFewOf = 8;
    if (cohorts.people[cell] < slots / kFewOf) {
        std::int64_t left = engine::draw_index(stream, cohorts.people[cell]);
        std::int32_t cohort = first;
        while (left >= cohorts.residents[static_cast<std::size_t>(cohort)])
            left -= cohorts.residents[static_cast<std::size_t>(cohort++)];
        return cohort;
    }
    while (true) {
        const auto slot = static_cast<std::int32_t>(engine::draw_index(stream, slots));
        const std::int32_t cohort = first + slot / cohorts.capacity;
        if (slot % cohorts.capacity < cohorts.residents[static_cast<std::size_t>(cohort)]) return cohort;
    }
}

}  // namespace sahelsim::model
