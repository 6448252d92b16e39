#pragma once
// Making units, taking them apart, and moving members between them.

#include <cstdint>
#include <span>
#include <vector>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

struct NewUnit {
    std::uint64_t key = 0;
    int faction = 0;
    UnitType type = UnitType::cell;
    int base = 0;
    int established = 0;
    double experience = 0.0;
    std::int32_t day = 0;  ///< day number from which it may decide
};

/// Adds a unit without members, at rest in its base. Returns its number.
int add_unit(const Setup& setup, Units& units, const NewUnit& description);

/// Takes a cell without members out of the war.
void retire(Units& units, int unit);

/// Moves the last `persons` members of one unit to another of any faction.
void move_members(const world::Cohorts& cohorts, Units& units, int from, int to, int persons);

/// Notes that a member from this home cohort joins (1) or leaves (-1) a faction.
void count_origin(const world::Cohorts& cohorts, Units& units, int faction, std::int32_t cohort, int change);

/// A cell on its own, that neither leads nor follows others and is not on the way to anything.
[[nodiscard]] bool is_idle(const Units& units, int unit, std::int32_t day);

/// Ground units with members that do not hide, by faction and place, in order of key.
class UnitsByPlace {
   public:
    UnitsByPlace(const Setup& setup, const Units& units, std::int32_t day);

    [[nodiscard]] std::span<const std::int32_t> of(int faction, int place) const {
        const auto i = index(faction, place);
        return {units_.data() + begin_[i], units_.data() + begin_[i + 1]};
    }

   private:
    [[nodiscard]] std::size_t index(int faction, int place) const {
        return static_cast<std::size_t>(faction * places_ + place);
    }

    int places_;
    std::vector<std::int32_t> begin_;  ///< [faction * places + place]: first of its units; one more entry at the end
    std::vector<std::int32_t> units_;
};

/// A unit of the faction near a commune, drawn by presence there; -1 where there is none.
[[nodiscard]] int draw_unit_near(const Setup& setup, const Step& step, const Kernel& kernel, const Units& units,
                                 const UnitsByPlace& at_place, int faction, int commune, engine::RandomStream& stream);

/// Members of each faction's ground units.
[[nodiscard]] std::vector<std::int64_t> faction_strengths(const Setup& setup, const Units& units);

}  // namespace sahelsim::model
