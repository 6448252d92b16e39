#pragma once
// What fights between units have in common, whatever brings them about: who can be met, what each side brings to the
// fight, and what losses do to it.

#include <cstdint>
#include <span>
#include <vector>

#include "model/combat.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// Which ground units with fighters are where today, in order of key; without those in hiding, whom nobody meets.
class Occupants {
   public:
    Occupants(const Setup& setup, const Units& units, std::int32_t day);
    [[nodiscard]] std::span<const std::int32_t> at(int place) const;

   private:
    std::vector<std::size_t> offsets_;
    std::vector<std::int32_t> units_;
};

/// Fighters of a group that take part in a fight: all of it, or a patrol or convoy of one garrison.
struct Party {
    int leader = -1;  ///< -1: nobody
    int place = -1;
    int fighters = 0;
    bool whole = true;  ///< the whole group, not a detachment of `leader`
};

/// Whom an attacker looks for.
enum class Quarry {
    on_the_road,  ///< patrols and convoys of openly present opponents
    in_bases,     ///< openly present opponents where they live
    hidden,       ///< covertly present opponents
    defenders,    ///< any opponents in the very place, who may come to its people's help
};

/// An opponent of the unit near the place, drawn in proportion to strength, hostility and how far it is what is looked
/// for, falling with distance within `engagement.contact_reach`; leader -1 where there is none. Where `truces` are given,
/// those with whom the unit's faction is at truce are not looked for.
[[nodiscard]] Party find_opponent(const Setup& setup, const Step& step, const Parameters& parameters,
                                  const Relations& relations, const Units& units, const Occupants& occupants, int unit,
                                  int place, Quarry quarry, engine::RandomStream& stream,
                                  const Truces* truces = nullptr);

/// A side with the leader's experience, morale and supply, before circumstances.
[[nodiscard]] Side make_side(const Parameters& parameters, const Units& units, const Party& party);

/// Whether aircraft of the unit's organisation or an ally reach a fight at the place, as a factor on its fire (1: none).
[[nodiscard]] double air_support(const Setup& setup, const Parameters& parameters, const Mechanisms& mechanisms,
                                 const Relations& relations, const Units& units, int unit, int place,
                                 engine::RandomStream& stream);

/// Of `hit` fighters the share that dies is taken from the party's units; the rest recovers. Lowers morale, adds experience,
/// ends the action of those who were at rest. Returns how many died.
int suffer(const Step& step, State& state, const Party& party, int hit, engine::RandomStream& stream);

/// Of the wounded of a beaten party some are taken prisoner by forces of the state.
void take_prisoners(const Step& step, State& state, const Party& party, int wounded);

/// Kills fighters of the party without a fight of theirs (a strike, a device). Returns how many died.
int kill_in_party(const Step& step, State& state, const Party& party, int killed, engine::RandomStream& stream);

}  // namespace sahelsim::model
