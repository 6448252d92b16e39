#include "cli/signals.h"

#include <csignal>

namespace sahelsim::cli {

namespace {

std::atomic<bool> stop_requested{false};
std::atomic<int> signal_number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free,
              "needed in a signal handler");

extern "C" void note_signal(int number) {
    signal_number = number;
    stop_requested = true;
    std::signal(number, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& stop_on_signals(Signals signals) {
    std::signal(SIGINT, note_signal);
    std::signal(SIGTERM, note_signal);
    if (signals == Signals::with_user) std::signal(SIGUSR1, note_signal);
    return stop_requested;
}

int received_signal() {
    return signal_number;
}

}  // namespace sahelsim::cli
