#pragma once
// Who leads whom, and how far it holds together.

#include <cstdint>
#include <span>
#include <vector>

namespace sahelsim::model {

struct Setup;
struct State;
struct Step;

/// A post of leader: of an organisation or of one of its factions. Its first holder is named in the scenario.
struct LeadershipPost {
    std::int32_t leader =
        -1;  ///< who holds it or held it last, by number in the scenario; -1: a successor without a name
    std::int16_t faction = 0;       ///< of the leader
    std::int16_t organisation = 0;  ///< of the faction
    std::uint64_t key = 0;          ///< name of the post in random streams
    bool head = false;              ///< of the organisation, not of the faction alone
    double hardness = 0.0;          ///< of a successor without a name, 0 ... 1
    std::int32_t vacant_until = 0;  ///< day number on which a successor takes over; the post is held from then on
    std::int32_t losses = 0;        ///< holders lost so far
    bool vacant = false;
};

struct Leadership {
    std::vector<LeadershipPost> posts;  ///< in the order of the scenario
    std::vector<char> lost;             ///< [leader]: killed or taken, in office or before
    std::vector<double> cohesion;       ///< [faction]: 0 ... 1; 1 unless it has lost leaders
};

/// A named leader is lost, as an intervention says: his post falls vacant, or he never takes it over. Nothing where the
/// mechanism is off.
void lose_leader(const Setup& setup, const Step& step, std::size_t intervention, State& state);

/// The holder of a post is lost: cohesion falls, a successor is found after a while, and the event is logged with the place
/// where most of the faction is. `striker` is the organisation that killed him; -1: none that the run knows.
void lose_holder(const Setup& setup, const Step& step, std::size_t number, int striker, int intervention, State& state);

/// [place]: members of a faction by the bases of their units.
[[nodiscard]] std::vector<std::int64_t> members_by_base(const Setup& setup, const State& state, int faction);

// For other processes. Where the mechanism is off, cohesion is 1 and hardness that of whoever held the posts last.

/// Stance of a faction's leaders on dialogue, 0 open ... 1 against any: that of the organisation's head, with weight
/// `leadership.head_weight`, and of its own commanders; `leadership.usual_hardness` where it has no leader of either kind.
[[nodiscard]] double hardness(const Setup& setup, const State& state, int faction);

/// How far a faction holds together, 0 ... 1.
[[nodiscard]] double cohesion(const State& state, int faction);
/// The same of all factions; empty where the mechanism is off, which stands for 1.
[[nodiscard]] std::span<const double> cohesion_of_factions(const State& state);

}  // namespace sahelsim::model
