// Attributes of a result file.

#include <limits>

#include <variant>

#include <fmt/format.h>

#include "output/file.h"

namespace sahelsim::output {

void File::describe(const Variable& variable, const std::vector<Variable>& siblings, const model::Labels& labels) {
    const hid_t id = dataset(variable.path()).handle.id();
    const Handle type(check(H5Dget_type(id), "describe " + variable.path()), H5Tclose);
    for (const auto& attribute : attributes_of(variable, labels)) put(id, attribute, type.id());
    if (variable.outcome >= 0) {
        const auto count = fill_value_of_counts;
        const auto real = std::numeric_limits<double>::quiet_NaN();
        if (variable.type == Type::int64) put_numbers(id, "_FillValue", H5T_STD_I64LE, H5T_NATIVE_INT64, &count, 1);
        if (variable.type == Type::float64) put_numbers(id, "_FillValue", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &real, 1);
    }
    if (variable.role != Role::data || variable.name == "time_bounds") return;
    const auto coordinates = coordinates_of(variable, siblings);
    if (!coordinates.empty()) put_text(id, "coordinates", coordinates);
}

void File::put(hid_t object, const Attribute& attribute, hid_t list_type) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) put_text(object, attribute.name, *text);
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value))
        put_numbers(object, attribute.name, H5T_STD_I64LE, H5T_NATIVE_INT64, number, 1);
    if (const auto* number = std::get_if<std::uint64_t>(&attribute.value))
        put_numbers(object, attribute.name, H5T_STD_U64LE, H5T_NATIVE_UINT64, number, 1);
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&attribute.value))
        put_numbers(object, attribute.name, list_type, H5T_NATIVE_INT64, list->data(), list->size());
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

void File::set_attribute(const Attribute& attribute) {
    put(groups_.at("/").id(), attribute, H5T_STD_I64LE);
}

}  // namespace sahelsim::output
