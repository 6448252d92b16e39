#pragma once
// Who does the units of a sweep: threads of this process, or with MPI the processes of a job. Results don't depend on it.

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "experiment/work_list.h"

namespace sahelsim::experiment {

/// Does a unit and keeps its runs; nothing where it was told to stop. Called from any thread of a backend, several at a time.
using DoUnit = std::function<std::optional<std::vector<RunHead>>(const Unit&)>;
/// Called after each unit, by one thread at a time.
using OnUnit = std::function<void(const WorkList&)>;

/// Does what is on the list until it is done or `stop` becomes true. What a unit throws ends the work of all threads and is
/// thrown again here.
void work_on_threads(WorkList& list, int threads, const DoUnit& do_unit, const OnUnit& on_unit,
                     const std::atomic<bool>& stop);

}  // namespace sahelsim::experiment
