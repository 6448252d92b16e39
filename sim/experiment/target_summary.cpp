#include "experiment/target_summary.h"

#include "scenario/observation.h"

namespace sahelsim::experiment {

TargetSummaryBuilder::TargetSummaryBuilder(const scenario::Scenario& scenario, const model::Labels& labels)
    : scenario_(scenario) {
    for (std::size_t t = 0; t < scenario.targets.size(); ++t) {
        const auto& target = scenario.targets[t];
        if (target.role != scenario::TargetRole::calibration) continue;
        if (const auto why = model::why_unanswered(target, scenario, labels)) {
            ++unanswered_[*why];
        } else {
            samples_.push_back({t, {}});
        }
    }
}

void TargetSummaryBuilder::add(const model::Recording& recording) {
    for (auto& [target, values] : samples_) values.push_back(recording.targets.at(target));
}

TargetSummary TargetSummaryBuilder::build() const {
    TargetSummary summary;
    summary.unanswered = unanswered_;
    for (const auto& [t, values] : samples_) {
        if (values.empty()) continue;
        const auto& target = scenario_.targets[t];
        const double share = scenario::area_share(scenario_.parameters, target.id);
        summary.rows.push_back({target.label, share * target.low, share * target.high, spread_of(values)});
    }
    return summary;
}

}  // namespace sahelsim::experiment
