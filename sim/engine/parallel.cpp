#include "engine/parallel.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

namespace sahelsim::engine {

void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& work) {
    // A machine with fewer cores than `threads` still runs that many, so that tests of thread counts test something.
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute([&] { tbb::parallel_for(std::size_t{0}, n, work, tbb::simple_partitioner()); });
}

}  // namespace sahelsim::engine
