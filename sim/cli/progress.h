#pragma once
// How far a run is: a live line on a terminal, a plain line now and then elsewhere.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace sahelsim::cli {

/// "45 s", "3 min 05 s", "2 h 10 min"
[[nodiscard]] std::string duration_text(double seconds);

class Progress {
   public:
    /// `steps`: how many calls of step() make the whole. Quiet: says nothing.
    Progress(std::string what, std::int64_t steps, bool quiet);

    /// From any thread; costs nothing but for a few times a second.
    void step();
    /// There are more steps than was known.
    void extend(std::int64_t steps) { steps_ = steps; }
    /// Clears the live line, for other output.
    void finish();

   private:
    using Clock = std::chrono::steady_clock;

    void show(std::int64_t done, Clock::time_point now);

    std::string what_;
    std::atomic<std::int64_t> steps_;
    bool quiet_;
    bool live_;
    Clock::time_point begin_ = Clock::now();
    std::atomic<std::int64_t> done_{0};
    std::atomic<std::int64_t> next_show_ms_{0};
    std::mutex printing_;
    bool line_shown_ = false;
};

}  // namespace sahelsim::cli
