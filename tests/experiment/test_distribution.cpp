// Quantiles against closed forms and against SciPy 1.10 and mpmath, and what is refused.

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>

#include "experiment/distribution.h"

using namespace sahelsim;
using experiment::Distribution;
using experiment::DistributionKind;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array probabilities = {1e-6, 0.05, 0.3, 0.5, 0.9, 0.999999};

Distribution between(DistributionKind kind, double low, double high) {
    Distribution d;
    d.kind = kind;
    d.low = low;
    d.high = high;
    return d;
}

Distribution triangular(double low, double mode, double high) {
    auto d = between(DistributionKind::triangular, low, high);
    d.mode = mode;
    return d;
}

Distribution normal(double mean, double deviation, double low = -infinity, double high = infinity) {
    auto d = between(DistributionKind::normal, low, high);
    d.mean = mean;
    d.deviation = deviation;
    return d;
}

Distribution beta(double alpha, double beta, double low = 0.0, double high = 1.0) {
    auto d = between(DistributionKind::beta, low, high);
    d.alpha = alpha;
    d.beta = beta;
    return d;
}

Distribution discrete(std::vector<double> values, std::vector<double> weights = {}) {
    Distribution d;
    d.kind = DistributionKind::discrete;
    d.values = std::move(values);
    d.weights = std::move(weights);
    return d;
}

void check_quantiles(const Distribution& d, const std::array<double, probabilities.size()>& known) {
    REQUIRE(experiment::fault_of(d).empty());
    for (std::size_t i = 0; i < known.size(); ++i) {
        INFO("u = " << probabilities[i]);
        CHECK(experiment::quantile(d, probabilities[i]) == Approx(known[i]).epsilon(1e-12).margin(1e-14));
    }
}

/// Without fault, of every kind and with whatever strains arithmetic.
std::vector<Distribution> continuous_ones() {
    return {between(DistributionKind::uniform, 0.1, 0.3),
            between(DistributionKind::uniform, -1e308, 1e308),
            between(DistributionKind::log_uniform, 1e-3, 7e5),
            between(DistributionKind::log_uniform, 0.1, 0.3),
            triangular(0.1, 0.2, 0.4),
            triangular(0.1, 0.1, 0.4),
            triangular(-0.1, 0.4, 0.4),
            normal(0.0, 1.0),
            normal(1.0, 0.5, 0.0, 1.2),
            normal(0.0, 1.0, 8.0, infinity),
            normal(0.0, 1.0, 37.0, 38.0),
            normal(0.0, 1.0, -38.0, -37.0),
            beta(2.0, 5.0, -1.0, 3.0),
            beta(0.1, 0.1, 0.1, 0.3),
            beta(300.0, 2.0),
            beta(3.54204, 0.202895)};
}

scenario::ParameterRecord record(scenario::Distribution distribution, double low, double value, double high) {
    scenario::ParameterRecord r;
    r.distribution = distribution;
    r.low = low;
    r.value = value;
    r.high = high;
    return r;
}

}  // namespace

TEST_CASE("uniform quantiles are linear") {
    const auto d = between(DistributionKind::uniform, -2.0, 6.0);
    check_quantiles(d, {-2.0 + 8e-6, -1.6, 0.4, 2.0, 5.2, 6.0 - 8e-6});
}

TEST_CASE("log-uniform quantiles are linear in the logarithm") {
    check_quantiles(
        between(DistributionKind::log_uniform, 0.01, 100.0),
        {0.010000092103827874, 0.015848931924611134, 0.15848931924611134, 1.0, 39.810717055349734, 99.99907897020428});
}

TEST_CASE("triangular quantiles are SciPy's") {
    check_quantiles(triangular(0.1, 0.2, 0.4), {0.10017320508075689, 0.13872983346207418, 0.19486832980505137,
                                                0.2267949192431123, 0.32254033307585167, 0.3997550510257182});
    // With the mode at an end: a square root.
    CHECK(experiment::quantile(triangular(0.0, 1.0, 1.0), 0.25) == Approx(0.5));
    CHECK(experiment::quantile(triangular(0.0, 0.0, 1.0), 0.75) == Approx(0.5));
}

TEST_CASE("normal quantiles are SciPy's") {
    check_quantiles(normal(3.0, 2.0), {-6.506848617645797, -0.2897072539029457, 1.9511989745839182, 3.0,
                                       5.563103131089201, 12.506848617634175});
}

TEST_CASE("quantiles of normals that are cut off are those of 50 digits, far out too") {
    check_quantiles(normal(1.0, 0.5, 0.0, 1.2), {5.858981945877619e-06, 0.19812104340121403, 0.6012004984167387,
                                                 0.7925204699829703, 1.116545438632265, 1.1999991410226853});
    check_quantiles(normal(0.0, 1.0, 8.0, 9.0), {8.000000123109686, 8.006312250405543, 8.04379213039024,
                                                 8.084888899018166, 8.278609037011552, 8.999396586071981});
    check_quantiles(normal(0.0, 1.0, -9.0, -8.0), {-8.999396586071999, -8.360554716618324, -8.146885924759783,
                                                   -8.084888899018166, -8.012960571504209, -8.000000123109686});
    check_quantiles(normal(0.0, 1.0, -1.0, 1.0), {-0.9999971786317108, -0.8676618854186884, -0.34921993245688215, 0.0,
                                                  0.7490145989695701, 0.9999971786317107});
}

TEST_CASE("beta quantiles are SciPy's, stretched over the range") {
    check_quantiles(beta(2.0, 5.0, -1.0, 3.0), {-0.9989668486825838, -0.7486004331665825, -0.27278611472420333,
                                                0.057799933182640206, 1.041265226205967, 2.822292192119697});
    check_quantiles(beta(0.5, 0.5), {2.46740110027031e-12, 0.0061558297024311365, 0.2061073738537634, 0.5,
                                     0.9755282581475768, 0.9999999999975326});
}

TEST_CASE("discrete values take their share of probability in the order given") {
    const auto equal = discrete({3.0, 1.0, 2.0});
    CHECK(experiment::quantile(equal, 0.0) == 3.0);
    CHECK(experiment::quantile(equal, 0.33) == 3.0);
    CHECK(experiment::quantile(equal, 0.34) == 1.0);
    CHECK(experiment::quantile(equal, 0.67) == 2.0);
    CHECK(experiment::quantile(equal, 1.0) == 2.0);
    const auto weighted = discrete({3.0, 1.0, 2.0}, {1.0, 2.0, 5.0});
    CHECK(experiment::quantile(weighted, 0.124) == 3.0);
    CHECK(experiment::quantile(weighted, 0.125) == 1.0);
    CHECK(experiment::quantile(weighted, 0.374) == 1.0);
    CHECK(experiment::quantile(weighted, 0.375) == 2.0);
    CHECK(experiment::quantile(weighted, 1.0) == 2.0);
}

TEST_CASE("quantiles never fall, stay inside the ends and reach them at 0 and 1") {
    constexpr double smallest = std::numeric_limits<double>::denorm_min();
    constexpr double below_one = 1.0 - std::numeric_limits<double>::epsilon() / 2.0;
    for (const auto& d : continuous_ones()) {
        INFO(experiment::describe(d));
        REQUIRE(experiment::fault_of(d).empty());
        CHECK(experiment::quantile(d, 0.0) == d.low);
        CHECK(experiment::quantile(d, 1.0) == d.high);
        std::vector<double> us = {0.0, smallest, 1e-300, 0x1p-53};
        for (int i = 1; i < 1000; ++i) us.push_back(i / 1000.0);
        us.insert(us.end(), {below_one, 1.0});
        bool rising = true;
        bool inside = true;
        double last = d.low;
        for (const double u : us) {
            const double value = experiment::quantile(d, u);
            rising = rising && value >= last;
            inside = inside && value >= d.low && value <= d.high;
            last = value;
        }
        CHECK(rising);
        CHECK(inside);
    }
}

TEST_CASE("what is no probability has no quantile") {
    const Distribution d;
    CHECK_THROWS_AS(experiment::quantile(d, -1e-9), std::invalid_argument);
    CHECK_THROWS_AS(experiment::quantile(d, 1.0 + 1e-9), std::invalid_argument);
    CHECK_THROWS_AS(experiment::quantile(d, std::nan("")), std::invalid_argument);
}

TEST_CASE("faults are named") {
    using experiment::fault_of;
    CHECK(fault_of({}).empty());
    CHECK(fault_of(between(DistributionKind::uniform, 2.0, 1.0)) == "low must be below high, not 2 and 1");
    CHECK(fault_of(between(DistributionKind::uniform, 1.0, 1.0)) == "low must be below high, not 1 and 1");
    CHECK(fault_of(between(DistributionKind::uniform, std::nan(""), 1.0)) == "low and high must be numbers");
    CHECK(fault_of(between(DistributionKind::uniform, 0.0, infinity)) == "low and high must be finite");
    CHECK(fault_of(between(DistributionKind::log_uniform, 0.0, 1.0)) == "log_uniform needs low above 0");
    CHECK(fault_of(triangular(0.0, 2.0, 1.0)) == "mode must lie within low ... high, not at 2");
    CHECK(fault_of(triangular(0.0, std::nan(""), 1.0)).find("mode must lie within") == 0);
    CHECK(fault_of(normal(infinity, 1.0)) == "mean must be finite");
    CHECK(fault_of(normal(0.0, 0.0)) == "deviation must be above 0 and finite");
    CHECK(fault_of(normal(0.0, 1.0, 1.0, 0.0)) == "low must be below high, not 1 and 0");
    CHECK(fault_of(normal(0.0, 1.0, 50.0, 60.0)) == "nothing is left of the normal between low and high");
    CHECK(fault_of(normal(0.0, 1.0, -60.0, -50.0)) == "nothing is left of the normal between low and high");
    CHECK(fault_of(beta(0.0, 1.0)) == "alpha and beta must be above 0 and finite");
    CHECK(fault_of(beta(1.0, infinity)) == "alpha and beta must be above 0 and finite");
    CHECK(fault_of(discrete({})) == "discrete needs at least one value");
    CHECK(fault_of(discrete({1.0, infinity})) == "values must be finite");
    CHECK(fault_of(discrete({1.0, 2.0}, {1.0})) == "there must be as many weights as values, not 1 and 2");
    CHECK(fault_of(discrete({1.0, 2.0}, {1.0, 0.0})) == "weights must be above 0 and finite");
    CHECK(fault_of(discrete({1.0, 2.0}, {1e308, 1e308})) == "weights are too large");
    CHECK(fault_of(discrete({2.0, 1.0}, {1.0, 3.0})).empty());
}

TEST_CASE("levels cover the range whatever the probabilities") {
    using experiment::levels;
    CHECK(levels(between(DistributionKind::uniform, 0.0, 1.0), 5) == std::vector{0.0, 0.25, 0.5, 0.75, 1.0});
    CHECK(levels(triangular(0.0, 0.1, 1.0), 3) == std::vector{0.0, 0.5, 1.0});
    CHECK(levels(beta(2.0, 5.0, -1.0, 3.0), 3) == std::vector{-1.0, 1.0, 3.0});
    const auto geometric = levels(between(DistributionKind::log_uniform, 0.01, 100.0), 5);
    REQUIRE(geometric.size() == 5);
    for (std::size_t i = 1; i < 5; ++i) CHECK(geometric[i] / geometric[i - 1] == Approx(10.0));
    CHECK(geometric.front() == 0.01);
    CHECK(geometric.back() == 100.0);
    const auto of_normal = levels(normal(3.0, 2.0), 2);
    REQUIRE(of_normal.size() == 2);
    CHECK(of_normal[0] == Approx(3.0 - 2.0 * 0.6744897501960817));
    CHECK(of_normal[1] == Approx(3.0 + 2.0 * 0.6744897501960817));
    CHECK(levels(discrete({3.0, 1.0}), 7) == std::vector{3.0, 1.0});
    CHECK(levels(between(DistributionKind::uniform, 2.0, 4.0), 1) == std::vector{3.0});
    CHECK_THROWS_AS(levels({}, 0), std::invalid_argument);
}

TEST_CASE("distributions are described") {
    using experiment::describe;
    CHECK(describe(between(DistributionKind::uniform, 0.1, 0.4)) == "uniform 0.1 ... 0.4");
    CHECK(describe(between(DistributionKind::log_uniform, 0.1, 4.0)) == "log_uniform 0.1 ... 4");
    CHECK(describe(triangular(0.1, 0.2, 0.4)) == "triangular 0.1 ... 0.4 with mode 0.2");
    CHECK(describe(normal(1.0, 0.2)) == "normal with mean 1 and deviation 0.2");
    CHECK(describe(normal(1.0, 0.2, 0.0, 2.0)) == "normal with mean 1 and deviation 0.2, within 0 ... 2");
    CHECK(describe(normal(1.0, 0.2, 0.0)) == "normal with mean 1 and deviation 0.2, above 0");
    CHECK(describe(normal(1.0, 0.2, -infinity, 2.0)) == "normal with mean 1 and deviation 0.2, below 2");
    CHECK(describe(beta(2.0, 5.0, -1.0, 3.0)) == "beta -1 ... 3 with alpha 2 and beta 5");
    CHECK(describe(discrete({3.0, 1.5})) == "one of 3, 1.5");
    CHECK(describe(discrete({3.0, 1.5}, {1.0, 2.0})) == "one of 3 (weight 1), 1.5 (weight 2)");
    CHECK(describe(discrete({3.0})) == "always 3");
}

TEST_CASE("kinds of distributions are found by their names") {
    for (const auto kind : {DistributionKind::uniform, DistributionKind::log_uniform, DistributionKind::triangular,
                            DistributionKind::normal, DistributionKind::beta, DistributionKind::discrete}) {
        CHECK(experiment::parse_distribution_kind(experiment::to_string(kind)) == kind);
    }
    CHECK_FALSE(experiment::parse_distribution_kind("gaussian").has_value());
    CHECK_FALSE(experiment::parse_distribution_kind("").has_value());
}

TEST_CASE("a parameter's range becomes a distribution") {
    using scenario::Distribution;
    const auto of = [](const scenario::ParameterRecord& r) {
        const auto d = experiment::distribution_of(r);
        CHECK(experiment::fault_of(d).empty());
        return experiment::describe(d);
    };
    CHECK(of(record(Distribution::uniform, 1.0, 2.0, 4.0)) == "uniform 1 ... 4");
    CHECK(of(record(Distribution::log_uniform, 1.0, 2.0, 4.0)) == "log_uniform 1 ... 4");
    CHECK(of(record(Distribution::triangular, 1.0, 2.0, 4.0)) == "triangular 1 ... 4 with mode 2");
    CHECK(of(record(Distribution::triangular, 2.0, 2.0, 2.0)) == "always 2");
    // An override may lie outside of the range.
    CHECK(of(record(Distribution::triangular, 1.0, 9.0, 4.0)) == "triangular 1 ... 4 with mode 4");
}
