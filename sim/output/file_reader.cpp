#include "output/file_reader.h"

#include <functional>
#include <numeric>

#include <fmt/format.h>

#include "output/errors.h"

namespace sahelsim::output {

namespace {

std::uint64_t product(const std::vector<std::uint64_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{1}, std::multiplies<>{});
}

/// What HDF5 would say of these is long and says less.
void expect_file(const std::filesystem::path& path, const std::string& kind) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) throw FileError(path.string(), "no such file");
    if (error) throw FileError(path.string(), error.message());
    if (std::filesystem::is_directory(status)) throw FileError(path.string(), "this is a folder, not a " + kind);
    if (!std::filesystem::is_regular_file(status)) throw FileError(path.string(), "not an ordinary file");
}

}  // namespace

FileReader::FileReader(const std::filesystem::path& path, const std::string& kind) : shown_(path.string()) {
    expect_file(path, kind);
    const auto is_hdf5 = check(H5Fis_hdf5(path.c_str()), "can't be read");
    if (is_hdf5 == 0) throw FileError(shown_, fmt::format("not an HDF5 file, as {}s are", kind));
    file_ = Handle(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "can't be opened"), H5Fclose);
}

void FileReader::fail(std::string_view what) const {
    throw FileError(shown_, fmt::format("{}: {}", what, hdf5_error()));
}

void FileReader::refuse(const std::string& message) const {
    throw FileError(shown_, message);
}

void FileReader::damaged(const std::string& what) const {
    refuse("the file is damaged: " + what);
}

hid_t FileReader::dataset(const std::string& variable) const {
    const auto found = datasets_.find(variable);
    if (found != datasets_.end()) return found->second.id();
    const hid_t id = check(H5Dopen2(file_.id(), variable.c_str(), H5P_DEFAULT), fmt::format("can't read {}", variable));
    datasets_[variable] = Handle(id, H5Dclose);
    return id;
}

bool FileReader::has(const std::string& path) const {
    return check(H5Lexists(file_.id(), path.c_str(), H5P_DEFAULT), path) > 0;
}

std::vector<std::uint64_t> FileReader::shape(const std::string& variable) const {
    const Handle space(check(H5Dget_space(dataset(variable)), variable), H5Sclose);
    std::vector<hsize_t> lengths(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space.id()), variable)));
    check(H5Sget_simple_extent_dims(space.id(), lengths.data(), nullptr), variable);
    return {lengths.begin(), lengths.end()};
}

std::vector<double> FileReader::numbers(const std::string& variable) const {
    std::vector<double> values(product(shape(variable)));
    check(H5Dread(dataset(variable), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          fmt::format("can't read {}", variable));
    return values;
}

std::vector<std::string> FileReader::texts(const std::string& variable) const {
    std::vector<char*> pointers(product(shape(variable)));
    const Handle space(check(H5Dget_space(dataset(variable)), variable), H5Sclose);
    const auto type = text_type();
    check(H5Dread(dataset(variable), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()),
          fmt::format("can't read {}", variable));
    std::vector<std::string> values;
    values.reserve(pointers.size());
    for (const char* text : pointers) values.emplace_back(text == nullptr ? "" : text);
    H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data());
    return values;
}

std::vector<std::byte> FileReader::bytes(const std::string& variable) const {
    std::vector<std::byte> values(product(shape(variable)));
    check(H5Dread(dataset(variable), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          fmt::format("can't read {}", variable));
    return values;
}

std::vector<std::int32_t> FileReader::integers(const std::string& variable, std::uint64_t first,
                                               std::uint64_t count) const {
    const auto lengths = shape(variable);
    if (lengths.size() != 1 || lengths[0] < first + count) damaged(variable + " has another shape than its group");
    std::vector<std::int32_t> values(count);
    if (count == 0) return values;
    const Handle disk(check(H5Dget_space(dataset(variable)), variable), H5Sclose);
    const hsize_t start = first;
    const hsize_t length = count;
    check(H5Sselect_hyperslab(disk.id(), H5S_SELECT_SET, &start, nullptr, &length, nullptr), variable);
    const Handle memory(check(H5Screate_simple(1, &length, nullptr), variable), H5Sclose);
    check(H5Dread(dataset(variable), H5T_NATIVE_INT32, memory.id(), disk.id(), H5P_DEFAULT, values.data()),
          fmt::format("can't read {}", variable));
    return values;
}

bool FileReader::has_attribute(const std::string& path, const std::string& name) const {
    return check(H5Aexists_by_name(file_.id(), path.c_str(), name.c_str(), H5P_DEFAULT), name) > 0;
}

Handle FileReader::open_attribute(const std::string& path, const std::string& name) const {
    const auto what = fmt::format("can't read attribute {}", name);
    Handle attribute(check(H5Aopen_by_name(file_.id(), path.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), what),
                     H5Aclose);
    const Handle space(check(H5Aget_space(attribute.id()), what), H5Sclose);
    if (H5Sget_simple_extent_npoints(space.id()) != 1) damaged("attribute " + name + " isn't a single value");
    return attribute;
}

std::int64_t FileReader::number_attribute(const std::string& path, const std::string& name) const {
    const auto attribute = open_attribute(path, name);
    std::int64_t value = 0;
    check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), fmt::format("can't read attribute {}", name));
    return value;
}

std::uint64_t FileReader::unsigned_attribute(const std::string& path, const std::string& name) const {
    const auto attribute = open_attribute(path, name);
    std::uint64_t value = 0;
    check(H5Aread(attribute.id(), H5T_NATIVE_UINT64, &value), fmt::format("can't read attribute {}", name));
    return value;
}

std::string FileReader::text_attribute(const std::string& path, const std::string& name) const {
    const auto attribute = open_attribute(path, name);
    const auto type = text_type();
    char* text = nullptr;
    check(H5Aread(attribute.id(), type.id(), &text), fmt::format("can't read attribute {}", name));
    std::string value = text == nullptr ? "" : text;
    H5free_memory(text);
    return value;
}

}  // namespace sahelsim::output
