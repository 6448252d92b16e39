#pragma once
// Replicates of one scenario, in parallel. Each depends on the scenario, the seed and its number only, whether it is
// simulated from the start or goes on from a state that was saved on the way.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "model/recording.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::experiment {

/// Called after each simulated day of any replicate, from any thread.
using OnDay = std::function<void()>;
/// Called with each replicate's recording as it ends, from any thread; an incomplete one where `stop` ended it.
using OnRecording = std::function<void(model::Recording)>;
/// Called with each replicate's state on a morning, from any thread.
using OnState = std::function<void(const model::State&)>;
/// The state that a replicate begins with.
using Beginning = std::function<model::State(std::uint32_t replicate)>;

struct ReplicateOptions {
    int replicates = 1;
    int threads = 1;
    std::uint64_t seed = 0;
    /// When it becomes true, running replicates end after their day, and no new one begins.
    const std::atomic<bool>* stop = nullptr;
    /// Where replicates begin; empty: on the morning of the scenario's first day.
    Beginning begin = {};
    /// The morning on which states are handed to `on_state`, up to the day after the scenario's last.
    std::optional<engine::Date> checkpoint = {};
    OnState on_state = {};
};

/// Simulates up to the morning of `date`, or of the day after the scenario's last. False where `stop` ended it earlier.
bool run_until(const model::Setup& setup, engine::Date date, model::State& state,
               const std::atomic<bool>* stop = nullptr, const OnDay& on_day = {});

/// Simulates the rest of the scenario from a state; the recording is that of the whole run.
[[nodiscard]] model::Recording run_to_end(const model::Setup& setup, model::State state,
                                          const std::atomic<bool>* stop = nullptr, const OnDay& on_day = {});

/// Simulates one replicate from the scenario's first to its last day.
[[nodiscard]] model::Recording run_replicate(const model::Setup& setup, std::uint64_t seed, std::uint32_t replicate,
                                             const std::atomic<bool>* stop = nullptr, const OnDay& on_day = {});

void run_replicates(const model::Setup& setup, const ReplicateOptions& options, const OnDay& on_day,
                    const OnRecording& on_recording);

/// Seconds and events a replicate may take, from its first `days` days.
struct Probe {
    double seconds = 0.0;
    double events = 0.0;
};
/// `begin` as in ReplicateOptions.
[[nodiscard]] Probe probe(const model::Setup& setup, std::uint64_t seed, int days, const Beginning& begin = {});

}  // namespace sahelsim::experiment
