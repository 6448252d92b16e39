#include "experiment/sweep_unit.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <numeric>

#include <fmt/format.h>

#include "engine/machine.h"
#include "experiment/replicates.h"
#include "model/schedule.h"

namespace sahelsim::experiment {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

RunRecord record_of(std::size_t arm, const Unit& unit) {
    RunRecord record;
    record.head.arm = static_cast<std::int32_t>(arm);
    record.head.point = unit.point;
    record.head.replicate = unit.replicate;
    record.head.finished = engine::seconds_now();
    return record;
}

RunRecord failed(RunRecord record, const std::string& message) {
    record.recording = {};
    record.head.status = output::RunStatus::failed;
    record.head.message = message;
    return record;
}

class UnitRun {
   public:
    UnitRun(const Sweep& sweep, const PointSetups& setups, const Unit& unit, const std::atomic<bool>* stop)
        : sweep_(sweep), setups_(setups), unit_(unit), stop_(stop) {}

    std::optional<std::vector<RunRecord>> carry_out() {
        if (sweep_.branch) run_past();
        for (std::size_t arm = 0; arm < setups_.arms.size() && !stopped_; ++arm) run_arm(arm);
        if (stopped_) return std::nullopt;
        return std::move(records_);
    }

   private:
    void run_past() {
        const auto& first = setups_.arms.front();
        try {
            auto state = model::initial_state(first, {sweep_.seed, replicate()});
            stopped_ = !run_until(first, *sweep_.branch, state, stop_);
            past_ = std::move(state);
        } catch (const std::exception& error) {
            failure_ = fmt::format("before {}: {}", engine::format_date(*sweep_.branch), error.what());
        }
    }

    void run_arm(std::size_t arm) {
        auto record = record_of(arm, unit_);
        try {
            if (!failure_.empty()) throw std::runtime_error(failure_);
            simulate(arm, record);
        } catch (const std::exception& error) {
            record = failed(std::move(record), error.what());
        }
        record.head.wall_seconds = seconds_since(begin_);
        record.head.peak_memory = engine::peak_megabytes();
        record.head.finished = engine::seconds_now();
        begin_ = Clock::now();
        records_.push_back(std::move(record));
    }

    void simulate(std::size_t arm, RunRecord& record) {
        const auto& setup = setups_.arms[arm];
        auto& recording = record.recording;
        recording = run_to_end(setup, beginning(arm), stop_);
        stopped_ = !recording.complete;
        if (stopped_) return;
        recording.summary = output::summary_of(recording, setup.labels, sweep_.summary);
        if (const int watched = sweep_.watched_outcome(); watched >= 0) {
            const auto& values = recording.summary[static_cast<std::size_t>(watched)].values;
            record.head.watched = std::accumulate(values.begin(), values.end(), 0.0);
        }
        if (!sweep_.series) recording.series.clear();
        if (!sweep_.events) recording.events.clear();
    }

    [[nodiscard]] model::State beginning(std::size_t arm) {
        const auto& setup = setups_.arms[arm];
        if (!sweep_.branch) return model::initial_state(setup, {sweep_.seed, replicate()});
        const bool last = arm + 1 == setups_.arms.size();
        return model::continue_as(setups_.past, setup, last ? std::move(*past_) : *past_);
    }

    [[nodiscard]] std::uint32_t replicate() const { return static_cast<std::uint32_t>(unit_.replicate); }

    const Sweep& sweep_;
    const PointSetups& setups_;
    Unit unit_;
    const std::atomic<bool>* stop_;
    Clock::time_point begin_ = Clock::now();
    bool stopped_ = false;
    std::optional<model::State> past_;
    std::string failure_;  ///< of the past that the arms share
    std::vector<RunRecord> records_;
};

scenario::Problem other_labels(const Arm& arm, const std::string& what, const Arm& first) {
    return {{},
            "arms." + arm.name,
            fmt::format("other {}", what),
            fmt::format("the {} of arm {}: arms of one sweep share their world", what, first.name),
            ""};
}

std::vector<std::string> target_ids(const scenario::Scenario& scenario) {
    std::vector<std::string> ids;
    for (const auto& target : scenario.targets) ids.push_back(target.id);
    return ids;
}

/// What `work` returns; where it throws, the message names the arm.
template <class Work>
auto within_arm(const std::string& name, Work work) {
    try {
        return work();
    } catch (const scenario::InputError& error) {
        auto all = error.problems();
        for (auto& problem : all) {
            problem.where = {};
            problem.key = fmt::format("arms.{}: {}", name, problem.key);
        }
        throw scenario::InputError(std::move(all));
    } catch (const std::exception& error) {
        throw std::runtime_error(fmt::format("arm {}: {}", name, error.what()));
    }
}

}  // namespace

PointSetups make_setups(const Sweep& sweep, int point) {
    PointSetups setups;
    for (int arm = 0; arm < static_cast<int>(sweep.arms.size()); ++arm) {
        setups.arms.push_back(within_arm(sweep.arms[static_cast<std::size_t>(arm)].name,
                                         [&] { return model::make_setup(scenario_at(sweep, arm, point)); }));
    }
    if (sweep.branch) setups.past = model::past_of(setups.arms.front());
    return setups;
}

void check_arms(const Sweep& sweep, const PointSetups& setups) {
    std::vector<scenario::Problem> problems;
    const auto& labels = setups.arms.front().labels;
    const auto names_of = [](const auto& places) {
        std::vector<std::string> names;
        for (const auto& place : places) names.push_back(place.name);
        return names;
    };
    for (std::size_t a = 1; a < sweep.arms.size(); ++a) {
        const auto& other = setups.arms[a].labels;
        const auto expect = [&](bool same, const char* what) {
            if (!same) problems.push_back(other_labels(sweep.arms[a], what, sweep.arms.front()));
        };
        expect(names_of(other.cercles) == names_of(labels.cercles), "cercles");
        expect(names_of(other.communes) == names_of(labels.communes), "communes");
        expect(target_ids(setups.arms[a].scenario) == target_ids(setups.arms.front().scenario), "targets");
        expect(other.organisations == labels.organisations && other.factions == labels.factions, "organisations");
        for (int axis = 0; axis <= static_cast<int>(model::last_axis); ++axis) {
            const auto name = static_cast<model::Axis>(axis);
            if (name != model::Axis::organisation && name != model::Axis::other_organisation)
                expect(other.names(name) == labels.names(name), model::to_string(name));
        }
    }
    if (!problems.empty()) throw scenario::InputError(std::move(problems));
    if (!sweep.branch) return;
    for (const auto& arm : setups.arms)
        within_arm(arm.scenario.name, [&] { model::check_past(setups.past, arm, *sweep.branch); });
}

std::shared_ptr<const PointSetups> SetupCache::get(int point) {
    std::promise<std::shared_ptr<const PointSetups>> promise;
    Entry entry;
    bool mine = false;
    {
        const std::lock_guard lock(mutex_);
        const auto found =
            std::find_if(entries_.begin(), entries_.end(), [&](const auto& known) { return known.first == point; });
        mine = found == entries_.end();
        if (mine) {
            if (entries_.size() >= kept_) entries_.erase(entries_.begin());
            entries_.emplace_back(point, promise.get_future().share());
        }
        entry = mine ? entries_.back().second : found->second;
    }
    if (mine) {
        try {
            promise.set_value(std::make_shared<const PointSetups>(make_setups(sweep_, point)));
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
    }
    return entry.get();
}

std::vector<RunRecord> failed_unit(const Sweep& sweep, const Unit& unit, const std::string& message) {
    std::vector<RunRecord> records;
    for (std::size_t arm = 0; arm < sweep.arms.size(); ++arm) records.push_back(failed(record_of(arm, unit), message));
    return records;
}

std::optional<std::vector<RunRecord>> run_unit(const Sweep& sweep, const PointSetups& setups, const Unit& unit,
                                               const std::atomic<bool>* stop) {
    return UnitRun(sweep, setups, unit, stop).carry_out();
}

}  // namespace sahelsim::experiment
