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
        if (used_ == block_.size()) {
            block_ = r123::Philox4x64()(counter_, key_);
            ++counter_[0];
            used_ = 0;
        }
        return block_[used_++];
    }

   private:
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

/// 0 where the mean is not positive.
[[nodiscard]] inline int draw_poisson(RandomStream& stream, double mean) {
    return mean > 0.0 ? boost::random::poisson_distribution<int, double>(mean)(stream) : 0;
}

/// Between 0 and n; the probability is clipped to [0, 1].
[[nodiscard]] inline int draw_binomial(RandomStream& stream, int n, double probability) {
    if (n <= 0 || probability <= 0.0) return 0;
    if (probability >= 1.0) return n;
    return boost::random::binomial_distribution<int, double>(n, probability)(stream);
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
