// How often each point is simulated: a number, or until a mean is precise.

#include <fmt/format.h>

#include "experiment/sweep_sections.h"
#include "model/recording.h"
#include "scenario/scalars.h"

namespace sahelsim::experiment {

namespace {

using scenario::MapReader;
using scenario::Need;
using scenario::Node;
using scenario::Problems;

constexpr long most_replicates = 1'000'000;

Precision read_precision(const Node& node, Problems& problems) {
    MapReader map(node, "replicates.until", problems);
    Precision precision;
    std::vector<std::string> names;
    for (const auto& outcome : model::outcomes()) {
        if (!outcome.by_cercle || outcome.national != model::National::none) names.emplace_back(outcome.name);
    }
    precision.outcome =
        map.name_of("outcome", "an outcome of the country (docs/data-dictionary.md)", names, Need::required)
            .value_or("");
    if (const auto text = map.text("half_width", Need::required)) {
        auto number = *text;
        precision.relative = number.ends_with('%');
        if (precision.relative) number = scenario::trimmed(number.substr(0, number.size() - 1));
        const auto value = scenario::parse_number(number);
        if (value && *value > 0.0) {
            precision.half_width = precision.relative ? *value / 100.0 : *value;
        } else {
            problems.add(map.find("half_width")->where.location(), "replicates.until.half_width",
                         scenario::in_quotes(*text), "a number above 0, or a share of the mean as in 5 %");
        }
    }
    map.finish();
    return precision;
}

}  // namespace

void read_replication(MapReader& file, Replication& replicates) {
    const auto* node = file.find("replicates");
    if (node == nullptr) return;
    auto& problems = file.problems();
    if (!node->is_map()) {
        const auto count = scenario::read_integer(*node, "replicates", 1, most_replicates, problems);
        replicates.least = replicates.most = static_cast<int>(count.value_or(1));
        return;
    }
    MapReader inner(*node, "replicates", problems);
    const auto least = inner.integer("min", 2, most_replicates, Need::required);
    const auto most = inner.integer("max", 2, most_replicates, Need::required);
    const auto batch = inner.integer("batch", 1, most_replicates, Need::optional);
    replicates.least = static_cast<int>(least.value_or(2));
    replicates.most = static_cast<int>(most.value_or(2));
    replicates.batch = static_cast<int>(batch.value_or(replicates.least));
    if (least && most && *most < *least) {
        problems.add(inner.find("max")->where.location(), "replicates.max", fmt::to_string(*most),
                     fmt::format("at least min, {}", *least));
    }
    if (const auto* until = inner.find("until", Need::required)) replicates.until = read_precision(*until, problems);
    inner.finish();
}

}  // namespace sahelsim::experiment
