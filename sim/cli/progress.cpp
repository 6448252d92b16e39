#include "cli/progress.h"

#include <cmath>
#include <cstdio>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

namespace sahelsim::cli {

namespace {

/// Never throws: a log that can't be written to must not end a run.
void print(const std::string& text) {
    static_cast<void>(std::fputs(text.c_str(), stderr));
}

constexpr std::int64_t kLiveEveryMs = 100;
constexpr std::int64_t kPlainEveryMs = 10'000;
constexpr int kBarWidth = 30;

}  // namespace

std::string duration_text(double seconds) {
    const auto whole = std::lround(seconds);
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02d} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02d} min", whole / 3600, whole / 60 % 60);
}

Progress::Progress(std::string what, std::int64_t steps, bool quiet)
    : what_(std::move(what)), steps_(steps), quiet_(quiet), live_(isatty(STDERR_FILENO) == 1) {
    next_show_ms_ = live_ ? kLiveEveryMs : kPlainEveryMs;
}

void Progress::step() {
    const std::int64_t done = ++done_;
    if (quiet_) return;
    const auto now = Clock::now();
    const auto elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_).count();
    std::int64_t due = next_show_ms_.load(std::memory_order_relaxed);
    const std::int64_t next = elapsed_ms + (live_ ? kLiveEveryMs : kPlainEveryMs);
    // Whoever wins the exchange prints; the others go on working.
    if (elapsed_ms >= due && next_show_ms_.compare_exchange_strong(due, next)) show(done, now);
}

void Progress::show(std::int64_t done, Clock::time_point now) {
    const std::lock_guard lock(printing_);
    const double elapsed = std::chrono::duration<double>(now - begin_).count();
    const double share = static_cast<double>(done) / static_cast<double>(steps_.load());
    const auto left = duration_text(elapsed * (1.0 - share) / share);
    if (live_) {
        const auto filled = static_cast<std::size_t>(share * kBarWidth);
        const std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
        print(fmt::format("\r\x1b[2K{} [{}] {:3.0f} %  {} left", what_, bar, 100.0 * share, left));
        line_shown_ = true;
    } else {
        print(fmt::format("{}: {:.0f} %, {} left\n", what_, 100.0 * share, left));
    }
    std::fflush(stderr);
}

void Progress::finish() {
    const std::lock_guard lock(printing_);
    if (line_shown_) print("\r\x1b[2K");
    std::fflush(stderr);
    line_shown_ = false;
}

}  // namespace sahelsim::cli
