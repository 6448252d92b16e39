#include "output/recordings.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "output/event_columns.h"
#include "output/national.h"

namespace sahelsim::output {

namespace {

void append(std::vector<double>& values, const model::Series& series) {
    values.insert(values.end(), series.values.begin(), series.values.end());
}

void append(std::vector<std::int64_t>& values, const model::Series& series) {
    for (const double value : series.values) {
        assert(value == std::nearbyint(value));
        values.push_back(std::llround(value));
    }
}

}  // namespace

Recordings::Recordings(File& file, const Schema& schema, const Layout& layout, const model::Labels& labels)
    : file_(file),
      schema_(schema),
      layout_(layout),
      labels_(labels),
      runs_(layout.lengths.at("run")),
      status_(runs_, RunStatus::pending),
      wall_seconds_(runs_, std::numeric_limits<double>::quiet_NaN()) {
}

bool Recordings::shows(std::string_view group) const {
    return std::any_of(schema_.variables().begin(), schema_.variables().end(),
                       [&](const Variable& v) { return v.group == group && v.outcome >= 0; });
}

void Recordings::add(std::uint64_t run, RunStatus status, model::Recording recording) {
    if (run >= runs_) throw std::logic_error(fmt::format("run {} of {}", run, runs_));
    if (status_[run] != RunStatus::pending) throw std::logic_error(fmt::format("run {} was recorded twice", run));
    if (status == RunStatus::done) expect_shape(recording);
    status_[run] = status;
    if (status == RunStatus::done) {
        wall_seconds_[run] = recording.wall_seconds;
        ++done_;
    } else {
        recording = model::Recording{};
    }
    waiting_.emplace(run, std::move(recording));
    while (next_ < runs_ && block_is_complete()) write_block();
}

void Recordings::expect_shape(const model::Recording& recording) const {
    const auto& registry = model::outcomes();
    if (shows("/summary") && recording.summary.size() != registry.size())
        throw std::logic_error("a recording without all summaries");
    if (recording.targets.size() != layout_.lengths.at("target"))
        throw std::logic_error("a recording without all targets");
    if (!shows("/cercles")) return;
    if (recording.series.size() != registry.size()) throw std::logic_error("a recording without all outcomes");
    for (std::size_t i = 0; i < registry.size(); ++i) {
        const auto& outcome = registry[i];
        const auto& series = recording.series[i];
        const auto length = [&](std::size_t axis) {
            return outcome.axes.size() > axis ? static_cast<int>(labels_.names(outcome.axes[axis]).size()) : 1;
        };
        const int cercles = outcome.by_cercle ? static_cast<int>(labels_.cercles.size()) : 1;
        const bool fits = series.months == labels_.months && series.cercles == cercles && series.first == length(0) &&
                          series.second == length(1) &&
                          series.values.size() == static_cast<std::size_t>(labels_.months) *
                                                      static_cast<std::size_t>(cercles * length(0) * length(1));
        if (!fits) throw std::logic_error(fmt::format("outcome {} was recorded in another shape", outcome.name));
    }
}

std::uint64_t Recordings::block_length() const {
    return std::min(layout_.runs_per_block, runs_ - next_);
}

bool Recordings::block_is_complete() const {
    const auto end = waiting_.lower_bound(next_ + block_length());
    return static_cast<std::uint64_t>(std::distance(waiting_.lower_bound(next_), end)) == block_length();
}

void Recordings::write_block() {
    const auto length = block_length();
    // Stretches of runs that are done; where none is, the file keeps its fill values.
    for (std::uint64_t first = next_; first < next_ + length;) {
        std::uint64_t end = first;
        while (end < next_ + length && status_[end] == RunStatus::done) ++end;
        if (end > first) {
            for (const auto& variable : schema_.variables()) {
                if (variable.outcome >= 0) write_series(variable, first, end - first);
            }
            if (schema_.has("/events/run")) write_events(first, end - first);
            write_targets(first, end - first);
        }
        first = std::max(end, first + 1);
    }
    waiting_.erase(waiting_.begin(), waiting_.lower_bound(next_ + length));
    next_ += length;
}

void Recordings::write_series(const Variable& variable, std::uint64_t first, std::uint64_t count) {
    const auto gather = [&](auto values) {
        for (std::uint64_t run = first; run < first + count; ++run)
            append(values, shown_series(variable, waiting_.at(run)));
        file_.write_runs(variable.path(), first, count, values);
    };
    if (variable.type == Type::int64) {
        gather(std::vector<std::int64_t>{});
    } else {
        gather(std::vector<double>{});
    }
}

void Recordings::write_events(std::uint64_t first, std::uint64_t count) {
    std::uint64_t total = 0;
    for (std::uint64_t run = first; run < first + count; ++run) total += waiting_.at(run).events.size();
    if (total == 0) return;
    const auto begin = file_.extend_events(total);
    for (const auto& column : event_columns()) {
        std::vector<double> values;
        values.reserve(total);
        for (std::uint64_t run = first; run < first + count; ++run) {
            for (const auto& event : waiting_.at(run).events) {
                values.push_back(column.value(event, static_cast<int>(run), labels_));
            }
        }
        file_.write_events(column.variable.path(), begin, values);
    }
}

void Recordings::write_targets(std::uint64_t first, std::uint64_t count) {
    std::vector<double> values;
    for (std::uint64_t run = first; run < first + count; ++run) {
        const auto& of_run = waiting_.at(run).targets;
        values.insert(values.end(), of_run.begin(), of_run.end());
    }
    file_.write_runs("/targets/simulated", first, count, values);
}

void Recordings::finish() {
    while (next_ < runs_) write_block();
    std::vector<double> codes;
    std::transform(status_.begin(), status_.end(), std::back_inserter(codes),
                   [](RunStatus status) { return static_cast<double>(status); });
    for (const std::string group : {"", "/summary", "/cercles", "/targets"}) {
        if (schema_.has(group + "/status")) file_.write(group + "/status", codes);
    }
    file_.write("/runtime/wall_seconds", wall_seconds_);
}

}  // namespace sahelsim::output
