#pragma once
// Counter-based random streams. A stream is named by what it is for, never by when or where it is drawn, so that a
// change in one mechanism does not shift the draws of another, and any number of threads gives the same numbers.

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <Random123/philox.h>
#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include "engine/mathematics.h"

namespace sahelsim::engine {

/// Philox4x64-10 (Salmon et al. 2011, doi 10.1145/2063384.2063405) as a random number engine in the sense of
/// Boost.Random: key = (master seed, replicate << 32 | process id), counter = (block, step, agent key, purpose).
class RandomStream {
   public:
    using result_type = std::uint64_t;

    RandomStream(std::uint64_t seed, std::uint32_t replicate, std::uint32_t process, std::uint64_t step,
                 std::uint64_t agent, std::uint64_t purpose)
        : key_{{seed, (std::uint64_t{replicate} << 32U) | process}}, counter_{{0, step, agent, purpose}} {}

    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    result_type operator()() {
        const result_type next = peek();
        ++used_;
        return next;
    }

    /// The next number, which stays to be drawn.
    [[nodiscard]] result_type peek() {
        if (used_ == block_.size()) refill();
        return block_[used_];
    }

   private:
    void refill();

    r123::Philox4x64::key_type key_;
    r123::Philox4x64::ctr_type counter_;
    r123::Philox4x64::ctr_type block_{};
    std::size_t used_ = 4;
};

/// Names the streams of one replicate.
struct RandomSource {
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;

    [[nodiscard]] RandomStream stream(std::uint32_t process, std::uint64_t step, std::uint64_t agent,
                                      std::uint64_t purpose = 0) const {
        return {seed, replicate, process, step, agent, purpose};
    }
};

/// Uniform on [0, 1).
[[nodiscard]] inline double draw_uniform(RandomStream& stream) {
    return boost::random::uniform_01<double>()(stream);
}

/// Uniform on 0 ... n - 1; n > 0.
[[nodiscard]] inline std::int64_t draw_index(RandomStream& stream, std::int64_t n) {
    return boost::random::uniform_int_distribution<std::int64_t>(0, n - 1)(stream);
}

[[nodiscard]] inline bool draw_bernoulli(RandomStream& stream, double probability) {
    return draw_uniform(stream) < probability;
}

/// Whether an event with a constant `rate` happens within `time` (the product has no unit).
[[nodiscard]] inline bool draw_event(RandomStream& stream, double rate, double time) {
    constexpr double kRounding = 1e-12;
    const double uniform = draw_uniform(stream);
    // Never more probable than there are events in the mean: most often there is no need for the exponential.
    return uniform < (1.0 + kRounding) * rate * time && uniform < event_probability(rate, time);
}

/// Takes the draw and returns true where a count of rare events is surely 0. Boost counts few events by inversion: none
/// where the uniform number is at most their probability of none, which is never less than 1 - mean. Nearly all counts end
/// here, without exponential or power, and with the same result.
[[nodiscard]] inline bool draw_none(RandomStream& stream, double mean) {
    constexpr double kRare = 0.5;
    constexpr double kRounding = 1e-12;
    if (mean > kRare || static_cast<double>(stream.peek()) * 0x1p-64 > 1.0 - mean - kRounding) return false;
    stream();
    return true;
}

/// 0 where the mean is not positive.
[[nodiscard]] inline int draw_poisson(RandomStream& stream, double mean) {
    if (!(mean > 0.0) || draw_none(stream, mean)) return 0;
    return boost::random::poisson_distribution<int, double>(mean)(stream);
}

/// Between 0 and n; the probability is clipped to [0, 1].
[[nodiscard]] inline int draw_binomial(RandomStream& stream, int n, double probability) {
    if (n <= 0 || probability <= 0.0) return 0;
    if (probability >= 1.0) return n;
    if (draw_none(stream, n * probability)) return 0;
    return boost::random::binomial_distribution<int, double>(n, probability)(stream);
}

/// How many of n an event with a constant `rate` happens to within `time`, to each by itself.
[[nodiscard]] inline int draw_events(RandomStream& stream, int n, double rate, double time) {
    if (n <= 0 || !(rate * time > 0.0) || draw_none(stream, n * rate * time)) return 0;
    return draw_binomial(stream, n, event_probability(rate, time));
}

[[nodiscard]] inline double draw_normal(RandomStream& stream) {
    return boost::random::normal_distribution<double>()(stream);
}

[[nodiscard]] inline double draw_exponential(RandomStream& stream, double mean) {
    return boost::random::exponential_distribution<double>(1.0 / mean)(stream);
}

/// exp of a normal variate: `median` times exp(spread * N(0, 1)).
[[nodiscard]] double draw_lognormal(RandomStream& stream, double median, double spread);

/// Index drawn with probability proportional to its weight; -1 where no weight is positive.
[[nodiscard]] int draw_weighted(RandomStream& stream, const std::vector<double>& weights);

/// Key of an agent that is born as the `birth`-th child of `parent`: permanent, and the same in every scenario in
/// which that birth happens.
[[nodiscard]] std::uint64_t child_key(std::uint64_t parent, std::uint64_t birth);

/// Key of a thing that is known by its name.
[[nodiscard]] std::uint64_t name_key(std::string_view name);

}  // namespace sahelsim::engine
