#pragma once
// What can go wrong with a result file.

#include <stdexcept>
#include <string>

namespace sahelsim::output {

/// A result file could not be written or read. The message names the file, what was tried and what the system or HDF5 said.
class FileError : public std::runtime_error {
   public:
    FileError(std::string path, const std::string& message)
        : std::runtime_error(path + ": " + message), path_(std::move(path)), reason_(message) {}
    [[nodiscard]] const std::string& path() const { return path_; }
    /// The message without the path.
    [[nodiscard]] const std::string& reason() const { return reason_; }

   private:
    std::string path_;
    std::string reason_;
};

/// There is a file of that name already and overwriting was not asked for.
class FileExistsError : public FileError {
   public:
    using FileError::FileError;
};

}  // namespace sahelsim::output
