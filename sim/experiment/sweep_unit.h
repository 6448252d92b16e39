#pragma once
// The smallest piece of a sweep: one replicate of one point in all arms.

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "experiment/run_record.h"
#include "experiment/sweep.h"
#include "experiment/work_list.h"
#include "model/branch.h"
#include "model/setup.h"

namespace sahelsim::experiment {

/// The arms of a sweep at one point of its design.
struct PointSetups {
    std::vector<model::Setup> arms;
    model::Past past;  ///< of the first arm, where the arms share it
};

[[nodiscard]] PointSetups make_setups(const Sweep& sweep, int point);

/// Throws scenario::InputError where arms can't stand in one file, or differ before the morning on which they part.
void check_arms(const Sweep& sweep, const PointSetups& setups);

/// The setups of the points that are being worked on, each made once. From any thread.
class SetupCache {
   public:
    /// `kept`: how many points' setups are held.
    SetupCache(const Sweep& sweep, std::size_t kept) : sweep_(sweep), kept_(kept) {}
    [[nodiscard]] std::shared_ptr<const PointSetups> get(int point);

   private:
    using Entry = std::shared_future<std::shared_ptr<const PointSetups>>;

    const Sweep& sweep_;
    std::size_t kept_;
    std::mutex mutex_;
    std::vector<std::pair<int, Entry>> entries_;  ///< the latest last
};

/// Simulates a unit: the past that the arms share once, and each arm from there, or each arm from its start. A run that throws is
/// recorded as failed, with its message. Nothing where `stop` ended it.
[[nodiscard]] std::optional<std::vector<RunRecord>> run_unit(const Sweep& sweep, const PointSetups& setups,
                                                             const Unit& unit, const std::atomic<bool>* stop = nullptr);

/// The runs of a unit whose scenarios could not even be set up.
[[nodiscard]] std::vector<RunRecord> failed_unit(const Sweep& sweep, const Unit& unit, const std::string& message);

}  // namespace sahelsim::experiment
