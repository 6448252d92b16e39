#include "experiment/sweep_work.h"

#include <unistd.h>

#include "engine/machine.h"

namespace sahelsim::experiment {

namespace {

constexpr std::int64_t kFlushEvery = 1;  // seconds, at least

}  // namespace

WorkList remaining_work(const std::filesystem::path& folder, const Manifest& manifest, const Share& share,
                        bool retry_failed) {
    // Of hundreds of tasks, each would read all that there is; merging verifies it.
    const auto verify = share.tasks > 1 ? Verify::heads : Verify::recordings;
    WorkList list(manifest.work, share, retry_failed);
    for (const auto& shard : read_shards(folder, manifest, verify)) {
        for (const auto& entry : shard.entries) list.learn(entry.head);
    }
    list.begin();
    return list;
}

Worker::Worker(const Sweep& sweep, const std::filesystem::path& folder, const Manifest& manifest, int threads,
               const std::atomic<bool>& stop)
    : sweep_(sweep),
      folder_(folder),
      title_{manifest.key(), engine::host_name(), ::getpid(), engine::seconds_now()},
      stop_(stop),
      setups_(sweep, static_cast<std::size_t>(threads) + 1),
      flushed_(engine::seconds_now()) {
}

std::optional<std::vector<RunHead>> Worker::work(const Unit& unit) {
    const auto records = simulate(unit);
    if (!records) return std::nullopt;
    keep(*records);
    std::vector<RunHead> heads;
    for (const auto& record : *records) heads.push_back(record.head);
    return heads;
}

std::optional<std::vector<RunRecord>> Worker::simulate(const Unit& unit) {
    std::shared_ptr<const PointSetups> setups;
    try {
        setups = setups_.get(unit.point);
    } catch (const std::exception& error) {
        return failed_unit(sweep_, unit, error.what());
    }
    return run_unit(sweep_, *setups, unit, &stop_);
}

void Worker::keep(const std::vector<RunRecord>& records) {
    const std::lock_guard lock(keeping_);
    if (!shard_) shard_.emplace(folder_, title_);
    shard_->append(records);
    if (engine::seconds_now() - flushed_ < kFlushEvery) return;
    shard_->flush();
    flushed_ = engine::seconds_now();
}

void Worker::flush() {
    const std::lock_guard lock(keeping_);
    if (shard_) shard_->flush();
}

}  // namespace sahelsim::experiment
