#include "experiment/observation.h"

#include <cmath>

#include "model/setup.h"

namespace sahelsim::experiment {

bool is_incident(const model::Event& event) {
    return event.type != model::EventType::strategic_development;
}

int Observer::record(const model::Event& event, scenario::Recorded what, int n, double share, int role) const {
    constexpr std::uint64_t roles = 3;
    if (n <= 0 || share <= 0.0) return 0;
    const double whole = std::floor(share);
    const int sure = n * static_cast<int>(whole);
    if (share == whole) return sure;
    const auto purpose = static_cast<std::uint64_t>(what) * roles + static_cast<std::uint64_t>(role);
    auto stream =
        model::stream(random_, model::Process::observation, static_cast<std::uint64_t>(event.id), key_, purpose);
    return sure + engine::draw_binomial(stream, n, share - whole);
}

}  // namespace sahelsim::experiment
