#include "engine/random.h"

#include "engine/mathematics.h"

namespace sahelsim::engine {

void RandomStream::refill() {
    block_ = r123::Philox4x64()(counter_, key_);
    ++counter_[0];
    used_ = 0;
}

double draw_lognormal(RandomStream& stream, double median, double spread) {
    return median * exponential(spread * draw_normal(stream));
}

int draw_weighted(RandomStream& stream, const std::vector<double>& weights) {
    double total = 0.0;
    for (const double weight : weights) {
        if (weight > 0.0) total += weight;
    }
    if (total <= 0.0) return -1;
    double left = draw_uniform(stream) * total;
    int last = -1;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0.0) continue;
        last = static_cast<int>(i);
        if (left < weights[i]) break;
        left -= weights[i];
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
