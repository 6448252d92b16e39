#pragma once
// What an observer writes down of a run's events.

#include <cstdint>
#include <string_view>

#include "engine/random.h"
#include "model/recording.h"
#include "scenario/observation.h"

namespace sahelsim::experiment {

/// What counts as one incident, here and in every comparison: an entry of the event log that is violent (battle,
/// explosion or remote violence, violence against civilians), in one commune on one day. Strategic developments (bases,
/// sieges, arrivals) are none.
[[nodiscard]] bool is_incident(const model::Event& event);

/// Draws how many of an event's things an observer records. The same for the same seed, replicate, event, observer and
/// kind of thing, whoever asks and in whatever order.
class Observer {
   public:
    Observer(std::string_view id, engine::RandomSource random) : key_(engine::name_key(id)), random_(random) {}

    /// Recorded out of `n`, each with probability `share`. A share above 1 records each once and, with what is above 1 as
    /// probability, once more. `role` tells the fighters of actor1 (1) and of actor2 (2) apart, 0 for all else.
    [[nodiscard]] int record(const model::Event& event, scenario::Recorded what, int n, double share,
                             int role = 0) const;

   private:
    std::uint64_t key_;
    engine::RandomSource random_;
};

}  // namespace sahelsim::experiment
