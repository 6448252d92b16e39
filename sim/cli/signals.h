#pragma once
// Ctrl-C and SIGTERM ask a run to finish cleanly.

#include <atomic>

namespace sahelsim::cli {

/// with_user: SIGUSR1 too, by which schedulers of clusters warn that time is running out.
enum class Signals : bool { usual, with_user };

/// From now on SIGINT and SIGTERM set the flag returned here; a second one ends the program at once.
[[nodiscard]] const std::atomic<bool>& stop_on_signals(Signals signals = Signals::usual);

/// The signal that came, 0 if none.
[[nodiscard]] int received_signal();

}  // namespace sahelsim::cli
