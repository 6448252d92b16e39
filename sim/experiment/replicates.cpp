#include "experiment/replicates.h"

#include <algorithm>
#include <chrono>

#include "engine/parallel.h"
#include "model/schedule.h"

namespace sahelsim::experiment {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

model::Recording run_replicate(const model::Setup& setup, std::uint64_t seed, std::uint32_t replicate,
                               const std::atomic<bool>* stop, const OnDay& on_day) {
    const auto begin = Clock::now();
    model::Recording recording;
    recording.replicate = replicate;
    auto state = model::initial_state(setup, {seed, replicate});
    while (state.date <= setup.scenario.end && (stop == nullptr || !stop->load(std::memory_order_relaxed))) {
        model::run_day(setup, state);
        if (on_day) on_day();
    }
    recording.complete = state.date > setup.scenario.end;
    recording.series = std::move(state.series);
    recording.events = std::move(state.events);
    recording.wall_seconds = seconds_since(begin);
    return recording;
}

void run_replicates(const model::Setup& setup, const ReplicateOptions& options, const OnDay& on_day,
                    const OnRecording& on_recording) {
    engine::parallel_for(static_cast<std::size_t>(options.replicates), options.threads, [&](std::size_t replicate) {
        if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed)) return;
        on_recording(run_replicate(setup, options.seed, static_cast<std::uint32_t>(replicate), options.stop, on_day));
    });
}

Probe probe(const model::Setup& setup, std::uint64_t seed, int days) {
    const auto begin = Clock::now();
    auto state = model::initial_state(setup, {seed, 0});
    const double start_seconds = seconds_since(begin);
    const int all_days = static_cast<int>((setup.scenario.end - setup.scenario.start).count()) + 1;
    const int simulated = std::min(days, all_days);
    for (int day = 0; day < simulated; ++day) model::run_day(setup, state);
    const double scale = static_cast<double>(all_days) / simulated;
    return {start_seconds + (seconds_since(begin) - start_seconds) * scale,
            static_cast<double>(state.events.size()) * scale};
}

}  // namespace sahelsim::experiment
