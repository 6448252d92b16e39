#pragma once
// Reads result files by HDF5's own functions, for tests.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "output/handle.h"

namespace sahelsim::test {

class ResultReader {
   public:
    /// Throws std::runtime_error if HDF5 can't open the file, as the other functions do for what isn't there.
    explicit ResultReader(const std::filesystem::path& path);

    [[nodiscard]] std::vector<std::uint64_t> shape(const std::string& variable) const;
    [[nodiscard]] std::vector<std::uint64_t> chunk(const std::string& variable) const;
    [[nodiscard]] std::vector<double> numbers(const std::string& variable) const;
    [[nodiscard]] std::vector<std::int64_t> counts(const std::string& variable) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& variable) const;

    /// Attributes of the object at `path`.
    [[nodiscard]] std::int64_t number_attribute(const std::string& path, const std::string& name) const;
    [[nodiscard]] std::string text_attribute(const std::string& path, const std::string& name) const;
    [[nodiscard]] std::vector<std::string> attribute_names(const std::string& path) const;

    /// Names of the dimension scales attached to each dimension.
    [[nodiscard]] std::vector<std::string> scales(const std::string& variable) const;
    /// Paths of all groups and variables, in the order of the file.
    [[nodiscard]] std::vector<std::string> objects() const;

   private:
    output::ErrorPrintingOff quiet_;
    output::Handle file_;
};

}  // namespace sahelsim::test
