#include "experiment/sweep_merge.h"

#include <algorithm>

#include "model/setup.h"
#include "output/sweep_writer.h"

namespace sahelsim::experiment {

namespace {

/// Where a run is: the shards hold some twice, if a process was killed in the middle of a unit.
struct Place {
    const Shard* shard = nullptr;
    const ShardEntry* entry = nullptr;
};

class Merge {
   public:
    Merge(const Sweep& sweep, const std::vector<Shard>& shards) : sweep_(sweep), list_(sweep.work_plan(), {}, false) {
        for (const auto& shard : shards) {
            for (const auto& entry : shard.entries) list_.learn(entry.head);
        }
        list_.begin();
        for (int point = 0; point < sweep.design.points(); ++point) {
            first_of_point_.push_back(runs_of_arm_);
            runs_of_arm_ += static_cast<std::size_t>(list_.replicates_of(point));
        }
        places_.resize(sweep.arms.size() * runs_of_arm_);
        for (const auto& shard : shards) {
            for (const auto& entry : shard.entries) add(shard, entry);
        }
    }

    Merged write(const output::SweepOptions& options, const model::Labels& labels) {
        output::SweepContent content{sweep_.contents(), {}, runs(), design()};
        for (const auto& arm : sweep_.arms) content.scenarios.push_back(&arm.scenario);
        output::SweepWriter writer(options, labels, content);
        Merged merged;
        merged.runs = static_cast<std::int64_t>(content.runs.size());
        for (int point = 0; point < sweep_.design.points(); ++point)
            merged.imprecise += list_.ending_of(point) == Ending::most ? 1 : 0;
        for (std::size_t run = 0; run < content.runs.size(); ++run) {
            const auto& place = places_[slot(content.runs[run])];
            if (place.entry == nullptr) {
                writer.write(run, {}, {});
                continue;
            }
            const auto& head = place.entry->head;
            const bool done = head.status == output::RunStatus::done;
            (done ? merged.done : merged.failed) += 1;
            auto recording = done ? read_recording(*place.shard, *place.entry) : model::Recording{};
            recording.wall_seconds = head.wall_seconds;
            writer.write(run, {head.status, head.message, place.shard->title.host, head.peak_memory},
                         std::move(recording));
        }
        writer.finish(merged.done == merged.runs);
        return merged;
    }

   private:
    [[nodiscard]] std::size_t slot(const output::SweepRun& run) const {
        return static_cast<std::size_t>(run.arm) * runs_of_arm_ + first_of_point_[static_cast<std::size_t>(run.point)] +
               static_cast<std::size_t>(run.replicate);
    }

    void add(const Shard& shard, const ShardEntry& entry) {
        const auto& head = entry.head;
        const bool fits = head.arm >= 0 && head.arm < static_cast<int>(sweep_.arms.size()) && head.point >= 0 &&
                          head.point < sweep_.design.points() && head.replicate >= 0 &&
                          head.replicate < list_.replicates_of(head.point);
        if (!fits) return;
        auto& place = places_[slot({head.arm, head.point, head.replicate})];
        if (place.entry == nullptr || supersedes(head, place.entry->head)) place = {&shard, &entry};
    }

    /// Arm by arm, point by point: each arm's runs lie together.
    [[nodiscard]] std::vector<output::SweepRun> runs() const {
        std::vector<output::SweepRun> all;
        for (int arm = 0; arm < static_cast<int>(sweep_.arms.size()); ++arm) {
            for (int point = 0; point < sweep_.design.points(); ++point) {
                for (int replicate = 0; replicate < list_.replicates_of(point); ++replicate)
                    all.push_back({arm, point, replicate});
            }
        }
        return all;
    }

    [[nodiscard]] output::SweepDesign design() const {
        output::SweepDesign design;
        design.values = sweep_.design.values;
        design.blocks = sweep_.design.blocks;
        design.exchanged = sweep_.design.exchanged;
        for (std::size_t f = 0; f < sweep_.factors.size(); ++f) design.factors.push_back(factor(f));
        for (int point = 0; point < sweep_.design.points(); ++point) {
            design.replicates.push_back(list_.replicates_of(point));
            design.stopped.emplace_back(to_string(list_.ending_of(point)));
        }
        return design;
    }

    [[nodiscard]] output::SweepDesign::Factor factor(std::size_t number) const {
        const auto& factor = sweep_.factors[number];
        std::string arms;
        for (const int arm : factor.arms)
            arms += (arms.empty() ? "" : " ") + sweep_.arms[static_cast<std::size_t>(arm)].name;
        if (sweep_.design.kind != DesignKind::list) {
            const auto [low, high] = ends_of(factor.distribution);
            return {factor.parameter, describe(factor.distribution), arms, low, high, factor.first_arm()};
        }
        const auto column = sweep_.design.values.col(static_cast<Eigen::Index>(number));
        return {factor.parameter, "listed", arms, column.minCoeff(), column.maxCoeff(), 0};
    }

    const Sweep& sweep_;
    WorkList list_;
    std::vector<std::size_t> first_of_point_;  ///< among the runs of an arm
    std::size_t runs_of_arm_ = 0;
    std::vector<Place> places_;  ///< [run]
};

}  // namespace

Merged merge(const Sweep& sweep, const Manifest& manifest, const std::filesystem::path& folder,
             const std::filesystem::path& target, bool overwrite) {
    output::check_target(target, overwrite);
    const auto shards = read_shards(folder, manifest, Verify::recordings);
    // The arms share their world, so that one tells what places and axes are called.
    const auto setup = model::make_setup(scenario_at(sweep, 0, 0));
    output::SweepOptions options;
    options.path = target;
    options.overwrite = overwrite;
    options.name = sweep.name;
    options.title = sweep.title;
    options.description = sweep.description;
    options.text = sweep.text;
    options.design = to_string(sweep.design.kind);
    options.seed = sweep.seed;
    options.replicates = sweep.replicates.most;
    options.branch = sweep.branch;
    options.summary = sweep.summary;
    auto merged = Merge(sweep, shards).write(options, setup.labels);
    for (const auto& shard : shards) merged.damaged += shard.damaged;
    return merged;
}

}  // namespace sahelsim::experiment
