#pragma once
// Parallel loops over independent pieces of work. What a piece computes may depend on its index only.

#include <cstddef>
#include <functional>

namespace sahelsim::engine {

/// Calls work(0) ... work(n - 1), up to `threads` at a time, in any order. An exception of a piece ends the loop
/// and is thrown again here.
void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& work);

}  // namespace sahelsim::engine
