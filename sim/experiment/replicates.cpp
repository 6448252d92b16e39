#include "experiment/replicates.h"

#include <algorithm>
#include <chrono>

#include "engine/parallel.h"
#include "experiment/targets.h"
#include "model/schedule.h"

namespace sahelsim::experiment {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::days;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

bool wants_stop(const std::atomic<bool>* stop) {
    return stop != nullptr && stop->load(std::memory_order_relaxed);
}

model::State beginning(const model::Setup& setup, const Beginning& begin, std::uint64_t seed, std::uint32_t replicate) {
    return begin ? begin(replicate) : model::initial_state(setup, {seed, replicate});
}

model::Recording run_one(const model::Setup& setup, const ReplicateOptions& options, std::uint32_t replicate,
                         const OnDay& on_day) {
    const auto begin = Clock::now();
    auto state = beginning(setup, options.begin, options.seed, replicate);
    if (options.checkpoint && run_until(setup, *options.checkpoint, state, options.stop, on_day))
        options.on_state(state);
    auto recording = run_to_end(setup, std::move(state), options.stop, on_day);
    recording.wall_seconds = seconds_since(begin);
    return recording;
}

}  // namespace

bool run_until(const model::Setup& setup, engine::Date date, model::State& state, const std::atomic<bool>* stop,
               const OnDay& on_day) {
    const auto last = std::min(date, setup.scenario.end + days{1});
    while (state.date < last && !wants_stop(stop)) {
        model::run_day(setup, state);
        if (on_day) on_day();
    }
    return state.date >= last;
}

model::Recording run_to_end(const model::Setup& setup, model::State state, const std::atomic<bool>* stop,
                            const OnDay& on_day) {
    model::Recording recording;
    recording.replicate = state.random.replicate;
    recording.complete = run_until(setup, setup.scenario.end + days{1}, state, stop, on_day);
    recording.series = std::move(state.series);
    recording.events = std::move(state.events);
    if (recording.complete) recording.targets = measure(setup.scenario, setup.labels, recording, state.random.seed);
    return recording;
}

model::Recording run_replicate(const model::Setup& setup, std::uint64_t seed, std::uint32_t replicate,
                               const std::atomic<bool>* stop, const OnDay& on_day) {
    ReplicateOptions options;
    options.seed = seed;
    options.stop = stop;
    return run_one(setup, options, replicate, on_day);
}

void run_replicates(const model::Setup& setup, const ReplicateOptions& options, const OnDay& on_day,
                    const OnRecording& on_recording) {
    engine::parallel_for(static_cast<std::size_t>(options.replicates), options.threads, [&](std::size_t replicate) {
        if (wants_stop(options.stop)) return;
        on_recording(run_one(setup, options, static_cast<std::uint32_t>(replicate), on_day));
    });
}

Probe probe(const model::Setup& setup, std::uint64_t seed, int days_wanted, const Beginning& begin_with) {
    const auto begin = Clock::now();
    auto state = beginning(setup, begin_with, seed, 0);
    const double start_seconds = seconds_since(begin);
    const auto events_before = state.events.size();
    const int all_days = static_cast<int>((setup.scenario.end - state.date).count()) + 1;
    const int simulated = std::min(days_wanted, all_days);
    for (int day = 0; day < simulated; ++day) model::run_day(setup, state);
    const double scale = static_cast<double>(all_days) / simulated;
    return {start_seconds + (seconds_since(begin) - start_seconds) * scale,
            static_cast<double>(events_before) + static_cast<double>(state.events.size() - events_before) * scale};
}

}  // namespace sahelsim::experiment
