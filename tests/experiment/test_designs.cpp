// Each design's defining property, and that it does what it is made for.

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include "experiment/designs.h"

using namespace sahelsim;
using Eigen::Index;
using experiment::Points;
using experiment::SaltelliBlock;

namespace {

bool same(const Points& a, const Points& b) {
    return a.rows() == b.rows() && a.cols() == b.cols() && (a == b).all();
}

bool in_unit_cube(const Points& points) {
    return (points >= 0.0).all() && (points < 1.0).all();
}

/// Whether each of as many strata as there are points holds one value of each factor.
bool is_stratified(const Points& points) {
    for (Index c = 0; c < points.cols(); ++c) {
        std::set<long> strata;
        for (Index i = 0; i < points.rows(); ++i)
            strata.insert(static_cast<long>(points(i, c) * static_cast<double>(points.rows())));
        if (strata.size() != static_cast<std::size_t>(points.rows())) return false;
    }
    return true;
}

double smallest_distance(const Points& points) {
    double smallest = 1e9;
    for (Index i = 0; i < points.rows(); ++i) {
        for (Index j = 0; j < i; ++j)
            smallest = std::min(smallest, std::sqrt((points.row(i) - points.row(j)).square().sum()));
    }
    return smallest;
}

/// Another implementation of a random hypercube: ranks of random points, in the middle of their strata.
Points plain_hypercube(int points, int factors, std::uint64_t seed) {
    const auto random = experiment::random_points(points, factors, seed);
    Points ranks(points, factors);
    for (Index c = 0; c < factors; ++c) {
        for (Index i = 0; i < points; ++i)
            ranks(i, c) = static_cast<double>((random.col(c) < random(i, c)).count()) + 0.5;
    }
    return ranks / points;
}

/// Root mean square over seeds of the error of a mean that is 1, of a function in which factors matter less and less.
template <class Design>
double integration_error(Design design) {
    constexpr int seeds = 20;
    double squares = 0.0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const Points points = design(seed);
        Eigen::ArrayXd value = Eigen::ArrayXd::Ones(points.rows());
        for (Index c = 0; c < points.cols(); ++c) {
            const double weight = static_cast<double>(c + 1);
            value *= ((4.0 * points.col(c) - 2.0).abs() + weight) / (1.0 + weight);
        }
        squares += (value.mean() - 1.0) * (value.mean() - 1.0);
    }
    return std::sqrt(squares / seeds);
}

/// Ishigami & Homma 1990 with a = 7, b = 0.1: S = 0.3139, 0.4424, 0; ST = 0.5576, 0.4424, 0.2437; S13 = 0.2437.
double ishigami(const Eigen::ArrayXd& u) {
    const double pi = std::acos(-1.0);
    const Eigen::ArrayXd x = pi * (2.0 * u - 1.0);
    return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

struct Indices {
    std::array<double, 3> first{}, total{};
    double second_of_first_and_third = 0.0;
};

/// Estimators (b) and (f) of table 2 of Saltelli et al. 2010, and its second-order one.
Indices indices_of(const experiment::Saltelli& design, int samples) {
    std::array<Eigen::ArrayXd, 3> ab;
    std::array<Eigen::ArrayXd, 3> ba;
    Eigen::ArrayXd a(samples);
    Eigen::ArrayXd b(samples);
    for (std::size_t f = 0; f < 3; ++f) ab[f] = ba[f] = Eigen::ArrayXd(samples);
    for (std::size_t i = 0; i < design.rows.size(); ++i) {
        const auto& row = design.rows[i];
        const double y = ishigami(design.points.row(static_cast<Index>(i)).transpose());
        const auto factor = static_cast<std::size_t>(row.factor);
        if (row.block == SaltelliBlock::a) a(row.sample) = y;
        if (row.block == SaltelliBlock::b) b(row.sample) = y;
        if (row.block == SaltelliBlock::ab) ab[factor](row.sample) = y;
        if (row.block == SaltelliBlock::ba) ba[factor](row.sample) = y;
    }
    const double mean = 0.5 * (a.mean() + b.mean());
    const double variance = 0.5 * ((a - mean).square().mean() + (b - mean).square().mean());
    Indices indices;
    for (std::size_t f = 0; f < 3; ++f) {
        indices.first[f] = (b * (ab[f] - a)).mean() / variance;
        indices.total[f] = 0.5 * (a - ab[f]).square().mean() / variance;
    }
    indices.second_of_first_and_third = (ba[0] * ab[2] - a * b).mean() / variance - indices.first[0] - indices.first[2];
    return indices;
}

/// The only factor in which two rows differ, -1 if there is not exactly one.
Index changed_factor(const Points& points, Index row) {
    const auto differs = points.row(row) != points.row(row + 1);
    if (differs.count() != 1) return -1;
    for (Index c = 0; c < points.cols(); ++c) {
        if (points(row, c) != points(row + 1, c)) return c;
    }
    return -1;
}

}  // namespace

TEST_CASE("designs depend on their arguments alone, and another seed gives another design") {
    const auto check = [](auto design) {
        CHECK(same(design(1), design(1)));
        CHECK_FALSE(same(design(1), design(2)));
        CHECK_FALSE(same(design(1), design(1 + (std::uint64_t{1} << 32U))));
    };
    check([](std::uint64_t seed) { return experiment::random_points(20, 3, seed); });
    check([](std::uint64_t seed) { return experiment::latin_hypercube(20, 3, seed); });
    check([](std::uint64_t seed) { return experiment::sobol_points(20, 3, seed); });
    check([](std::uint64_t seed) { return experiment::saltelli(4, 3, seed, true).points; });
    check([](std::uint64_t seed) { return experiment::morris(5, 3, 4, seed); });
}

TEST_CASE("designs never change from one version to the next") {
    // First and last value: experiments that go on with a design need the same points.
    const auto check = [](const Points& points, double first, double last) {
        CHECK(points(0, 0) == first);
        CHECK(points(points.rows() - 1, points.cols() - 1) == last);
    };
    check(experiment::random_points(5, 2, 1), 0x1.ee1e6a505a2c7p-1, 0x1.c14f5909474c2p-1);
    check(experiment::latin_hypercube(5, 2, 1), 0x1.9f803d203135ap-2, 0x1.bc5b7f86d0be6p-6);
    check(experiment::sobol_points(5, 2, 1), 0x1.9ada43bfb18bdp-1, 0x1.20efbe7c295a1p-1);
    check(experiment::morris(5, 2, 4, 1), 0.0, 1.0);
}

TEST_CASE("designs without a point or a factor are refused") {
    for (const auto& [points, factors] : {std::pair{0, 1}, std::pair{1, 0}, std::pair{-1, 1}}) {
        CHECK_THROWS_AS(experiment::random_points(points, factors, 1), std::invalid_argument);
        CHECK_THROWS_AS(experiment::latin_hypercube(points, factors, 1), std::invalid_argument);
        CHECK_THROWS_AS(experiment::sobol_points(points, factors, 1), std::invalid_argument);
        CHECK_THROWS_AS(experiment::saltelli(points, factors, 1, false), std::invalid_argument);
        CHECK_THROWS_AS(experiment::morris(points, factors, 4, 1), std::invalid_argument);
    }
}

TEST_CASE("random points are uniform, and stay where they are when more are drawn") {
    const auto points = experiment::random_points(10000, 3, 5);
    CHECK(in_unit_cube(points));
    for (Index c = 0; c < 3; ++c) {
        // Four standard errors of the mean of a uniform variate.
        CHECK(std::abs(points.col(c).mean() - 0.5) < 4.0 / std::sqrt(12.0 * 10000.0));
        CHECK(std::abs((points.col(c) - 0.5).square().mean() - 1.0 / 12.0) < 0.004);
    }
    CHECK(same(experiment::random_points(100, 2, 5), points.topLeftCorner(100, 2)));
}

TEST_CASE("a Latin hypercube has one value of each factor in each stratum") {
    for (const auto& [points, factors] :
         {std::pair{1, 1}, std::pair{2, 3}, std::pair{3, 1}, std::pair{10, 2}, std::pair{97, 7}, std::pair{20000, 3}}) {
        INFO(points << " points of " << factors << " factors");
        const auto design = experiment::latin_hypercube(points, factors, 11);
        CHECK(design.rows() == points);
        CHECK(design.cols() == factors);
        CHECK(in_unit_cube(design));
        CHECK(is_stratified(design));
    }
}

TEST_CASE("values of a Latin hypercube lie anywhere in their strata") {
    const auto design = experiment::latin_hypercube(20000, 3, 3);
    const Points inside = design * 20000.0 - (design * 20000.0).floor();
    CHECK(std::abs(inside.mean() - 0.5) < 4.0 / std::sqrt(12.0 * 60000.0));
    CHECK(inside.minCoeff() < 0.01);
    CHECK(inside.maxCoeff() > 0.99);
}

TEST_CASE("points of a Latin hypercube keep away from each other") {
    for (const auto& [points, factors] : {std::pair{20, 2}, std::pair{50, 5}, std::pair{200, 10}}) {
        INFO(points << " points of " << factors << " factors");
        std::vector<double> plain;
        for (std::uint64_t seed = 0; seed < 21; ++seed)
            plain.push_back(smallest_distance(plain_hypercube(points, factors, seed)));
        std::sort(plain.begin(), plain.end());
        const double distance = smallest_distance(experiment::latin_hypercube(points, factors, 1));
        CHECK(distance > 1.5 * plain[10]);
        CHECK(distance > plain.back());
    }
}

TEST_CASE("Sobol points are Joe and Kuo's but for the shift") {
    // Exclusive or with the first point, which is the origin moved, undoes the shift. Points 1 to 4 as in SciPy 1.10.
    const auto points = experiment::sobol_points(5, 3, 9);
    const auto digits = [&](Index i, Index c) { return static_cast<std::uint64_t>(points(i, c) * 0x1p53); };
    const double known[4][3] = {{0.5, 0.5, 0.5}, {0.75, 0.25, 0.25}, {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625}};
    for (Index i = 1; i < 5; ++i) {
        for (Index c = 0; c < 3; ++c)
            CHECK(static_cast<double>(digits(i, c) ^ digits(0, c)) * 0x1p-53 == known[i - 1][c]);
    }
}

TEST_CASE("each power of two of Sobol points is even in every factor") {
    const auto points = experiment::sobol_points(1024, 40, 3);
    CHECK(in_unit_cube(points));
    for (const int n : {1, 2, 64, 1024}) CHECK(is_stratified(points.topRows(n)));
    CHECK(is_stratified(points.bottomRows(512)));
    // And in pairs: one point in each of 32 by 32 squares of the first two factors.
    std::set<std::pair<int, int>> squares;
    for (Index i = 0; i < 1024; ++i)
        squares.emplace(static_cast<int>(points(i, 0) * 32.0), static_cast<int>(points(i, 1) * 32.0));
    CHECK(squares.size() == 1024);
}

TEST_CASE("Sobol points stay where they are when more points or factors are added") {
    const auto points = experiment::sobol_points(100, 6, 4);
    CHECK(same(experiment::sobol_points(37, 4, 4), points.topLeftCorner(37, 4)));
}

TEST_CASE("means over Sobol points and Latin hypercubes are closer than over random points") {
    const double random = integration_error([](auto seed) { return experiment::random_points(64, 5, seed); });
    const double latin = integration_error([](auto seed) { return experiment::latin_hypercube(64, 5, seed); });
    const double sobol = integration_error([](auto seed) { return experiment::sobol_points(64, 5, seed); });
    CHECK(latin < 0.5 * random);
    CHECK(sobol < 0.35 * random);
}

TEST_CASE("Sobol sequences have a most number of factors") {
    const int most = experiment::most_factors_of_sobol();
    CHECK(most >= 3000);
    CHECK(in_unit_cube(experiment::sobol_points(2, most, 1)));
    CHECK_THROWS_AS(experiment::sobol_points(2, most + 1, 1), std::invalid_argument);
    CHECK(experiment::saltelli(1, most / 2, 1, false).points.cols() == most / 2);
    CHECK_THROWS_AS(experiment::saltelli(1, most / 2 + 1, 1, false), std::invalid_argument);
}

TEST_CASE("rows of Saltelli's design are base points but for one factor, in SALib's order") {
    constexpr int samples = 8;
    constexpr int factors = 3;
    for (const bool second_order : {false, true}) {
        const auto design = experiment::saltelli(samples, factors, 6, second_order);
        const Index block = second_order ? 2 * factors + 2 : factors + 2;
        REQUIRE(design.points.rows() == samples * block);
        REQUIRE(design.rows.size() == static_cast<std::size_t>(design.points.rows()));
        const auto base = experiment::sobol_points(samples, 2 * factors, 6);
        std::string order;
        for (Index i = 0; i < design.points.rows(); ++i) {
            const auto& row = design.rows[static_cast<std::size_t>(i)];
            CHECK(row.sample == i / block);
            if (i < block) order += fmt::format("{}{} ", experiment::to_string(row.block), row.factor);
            const bool mostly_a = row.block == SaltelliBlock::a || row.block == SaltelliBlock::ab;
            for (Index c = 0; c < factors; ++c) {
                const bool from_a = (c == row.factor) != mostly_a;
                CHECK(design.points(i, c) == base(row.sample, from_a ? c : factors + c));
            }
        }
        CHECK(order == (second_order ? "A-1 AB0 AB1 AB2 BA0 BA1 BA2 B-1 " : "A-1 AB0 AB1 AB2 B-1 "));
    }
}

TEST_CASE("fewer samples of Saltelli's design are the beginning of more") {
    const auto more = experiment::saltelli(9, 4, 2, true);
    const auto fewer = experiment::saltelli(5, 4, 2, true);
    CHECK(same(fewer.points, more.points.topRows(fewer.points.rows())));
}

TEST_CASE("Saltelli's design gives the Sobol indices of the Ishigami function") {
    constexpr int samples = 2048;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto indices = indices_of(experiment::saltelli(samples, 3, seed, true), samples);
        CHECK(indices.first[0] == Approx(0.3139).margin(0.02));
        CHECK(indices.first[1] == Approx(0.4424).margin(0.02));
        CHECK(indices.first[2] == Approx(0.0).margin(0.02));
        CHECK(indices.total[0] == Approx(0.5576).margin(0.02));
        CHECK(indices.total[1] == Approx(0.4424).margin(0.02));
        CHECK(indices.total[2] == Approx(0.2437).margin(0.02));
        CHECK(indices.second_of_first_and_third == Approx(0.2437).margin(0.05));
    }
}

TEST_CASE("in a trajectory of Morris each factor jumps once, between levels") {
    constexpr int trajectories = 50;
    constexpr Index factors = 6;
    for (const int levels : {2, 4, 8}) {
        const double jump = levels / (2.0 * (levels - 1));
        const auto points = experiment::morris(trajectories, factors, levels, 3);
        REQUIRE(points.rows() == trajectories * (factors + 1));
        CHECK((points >= 0.0).all());
        CHECK((points <= 1.0).all());
        std::set<double> used(points.data(), points.data() + points.size());
        CHECK(used.size() == static_cast<std::size_t>(levels));
        for (const double value : used) CHECK(value * (levels - 1) == Approx(std::round(value * (levels - 1))));
        for (Index t = 0; t < trajectories; ++t) {
            std::set<Index> changed;
            for (Index i = t * (factors + 1); i < t * (factors + 1) + factors; ++i) {
                const auto factor = changed_factor(points, i);
                REQUIRE(factor >= 0);
                changed.insert(factor);
                CHECK(std::abs(points(i + 1, factor) - points(i, factor)) == Approx(jump));
            }
            CHECK(changed.size() == factors);
        }
    }
}

TEST_CASE("factors of Morris's designs jump up as often as down, in any order") {
    constexpr int trajectories = 1000;
    const auto points = experiment::morris(trajectories, 4, 4, 8);
    int up = 0;
    std::array<int, 4> first{};
    for (Index t = 0; t < trajectories; ++t) {
        const auto factor = changed_factor(points, 5 * t);
        REQUIRE(factor >= 0);
        ++first[static_cast<std::size_t>(factor)];
        up += points(5 * t + 1, factor) > points(5 * t, factor) ? 1 : 0;
    }
    CHECK(std::abs(up - 500) < 64);  // four standard deviations
    for (const int count : first) CHECK(std::abs(count - 250) < 55);
}

TEST_CASE("elementary effects of a linear function are its coefficients") {
    const Eigen::ArrayXd coefficients = (Eigen::ArrayXd(4) << 3.0, -1.0, 0.0, 100.0).finished();
    const auto points = experiment::morris(10, 4, 6, 3);
    const Eigen::ArrayXd value = points.matrix() * coefficients.matrix();
    for (Index t = 0; t < 10; ++t) {
        for (Index i = 5 * t; i < 5 * t + 4; ++i) {
            const auto factor = changed_factor(points, i);
            REQUIRE(factor >= 0);
            const double effect = (value(i + 1) - value(i)) / (points(i + 1, factor) - points(i, factor));
            CHECK(effect == Approx(coefficients(factor)).margin(1e-12).epsilon(1e-12));
        }
    }
}

TEST_CASE("fewer trajectories of Morris are the beginning of more") {
    const auto more = experiment::morris(9, 4, 4, 2);
    CHECK(same(experiment::morris(5, 4, 4, 2), more.topRows(25)));
}

TEST_CASE("levels of Morris's designs must be even") {
    for (const int levels : {-2, 0, 1, 3}) CHECK_THROWS_AS(experiment::morris(1, 1, levels, 1), std::invalid_argument);
}
