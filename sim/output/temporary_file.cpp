#include "output/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>  // with renameat2 of glibc
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "output/errors.h"

namespace sahelsim::output {

namespace fs = std::filesystem;

namespace {

std::string system_error(int code) {
    return std::error_code(code, std::generic_category()).message();
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Flushes a file or folder to the disk; false with errno where it can't be.
bool flush_to_disk(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool done = ::fsync(file) == 0;
    const int code = errno;
    ::close(file);
    errno = code;
    return done;
}

/// Gives a file another name, at which there is none.
bool rename_to_free_name(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    // Network file systems know no renaming without replacing: look first, which leaves a moment in between.
    if (::access(to.c_str(), F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

void check_target(const fs::path& path, bool overwrite) {
    const auto name = path.string();
    if (path.filename().empty() || path.filename() == "." || path.filename() == "..") {
        throw FileError(name, "this is the name of a folder, not of a file");
    }
    std::error_code code;
    const auto status = fs::status(path, code);
    if (fs::is_directory(status)) throw FileError(name, "this is a folder, not a file");
    if (fs::exists(status)) {
        if (!fs::is_regular_file(status)) throw FileError(name, "this is not an ordinary file");
        if (!overwrite) throw FileExistsError(name, "the file exists already");
    }
    const auto folder = folder_of(path);
    const auto folder_status = fs::status(folder, code);
    if (!fs::exists(folder_status)) {
        throw FileError(name, fmt::format("cannot be written: there is no folder {}", folder.string()));
    }
    if (!fs::is_directory(folder_status)) {
        throw FileError(name, fmt::format("cannot be written: {} is not a folder", folder.string()));
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        throw FileError(name, fmt::format("cannot be written: folder {}: {}", folder.string(), system_error(errno)));
    }
}

TemporaryFile::TemporaryFile(fs::path target, bool overwrite) : target_(std::move(target)), overwrite_(overwrite) {
    // Another machine that shares the folder may have a process of the same number.
    static std::atomic<unsigned> number{0};
    int file = -1;
    do {
        name_ = target_;
        name_ += fmt::format(".{}-{}.part", ::getpid(), number++);
        file = ::open(name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (file < 0 && errno == EEXIST);
    if (file < 0) throw FileError(target_.string(), "cannot be written: " + system_error(errno));
    ::close(file);
}

TemporaryFile::~TemporaryFile() {
    if (owned_) ::unlink(name_.c_str());
}

void TemporaryFile::commit() {
    if (!flush_to_disk(name_))
        throw FileError(target_.string(), "could not be flushed to the disk: " + system_error(errno));
    const bool renamed =
        overwrite_ ? ::rename(name_.c_str(), target_.c_str()) == 0 : rename_to_free_name(name_, target_);
    if (!renamed) keep_and_complain();
    owned_ = false;
    // The new name itself. Some file systems cannot flush a folder, and the file is safe by now.
    flush_to_disk(folder_of(target_));
}

void write_text_file(const fs::path& path, const std::string& text, bool overwrite) {
    check_target(path, overwrite);
    TemporaryFile temporary(path, overwrite);
    std::ofstream out(temporary.name(), std::ios::binary);
    out << text;
    out.close();
    if (!out) throw FileError(path.string(), "cannot be written: " + system_error(errno));
    temporary.commit();
}

void TemporaryFile::keep_and_complain() {
    const int code = errno;
    owned_ = false;
    const auto message =
        fmt::format("could not be given its name: {}; the results are in {}", system_error(code), name_.string());
    if (code == EEXIST) throw FileExistsError(target_.string(), message);
    throw FileError(target_.string(), message);
}

}  // namespace sahelsim::output
