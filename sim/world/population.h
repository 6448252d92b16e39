#pragma once
// The people: cohorts of civilians with whole numbers of persons.

#include <cstdint>
#include <span>
#include <vector>

#include "world/geography.h"

namespace sahelsim::world {

inline constexpr int wealth_terciles = 3;

/// Agents of up to `persons_per_agent` people who share commune, community, livelihood and wealth, one array a variable.
/// Cohorts of the same commune and community (a cell) lie together, communes in order. Per cohort, at any time:
/// residents + displaced + armed + hostages + prisoners + dead = people at the start + increase.
struct Cohorts {
    std::vector<std::int32_t> commune;
    std::vector<std::uint8_t> community;
    std::vector<std::uint8_t> livelihood;
    std::vector<std::uint8_t> wealth;  ///< tercile within the commune: 0 poorest ... 2
    std::vector<std::int32_t> residents;
    std::vector<std::int32_t> displaced;  ///< fled from home, within the country or abroad
    std::vector<std::int32_t> armed;      ///< members of armed organisations, away from home
    std::vector<std::int32_t> hostages;
    std::vector<std::int32_t> prisoners;
    std::vector<std::int32_t> increase;  ///< births less natural deaths since the start
    std::vector<std::int32_t> dead;      ///< killed since the start, as civilians or under arms

    int communities = 0;
    int capacity = 0;                  ///< no cohort has had more residents: persons_per_agent, more after births
    std::vector<std::int32_t> begin;   ///< [commune * communities + community]: first cohort; one more entry at the end
    std::vector<std::int64_t> people;  ///< [commune * communities + community]: residents, kept in step with the cohorts
    std::vector<std::int64_t> commune_people;     ///< [commune]: residents
    std::vector<std::int64_t> livelihood_people;  ///< [commune * livelihoods + livelihood]: residents
    int livelihoods = 0;
    std::int64_t changes = 0;  ///< how often a cohort has been changed, as a measure of work

    [[nodiscard]] std::size_t size() const { return commune.size(); }
    [[nodiscard]] std::size_t cell(int commune_index, int community_index) const {
        return static_cast<std::size_t>(commune_index) * static_cast<std::size_t>(communities) +
               static_cast<std::size_t>(community_index);
    }
    [[nodiscard]] std::int64_t residents_of(int commune_index, int community_index) const {
        return people[cell(commune_index, community_index)];
    }
    [[nodiscard]] std::int64_t residents_of(int commune_index) const {
        return commune_people[static_cast<std::size_t>(commune_index)];
    }
    /// Residents leave (or join, if negative) the civilian population of their cohort.
    void remove_residents(std::int32_t cohort, std::int32_t persons);
    /// Residents are born (or die of natural causes, if negative).
    void add_increase(std::int32_t cohort, std::int32_t persons);
};

/// Builds the cohorts of all communes from the shares of communities and livelihoods. How people are cut into cohorts
/// has no influence on how many there are of each community and livelihood in each commune. Terciles of wealth go round
/// among a commune's cohorts.
[[nodiscard]] Cohorts synthesise_population(const scenario::Scenario& scenario, const WorldParameters& parameters,
                                            const Geography& geography);

}  // namespace sahelsim::world
