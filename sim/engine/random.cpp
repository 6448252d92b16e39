#include "engine/random.h"

#include "engine/mathematics.h"

namespace sahelsim::engine {

double draw_lognormal(RandomStream& stream, double median, double spread) {
    return median * exponential(spread * draw_normal(stream));
}

int draw_weighted(RandomStream& stream, const std::vector<double>& weights) {
    double total = 0.0;
    int last = -1;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] > 0.0) {
            total += weights[i];
            last = static_cast<int>(i);
        }
    }
    if (last < 0) return -1;
    double left = draw_uniform(stream) * total;
    for (int i = 0; i < last; ++i) {
        const double weight = weights[static_cast<std::size_t>(i)];
        if (weight <= 0.0) continue;
        if (left < weight) return i;
        left -= weight;
    }
    return last;
}

std::uint64_t child_key(std::uint64_t parent, std::uint64_t birth) {
    // The cipher as a hash: two different (parent, birth) pairs meet with probability 2^-64.
    const r123::Philox2x64::ctr_type hashed = r123::Philox2x64()({{parent, birth}}, {{0x7361'6865'6c73'696dULL}});
    return hashed[0];
}

std::uint64_t name_key(std::string_view name) {
    std::uint64_t key = 0;
    for (const char c : name) key = child_key(key, static_cast<unsigned char>(c));
    return key;
}

}  // namespace sahelsim::engine
