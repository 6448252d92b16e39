#include "read_result.h"

#include <functional>
#include <numeric>

#include <hdf5_hl.h>

namespace sahelsim::test {

using output::Handle;

namespace {

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

std::vector<std::uint64_t> ResultReader::chunk(const std::string& variable) const {
    const Handle properties(H5Dget_create_plist(dataset(variable)), H5Pclose);
    if (H5Pget_layout(properties.id()) != H5D_CHUNKED) return {};
    std::vector<hsize_t> lengths(8);
    lengths.resize(static_cast<std::size_t>(H5Pget_chunk(properties.id(), 8, lengths.data())));
    return {lengths.begin(), lengths.end()};
}

std::vector<std::int64_t> ResultReader::counts(const std::string& variable) const {
    const auto lengths = shape(variable);
    std::vector<std::int64_t> values(
        std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{1}, std::multiplies<>{}));
    check(H5Dread(dataset(variable), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), variable);
    return values;
}

std::vector<std::string> ResultReader::attribute_names(const std::string& path) const {
    const Handle object(check(H5Oopen(file(), path.c_str(), H5P_DEFAULT), path), H5Oclose);
    std::vector<std::string> names;
    hsize_t index = 0;
    check(H5Aiterate2(object.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, &index, collect_attribute, &names), path);
    return names;
}

std::vector<std::string> ResultReader::scales(const std::string& variable) const {
    std::vector<std::string> names;
    for (unsigned i = 0; i < shape(variable).size(); ++i) {
        check(H5DSiterate_scales(dataset(variable), i, nullptr, collect_scale, &names), variable);
    }
    return names;
}

std::vector<std::string> ResultReader::objects() const {
    std::vector<std::string> names;
    check(H5Ovisit2(file(), H5_INDEX_CRT_ORDER, H5_ITER_INC, collect_object, &names, H5O_INFO_BASIC), "objects");
    return names;
}

}  // namespace sahelsim::test
