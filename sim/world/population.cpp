#include "world/population.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "engine/random.h"
#include "world/apportion.h"

namespace sahelsim::world {

namespace {

using scenario::Scenario;

constexpr const char* kUrban = "urban";
constexpr const char* kRemainder = "other";

double value_or(const scenario::ParameterSet& parameters, const std::string& name, double otherwise) {
    const auto* record = parameters.find(name);
    return record != nullptr ? record->value : otherwise;
}

/// Shares of the communities in a cercle: its own records if it has any, otherwise its region's; the rest is "other".
std::vector<double> community_shares(const Scenario& scenario, const scenario::Cercle& cercle) {
    const auto read = [&](const std::string& prefix) {
        std::vector<double> shares;
        for (const auto& community : scenario.communities) {
            shares.push_back(value_or(scenario.parameters, prefix + community.id, 0.0));
        }
        return shares;
    };
    auto shares = read(fmt::format("community_share_of.{}.", cercle.name));
    if (std::accumulate(shares.begin(), shares.end(), 0.0) <= 0.0) {
        shares = read(fmt::format("community_share.{}.", cercle.region));
    }
    const double rest = std::max(0.0, 1.0 - std::accumulate(shares.begin(), shares.end(), 0.0));
    for (std::size_t g = 0; g < shares.size(); ++g) {
        if (scenario.communities[g].id == kRemainder) shares[g] += rest;
    }
    return shares;
}

/// [community][livelihood], rural
std::vector<std::vector<double>> rural_livelihoods(const Scenario& scenario) {
    std::vector<std::vector<double>> shares;
    for (const auto& community : scenario.communities) {
        std::vector<double> row;
        for (const auto& livelihood : scenario.livelihoods) {
            row.push_back(
                value_or(scenario.parameters, fmt::format("livelihood_share.{}.{}", community.id, livelihood.id), 0.0));
        }
        shares.push_back(std::move(row));
    }
    return shares;
}

std::vector<double> town_livelihoods(const Scenario& scenario, const std::vector<double>& rural, double urban_share) {
    auto shares = rural;
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::size_t l = 0; l < shares.size(); ++l) {
        shares[l] *= sum > 0.0 ? (1.0 - urban_share) / sum : 0.0;
        if (scenario.livelihoods[l].id == kUrban) shares[l] += urban_share;
    }
    return shares;
}

/// `next_wealth` goes round from cohort to cohort of a commune.
void add_cohorts(Cohorts& cohorts, int commune, int community, int livelihood, std::int64_t people, int& next_wealth) {
    while (people > 0) {
        const auto persons = static_cast<std::int32_t>(std::min<std::int64_t>(people, cohorts.capacity));
        cohorts.commune.push_back(commune);
        cohorts.community.push_back(static_cast<std::uint8_t>(community));
        cohorts.livelihood.push_back(static_cast<std::uint8_t>(livelihood));
        cohorts.wealth.push_back(static_cast<std::uint8_t>(next_wealth));
        next_wealth = (next_wealth + 1) % wealth_terciles;
        cohorts.residents.push_back(persons);
        people -= persons;
    }
}

}  // namespace

void Cohorts::remove_residents(std::int32_t cohort, std::int32_t persons) {
    const auto k = static_cast<std::size_t>(cohort);
    ++changes;
    residents[k] -= persons;
    people[cell(commune[k], community[k])] -= persons;
    commune_people[static_cast<std::size_t>(commune[k])] -= persons;
    livelihood_people[static_cast<std::size_t>(commune[k] * livelihoods + livelihood[k])] -= persons;
}

void Cohorts::add_increase(std::int32_t cohort, std::int32_t persons) {
    remove_residents(cohort, -persons);
    const auto k = static_cast<std::size_t>(cohort);
    increase[k] += persons;
    capacity = std::max(capacity, static_cast<int>(residents[k]));
}

Cohorts synthesise_population(const Scenario& scenario, const WorldParameters& parameters, const Geography& geography) {
    Cohorts cohorts;
    cohorts.communities = static_cast<int>(scenario.communities.size());
    cohorts.livelihoods = static_cast<int>(scenario.livelihoods.size());
    cohorts.capacity = scenario.persons_per_agent;
    cohorts.livelihood_people.assign(static_cast<std::size_t>(geography.communes * cohorts.livelihoods), 0);
    const auto livelihoods = rural_livelihoods(scenario);
    for (int i = 0; i < geography.communes; ++i) {
        const auto& place = geography.places[static_cast<std::size_t>(i)];
        const auto people = apportion(
            place.residents, community_shares(scenario, geography.cercles[static_cast<std::size_t>(place.cercle)]));
        cohorts.commune_people.push_back(place.residents);
        // It begins anywhere, so that the community that a scenario names first is not the poorest everywhere.
        auto next_wealth = static_cast<int>(engine::name_key(place.name) % std::uint64_t{wealth_terciles});
        for (int g = 0; g < cohorts.communities; ++g) {
            const auto group = static_cast<std::size_t>(g);
            const auto shares = place.town
                                    ? town_livelihoods(scenario, livelihoods[group], parameters.urban_livelihood_share)
                                    : livelihoods[group];
            const auto parts = apportion(people[group], shares);
            cohorts.begin.push_back(static_cast<std::int32_t>(cohorts.size()));
            cohorts.people.push_back(people[group]);
            for (int l = 0; l < cohorts.livelihoods; ++l) {
                const auto part = parts[static_cast<std::size_t>(l)];
                add_cohorts(cohorts, i, g, l, part, next_wealth);
                cohorts.livelihood_people[static_cast<std::size_t>(i * cohorts.livelihoods + l)] += part;
            }
        }
    }
    cohorts.begin.push_back(static_cast<std::int32_t>(cohorts.size()));
    for (auto* counts : {&cohorts.displaced, &cohorts.armed, &cohorts.hostages, &cohorts.prisoners, &cohorts.increase,
                         &cohorts.dead}) {
        counts->assign(cohorts.size(), 0);
    }
    return cohorts;
}

}  // namespace sahelsim::world
