#pragma once
// Whether two scenarios share their past: all that acts before a day, key by key.

#include <string>
#include <string_view>
#include <vector>

#include "engine/date.h"
#include "scenario/scenario.h"

namespace sahelsim::scenario {

/// Whether a parameter serves comparisons with reports only and has no part in a run (observation.*, area_share.*).
[[nodiscard]] bool only_compares(std::string_view parameter);

/// Where two scenarios differ in what acts before the morning of `day`. The first is a resolved text, which messages call
/// `shown`; expected is what it says, found what `scenario` says. Everything acts but for what is known not to: texts,
/// sources and targets, the parameters' ranges, the end of the period, interventions from that day on. Throws InputError for
/// a text that is none.
[[nodiscard]] std::vector<Problem> differences_before(const std::string& resolved, const std::string& shown,
                                                      const Scenario& scenario, engine::Date day);

}  // namespace sahelsim::scenario
