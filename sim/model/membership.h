#pragma once
// How people come under arms, are lost, and go home: the only functions that move persons between the civilian
// population and armed units, so that nobody is made or lost.

#include <cstdint>
#include <vector>

#include "engine/random.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Whom a faction draws its members from: residents of every commune and community, weighted by affinity.
class RecruitPool {
   public:
    RecruitPool(const Setup& setup, const world::Cohorts& cohorts, const Parameters& parameters, int faction);

    /// A home cohort from anywhere in the country; kForeign where nobody is left.
    [[nodiscard]] std::int32_t draw(const world::Cohorts& cohorts, engine::RandomStream& stream) const;

   private:
    std::vector<double> cumulative_;  ///< [commune * communities + community]; empty where all come from abroad
};

/// A resident of this cohort joins the unit.
void enlist_resident(world::Cohorts& cohorts, Units& units, int unit, std::int32_t cohort);

/// People from abroad join the unit.
void enlist_foreigners(Units& units, int unit, int persons);

/// Members of a unit, drawn at random, are taken prisoner; never more than it has. Their home cohorts, without foreigners.
[[nodiscard]] std::vector<std::int32_t> capture_members(world::Cohorts& cohorts, Units& units, int unit, int persons,
                                                        engine::RandomStream& stream);

/// Adds up to `persons` members to a unit: foreigners, or residents of the commune of its base (`local_share`) and of
/// the country. Fewer are added where a commune runs out of people.
void enlist(const Setup& setup, const Parameters& parameters, const RecruitPool& pool, world::Cohorts& cohorts,
            Units& units, int unit, int persons, engine::RandomStream& stream);

/// Kills members of a unit, drawn at random; never more than it has. Returns how many died.
int kill_members(world::Cohorts& cohorts, Units& units, int unit, int persons, engine::RandomStream& stream);

/// Sends members home (abroad if foreign), drawn at random; never more than the unit has. Returns how many left.
int dismiss_members(world::Cohorts& cohorts, Units& units, int unit, int persons, engine::RandomStream& stream);

/// A random resident of a community in a commune, as the number of his cohort; -1 where there is none.
[[nodiscard]] std::int32_t draw_resident(const world::Cohorts& cohorts, int commune, int community,
                                         engine::RandomStream& stream);

}  // namespace sahelsim::model
