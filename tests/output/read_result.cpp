#include "read_result.h"

#include <functional>
#include <numeric>
#include <stdexcept>

#include <hdf5_hl.h>

namespace sahelsim::test {

using output::Handle;

namespace {

template <typename Result>
Result check(Result result, const std::string& what) {
    if (result < 0) throw std::runtime_error(what + ": " + output::hdf5_error());
    return result;
}

Handle open_dataset(const Handle& file, const std::string& path) {
    return {check(H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), path), H5Dclose};
}

std::uint64_t product(const std::vector<std::uint64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{1}, std::multiplies<>{});
}

std::vector<std::uint64_t> lengths_of(hid_t space) {
    std::vector<hsize_t> lengths(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, lengths.data(), nullptr);
    return {lengths.begin(), lengths.end()};
}

extern "C" herr_t collect_object(hid_t /*root*/, const char* name, const H5O_info_t* /*info*/, void* names) {
    static_cast<std::vector<std::string>*>(names)->push_back(std::string("/") + (std::string(name) == "." ? "" : name));
    return 0;
}

extern "C" herr_t collect_attribute(hid_t /*object*/, const char* name, const H5A_info_t* /*info*/, void* names) {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

extern "C" herr_t collect_scale(hid_t /*dataset*/, unsigned /*dimension*/, hid_t scale, void* names) {
    std::string path(256, '\0');
    const auto length = H5Iget_name(scale, path.data(), path.size());
    path.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    static_cast<std::vector<std::string>*>(names)->push_back(path);
    return 0;
}

}  // namespace

ResultReader::ResultReader(const std::filesystem::path& path)
    : file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose) {
    check(file_.id(), path.string());
}

std::vector<std::uint64_t> ResultReader::shape(const std::string& variable) const {
    const auto dataset = open_dataset(file_, variable);
    const Handle space(H5Dget_space(dataset.id()), H5Sclose);
    return lengths_of(space.id());
}

std::vector<std::uint64_t> ResultReader::chunk(const std::string& variable) const {
    const auto dataset = open_dataset(file_, variable);
    const Handle properties(H5Dget_create_plist(dataset.id()), H5Pclose);
    if (H5Pget_layout(properties.id()) != H5D_CHUNKED) return {};
    std::vector<hsize_t> lengths(8);
    lengths.resize(static_cast<std::size_t>(H5Pget_chunk(properties.id(), 8, lengths.data())));
    return {lengths.begin(), lengths.end()};
}

std::vector<double> ResultReader::numbers(const std::string& variable) const {
    std::vector<double> values(product(shape(variable)));
    const auto dataset = open_dataset(file_, variable);
    check(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), variable);
    return values;
}

std::vector<std::int64_t> ResultReader::counts(const std::string& variable) const {
    std::vector<std::int64_t> values(product(shape(variable)));
    const auto dataset = open_dataset(file_, variable);
    check(H5Dread(dataset.id(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), variable);
    return values;
}

std::vector<std::string> ResultReader::texts(const std::string& variable) const {
    std::vector<char*> pointers(product(shape(variable)));
    const auto dataset = open_dataset(file_, variable);
    const Handle space(H5Dget_space(dataset.id()), H5Sclose);
    const auto type = output::text_type();
    check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), variable);
    std::vector<std::string> values(pointers.begin(), pointers.end());
    H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data());
    return values;
}

std::int64_t ResultReader::number_attribute(const std::string& path, const std::string& name) const {
    std::int64_t value = 0;
    const Handle attribute(
        check(H5Aopen_by_name(file_.id(), path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), name), H5Aclose);
    check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), name);
    return value;
}

std::string ResultReader::text_attribute(const std::string& path, const std::string& name) const {
    const Handle attribute(
        check(H5Aopen_by_name(file_.id(), path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), name), H5Aclose);
    char* text = nullptr;
    const auto type = output::text_type();
    check(H5Aread(attribute.id(), type.id(), &text), name);
    std::string value = text;
    H5free_memory(text);
    return value;
}

std::vector<std::string> ResultReader::attribute_names(const std::string& path) const {
    const Handle object(check(H5Oopen(file_.id(), path.c_str(), H5P_DEFAULT), path), H5Oclose);
    std::vector<std::string> names;
    hsize_t index = 0;
    check(H5Aiterate2(object.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &index, collect_attribute, &names), path);
    return names;
}

std::vector<std::string> ResultReader::scales(const std::string& variable) const {
    const auto dataset = open_dataset(file_, variable);
    std::vector<std::string> names;
    for (unsigned i = 0; i < shape(variable).size(); ++i) {
        check(H5DSiterate_scales(dataset.id(), i, nullptr, collect_scale, &names), variable);
    }
    return names;
}

std::vector<std::string> ResultReader::objects() const {
    std::vector<std::string> names;
    check(H5Ovisit2(file_.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, collect_object, &names, H5O_INFO_BASIC), "objects");
    return names;
}

}  // namespace sahelsim::test
