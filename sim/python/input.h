#pragma once
// What Python says, as what a scenario file says.

#include <pybind11/pybind11.h>

#include <optional>
#include <vector>

#include "engine/date.h"
#include "scenario/node.h"
#include "scenario/scenario.h"

namespace sahelsim::python {

/// Dicts, lists, tuples, texts, numbers, truth values, dates and None; texts count as quoted. `where` stands for the file in
/// messages. Throws TypeError for anything else.
[[nodiscard]] scenario::Node node_of(pybind11::handle value, const std::string& where);

/// {name: value} as `--set name=value`.
[[nodiscard]] std::vector<scenario::Override> overrides_of(const pybind11::dict& values);

/// From days since 1970-01-01.
[[nodiscard]] engine::Date date_of(int day_number);

}  // namespace sahelsim::python
