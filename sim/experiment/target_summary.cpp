#include "experiment/target_summary.h"

#include "scenario/observation.h"

namespace sahelsim::experiment {

TargetSummaryBuilder::TargetSummaryBuilder(const scenario::Scenario& scenario, const model::Labels& labels,
                                           std::uint64_t seed)
    : scenario_(scenario), labels_(labels), seed_(seed) {
    for (const auto& target : scenario.targets) {
        if (target.role != scenario::TargetRole::calibration) continue;
        if (const auto why = why_unanswered(target, scenario, labels)) {
            ++unanswered_[*why];
        } else {
            samples_.push_back({&target, {}});
        }
    }
}

void TargetSummaryBuilder::add(const model::Recording& recording) {
    for (auto& [target, values] : samples_) {
        if (const auto value = measure(*target, scenario_, labels_, recording, seed_)) values.push_back(*value);
    }
}

TargetSummary TargetSummaryBuilder::build() const {
    TargetSummary summary;
    summary.unanswered = unanswered_;
    for (const auto& [target, values] : samples_) {
        if (values.empty()) continue;
        const double share = scenario::area_share(scenario_.parameters, target->id);
        summary.rows.push_back({target->label, share * target->low, share * target->high, spread_of(values)});
    }
    return summary;
}

}  // namespace sahelsim::experiment
