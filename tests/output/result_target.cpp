// Nothing half-written under a final name, nothing overwritten unasked, nothing left behind.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <catch2/catch.hpp>

#include "read_result.h"
#include "sample_result.h"

using namespace sahelsim;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

void write_text(const fs::path& path, const std::string& text) {
    std::ofstream(path) << text;
}

std::string read_text(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

output::ResultOptions options(const fs::path& path, bool overwrite = false) {
    return {path, 1, 1, 1, overwrite};
}

void write_result(const fs::path& path, bool overwrite = false) {
    const auto labels = test::sample_labels();
    output::ResultWriter writer(options(path, overwrite), labels, test::sample_scenario());
    writer.write(test::sample_recording(0, labels));
    writer.finish();
}

/// Lets no file of the process grow beyond some bytes, as a full disk would.
void limit_file_size(int bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{static_cast<rlim_t>(bytes), static_cast<rlim_t>(bytes)};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

/// What writing a result on a full disk says. In a process of its own: HDF5 can't free what it failed to write.
std::string error_on_full_disk(const fs::path& path, int bytes) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const auto child = ::fork();
    if (child == 0) {
        limit_file_size(bytes);
        std::string message = "no error";
        try {
            write_result(path);
        } catch (const output::FileError& error) {
            message = error.what();
        }
        const bool told = ::write(pipe[1], message.data(), message.size()) == static_cast<ssize_t>(message.size());
        std::_Exit(told ? 0 : 1);
    }
    ::close(pipe[1]);
    std::string message(10000, '\0');
    const auto length = ::read(pipe[0], message.data(), message.size());
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    message.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return message;
}

}  // namespace

TEST_CASE("a result file has its name only when it is finished") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    const auto labels = test::sample_labels();
    {
        output::ResultWriter writer(options(path), labels, test::sample_scenario());
        CHECK(folder.entries() == 1);
        CHECK_FALSE(fs::exists(path));
        writer.write(test::sample_recording(0, labels));
        CHECK_FALSE(fs::exists(path));
        writer.finish();
        CHECK(fs::exists(path));
        CHECK(folder.entries() == 1);
    }
    CHECK(folder.entries() == 1);
}

TEST_CASE("a writer that isn't finished removes its temporary file") {
    const test::TemporaryFolder folder;
    const auto labels = test::sample_labels();
    {
        output::ResultWriter writer(options(folder.path() / "result.h5"), labels, test::sample_scenario());
        writer.write(test::sample_recording(0, labels));
        CHECK(folder.entries() == 1);
    }
    CHECK(folder.entries() == 0);
}

TEST_CASE("an existing file is overwritten only when asked for, and only by a finished one") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    write_text(path, "mine");
    CHECK_THROWS_AS(write_result(path), output::FileExistsError);
    CHECK_THROWS_WITH(output::check_target(path, false), Contains("result.h5") && Contains("exists already"));
    CHECK(read_text(path) == "mine");
    { const output::ResultWriter unfinished(options(path, true), test::sample_labels(), test::sample_scenario()); }
    CHECK(read_text(path) == "mine");
    write_result(path, true);
    CHECK(test::ResultReader(path).number_attribute("/", "complete") == 1);
    CHECK(folder.entries() == 1);
}

TEST_CASE("a file that appears during the run is not overwritten, and the results are kept") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    const auto labels = test::sample_labels();
    {
        output::ResultWriter writer(options(path), labels, test::sample_scenario());
        writer.write(test::sample_recording(0, labels));
        write_text(path, "mine");
        CHECK_THROWS_WITH(writer.finish(), Contains("the results are in") && Contains(".part"));
    }
    CHECK(read_text(path) == "mine");
    CHECK(folder.entries() == 2);
}

TEST_CASE("two writers of the same name don't touch each other's file") {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "result.h5";
    const auto labels = test::sample_labels();
    output::ResultWriter one(options(path), labels, test::sample_scenario());
    output::ResultWriter other(options(path), labels, test::sample_scenario());
    CHECK(folder.entries() == 2);
    one.write(test::sample_recording(0, labels));
    other.write(test::sample_recording(0, labels));
    one.finish();
    CHECK_THROWS_AS(other.finish(), output::FileExistsError);
    CHECK(test::ResultReader(path).number_attribute("/", "complete") == 1);
}

TEST_CASE("places where no file can be written are refused with their name and the reason") {
    const test::TemporaryFolder folder;
    write_text(folder.path() / "file", "");
    CHECK_THROWS_WITH(write_result(folder.path() / "missing" / "result.h5"), Contains("there is no folder"));
    CHECK_THROWS_WITH(write_result(folder.path() / "file" / "result.h5"), Contains("is not a folder"));
    CHECK_THROWS_WITH(write_result(folder.path()), Contains("this is a folder"));
    CHECK_THROWS_WITH(write_result(folder.path() / ""), Contains("name of a folder"));
    CHECK_THROWS_WITH(write_result("/dev/null"), Contains("not an ordinary file"));
    CHECK_THROWS_WITH(write_result(""), Contains("not of a file"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("a folder without permission is refused") {
    const test::TemporaryFolder folder;
    const auto locked = folder.path() / "locked";
    fs::create_directory(locked);
    fs::permissions(locked, fs::perms::owner_read | fs::perms::owner_exec);
    if (::access(locked.c_str(), W_OK) == 0) return;  // root may write everywhere
    CHECK_THROWS_AS(write_result(locked / "result.h5"), output::FileError);
    fs::permissions(locked, fs::perms::owner_all);
}

TEST_CASE("a disk that is full ends with an error that says so and leaves nothing behind") {
    const test::TemporaryFolder folder;
    const int kibibytes = GENERATE(0, 1, 32, 128, 200, 250);
    CHECK_THAT(error_on_full_disk(folder.path() / "result.h5", kibibytes * 1024),
               Contains("result.h5") && Contains("too large"));
    CHECK(folder.entries() == 0);
}

TEST_CASE("a process ends in peace after a disk was full") {
    const test::TemporaryFolder folder;
    const auto child = ::fork();
    if (child == 0) {
        limit_file_size(128 * 1024);
        try {
            write_result(folder.path() / "result.h5");
        } catch (const output::FileError&) {
            ::alarm(60);
            std::exit(3);  // with all that libraries do at the end of a process
        }
        std::_Exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 3);
}
