#pragma once
// What led to an event, what followed from it, and how long revenge goes to and fro: the events of one run as a forest
// in which each hangs below the event that provoked it.

#include <cstdint>
#include <limits>
#include <vector>

#include "model/recording.h"

namespace sahelsim::experiment {

/// Ids of events, oldest first; each is the cause of the next.
using Chain = std::vector<std::int32_t>;

/// An event that followed from another, after that many steps of cause and consequence.
struct Consequence {
    std::int32_t event = 0;
    int steps = 0;
};

class CauseForest {
   public:
    static constexpr int any_steps = std::numeric_limits<int>::max();

    /// `causes`: [event] the id of the event that provoked it, -1 if no event did. An event is provoked by an earlier one,
    /// so that causes can't go round in circles. Throws std::invalid_argument that names the first event for which that
    /// doesn't hold.
    explicit CauseForest(std::vector<std::int32_t> causes);

    /// The chain that ends with the event.
    [[nodiscard]] Chain chain_to(std::int32_t event) const;

    /// All that followed within `steps`, each event right after what provoked it and all that followed from its elder
    /// siblings: the order in which a tree is printed.
    [[nodiscard]] std::vector<Consequence> consequences_of(std::int32_t event, int steps = any_steps) const;

    /// Chains in which each event is by another side than its cause, longest first, of equally long ones that with the
    /// lowest id first. No event is in two of them: the longest is taken first, then the longest of what is left.
    /// `sides`: [event] the side that acted; events of side -1 are in no chain. Chains have at least two events.
    [[nodiscard]] std::vector<Chain> alternating_chains(const std::vector<int>& sides) const;

   private:
    std::vector<std::int32_t> causes_;
};

/// The forest of a run's events, which are numbered from 0. Throws std::invalid_argument as above.
[[nodiscard]] CauseForest cause_forest(const std::vector<model::Event>& events);

}  // namespace sahelsim::experiment
