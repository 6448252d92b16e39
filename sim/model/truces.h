#pragma once
// Who has laid down arms against whom, and where: in communes under a local accord, and in the whole country under a
// national agreement. A truce acts through what units see and do: opponents at truce are neither seen as opponents nor
// looked for, villagers who are spared are not attacked. A unit that defies its truce for a decision
// (processes/decisions.h) sees and does as if there were none, and what it does then is noted as a violation.

#include <cstdint>
#include <vector>

#include "model/truce_table.h"

namespace sahelsim::model {

struct Outlook;
struct Parameters;
struct Setup;
struct State;
struct Step;

/// Neither faction attacks the other in the commune (or, nationally, anywhere). Places abroad know national truces only.
[[nodiscard]] bool at_truce(const Truces& truces, int faction, int other, int place);

/// The faction does villagers in the place no harm on purpose.
[[nodiscard]] bool spares_villagers(const Truces& truces, int faction, int place);

/// The faction's units based in the commune lay down their weapons beyond it.
[[nodiscard]] bool stays_home(const Truces& truces, int faction, int base);

/// Whether any truce of the faction holds in the place.
[[nodiscard]] bool is_bound(const Truces& truces, int faction, int place);

/// One more (change 1) or one fewer (-1) local truce between two factions; `other` kVillagers: the faction spares the people.
void change_local_truce(Truces& truces, int commune, int faction, int other, int change);
void change_confinement(Truces& truces, int commune, int faction, int change);

/// A truce in the whole country between two factions, or of a faction with the people (`other` kVillagers).
void begin_national_truce(Truces& truces, int faction, int other);
void end_national_truces(Truces& truces);

/// Takes those at truce out of what factions see of opponents, and notes what a truce forbids; where nobody is at truce it does nothing. Follows
/// update_outlook each time.
void overlook_those_at_truce(const Setup& setup, const State& state, Outlook& outlook);

/// Notes an act of war against somebody whom a local truce protected; nothing where none did.
void note_violation(Truces& truces, int faction, int other, int place, std::int32_t event);

}  // namespace sahelsim::model
