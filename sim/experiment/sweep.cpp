#include "experiment/sweep.h"

#include <algorithm>

#include "model/tally.h"
#include "scenario/resolved.h"

namespace sahelsim::experiment {

namespace {

/// On the morning of the branch the arm takes its own value: what comes before is everybody's.
scenario::Intervention value_from(engine::Date date, const std::string& parameter, double value) {
    scenario::Intervention intervention;
    intervention.id = "sweep-" + parameter;
    intervention.type = "set";
    intervention.date = date;
    intervention.fields["parameter"] = parameter;
    intervention.fields["value"] = value;
    intervention.note = "Value of the sweep's point.";
    return intervention;
}

}  // namespace

bool Factor::varies_in(int arm) const {
    return arms.empty() || std::find(arms.begin(), arms.end(), arm) != arms.end();
}

std::int64_t Sweep::most_runs() const {
    return static_cast<std::int64_t>(arms.size()) * design.points() * replicates.most;
}

WorkPlan Sweep::work_plan() const {
    return {static_cast<int>(arms.size()), design.points(), replicates};
}

output::SweepContents Sweep::contents() const {
    output::SweepContents contents;
    for (const auto& arm : arms) contents.arms.push_back(arm.name);
    contents.series = series;
    contents.events = events;
    return contents;
}

int Sweep::watched_outcome() const {
    return replicates.until ? static_cast<int>(model::outcome_index(replicates.until->outcome.c_str())) : -1;
}

scenario::Scenario scenario_at(const Sweep& sweep, int arm, int point) {
    auto scenario = sweep.arms[static_cast<std::size_t>(arm)].scenario;
    for (std::size_t f = 0; f < sweep.factors.size(); ++f) {
        const auto& factor = sweep.factors[f];
        if (!factor.varies_in(arm)) continue;
        const double value = sweep.design.values(point, static_cast<Eigen::Index>(f));
        if (sweep.branch && !factor.arms.empty()) {
            // Behind all others, so that these keep the numbers by which events name them.
            scenario.interventions.push_back(value_from(*sweep.branch, factor.parameter, value));
            continue;
        }
        auto record = *scenario.parameters.find(factor.parameter);
        record.value = value;
        record.overridden = true;
        scenario.parameters.put(std::move(record));
    }
    return scenario;
}

}  // namespace sahelsim::experiment
