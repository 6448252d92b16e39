#pragma once
// A shard: the file that one process of a sweep adds its runs to. It is only ever appended to, each entry with its length and
// checksums, so that a process that is killed at any moment, or a full disk, costs at most the entry being written, and
// others may read it meanwhile. Results go to HDF5 when the shards are merged: a file of HDF5 whose writer dies between two
// flushes is lost, and one that is being written can't be read by others.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/run_record.h"

namespace sahelsim::experiment {

/// Who writes a shard, for whom.
struct ShardTitle {
    std::string plan;  ///< identifies the sweep: entries of another one don't count
    std::string host;
    std::int64_t process = 0;
    std::int64_t started = 0;  ///< seconds since 1970-01-01, UTC
};

class ShardWriter {
   public:
    /// Creates a new shard in the folder, under a name that no other has. Throws output::FileError, as all here do.
    ShardWriter(const std::filesystem::path& folder, const ShardTitle& title);
    ShardWriter(const ShardWriter&) = delete;
    ShardWriter& operator=(const ShardWriter&) = delete;
    ~ShardWriter();

    /// Adds all of them or, where it throws, none (a process that is killed may have added some). They outlive the process at once, and the computer from the next flush on.
    void append(const std::vector<RunRecord>& records);
    /// Waits until the disk has them.
    void flush();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

   private:
    void write(const std::vector<std::byte>& bytes);

    std::filesystem::path path_;
    int file_ = -1;
    std::int64_t size_ = 0;
};

/// A run in a shard.
struct ShardEntry {
    RunHead head;
    std::uint64_t position = 0;  ///< of the recording's bytes
    std::uint32_t length = 0;    ///< of the recording's bytes
};

struct Shard {
    std::filesystem::path path;
    ShardTitle title;
    std::vector<ShardEntry> entries;
    /// Bytes after the last whole entry, which the next entry would have been.
    std::uint64_t torn = 0;
    /// Entries whose recordings have another checksum; they count as not done. Known only if recordings are verified.
    int damaged = 0;
};

/// Whether recordings are read too and compared with their checksums: a computer that lost its power may have kept an entry's
/// length and not its bytes.
enum class Verify : bool { heads, recordings };

/// The heads of a shard's entries, up to the first that is not whole; of a file that ends before it says what it is, none.
/// Throws FileError for a file that is no shard.
[[nodiscard]] Shard read_shard(const std::filesystem::path& path, Verify verify);

/// The recording of an entry. Throws FileError where it can't be read or its checksum is wrong.
[[nodiscard]] model::Recording read_recording(const Shard& shard, const ShardEntry& entry);

/// The shards of a folder, in order of their names. Throws FileError where it can't be read.
[[nodiscard]] std::vector<std::filesystem::path> shards_in(const std::filesystem::path& folder);

}  // namespace sahelsim::experiment
