// sahelsim._core: what the Python package is made of. What people use, with its documentation, is in analysis/sahelsim/.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <filesystem>

#include <fmt/format.h>

#include "engine/version.h"
#include "model/actions.h"
#include "python/arrays.h"
#include "python/input.h"
#include "python/simulation.h"
#include "scenario/problem.h"
#include "scenario/project.h"

namespace sahelsim::python {

namespace py = pybind11;

namespace {

std::unique_ptr<Simulation> begin(const std::string& scenario, bool is_text, const py::dict& overrides,
                                  std::uint64_t seed, std::uint32_t replicate, std::optional<int> until) {
    Plan plan{scenario, is_text, overrides_of(overrides), seed, replicate, std::nullopt};
    if (until) plan.until = date_of(*until);
    return std::make_unique<Simulation>(plan);
}

py::object python_value(const output::AttributeValue& value, output::Type type) {
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value)) {
        py::array array = codes_array(*list, type);
        if (array.size() == 1) return array[py::int_(0)];  // as readers of the file see it
        return array;
    }
    return std::visit([](const auto& any) -> py::object { return py::cast(any); }, value);
}

py::dict python_dict(const std::vector<output::Attribute>& attributes, output::Type type) {
    py::dict dict;
    for (const auto& attribute : attributes) dict[attribute.name] = python_value(attribute.value, type);
    return dict;
}

Level level_of(const std::string& name) {
    if (name == "country") return Level::country;
    if (name == "cercle") return Level::cercles;
    if (name == "events") return Level::events;
    throw scenario::InputError({{{}, "level", "'" + name + "'", "one of country, cercle, events", ""}});
}

/// (attributes, [(name, dimensions, is a coordinate, values, attributes)])
py::tuple results(Simulation& simulation, const std::string& level) {
    auto results = simulation.results(level_of(level));
    py::list variables;
    for (auto& in_memory : results.variables) {
        const auto variable = in_memory.variable;
        variables.append(
            py::make_tuple(variable.name, py::tuple(py::cast(variable.dimensions)), variable.role != output::Role::data,
                           values_array(std::move(in_memory)),
                           python_dict(output::attributes_of(variable, results.setup->labels), variable.type)));
    }
    return py::make_tuple(python_dict(results.attributes, output::Type::int64), variables);
}

std::vector<std::string> ids_of(const std::vector<scenario::Labelled>& things) {
    std::vector<std::string> ids;
    for (const auto& thing : things) ids.push_back(thing.id);
    return ids;
}

/// What the axes of a state's arrays are called.
py::dict names(const Simulation& simulation) {
    const auto setup = simulation.setup();
    std::vector<std::string> actions(model::action_names.begin(), model::action_names.end());
    py::dict names;
    names["authority"] = setup->labels.authorities;
    names["organisation"] = setup->labels.organisations;
    names["faction"] = setup->labels.factions;
    names["side"] = setup->labels.sides;
    names["community"] = setup->labels.communities;
    names["livelihood"] = ids_of(setup->scenario.livelihoods);
    names["action"] = std::move(actions);
    names["unit_type"] = std::vector<std::string>{"cell", "garrison", "air", "retired"};
    return names;
}

/// Columns of a table of the places, communes first.
py::dict places(const Simulation& simulation) {
    const auto setup = simulation.setup();
    const auto& labels = setup->labels;
    py::list name, cercle, region, longitude, latitude, town;
    for (const auto& place : labels.communes) {
        const bool abroad = place.cercle < 0;
        name.append(place.name);
        cercle.append(abroad ? "" : labels.cercles[static_cast<std::size_t>(place.cercle)].name);
        region.append(abroad ? "" : labels.cercles[static_cast<std::size_t>(place.cercle)].region);
        longitude.append(place.longitude);
        latitude.append(place.latitude);
        town.append(place.town);
    }
    py::dict columns;
    columns["name"] = name;
    columns["cercle"] = cercle;
    columns["region"] = region;
    columns["longitude"] = longitude;
    columns["latitude"] = latitude;
    columns["town"] = town;
    return columns;
}

py::dict parameters(Simulation& simulation) {
    const auto morning = simulation.morning();
    py::dict values;
    for (const auto& [name, record] : morning.state->values.records()) values[py::str(name)] = record.value;
    return values;
}

/// The library of scenarios lies where it was installed together with this module, not beside the interpreter.
void find_library(const std::string& module_file) {
    const auto folder = std::filesystem::path(module_file).parent_path();
    scenario::set_installed_library(folder / SAHELSIM_SCENARIO_RELATIVE_DIR);
}

}  // namespace

// NOLINTNEXTLINE: what the macro makes is pybind11's
PYBIND11_MODULE(_core, module) {
    module.doc() = "The simulator. Use sahelsim.run and sahelsim.Simulator.";
    module.attr("version") = std::string(engine::version());
    module.attr("git_hash") = std::string(engine::git_hash());
    py::register_exception<scenario::InputError>(module, "InputError", PyExc_ValueError);
    module.def("find_library", &find_library);

    py::class_<Morning>(module, "Morning").def("array", &state_array);

    py::class_<Simulation>(module, "Simulation")
        .def(py::init(&begin), py::arg("scenario"), py::arg("is_text"), py::arg("overrides"), py::arg("seed"),
             py::arg("replicate"), py::arg("until"))
        .def_property_readonly("date", [](const Simulation& s) { return engine::day_number(s.date()); })
        .def_property_readonly("start",
                               [](const Simulation& s) { return engine::day_number(s.setup()->scenario.start); })
        .def_property_readonly("end", [](const Simulation& s) { return engine::day_number(s.end()); })
        .def_property_readonly("name", [](const Simulation& s) { return s.setup()->scenario.name; })
        .def("advance", [](Simulation& s, int day) { s.advance(date_of(day)); })
        .def("apply", [](Simulation& s, const py::dict& fields) { s.apply(node_of(fields, "apply")); })
        .def("results", &results)
        .def("morning", &Simulation::morning)
        .def("copy", &Simulation::copy)
        .def("names", &names)
        .def("places", &places)
        .def("parameters", &parameters);
}

}  // namespace sahelsim::python
