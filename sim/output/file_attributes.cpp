// What a result file says of its variables, as the CF conventions want it.

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "output/file.h"

namespace sahelsim::output {

namespace {

bool is_subset(const std::vector<std::string>& some, const std::vector<std::string>& all) {
    return std::all_of(some.begin(), some.end(),
                       [&](const std::string& name) { return std::find(all.begin(), all.end(), name) != all.end(); });
}

/// CF lists in an attribute which coordinates, apart from those of its dimensions, belong to a variable.
std::string coordinates_of(const Variable& variable, const std::vector<Variable>& siblings) {
    std::string names;
    for (const auto& other : siblings) {
        if (other.role != Role::coordinate || !is_subset(other.dimensions, variable.dimensions)) continue;
        if (!names.empty()) names += ' ';
        names += other.name;
    }
    return names;
}

/// flag_meanings are separated by blanks, so that a name can't hold one.
std::string flag_meanings(const std::vector<std::string>& names) {
    std::string joined;
    for (auto name : names) {
        std::replace(name.begin(), name.end(), ' ', '_');
        if (!joined.empty()) joined += ' ';
        joined += name;
    }
    return joined;
}

std::string standard_name(const Variable& variable) {
    if (variable.name == "time" || variable.name == "longitude" || variable.name == "latitude") return variable.name;
    return "";
}

}  // namespace

void File::describe(const Variable& variable, const std::vector<Variable>& siblings, const model::Labels& labels) {
    const hid_t id = dataset(variable.path()).handle.id();
    const auto put = [&](const char* name, const std::string& text) {
        if (!text.empty()) put_text(id, name, text);
    };
    put("long_name", variable.long_name);
    put("standard_name", standard_name(variable));
    put("units", variable.units);
    if (variable.units.starts_with("days since")) put("calendar", "proleptic_gregorian");
    if (variable.name == "time" && variable.role == Role::dimension) {
        put("axis", "T");
        put("bounds", "time_bounds");
    }
    put("comment", variable.comment);
    describe_codes(variable, labels);
    if (variable.outcome >= 0) {
        const auto& outcome = model::outcomes()[static_cast<std::size_t>(variable.outcome)];
        const bool flow = outcome.kind == model::OutcomeKind::flow;
        put("kind", flow ? "flow" : "stock");
        if (flow) put("cell_methods", "time: sum");
        const auto count = fill_value_of_counts;
        const auto real = std::numeric_limits<double>::quiet_NaN();
        if (variable.type == Type::int64) put_numbers(id, "_FillValue", H5T_STD_I64LE, H5T_NATIVE_INT64, &count, 1);
        if (variable.type == Type::float64) put_numbers(id, "_FillValue", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &real, 1);
    }
    if (variable.role == Role::data && variable.name != "time_bounds")
        put("coordinates", coordinates_of(variable, siblings));
}

void File::describe_codes(const Variable& variable, const model::Labels& labels) {
    if (variable.codes == Codes::none) return;
    const auto names = meanings(variable.codes, labels);
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < names.size(); ++i) {
        values.push_back(first_code(variable.codes) + static_cast<std::int64_t>(i));
    }
    const hid_t id = dataset(variable.path()).handle.id();
    const Handle type(check(H5Dget_type(id), "describe " + variable.path()), H5Tclose);
    put_numbers(id, "flag_values", type.id(), H5T_NATIVE_INT64, values.data(), values.size());
    put_text(id, "flag_meanings", flag_meanings(names));
}

void File::put_text(hid_t object, const char* name, const std::string& text) {
    const auto doing = fmt::format("write attribute {}", name);
    const auto type = text_type();
    const Handle space(check(H5Screate(H5S_SCALAR), doing), H5Sclose);
    const Handle attribute(check(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), doing),
                           H5Aclose);
    const char* characters = text.c_str();
    check(H5Awrite(attribute.id(), type.id(), &characters), doing);
}

void File::put_numbers(hid_t object, const char* name, hid_t disk_type, hid_t memory_type, const void* values,
                       std::uint64_t count) {
    const auto doing = fmt::format("write attribute {}", name);
    const hsize_t length = count;
    const hid_t shape = count == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr);
    const Handle space(check(shape, doing), H5Sclose);
    const Handle attribute(check(H5Acreate2(object, name, disk_type, space.id(), H5P_DEFAULT, H5P_DEFAULT), doing),
                           H5Aclose);
    check(H5Awrite(attribute.id(), memory_type, values), doing);
}

void File::set_attribute(const char* name, const std::string& text) {
    put_text(groups_.at("/").id(), name, text);
}

void File::set_attribute(const char* name, std::int64_t number) {
    put_numbers(groups_.at("/").id(), name, H5T_STD_I64LE, H5T_NATIVE_INT64, &number, 1);
}

void File::set_unsigned_attribute(const char* name, std::uint64_t number) {
    put_numbers(groups_.at("/").id(), name, H5T_STD_U64LE, H5T_NATIVE_UINT64, &number, 1);
}

}  // namespace sahelsim::output
