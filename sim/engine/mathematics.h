#pragma once
// The elementary functions that reach results. glibc's versions give other last bits on processors with and
// without fused multiply-add, so everything goes through here and can be pinned to one implementation later.
// (Boost.Random's and Boost.Math's distributions call the standard functions themselves; whole arrays take Eigen's own
// exponential, whose bits depend on the instruction set that the program is built for and on nothing else.)

#include <cmath>

namespace sahelsim::engine {

[[nodiscard]] inline double exponential(double x) {
    return std::exp(x);
}

[[nodiscard]] inline double logarithm(double x) {
    return std::log(x);
}

[[nodiscard]] inline double power(double base, double exponent) {
    return std::pow(base, exponent);
}

[[nodiscard]] inline double sine(double x) {
    return std::sin(x);
}

[[nodiscard]] inline double cosine(double x) {
    return std::cos(x);
}

[[nodiscard]] inline double arcsine(double x) {
    return std::asin(x);
}

/// Probability with these log-odds.
[[nodiscard]] inline double logistic(double log_odds) {
    return 1.0 / (1.0 + exponential(-log_odds));
}

/// Probability of at least one event in `time` at a constant `rate` (the product has no unit).
[[nodiscard]] inline double event_probability(double rate, double time) {
    return -std::expm1(-rate * time);
}

/// What is left after `time` of something that halves every `half_life` (same unit).
[[nodiscard]] inline double half_life_decay(double time, double half_life) {
    return std::exp2(-time / half_life);
}

}  // namespace sahelsim::engine
