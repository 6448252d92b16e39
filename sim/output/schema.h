#pragma once
// What a result file holds, declared once: the writer creates the file from these tables and the data dictionary is
// printed from them. Names, once released, never change meaning.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/recording.h"

namespace sahelsim::output {

/// Raised when a reader of older files would go wrong; a new variable or attribute is no such case.
inline constexpr int schema_version = 1;

/// How numbers and texts lie on disk: little-endian, UTF-8 of variable length.
enum class Type : std::uint8_t { int8, int16, int32, int64, float64, text };

/// dimension: names the places along the dimension of its own name. coordinate: says more about one.
enum class Role : std::uint8_t { dimension, coordinate, data };

/// Lists of meanings of coded variables (CF's flag_values and flag_meanings).
enum class Codes : std::uint8_t {
    none,
    run_status,
    event_type,
    event_subtype,
    violence_type,
    cause_kind,
    presence_class,
    no_yes,
    cercle,
    organisation,
    faction,
    community,
};

/// What has become of a run. stopped: ended by a signal; failed: by a mistake, which a sweep tells beside it.
enum class RunStatus : std::uint8_t { pending, done, stopped, failed };

struct Variable {
    std::string group;  ///< "/", "/summary", "/cercles", ...
    std::string name;
    Type type = Type::float64;
    std::vector<std::string> dimensions;  ///< in order; none: a single value
    Role role = Role::data;
    std::string units;  ///< UDUNITS where it has the unit, "1" for numbers without one; empty: no quantity
    std::string long_name;
    std::string comment;
    Codes codes = Codes::none;
    int outcome = -1;  ///< index into model::outcomes() for series and summaries

    [[nodiscard]] std::string path() const { return group == "/" ? "/" + name : group + "/" + name; }
};

struct Group {
    std::string path;
    std::string title;
    std::string comment;
};

struct Dimension {
    std::string name;
    std::string comment;
};

/// An attribute of the whole file.
struct FileAttribute {
    std::string name;
    std::string comment;
};

/// The groups and variables of one kind of file, in its order.
class Schema {
   public:
    Schema(std::vector<Group> groups, std::vector<Variable> variables)
        : groups_(std::move(groups)), variables_(std::move(variables)) {}

    [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
    [[nodiscard]] const std::vector<Variable>& variables() const { return variables_; }
    [[nodiscard]] std::vector<Variable> variables_of(std::string_view group) const;
    [[nodiscard]] bool has(std::string_view path) const;

   private:
    std::vector<Group> groups_;
    std::vector<Variable> variables_;
};

/// Of the file that the runs of one scenario go to.
[[nodiscard]] const Schema& result_schema();

/// What the file of a sweep holds beside the summary of every run.
struct SweepContents {
    std::vector<std::string> arms;  ///< names
    bool series = false;
    bool events = false;
};
[[nodiscard]] Schema sweep_schema(const SweepContents& contents);

/// Path of the group that tells of an arm of a sweep.
[[nodiscard]] std::string arm_group(const std::string& arm);

/// Title and meaning of every group that any file has.
[[nodiscard]] const std::vector<Group>& group_texts();

[[nodiscard]] const std::vector<Dimension>& dimensions();
[[nodiscard]] const std::vector<FileAttribute>& file_attributes();
[[nodiscard]] const std::vector<FileAttribute>& sweep_attributes();

/// Whether the program extends the dimension while it writes: only that of events.
[[nodiscard]] bool is_unlimited(std::string_view dimension);

/// Meanings in the order of their numbers. Those of cercles and actors are in the labels of the run.
[[nodiscard]] std::vector<std::string> meanings(Codes codes, const model::Labels& labels);

/// The number of the first meaning: -1 for codes that have "none" before all others, 0 for the rest.
[[nodiscard]] int first_code(Codes codes);

/// For whom the meanings are the same in every file, for whom they are names of the scenario.
[[nodiscard]] bool has_fixed_meanings(Codes codes);

[[nodiscard]] const char* to_string(Type type);
[[nodiscard]] const char* to_string(Codes codes);

}  // namespace sahelsim::output
