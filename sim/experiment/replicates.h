#pragma once
// Replicates of one scenario, in parallel. Each depends on the scenario, the seed and its number only.

#include <atomic>
#include <cstdint>
#include <functional>

#include "model/recording.h"
#include "model/setup.h"

namespace sahelsim::experiment {

struct ReplicateOptions {
    int replicates = 1;
    int threads = 1;
    std::uint64_t seed = 0;
    /// When it becomes true, running replicates end after their day, and no new one begins.
    const std::atomic<bool>* stop = nullptr;
};

/// Called after each simulated day of any replicate, from any thread.
using OnDay = std::function<void()>;
/// Called with each replicate's recording as it ends, from any thread; an incomplete one where `stop` ended it.
using OnRecording = std::function<void(model::Recording)>;

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
[[nodiscard]] Probe probe(const model::Setup& setup, std::uint64_t seed, int days);

}  // namespace sahelsim::experiment
