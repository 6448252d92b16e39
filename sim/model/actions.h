#pragma once
// What a unit can decide to do. Which of these an organisation does at all is scenario data: an action without a
// doctrine weight is not available to it.

#include <array>
#include <cstddef>
#include <cstdint>

namespace sahelsim::model {

enum class Action : std::uint8_t {
    rest,                ///< stay at the base: a garrison in its post, a cell hidden; the outside option
    relocate,            ///< move the base to another commune
    govern,              ///< courts, taxes, market rules in a commune
    ambush,              ///< hit a patrol or convoy on the road
    ied,                 ///< lay an improvised explosive device
    assault,             ///< attack an outpost or garrison
    coordinated_attack,  ///< large attack with several weapons on a strong base
    siege,               ///< cut a village off from roads, fields and market
    raid,                ///< attack on civilians
    abduction,
    rival_attack,  ///< attack on another armed group
    patrol,
    protect,  ///< stand by threatened people of one's own
    sweep,    ///< search for armed groups in the countryside
    air_strike,
    withdraw,  ///< give up an exposed base
};

inline constexpr std::size_t action_count = 16;

inline constexpr std::array<const char*, action_count> action_names = {
    "rest", "relocate",  "govern",       "ambush", "ied",     "assault", "coordinated_attack", "siege",
    "raid", "abduction", "rival_attack", "patrol", "protect", "sweep",   "air_strike",         "withdraw"};

[[nodiscard]] constexpr std::size_t index(Action action) {
    return static_cast<std::size_t>(action);
}

[[nodiscard]] constexpr const char* to_string(Action action) {
    return action_names[index(action)];
}

}  // namespace sahelsim::model
