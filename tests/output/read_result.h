#pragma once
// Reads result files and how they are laid out, for tests.

#include <cstdint>
#include <string>
#include <vector>

#include "output/file_reader.h"

namespace sahelsim::test {

/// What the program's own reader has no use for: how the file is laid out.
class ResultReader : public output::FileReader {
   public:
    using output::FileReader::FileReader;

    [[nodiscard]] std::vector<std::uint64_t> chunk(const std::string& variable) const;
    [[nodiscard]] std::vector<std::int64_t> counts(const std::string& variable) const;
    [[nodiscard]] std::vector<std::string> attribute_names(const std::string& path) const;

    /// Names of the dimension scales attached to each dimension.
    [[nodiscard]] std::vector<std::string> scales(const std::string& variable) const;
    /// Paths of all groups and variables, in the order of the file.
    [[nodiscard]] std::vector<std::string> objects() const;
};

}  // namespace sahelsim::test
