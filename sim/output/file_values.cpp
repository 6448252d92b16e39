// Values of a result file.

#include <functional>
#include <numeric>

#include <fmt/format.h>

#include "output/file.h"

namespace sahelsim::output {

namespace {

std::uint64_t product(const std::vector<hsize_t>& lengths) {
    return std::accumulate(lengths.begin(), lengths.end(), hsize_t{1}, std::multiplies<>{});
}

void expect_size(const std::string& variable, std::uint64_t expected, std::uint64_t given) {
    if (expected == given) return;
    throw std::logic_error(fmt::format("{} holds {} values, {} were given", variable, expected, given));
}

}  // namespace

void File::write(const std::string& variable, const std::vector<double>& values) {
    auto& data = dataset(variable);
    expect_size(variable, product(data.shape), values.size());
    data.written = true;
    if (values.empty()) return;
    check(H5Dwrite(data.handle.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          "write " + variable);
}

void File::write(const std::string& variable, const std::vector<std::string>& values) {
    auto& data = dataset(variable);
    expect_size(variable, product(data.shape), values.size());
    data.written = true;
    if (values.empty()) return;
    std::vector<const char*> texts;
    for (const auto& value : values) texts.push_back(value.c_str());
    const auto type = text_type();
    check(H5Dwrite(data.handle.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), "write " + variable);
}

void File::write_slab(const std::string& variable, std::uint64_t first, std::uint64_t count, hid_t memory_type,
                      const void* values, std::uint64_t value_count) {
    auto& data = dataset(variable);
    auto lengths = data.shape;
    lengths[0] = count;
    expect_size(variable, product(lengths), value_count);
    data.written = true;
    if (value_count == 0) return;
    const auto doing = "write " + variable;
    std::vector<hsize_t> start(lengths.size(), 0);
    start[0] = first;
    const auto rank = static_cast<int>(lengths.size());
    const Handle memory(check(H5Screate_simple(rank, lengths.data(), nullptr), doing), H5Sclose);
    const Handle disk(check(H5Dget_space(data.handle.id()), doing), H5Sclose);
    check(H5Sselect_hyperslab(disk.id(), H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr), doing);
    check(H5Dwrite(data.handle.id(), memory_type, memory.id(), disk.id(), H5P_DEFAULT, values), doing);
}

void File::write_runs(const std::string& variable, std::uint64_t first, std::uint64_t count,
                      const std::vector<double>& values) {
    write_slab(variable, first, count, H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void File::write_runs(const std::string& variable, std::uint64_t first, std::uint64_t count,
                      const std::vector<std::int64_t>& values) {
    write_slab(variable, first, count, H5T_NATIVE_INT64, values.data(), values.size());
}

std::uint64_t File::extend_events(std::uint64_t count) {
    const auto first = events_;
    events_ += count;
    for (auto& [path, data] : datasets_) {
        if (!path.starts_with("/events/")) continue;
        data.shape[0] = events_;
        check(H5Dset_extent(data.handle.id(), data.shape.data()), "extend " + path);
    }
    return first;
}

void File::write_events(const std::string& variable, std::uint64_t first, const std::vector<double>& values) {
    write_slab(variable, first, values.size(), H5T_NATIVE_DOUBLE, values.data(), values.size());
}

}  // namespace sahelsim::output
