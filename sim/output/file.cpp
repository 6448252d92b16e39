#include "output/file.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include <hdf5_hl.h>

#include "output/errors.h"

namespace sahelsim::output {

namespace {

constexpr unsigned kOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;  // netCDF-4 asks for it
constexpr unsigned kDeflate = 1;  // higher levels take twice as long for files 2 % smaller
constexpr unsigned kAttributesBeside = 64;

Handle disk_type(Type type) {
    switch (type) {
        case Type::int8:
            return {H5Tcopy(H5T_STD_I8LE), H5Tclose};
        case Type::int16:
            return {H5Tcopy(H5T_STD_I16LE), H5Tclose};
        case Type::int32:
            return {H5Tcopy(H5T_STD_I32LE), H5Tclose};
        case Type::int64:
            return {H5Tcopy(H5T_STD_I64LE), H5Tclose};
        case Type::float64:
            return {H5Tcopy(H5T_IEEE_F64LE), H5Tclose};
        case Type::text:
            break;
    }
    return text_type();
}

/// Creation properties of datasets and groups alike: no times, so that the same data give the same file.
void set_object_properties(hid_t properties) {
    H5Pset_obj_track_times(properties, false);
    H5Pset_attr_creation_order(properties, kOrder);
    // Attributes beside their object: indices of their own would make small files several times as large.
    H5Pset_attr_phase_change(properties, kAttributesBeside, 0);
}

Handle dataset_properties(const std::vector<hsize_t>& chunk) {
    Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    set_object_properties(properties.id());
    if (!chunk.empty()) {
        H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data());
        H5Pset_shuffle(properties.id());
        H5Pset_deflate(properties.id(), kDeflate);
    }
    return properties;
}

void set_fill_value(hid_t properties, Type type) {
    const auto count = fill_value_of_counts;
    const auto real = std::numeric_limits<double>::quiet_NaN();
    if (type == Type::int64) H5Pset_fill_value(properties, H5T_NATIVE_INT64, &count);
    if (type == Type::float64) H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &real);
}

/// Dimensions that the variables of a group have, in order of appearance.
std::vector<std::string> dimensions_of(const std::vector<Variable>& variables) {
    std::vector<std::string> names;
    for (const auto& variable : variables) {
        for (const auto& name : variable.dimensions) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

bool has_variable(const std::vector<Variable>& variables, const std::string& dimension) {
    return std::any_of(variables.begin(), variables.end(),
                       [&](const Variable& v) { return v.role == Role::dimension && v.name == dimension; });
}

std::vector<hsize_t> to_hsize(const std::vector<std::uint64_t>& lengths) {
    return {lengths.begin(), lengths.end()};
}

std::string path_in(const std::string& group, const std::string& name) {
    return group == "/" ? "/" + name : group + "/" + name;
}

}  // namespace

File::File(const std::filesystem::path& path, std::string shown, const Schema& schema, const Layout& layout,
           const model::Labels& labels)
    : shown_(std::move(shown)) {
    create(path);
    for (const auto& group : schema.groups()) create_group(group, schema, layout, labels);
}

void File::fail(std::string_view doing) const {
    throw FileError(shown_, fmt::format("cannot {}: {}", doing, hdf5_error()));
}

void File::create(const std::filesystem::path& path) {
    const Handle creation(check(H5Pcreate(H5P_FILE_CREATE), "create the file"), H5Pclose);
    set_object_properties(creation.id());
    H5Pset_link_creation_order(creation.id(), kOrder);
    const Handle access(check(H5Pcreate(H5P_FILE_ACCESS), "create the file"), H5Pclose);
    // Readers as old as HDF5 1.8 understand the file.
    check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110), "create the file");
    // The file is there already, empty and ours.
    file_ =
        Handle(check(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), "create the file"), H5Fclose);
}

void File::create_group(const Group& group, const Schema& schema, const Layout& layout, const model::Labels& labels) {
    const Handle properties(check(H5Pcreate(H5P_GROUP_CREATE), "create a group"), H5Pclose);
    set_object_properties(properties.id());
    H5Pset_link_creation_order(properties.id(), kOrder);
    const hid_t id = group.path == "/"
                         ? H5Gopen2(file_.id(), "/", H5P_DEFAULT)
                         : H5Gcreate2(file_.id(), group.path.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT);
    groups_[group.path] = Handle(check(id, "create group " + group.path), H5Gclose);
    if (group.path != "/") {
        put_text(id, "title", group.title);
        put_text(id, "comment", group.comment);
    }
    const auto variables = schema.variables_of(group.path);
    for (const auto& dimension : dimensions_of(variables)) {
        if (!has_variable(variables, dimension)) create_bare_dimension(group.path, dimension, layout);
    }
    // Scales before what they are attached to.
    for (const auto& variable : variables) create_variable(variable, layout);
    for (const auto& variable : variables) attach_scales(variable);
    for (const auto& variable : variables) describe(variable, variables, labels);
}

void File::create_variable(const Variable& variable, const Layout& layout) {
    const auto path = variable.path();
    const auto shape = to_hsize(shape_of(variable, layout));
    const auto properties = dataset_properties(to_hsize(chunk_of(variable, layout)));
    if (variable.outcome >= 0) set_fill_value(properties.id(), variable.type);
    auto limits = shape;
    if (!shape.empty() && is_unlimited(variable.dimensions.front())) limits[0] = H5S_UNLIMITED;
    const Handle space(
        check(shape.empty() ? H5Screate(H5S_SCALAR)
                            : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), limits.data()),
              "create " + path),
        H5Sclose);
    const hid_t id = H5Dcreate2(file_.id(), path.c_str(), disk_type(variable.type).id(), space.id(), H5P_DEFAULT,
                                properties.id(), H5P_DEFAULT);
    datasets_[path] = {Handle(check(id, "create " + path), H5Dclose), shape, false};
    if (variable.role == Role::dimension) make_scale(path, variable.name);
}

void File::create_bare_dimension(const std::string& group, const std::string& dimension, const Layout& layout) {
    const auto path = path_in(group, dimension);
    const hsize_t length = length_of(layout, group, dimension);
    const hsize_t limit = is_unlimited(dimension) ? H5S_UNLIMITED : length;
    const hsize_t chunk = 1024;
    const auto properties =
        dataset_properties(is_unlimited(dimension) ? std::vector<hsize_t>{chunk} : std::vector<hsize_t>{});
    // With zeros in it: h5diff calls dimensions without any storage "not comparable".
    H5Pset_alloc_time(properties.id(), H5D_ALLOC_TIME_EARLY);
    const Handle space(check(H5Screate_simple(1, &length, &limit), "create " + path), H5Sclose);
    const hid_t id =
        H5Dcreate2(file_.id(), path.c_str(), H5T_IEEE_F32BE, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT);
    datasets_[path] = {Handle(check(id, "create " + path), H5Dclose), {length}, true};
    // By this wording netCDF-4 knows a dimension that has no variable of its name.
    make_scale(path, fmt::format("This is a netCDF dimension but not a netCDF variable. {:10d}", length));
}

void File::make_scale(const std::string& path, const std::string& name) {
    check(H5DSset_scale(dataset(path).handle.id(), name.c_str()), "make a dimension scale of " + path);
}

void File::attach_scales(const Variable& variable) {
    if (variable.role == Role::dimension) return;
    const auto path = variable.path();
    for (std::size_t i = 0; i < variable.dimensions.size(); ++i) {
        const auto scale = path_in(variable.group, variable.dimensions[i]);
        check(H5DSattach_scale(dataset(path).handle.id(), dataset(scale).handle.id(), static_cast<unsigned>(i)),
              fmt::format("attach dimension {} to {}", scale, path));
    }
}

File::Dataset& File::dataset(const std::string& path) {
    const auto found = datasets_.find(path);
    if (found == datasets_.end()) throw std::logic_error("no variable " + path + " in the schema of result files");
    return found->second;
}

std::vector<std::string> File::unwritten() const {
    std::vector<std::string> paths;
    for (const auto& [path, data] : datasets_) {
        const auto size = std::accumulate(data.shape.begin(), data.shape.end(), hsize_t{1}, std::multiplies<>{});
        if (!data.written && size > 0) paths.push_back(path);
    }
    return paths;
}

void File::close() {
    for (auto& [path, data] : datasets_) check(data.handle.reset(), "write " + path);
    for (auto& [path, group] : groups_) check(group.reset(), "close group " + path);
    check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "write the file");
    check(file_.reset(), "close the file");
}

}  // namespace sahelsim::output
