#include "experiment/shard.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "engine/archive.h"
#include "output/errors.h"

namespace sahelsim::experiment {

namespace fs = std::filesystem;

namespace {

constexpr std::array<char, 8> kMagic = {'S', 'A', 'H', 'E', 'L', '0', '0', '1'};
constexpr std::string_view kEnding = ".shard";
constexpr std::uint32_t kLongestHead = 1U << 20U;
constexpr std::size_t kLongestMessage = 10'000;

/// Before the head and the recording of each entry.
struct Frame {
    std::uint32_t head_length = 0;
    std::uint32_t head_checksum = 0;
    std::uint32_t recording_length = 0;
    std::uint32_t recording_checksum = 0;
};
static_assert(sizeof(Frame) == 16);

[[noreturn]] void fail(const fs::path& path, const std::string& doing) {
    const std::error_code code(errno, std::generic_category());
    throw output::FileError(path.string(), fmt::format("cannot {}: {}", doing, code.message()));
}

std::uint32_t checksum(std::span<const std::byte> bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

void put(std::vector<std::byte>& to, const void* from, std::size_t count) {
    const auto* begin = static_cast<const std::byte*>(from);
    to.insert(to.end(), begin, begin + count);
}

void put_entry(std::vector<std::byte>& to, const std::vector<std::byte>& head, const std::vector<std::byte>& recording) {
    const Frame frame{static_cast<std::uint32_t>(head.size()), checksum(head),
                      static_cast<std::uint32_t>(recording.size()), checksum(recording)};
    put(to, &frame, sizeof frame);
    put(to, head.data(), head.size());
    put(to, recording.data(), recording.size());
}

/// Reads exactly `count` bytes; false at the end of the file.
bool take(std::istream& in, std::vector<std::byte>& bytes, std::size_t count) {
    bytes.resize(count);
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
    return static_cast<std::size_t>(in.gcount()) == count;
}

class ShardReader {
   public:
    ShardReader(const fs::path& path, Verify verify) : in_(path, std::ios::binary), verify_(verify) {
        shard_.path = path;
        if (!in_) fail(path, "be read");
        std::error_code code;
        size_ = fs::file_size(path, code);
    }

    Shard read() {
        std::array<char, kMagic.size()> magic{};
        in_.read(magic.data(), magic.size());
        if (magic == kMagic) {
            read_title();
            while (read_entry()) {
            }
        } else if (!is_torn(magic)) {
            throw output::FileError(shard_.path.string(), "not a shard of a sweep");
        }
        shard_.torn = size_ - whole_;
        return std::move(shard_);
    }

   private:
    /// A process or computer that stopped before the first bytes were on the disk leaves fewer of them, or zeros.
    [[nodiscard]] bool is_torn(const std::array<char, kMagic.size()>& magic) const {
        const auto read = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(size_, magic.size()));
        const bool begins_so = std::equal(magic.begin(), magic.begin() + read, kMagic.begin());
        const bool zeros = std::all_of(magic.begin(), magic.end(), [](char c) { return c == 0; });
        return zeros || (begins_so && size_ < magic.size());
    }

    void read_title() {
        std::vector<std::byte> bytes;
        Frame frame;
        if (!read_frame(frame) || !take(in_, bytes, frame.head_length)) return;
        if (checksum(bytes) != frame.head_checksum) return;
        engine::ArchiveReader(bytes).get(shard_.title);
        whole_ = static_cast<std::uint64_t>(in_.tellg());
    }

    bool read_frame(Frame& frame) {
        in_.read(reinterpret_cast<char*>(&frame), sizeof frame);
        // Where a computer lost its power there may be zeros, whose checksum is right.
        const bool whole = in_.gcount() == sizeof frame && frame.head_length > 0 && frame.head_length <= kLongestHead;
        return whole;
    }

    bool read_entry() {
        Frame frame;
        std::vector<std::byte> bytes;
        if (whole_ == 0 || !read_frame(frame)) return false;
        if (!take(in_, bytes, frame.head_length) || checksum(bytes) != frame.head_checksum) return false;
        const auto position = static_cast<std::uint64_t>(in_.tellg());
        // The last entry of a process that was killed may lack some of its recording.
        if (position + frame.recording_length > size_) return false;
        if (is_good(frame)) {
            shard_.entries.push_back({head_from(bytes), position, frame.recording_length});
        } else {
            ++shard_.damaged;
        }
        whole_ = position + frame.recording_length;
        return true;
    }

    /// Goes past the recording.
    bool is_good(const Frame& frame) {
        if (verify_ == Verify::heads) {
            in_.seekg(frame.recording_length, std::ios::cur);
            return true;
        }
        std::vector<std::byte> recording;
        return take(in_, recording, frame.recording_length) && checksum(recording) == frame.recording_checksum;
    }

    std::ifstream in_;
    Verify verify_;
    Shard shard_;
    std::uint64_t size_ = 0;
    std::uint64_t whole_ = 0;
};

}  // namespace

ShardWriter::ShardWriter(const fs::path& folder, const ShardTitle& title) {
    for (int number = 0; file_ < 0; ++number) {
        path_ = folder / fmt::format("{}-{}-{}{}", title.host, title.process, number, kEnding);
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
        if (file_ < 0 && errno != EEXIST) fail(path_, "create a shard");
    }
    engine::ArchiveWriter writer;
    writer.put(title);
    std::vector<std::byte> bytes;
    put(bytes, kMagic.data(), kMagic.size());
    put_entry(bytes, writer.take(), {});
    try {
        write(bytes);
    } catch (...) {
        ::close(file_);
        ::unlink(path_.c_str());
        throw;
    }
}

ShardWriter::~ShardWriter() {
    ::close(file_);
}

void ShardWriter::append(const std::vector<RunRecord>& records) {
    std::vector<std::byte> bytes;
    for (auto record : records) {
        if (record.head.message.size() > kLongestMessage) record.head.message.resize(kLongestMessage);
        const bool done = record.head.status == output::RunStatus::done;
        put_entry(bytes, bytes_of(record.head), done ? bytes_of(record.recording) : std::vector<std::byte>{});
    }
    write(bytes);
}

void ShardWriter::write(const std::vector<std::byte>& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const auto count = ::write(file_, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            const int code = errno;
            // A torn entry in the middle would hide all that follow.
            if (::ftruncate(file_, size_) != 0) ::close(std::exchange(file_, -1));
            errno = code;
            fail(path_, "write runs");
        }
        done += static_cast<std::size_t>(count);
    }
    size_ += static_cast<std::int64_t>(bytes.size());
}

void ShardWriter::flush() {
    if (::fsync(file_) != 0) fail(path_, "flush runs to the disk");
}

Shard read_shard(const fs::path& path, Verify verify) {
    try {
        return ShardReader(path, verify).read();
    } catch (const engine::ArchiveError& error) {
        throw output::FileError(path.string(), fmt::format("not a shard of this program: {}", error.what()));
    }
}

model::Recording read_recording(const Shard& shard, const ShardEntry& entry) {
    std::ifstream in(shard.path, std::ios::binary);
    std::vector<std::byte> bytes;
    Frame frame;
    const auto head_length = static_cast<std::uint64_t>(bytes_of(entry.head).size());
    in.seekg(static_cast<std::streamoff>(entry.position - head_length - sizeof frame));
    in.read(reinterpret_cast<char*>(&frame), sizeof frame);
    in.seekg(static_cast<std::streamoff>(entry.position));
    if (!in || !take(in, bytes, entry.length)) fail(shard.path, "read a run");
    if (checksum(bytes) != frame.recording_checksum)
        throw output::FileError(shard.path.string(), "damaged: the checksum of a run is wrong");
    try {
        return recording_from(bytes);
    } catch (const engine::ArchiveError& error) {
        throw output::FileError(shard.path.string(), fmt::format("damaged: a run: {}", error.what()));
    }
}

std::vector<fs::path> shards_in(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        if (entry.path().extension() == kEnding && entry.is_regular_file(code)) paths.push_back(entry.path());
    }
    if (code) throw output::FileError(folder.string(), "cannot be read: " + code.message());
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace sahelsim::experiment
