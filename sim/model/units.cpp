#include "model/units.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace sahelsim::model {

int add_unit(const Setup& setup, Units& units, const NewUnit& description) {
    const int number = units.size();
    units.key.push_back(description.key);
    units.organisation.push_back(
        static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(description.faction)]));
    units.faction.push_back(static_cast<std::int16_t>(description.faction));
    units.type.push_back(description.type);
    units.base.push_back(description.base);
    units.place.push_back(description.base);
    units.established.push_back(description.established);
    units.members.emplace_back();
    units.experience.push_back(static_cast<float>(description.experience));
    units.morale.push_back(1.0F);
    units.supply.push_back(1.0F);
    units.leader.push_back(number);
    units.next.push_back(-1);
    units.action.push_back(Action::rest);
    units.target.push_back(description.base);
    units.arrival.push_back(description.day);
    units.end.push_back(description.day);
    units.cause_kind.push_back(CauseKind::none);
    units.cause.push_back(-1);
    units.touched.push_back(description.day);
    units.latent_until.push_back(description.day);
    units.births.push_back(0);
    units.defies.push_back(0);
    const auto where = std::lower_bound(
        units.by_key.begin(), units.by_key.end(), description.key,
        [&](std::int32_t u, std::uint64_t key) { return units.key[static_cast<std::size_t>(u)] < key; });
    units.by_key.insert(where, number);
    return number;
}

void retire(Units& units, int unit) {
    const auto i = static_cast<std::size_t>(unit);
    units.type[i] = UnitType::retired;
    units.established[i] = 0;
    units.action[i] = Action::rest;
    units.place[i] = units.target[i] = units.base[i];
}

void count_origin(const world::Cohorts& cohorts, Units& units, int faction, std::int32_t cohort, int change) {
    if (cohort == kForeign) return;
    const auto k = static_cast<std::size_t>(cohort);
    units.origin(faction, static_cast<Eigen::Index>(cohorts.cell(cohorts.commune[k], cohorts.community[k]))) += change;
}

void move_members(const world::Cohorts& cohorts, Units& units, int from, int to, int persons) {
    auto& source = units.members[static_cast<std::size_t>(from)];
    auto& target = units.members[static_cast<std::size_t>(to)];
    for (int k = 0; k < persons && !source.empty(); ++k) {
        const std::int32_t cohort = source.back();
        count_origin(cohorts, units, units.faction[static_cast<std::size_t>(from)], cohort, -1);
        count_origin(cohorts, units, units.faction[static_cast<std::size_t>(to)], cohort, 1);
        target.push_back(cohort);
        source.pop_back();
    }
}

bool is_idle(const Units& units, int unit, std::int32_t day) {
    const auto i = static_cast<std::size_t>(unit);
    return units.type[i] == UnitType::cell && units.leads(unit) && units.next[i] < 0 &&
           units.action[i] == Action::rest && units.latent_until[i] <= day;
}

UnitsByPlace::UnitsByPlace(const Setup& setup, const Units& units, std::int32_t day)
    : places_(setup.places()), begin_(static_cast<std::size_t>(setup.actors.factions() * places_) + 1, 0) {
    std::vector<std::pair<std::size_t, std::int32_t>> found;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        const bool counts = units.latent_until[i] <= day && units.type[i] != UnitType::air && !units.members[i].empty();
        if (!counts) continue;
        found.emplace_back(index(units.faction[i], units.place[i]), u);
        ++begin_[found.back().first + 1];
    }
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    std::vector<std::int32_t> next = begin_;
    units_.resize(found.size());
    for (const auto& [where, u] : found) units_[static_cast<std::size_t>(next[where]++)] = u;
}

int draw_unit_near(const Setup& setup, const Step& step, const Kernel& kernel, const Units& units,
                   const UnitsByPlace& at_place, int faction, int commune, engine::RandomStream& stream) {
    std::vector<int> found;
    std::vector<double> weights;
    kernel.for_each(setup, step.season, commune, [&](int place, float weight) {
        for (const int u : at_place.of(faction, place)) {
            found.push_back(u);
            weights.push_back(static_cast<double>(weight) * units.strength(u));
        }
    });
    const int drawn = engine::draw_weighted(stream, weights);
    return drawn < 0 ? -1 : found[static_cast<std::size_t>(drawn)];
}

std::vector<std::int64_t> faction_strengths(const Setup& setup, const Units& units) {
    std::vector<std::int64_t> strengths(static_cast<std::size_t>(setup.actors.factions()), 0);
    for (int u = 0; u < units.size(); ++u)
        strengths[static_cast<std::size_t>(units.faction[static_cast<std::size_t>(u)])] += units.strength(u);
    return strengths;
}

}  // namespace sahelsim::model
