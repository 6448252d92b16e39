#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <vector>

#include "engine/parallel.h"

using sahelsim::engine::parallel_for;

TEST_CASE("every piece of work is done once, at any number of threads") {
    for (const int threads : {1, 2, 7}) {
        std::vector<std::atomic<int>> done(100);
        parallel_for(done.size(), threads, [&](std::size_t i) { ++done[i]; });
        for (const auto& count : done) CHECK(count == 1);
    }
    parallel_for(0, 2, [](std::size_t) { FAIL("nothing to do"); });
}

TEST_CASE("an exception of a piece comes out of the loop") {
    CHECK_THROWS_AS(parallel_for(10, 2,
                                 [](std::size_t i) {
                                     if (i == 5) throw std::runtime_error("five");
                                 }),
                    std::runtime_error);
}
