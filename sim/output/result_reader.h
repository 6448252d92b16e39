#pragma once
// Reads the event log of a result file, of a scenario or a sweep, and the names of all that events point to.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/recording.h"
#include "output/file_reader.h"
#include "output/schema.h"
#include "scenario/scenario.h"

namespace sahelsim::output {

/// What the numbers in events stand for, by number.
struct EventNames {
    struct Commune {
        std::string name;
        std::string cercle, region;  ///< empty for a border zone abroad
    };
    std::vector<Commune> communes;
    std::vector<scenario::Labelled> organisations;
    std::vector<int> sides;  ///< [organisation]: number of its side; organisations of one side have the same
    std::vector<scenario::Labelled> factions;
    std::vector<scenario::Labelled> communities;
    std::vector<std::string> interventions;  ///< of the run's scenario; all else is the same for all runs of a file
};

struct ResultRun {
    std::string arm;  ///< scenario
    int point = 0;    ///< of a sweep's design
    int replicate = 0;
    RunStatus status = RunStatus::pending;
    std::uint64_t first_event = 0;  ///< its place in the event log of the file
    std::uint64_t events = 0;
};

class ResultReader {
   public:
    /// Reads names and runs. Throws FileError if it isn't a whole result file of this schema version, as the functions do.
    explicit ResultReader(const std::filesystem::path& path);

    [[nodiscard]] const EventNames& names(int run) const;
    [[nodiscard]] const std::vector<ResultRun>& runs() const { return runs_; }
    [[nodiscard]] int runs_done() const;

    /// [commune] its number in the group /communes under this name: "cercle" or "cluster"; -1 for none.
    [[nodiscard]] std::vector<int> commune_numbers(const std::string& name) const;

    /// Every event of one run, by id. All numbers in them are in range but for `cause`, which is as the file has it.
    /// Nothing else of the event log is read.
    [[nodiscard]] std::vector<model::Event> events(int run) const;

   private:
    void expect_result() const;
    void read_names();
    void read_runs();
    void count_events();

    FileReader file_;
    bool sweep_ = false;
    std::map<std::string, EventNames> names_;  ///< by arm
    std::vector<ResultRun> runs_;
};

}  // namespace sahelsim::output
