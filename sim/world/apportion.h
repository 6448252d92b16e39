#pragma once
// Sharing out whole people.

#include <cstdint>
#include <vector>

namespace sahelsim::world {

/// Splits `total` into whole parts in proportion to `weights` by largest remainders (Hamilton's method); ties go to the
/// earlier part. Parts add up to `total`; without a positive weight, and with one to give, the first part takes all.
[[nodiscard]] std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<double>& weights);

}  // namespace sahelsim::world
