// Shards: what is appended is read back, and what was cut off or spoilt costs no more than itself.

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "experiment/shard.h"
#include "output/errors.h"

using namespace sahelsim;
using experiment::RunRecord;
using experiment::Verify;

namespace fs = std::filesystem;

namespace {

class Folder {
   public:
    Folder() : path_(fs::temp_directory_path() / fmt::format("shards-{}", ::getpid())) { fs::create_directory(path_); }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

   private:
    fs::path path_;
};

RunRecord record(int point, double value) {
    RunRecord run;
    run.head.point = point;
    run.head.watched = value;
    run.recording.summary = {{1, 1, 2, 1, {value, -value}}};
    run.recording.events.resize(3);
    run.recording.events[1].civilians_killed = point;
    return run;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

struct TwoEntries {
    fs::path path;
    std::size_t first_end = 0;  ///< bytes
};

TwoEntries two_entries(const fs::path& folder) {
    experiment::ShardWriter writer(folder, {"plan", "host", 7, 100});
    writer.append({record(0, 1.0)});
    const auto first_end = fs::file_size(writer.path());
    writer.append({record(1, 2.0)});
    return {writer.path(), first_end};
}

}  // namespace

TEST_CASE("runs are read back from a shard") {
    const Folder folder;
    auto failed = record(2, 0.0);
    failed.head.status = output::RunStatus::failed;
    failed.head.message = "it didn't work";
    experiment::ShardWriter writer(folder.path(), {"plan", "host", 7, 100});
    writer.append({record(0, 1.5), record(1, 2.5)});
    writer.append({failed});
    const auto shard = experiment::read_shard(writer.path(), GENERATE(Verify::heads, Verify::recordings));
    CHECK(shard.title.plan == "plan");
    CHECK(shard.title.process == 7);
    CHECK(shard.torn == 0);
    REQUIRE(shard.entries.size() == 3);
    const auto second = experiment::read_recording(shard, shard.entries[1]);
    CHECK(second.summary.front().values == std::vector<double>{2.5, -2.5});
    CHECK(second.events.at(1).civilians_killed == 1);
    CHECK(shard.entries[2].head.message == "it didn't work");
    CHECK(shard.entries[2].length == 0);
    CHECK(experiment::shards_in(folder.path()) == std::vector<fs::path>{writer.path()});
}

TEST_CASE("a shard that was cut anywhere keeps its whole entries") {
    const Folder folder;
    std::vector<std::size_t> ends;
    fs::path path;
    {
        experiment::ShardWriter writer(folder.path(), {"plan", "host", 7, 100});
        path = writer.path();
        ends.push_back(fs::file_size(path));
        for (int point = 0; point < 3; ++point) {
            writer.append({record(point, point)});
            ends.push_back(fs::file_size(path));
        }
    }
    const auto bytes = bytes_of(path);
    for (std::size_t length = 0; length <= bytes.size(); ++length) {
        write(path, bytes.substr(0, length));
        const auto whole = std::count_if(ends.begin() + 1, ends.end(), [&](auto end) { return end <= length; });
        const auto shard = experiment::read_shard(path, Verify::heads);
        CHECK(shard.entries.size() == static_cast<std::size_t>(whole));
        CHECK(experiment::read_shard(path, Verify::recordings).entries.size() == shard.entries.size());
    }
}

TEST_CASE("a run that was spoilt costs no other") {
    const Folder folder;
    const auto [path, first_end] = two_entries(folder.path());
    auto spoilt = bytes_of(path);
    spoilt[first_end - 1] = static_cast<char>(spoilt[first_end - 1] ^ 1);  // the end of the first recording
    write(path, spoilt);
    const auto shard = experiment::read_shard(path, Verify::recordings);
    REQUIRE(shard.entries.size() == 1);
    CHECK(shard.entries[0].head.point == 1);
    CHECK(shard.damaged == 1);
}

TEST_CASE("spoilt bytes are noticed") {
    const Folder folder;
    const auto [path, first_end] = two_entries(folder.path());
    const auto bytes = bytes_of(path);
    for (std::size_t at = first_end; at < bytes.size(); ++at) {
        auto spoilt = bytes;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 0x40);
        write(path, spoilt);
        CHECK(experiment::read_shard(path, Verify::recordings).entries.size() == 1);
    }
    auto spoilt = bytes;
    spoilt.back() = static_cast<char>(spoilt.back() ^ 1);
    write(path, spoilt);
    const auto shard = experiment::read_shard(path, Verify::heads);
    REQUIRE(shard.entries.size() == 2);
    CHECK_THROWS_AS(experiment::read_recording(shard, shard.entries[1]), output::FileError);
    // A computer that lost its power may leave zeros.
    for (const std::size_t zeros : {1U, 16U, 4096U}) {
        write(path, bytes + std::string(zeros, '\0'));
        CHECK(experiment::read_shard(path, Verify::recordings).entries.size() == 2);
        write(path, std::string(zeros, '\0'));
        CHECK(experiment::read_shard(path, Verify::heads).entries.empty());
    }
    write(path, "something else altogether");
    CHECK_THROWS_AS(experiment::read_shard(path, Verify::heads), output::FileError);
}
