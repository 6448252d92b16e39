#include <catch2/catch.hpp>

#include <cmath>
#include <set>
#include <vector>

#include "engine/random.h"

using namespace sahelsim::engine;

TEST_CASE("Philox4x64-10 gives the known answers of Random123") {
    using Counter = r123::Philox4x64::ctr_type;
    using Key = r123::Philox4x64::key_type;
    const r123::Philox4x64 philox;
    constexpr std::uint64_t ones = ~std::uint64_t{0};
    CHECK(philox(Counter{{0, 0, 0, 0}}, Key{{0, 0}}) ==
          Counter{{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}});
    CHECK(philox(Counter{{ones, ones, ones, ones}}, Key{{ones, ones}}) ==
          Counter{{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}});
    CHECK(philox(Counter{{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89}},
                 Key{{0x452821e638d01377, 0xbe5466cf34e90c6c}}) ==
          Counter{{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}});
}

TEST_CASE("a stream runs through the blocks of its counter") {
    RandomStream stream(0, 0, 0, 0, 0, 0);
    CHECK(stream() == 0x16554d9eca36314c);
    CHECK(stream() == 0xdb20fe9d672d0fdc);
    CHECK(stream() == 0xd7e772cee186176b);
    CHECK(stream() == 0x7e68b68aec7ba23b);
    const auto second = r123::Philox4x64()({{1, 0, 0, 0}}, {{0, 0}});
    CHECK(stream() == second[0]);
}

TEST_CASE("every part of a stream's name gives another stream") {
    std::set<std::uint64_t> first;
    first.insert(RandomStream(1, 2, 3, 4, 5, 6)());
    first.insert(RandomStream(2, 2, 3, 4, 5, 6)());
    first.insert(RandomStream(1, 3, 3, 4, 5, 6)());
    first.insert(RandomStream(1, 2, 4, 4, 5, 6)());
    first.insert(RandomStream(1, 2, 3, 5, 5, 6)());
    first.insert(RandomStream(1, 2, 3, 4, 6, 6)());
    first.insert(RandomStream(1, 2, 3, 4, 5, 7)());
    CHECK(first.size() == 7);
}

TEST_CASE("keys of children do not collide") {
    std::set<std::uint64_t> keys;
    for (std::uint64_t parent = 0; parent < 200; ++parent) {
        for (std::uint64_t birth = 0; birth < 200; ++birth) keys.insert(child_key(parent, birth));
    }
    CHECK(keys.size() == 200 * 200);
}

namespace {

struct Moments {
    double mean = 0.0, variance = 0.0;
};

template <class Draw>
Moments moments(Draw draw) {
    constexpr int n = 200'000;
    RandomStream stream(7, 0, 1, 0, 0, 0);
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i < n; ++i) {
        const auto x = static_cast<double>(draw(stream));
        sum += x;
        squares += x * x;
    }
    const double mean = sum / n;
    return {mean, squares / n - mean * mean};
}

// Four standard errors of the mean for 200,000 draws, and 3 % for variances.
void check(const Moments& found, double mean, double variance) {
    CHECK(std::abs(found.mean - mean) < 4.0 * std::sqrt(variance / 200'000.0));
    CHECK(found.variance == Approx(variance).epsilon(0.03));
}

}  // namespace

TEST_CASE("Boost's distributions have their moments when driven by the engine") {
    SECTION("uniform") {
        check(moments([](auto& s) { return draw_uniform(s); }), 0.5, 1.0 / 12.0);
    }
    SECTION("index") {
        check(moments([](auto& s) { return draw_index(s, 10); }), 4.5, 99.0 / 12.0);
    }
    SECTION("normal") {
        check(moments([](auto& s) { return draw_normal(s); }), 0.0, 1.0);
    }
    SECTION("exponential") {
        check(moments([](auto& s) { return draw_exponential(s, 3.0); }), 3.0, 9.0);
    }
    SECTION("poisson of a small mean") {
        check(moments([](auto& s) { return draw_poisson(s, 0.7); }), 0.7, 0.7);
    }
    SECTION("poisson of a large mean") {
        check(moments([](auto& s) { return draw_poisson(s, 40.0); }), 40.0, 40.0);
    }
    SECTION("binomial of few") {
        check(moments([](auto& s) { return draw_binomial(s, 8, 0.3); }), 2.4, 1.68);
    }
    SECTION("binomial of many") {
        check(moments([](auto& s) { return draw_binomial(s, 1000, 0.4); }), 400.0, 240.0);
    }
    SECTION("lognormal") {
        const double spread = 0.5;
        const double mean = 2.0 * std::exp(0.5 * spread * spread);
        check(moments([&](auto& s) { return draw_lognormal(s, 2.0, spread); }), mean,
              mean * mean * (std::exp(spread * spread) - 1.0));
    }
}

TEST_CASE("degenerate distributions draw nothing random") {
    RandomStream stream(1, 0, 0, 0, 0, 0);
    CHECK(draw_poisson(stream, 0.0) == 0);
    CHECK(draw_poisson(stream, -1.0) == 0);
    CHECK(draw_binomial(stream, 0, 0.5) == 0);
    CHECK(draw_binomial(stream, 5, 1.5) == 5);
    CHECK(draw_binomial(stream, 5, -0.5) == 0);
    CHECK(draw_weighted(stream, {}) == -1);
    CHECK(draw_weighted(stream, {0.0, 0.0}) == -1);
    CHECK(draw_weighted(stream, {0.0, 2.0, 0.0}) == 1);
}

namespace {

/// That both draw the same and take as many numbers.
template <class Draw, class Reference>
void check_agreement(Draw draw, Reference reference) {
    RandomStream stream(5, 0, 0, 0, 0, 0);
    for (int i = 0; i < 2'000; ++i) {
        RandomStream other = stream;
        const bool same = draw(stream) == reference(other);
        REQUIRE((same && stream.peek() == other.peek()));
    }
}

}  // namespace

TEST_CASE("what is rare is drawn as by the full distributions") {
    for (const double mean : {1e-15, 1e-6, 0.01, 0.3, 0.5, 0.7, 3.0}) {
        check_agreement([&](auto& s) { return draw_poisson(s, mean); },
                        [&](auto& s) { return boost::random::poisson_distribution<int, double>(mean)(s); });
        check_agreement([&](auto& s) { return draw_event(s, mean, 0.5); },
                        [&](auto& s) { return draw_bernoulli(s, event_probability(mean, 0.5)); });
        for (const int n : {1, 2, 40}) {
            const double probability = event_probability(mean / n, 1.0);
            const auto full = [&](auto& s) {
                return boost::random::binomial_distribution<int, double>(n, probability)(s);
            };
            check_agreement([&](auto& s) { return draw_binomial(s, n, probability); }, full);
            check_agreement([&](auto& s) { return draw_events(s, n, mean / n, 1.0); }, full);
        }
    }
}

TEST_CASE("weighted draws follow the weights") {
    RandomStream stream(3, 0, 0, 0, 0, 0);
    std::vector<int> counts(3, 0);
    for (int i = 0; i < 60'000; ++i) ++counts[static_cast<std::size_t>(draw_weighted(stream, {1.0, 0.0, 2.0}))];
    CHECK(counts[1] == 0);
    CHECK(counts[2] / 60'000.0 == Approx(2.0 / 3.0).margin(0.01));
}
