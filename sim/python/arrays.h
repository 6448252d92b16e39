#pragma once
// NumPy arrays of states and of results.

#include <pybind11/numpy.h>

#include <string>

#include "output/in_memory.h"
#include "python/simulation.h"

namespace sahelsim::python {

/// A variable of a state by its name in analysis/sahelsim/state.py, which says what it holds: a read-only view that keeps
/// the state alive, or an array of its own where the state has none. Throws std::out_of_range for another name.
[[nodiscard]] pybind11::array state_array(const Morning& morning, const std::string& name);

/// A variable's values: an array of its type on disk, texts as a list; a single value as such.
[[nodiscard]] pybind11::object values_array(output::VariableInMemory variable);

/// One-dimensional, of the type.
[[nodiscard]] pybind11::array codes_array(const std::vector<std::int64_t>& codes, output::Type type);

}  // namespace sahelsim::python
