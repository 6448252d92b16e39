#include "experiment/sweep_status.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace sahelsim::experiment {

namespace {

constexpr std::int64_t kWindow = 900;  // seconds
constexpr double kHour = 3600.0;       // seconds

/// Runs an hour over the last quarter of an hour in which anything was finished.
double rate_of(std::vector<std::int64_t> finished) {
    if (finished.size() < 2) return 0.0;
    std::sort(finished.begin(), finished.end());
    const auto last = finished.back();
    const auto first = std::lower_bound(finished.begin(), finished.end(), last - kWindow);
    const auto seconds = std::max<std::int64_t>(last - *first, 1);
    return static_cast<double>(finished.end() - first - 1) / static_cast<double>(seconds) * kHour;
}

}  // namespace

SweepStatus status_of(const std::filesystem::path& folder) {
    SweepStatus status;
    status.manifest = read_manifest(folder);
    status.running = is_worked_on(folder);
    WorkList list(status.manifest.work, {}, false);
    const auto shards = read_shards(folder, status.manifest, Verify::heads);
    std::map<std::tuple<int, int, int>, const RunHead*> runs;
    std::vector<std::int64_t> finished;
    for (const auto& shard : shards) {
        std::error_code code;
        status.bytes += static_cast<std::int64_t>(std::filesystem::file_size(shard.path, code));
        ++status.processes;
        for (const auto& entry : shard.entries) {
            const auto& head = entry.head;
            list.learn(head);
            auto& known = runs[{head.arm, head.point, head.replicate}];
            if (known == nullptr || supersedes(head, *known)) known = &head;
            finished.push_back(head.finished);
            status.peak_memory = std::max(status.peak_memory, head.peak_memory);
        }
    }
    list.begin();
    status.runs = list.units() * status.manifest.work.arms;
    for (int point = 0; point < status.manifest.work.points; ++point)
        status.imprecise += list.ending_of(point) == Ending::most ? 1 : 0;
    double seconds = 0.0;
    for (const auto& [key, head] : runs) {
        const bool done = head->status == output::RunStatus::done;
        (done ? status.done : status.failed) += 1;
        if (done) seconds += head->wall_seconds;
        if (!done) ++status.messages[head->message];
    }
    if (status.done > 0) status.mean_seconds = seconds / static_cast<double>(status.done);
    if (!finished.empty()) {
        status.first_finished = *std::min_element(finished.begin(), finished.end());
        status.last_finished = *std::max_element(finished.begin(), finished.end());
    }
    status.rate = rate_of(std::move(finished));
    if (status.rate > 0.0) status.seconds_left = static_cast<double>(status.left()) / status.rate * kHour;
    return status;
}

}  // namespace sahelsim::experiment
