#pragma once
// A file grows under a temporary name in its folder and gets its own name only when it is whole.

#include <filesystem>
#include <string>

namespace sahelsim::output {

/// Throws FileExistsError if `path` exists and may not be overwritten, FileError if it is not a name under which a file
/// can be written. Changes nothing.
void check_target(const std::filesystem::path& path, bool overwrite);

/// The file under its temporary name, and what becomes of it.
class TemporaryFile {
   public:
    /// Creates an empty file beside the target, "NAME.h5.PROCESS-NUMBER.part", under a name that no file has: nobody
    /// else writes to it. Throws FileError.
    TemporaryFile(std::filesystem::path target, bool overwrite);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    /// Removes the file unless it was moved to its target.
    ~TemporaryFile();

    [[nodiscard]] const std::filesystem::path& name() const { return name_; }

    /// Flushes the closed file to the disk and gives it the target's name in one step. Where a file of that name has
    /// appeared meanwhile, the result stays under its temporary name, which the message tells.
    void commit();

   private:
    [[noreturn]] void keep_and_complain();

    std::filesystem::path target_;
    std::filesystem::path name_;
    bool overwrite_ = false;
    bool owned_ = true;
};

/// A whole text file under its name in one step, on the disk when this returns. Throws FileExistsError or FileError.
void write_text_file(const std::filesystem::path& path, const std::string& text, bool overwrite);

}  // namespace sahelsim::output
