#pragma once
// One replicate's results in memory: what the result file would hold of it, variable by variable.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "model/recording.h"
#include "output/schema.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

/// In row-major order. Counts are int64, texts strings, all else double, whatever its type on disk.
using Values = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;

struct VariableInMemory {
    Variable variable;  ///< as in the file, but for the dimension run: `arm` and `replicate` are single values
    std::vector<std::uint64_t> shape;
    Values values;
};

/// The country's series: the group `/`.
[[nodiscard]] std::vector<VariableInMemory> country_in_memory(const model::Recording& recording,
                                                              const model::Labels& labels,
                                                              const scenario::Scenario& scenario);

/// Those of `/cercles`, and those of the country that cercles don't have.
[[nodiscard]] std::vector<VariableInMemory> cercles_in_memory(const model::Recording& recording,
                                                              const model::Labels& labels,
                                                              const scenario::Scenario& scenario);

/// The event log but for its column run; `arm` and `replicate` as above.
[[nodiscard]] std::vector<VariableInMemory> events_in_memory(const model::Recording& recording,
                                                             const model::Labels& labels,
                                                             const scenario::Scenario& scenario);

}  // namespace sahelsim::output
