#pragma once
// Reads variables and attributes of one HDF5 file.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "output/handle.h"

namespace sahelsim::output {

class FileReader {
   public:
    /// Throws FileError if there is no such file, if it is no HDF5 or if it is cut off. The other functions throw it for
    /// what isn't there, is of another type or can't be decoded. `kind` is what messages call the file.
    explicit FileReader(const std::filesystem::path& path, const std::string& kind = "result file");

    /// Whether there is a variable or group of that path, whose groups must be there.
    [[nodiscard]] bool has(const std::string& path) const;

    /// Lengths of a variable's dimensions; empty for a single value.
    [[nodiscard]] std::vector<std::uint64_t> shape(const std::string& variable) const;

    /// All values of a variable in row-major order.
    [[nodiscard]] std::vector<double> numbers(const std::string& variable) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& variable) const;

    /// A variable of bytes with one dimension.
    [[nodiscard]] std::vector<std::byte> bytes(const std::string& variable) const;

    /// `count` values from number `first` on, of a variable of whole numbers with one dimension. Variables stay open, so
    /// that one stretch after the other is read without decoding any chunk twice.
    [[nodiscard]] std::vector<std::int32_t> integers(const std::string& variable, std::uint64_t first,
                                                     std::uint64_t count) const;

    /// Attributes of the object at `path`.
    [[nodiscard]] bool has_attribute(const std::string& path, const std::string& name) const;
    [[nodiscard]] std::uint64_t unsigned_attribute(const std::string& path, const std::string& name) const;
    [[nodiscard]] std::int64_t number_attribute(const std::string& path, const std::string& name) const;
    [[nodiscard]] std::string text_attribute(const std::string& path, const std::string& name) const;

    /// Throws FileError with the file's name: for what is wrong with its content.
    [[noreturn]] void refuse(const std::string& message) const;
    /// The same where no program can have written it so.
    [[noreturn]] void damaged(const std::string& what) const;

   protected:
    [[nodiscard]] hid_t file() const { return file_.id(); }
    [[nodiscard]] hid_t dataset(const std::string& variable) const;
    /// Throws with HDF5's own words if a call failed; gives back what it returned otherwise.
    template <typename Result>
    Result check(Result result, std::string_view what) const {
        if (result < 0) fail(what);
        return result;
    }

   private:
    [[nodiscard]] Handle open_attribute(const std::string& path, const std::string& name) const;
    [[noreturn]] void fail(std::string_view what) const;

    ErrorPrintingOff quiet_;
    std::string shown_;
    Handle file_;
    mutable std::map<std::string, Handle, std::less<>> datasets_;  ///< those that were read from
};

}  // namespace sahelsim::output
