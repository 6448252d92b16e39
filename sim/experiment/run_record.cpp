#include "experiment/run_record.h"

#include <zlib.h>

#include <cstring>
#include <tuple>

#include "engine/archive.h"

namespace sahelsim::experiment {

namespace {

constexpr int kFast = 1;  // zlib's level: what is merged soon need not be small

std::vector<std::byte> compressed(const std::vector<std::byte>& bytes) {
    const std::uint64_t size = bytes.size();
    auto room = ::compressBound(static_cast<uLong>(size));
    std::vector<std::byte> all(sizeof size + room);
    std::memcpy(all.data(), &size, sizeof size);
    const int code = ::compress2(reinterpret_cast<Bytef*>(all.data() + sizeof size), &room,
                                 reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(size), kFast);
    if (code != Z_OK) throw std::runtime_error("zlib cannot compress a recording");
    all.resize(sizeof size + room);
    return all;
}

std::vector<std::byte> decompressed(std::span<const std::byte> bytes) {
    constexpr std::uint64_t most_ratio = 1100;  // what deflate can reach
    std::uint64_t size = 0;
    if (bytes.size() < sizeof size) throw engine::ArchiveError("it ends too early");
    std::memcpy(&size, bytes.data(), sizeof size);
    const auto content = bytes.subspan(sizeof size);
    if (size > content.size() * most_ratio + 64) throw engine::ArchiveError("it is longer than it can be");
    std::vector<std::byte> all(size);
    auto length = static_cast<uLongf>(size);
    const int code = ::uncompress(reinterpret_cast<Bytef*>(all.data()), &length,
                                  reinterpret_cast<const Bytef*>(content.data()), static_cast<uLong>(content.size()));
    if (code != Z_OK || length != size) throw engine::ArchiveError("its compressed bytes are damaged");
    return all;
}

}  // namespace

bool supersedes(const RunHead& candidate, const RunHead& known) {
    const bool done = candidate.status == output::RunStatus::done;
    if (done != (known.status == output::RunStatus::done)) return done;
    return !done && std::tie(candidate.finished, candidate.message) > std::tie(known.finished, known.message);
}

std::vector<std::byte> bytes_of(const RunHead& head) {
    engine::ArchiveWriter writer;
    writer.put(head);
    return writer.take();
}

RunHead head_from(std::span<const std::byte> bytes) {
    RunHead head;
    engine::ArchiveReader reader(bytes);
    reader.get(head);
    if (!reader.at_end()) throw engine::ArchiveError("it is longer than it should be");
    return head;
}

std::vector<std::byte> bytes_of(const model::Recording& recording) {
    engine::ArchiveWriter writer;
    writer.put(recording.summary);
    writer.put(recording.series);
    writer.put(recording.events);
    writer.put(recording.targets);
    return compressed(writer.take());
}

model::Recording recording_from(std::span<const std::byte> bytes) {
    const auto content = decompressed(bytes);
    engine::ArchiveReader reader(content);
    model::Recording recording;
    reader.get(recording.summary);
    reader.get(recording.series);
    reader.get(recording.events);
    reader.get(recording.targets);
    if (!reader.at_end()) throw engine::ArchiveError("it is longer than it should be");
    recording.complete = true;
    return recording;
}

}  // namespace sahelsim::experiment
