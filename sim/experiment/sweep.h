#pragma once
// A sweep as a validated value: which scenarios are run with which values of which parameters, how often, and what is kept.
// Docs: docs/sweeps.md.

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "engine/date.h"
#include "experiment/distribution.h"
#include "output/run_summary.h"
#include "output/schema.h"
#include "scenario/scenario.h"

namespace sahelsim::experiment {

/// One of the scenarios that a sweep compares.
struct Arm {
    std::string name;
    scenario::Scenario scenario;                     ///< its name is that of the arm
    std::vector<scenario::Override> overrides = {};  ///< what the sweep file sets in it
};

/// A parameter that varies from point to point.
struct Factor {
    std::string parameter;  ///< name of a record that every arm concerned has
    Distribution distribution;
    int levels = 0;         ///< of a grid; 0: as the design says
    std::vector<int> arms;  ///< in which it varies; empty: in all, with the same value

    [[nodiscard]] bool varies_in(int arm) const;
    /// The first arm concerned, whose record counts.
    [[nodiscard]] int first_arm() const { return arms.empty() ? 0 : *std::min_element(arms.begin(), arms.end()); }
};

enum class DesignKind : std::uint8_t { single, grid, list, random, latin_hypercube, sobol, saltelli, morris };
[[nodiscard]] std::string_view to_string(DesignKind kind);

struct Design {
    DesignKind kind = DesignKind::single;
    Eigen::ArrayXXd values;              ///< [point][factor], in the factor's unit
    std::vector<std::string> blocks;     ///< [point] of Saltelli's design: "A", "B", "AB", "BA"; otherwise empty texts
    std::vector<std::string> exchanged;  ///< [point] of Saltelli's design: the factor that AB or BA takes from the other

    [[nodiscard]] int points() const { return static_cast<int>(values.rows()); }
};

/// When a point has been simulated often enough.
struct Precision {
    std::string outcome;      ///< of the summary, all its categories added up
    double half_width = 0.0;  ///< of the 95 % confidence interval of its mean, in every arm
    bool relative = false;    ///< half_width is a share of the mean
};

/// How often each point is simulated: `most` times, or in batches until it is precise enough.
struct Replication {
    int least = 1;
    int most = 1;
    int batch = 1;  ///< replicates between two looks at the precision
    std::optional<Precision> until;
};

/// How much work a sweep is.
struct WorkPlan {
    int arms = 1;
    int points = 1;
    Replication replicates;
};

struct Sweep {
    std::string name;  ///< file name without ending
    std::string title;
    std::string description;
    std::string text;         ///< the file
    std::string points_text;  ///< the CSV file of a list design
    std::vector<Arm> arms;
    std::vector<Factor> factors;
    Design design;
    Replication replicates;
    std::uint64_t seed = 1;
    /// The morning on which the arms part; nothing: each is simulated from its start.
    std::optional<engine::Date> branch;
    output::SummaryPeriod summary;
    bool series = false;  ///< keep monthly series, of the country and by cercle
    bool events = false;  ///< keep the event log

    /// Runs if every point takes all its replicates.
    [[nodiscard]] std::int64_t most_runs() const;
    [[nodiscard]] WorkPlan work_plan() const;
    [[nodiscard]] output::SweepContents contents() const;
    /// Position in model::outcomes() of what `replicates.until` asks for; -1 where it asks for nothing.
    [[nodiscard]] int watched_outcome() const;
};

/// Reads a sweep file with its scenarios, makes its design and checks everything. Throws scenario::InputError with all problems.
[[nodiscard]] Sweep read_sweep(const std::string& path, const scenario::Vocabulary& vocabulary);

/// The same from the folder of a sweep that was begun: "sweep.yaml", "arms/NAME.yaml" and, of a list design, "points.csv".
[[nodiscard]] Sweep read_sweep_folder(const std::filesystem::path& folder, const scenario::Vocabulary& vocabulary);

/// The scenario of an arm at a point of the design.
[[nodiscard]] scenario::Scenario scenario_at(const Sweep& sweep, int arm, int point);

}  // namespace sahelsim::experiment
