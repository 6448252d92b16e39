#include "model/processes/captivity.h"

namespace sahelsim::model {

void end_captivity(const Step& step, State& state) {
    auto& hostages = state.hostages;
    std::size_t kept = 0;
    for (const Hostage& hostage : hostages) {
        if (hostage.release > step.day) {
            hostages[kept++] = hostage;
            continue;
        }
        --state.cohorts.hostages[static_cast<std::size_t>(hostage.cohort)];
        if (hostage.dies) {
            ++state.cohorts.dead[static_cast<std::size_t>(hostage.cohort)];
        } else {
            state.cohorts.remove_residents(hostage.cohort, -1);
        }
    }
    hostages.resize(kept);
}

}  // namespace sahelsim::model
