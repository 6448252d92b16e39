// Reads a sweep file.

#include <algorithm>
#include <cctype>
#include <limits>

#include <fmt/format.h>

#include "experiment/sweep.h"
#include "experiment/sweep_sections.h"
#include "scenario/file_text.h"
#include "scenario/map_reader.h"
#include "scenario/project.h"
#include "scenario/resolved.h"
#include "scenario/scalars.h"
#include "scenario/yaml_tree.h"

namespace sahelsim::experiment {

namespace {

using scenario::MapReader;
using scenario::Need;
using scenario::Node;

constexpr std::size_t most_arms = 100;
constexpr long largest_seed = std::numeric_limits<long>::max();

/// Where the files are that a sweep file names: beside it, or copied into the folder of a sweep that was begun.
struct Source {
    scenario::ProjectFile file;
    std::optional<std::filesystem::path> folder;
};

class SweepReader {
   public:
    SweepReader(Source source, const scenario::Vocabulary& vocabulary)
        : source_(std::move(source)), vocabulary_(vocabulary) {}

    Sweep read() {
        sweep_.text = scenario::read_text_file(source_.file.path, source_.file.shown);
        const auto root = scenario::parse_yaml(sweep_.text, source_.file.shown, problems_);
        problems_.throw_if_any();
        if (root.find("arms") == nullptr && (root.find("extends") != nullptr || root.find("period") != nullptr)) {
            throw scenario::InputError({{{source_.file.shown, 0, 0},
                                         "",
                                         "a scenario",
                                         "a sweep, which has 'arms' "
                                         "(docs/sweeps.md); 'sahelsim run' takes scenarios",
                                         ""}});
        }
        MapReader map(root, "", problems_);
        sweep_.name = source_.file.path.stem().string();
        if (!source_.folder) check_name();
        sweep_.title = map.text("title", Need::required).value_or("");
        sweep_.description = map.text("description", Need::optional).value_or("");
        sweep_.seed = static_cast<std::uint64_t>(map.integer("seed", 0, largest_seed, Need::optional).value_or(1));
        if (const auto* node = map.find("until")) until_where_ = node->where.location();
        const auto until = map.date("until", Need::optional);
        sweep_.branch = map.date("branch", Need::optional);
        read_arms(map, until);
        read_outputs(map);
        read_replication(map, sweep_.replicates);
        const auto* vary = map.find("vary");
        const DesignSections points{map.find("design"), map.find("draws")};
        const auto* summary = map.find("summary");
        map.finish();
        // Without scenarios nothing is known of parameters and dates.
        if (sweep_.arms.empty() || !problems_.empty()) problems_.throw_if_any();
        check_periods(root);
        read_summary(summary, root);
        if (vary != nullptr) read_factors(*vary, sweep_, problems_);
        const DesignFile list{source_.file, source_.folder ? *source_.folder / "points.csv" : std::filesystem::path()};
        read_design(points, root.where.location(), list, sweep_, problems_);
        check_size(root);
        problems_.throw_if_any();
        return std::move(sweep_);
    }

   private:
    /// It becomes the name of jobs.
    void check_name() {
        const auto good = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
        };
        if (!sweep_.name.empty() && std::all_of(sweep_.name.begin(), sweep_.name.end(), good)) return;
        problems_.add({source_.file.shown, 0, 0}, "", "a file name " + scenario::in_quotes(sweep_.name),
                      "one of letters, digits, '-', '_' and '.'");
    }

    void read_arms(MapReader& map, std::optional<engine::Date> until) {
        const auto* arms = map.find("arms", Need::required);
        if (arms == nullptr) return;
        scenario::for_each_named(*arms, "arms", "a name of lower-case letters, digits and underscores", problems_,
                                 scenario::is_identifier, [&](const std::string& name, const Node& node) {
                                     if (sweep_.arms.size() < most_arms) read_arm(name, node, until);
                                 });
        if (arms->is_map() && arms->entries.size() > most_arms)
            problems_.add(arms->where.location(), "arms", fmt::format("{} arms", arms->entries.size()),
                          fmt::format("at most {}", most_arms));
        if (arms->is_map() && arms->entries.empty())
            problems_.add(arms->where.location(), "arms", "no arm", "at least one: NAME: FILE");
    }

    /// "NAME: FILE", or "NAME: {scenario: FILE, set: {parameter: value}}".
    void read_arm(const std::string& name, const Node& node, std::optional<engine::Date> until) {
        const auto key = "arms." + name;
        const Node* file = &node;
        std::vector<scenario::Override> overrides;
        if (node.is_map()) {
            MapReader map(node, key, problems_);
            file = map.find("scenario", Need::required);
            if (const auto* set = map.find("set")) overrides = read_overrides(*set, key + ".set");
            map.finish();
            if (file == nullptr) return;
        }
        try {
            auto scenario = source_.folder ? read_copy(name) : read_named(*file, key, overrides);
            if (!scenario) return;
            scenario->name = name;
            if (until) cut(*scenario, *until);
            scenario->resolved_yaml = scenario::resolved_yaml(*scenario);
            sweep_.arms.push_back({name, std::move(*scenario), std::move(overrides)});
        } catch (const scenario::InputError& error) {
            for (const auto& problem : error.problems()) problems_.add(at_arm(problem, node, key));
        }
    }

    /// What an arm sets has no file of its own: it stands in this one.
    static scenario::Problem at_arm(scenario::Problem problem, const Node& arm, const std::string& key) {
        if (problem.where.file != scenario::name_of_overrides) return problem;
        constexpr std::string_view section = "parameters.";
        if (problem.key.starts_with(section)) problem.key.erase(0, section.size());
        problem.key = key + ".set." + problem.key;
        problem.where = arm.where.location();
        return problem;
    }

    [[nodiscard]] scenario::Scenario read_copy(const std::string& name) const {
        return scenario::read_scenario((*source_.folder / "arms" / (name + ".yaml")).string(), vocabulary_);
    }

    /// A file named from where the sweep file is, as on a command line: it has a project folder of its own.
    std::optional<scenario::Scenario> read_named(const Node& file, const std::string& key,
                                                 const std::vector<scenario::Override>& overrides) {
        if (!file.is_scalar() || file.text.empty()) {
            problems_.add(file.where.location(), key, file.describe(), "a scenario file, or sahelsim:NAME");
            return std::nullopt;
        }
        if (file.text.starts_with("sahelsim:")) {
            const auto named = scenario::named_file(source_.file, file, key, true, problems_);
            if (named.path.empty()) return std::nullopt;
            return scenario::read_scenario(file.text, vocabulary_, overrides);
        }
        const auto path = (source_.file.path.parent_path() / file.text).lexically_normal();
        std::error_code error;
        if (!std::filesystem::exists(path, error)) {
            problems_.add(file.where.location(), key, file.describe() + ", which does not exist",
                          fmt::format("a scenario file, named from where {} is", source_.file.shown));
            return std::nullopt;
        }
        return scenario::read_scenario(path.string(), vocabulary_, overrides);
    }

    std::vector<scenario::Override> read_overrides(const Node& node, const std::string& key) {
        std::vector<scenario::Override> overrides;
        if (!node.is_map()) problems_.add(node.where.location(), key, node.describe(), "a map (parameter: value)");
        for (const auto& entry : node.entries) {
            if (const auto text = scenario::read_text(entry.value, key + "." + entry.key, problems_))
                overrides.push_back({entry.key, *text});
        }
        return overrides;
    }

    void cut(scenario::Scenario& scenario, engine::Date until) {
        if (until < scenario.start || until > scenario.end) {
            problems_.add(until_where_, "until", engine::format_date(until),
                          fmt::format("a day from {} to {}, the period of {}", engine::format_date(scenario.start),
                                      engine::format_date(scenario.end), scenario.name));
            return;
        }
        scenario.end = until;
    }

    void read_outputs(MapReader& map) {
        const auto* node = map.find("outputs");
        if (node == nullptr) return;
        if (!node->is_sequence())
            problems_.add(node->where.location(), "outputs", node->describe(), "a list of: summary, series, events");
        for (const auto& item : node->items) {
            if (item.text == "series") {
                sweep_.series = true;
            } else if (item.text == "events") {
                sweep_.events = true;
            } else if (item.text != "summary") {
                problems_.unknown_name(item.where.location(), "outputs", item.text, "one of summary, series, events",
                                       {"summary", "series", "events"});
            }
        }
    }

    void check_periods(const Node& root) {
        const auto& first = sweep_.arms.front().scenario;
        for (const auto& arm : sweep_.arms) {
            const auto& s = arm.scenario;
            if (s.start == first.start && s.end == first.end) continue;
            problems_.add(root.find("arms")->where.location(), "arms." + arm.name,
                          fmt::format("{} to {}", engine::format_date(s.start), engine::format_date(s.end)),
                          fmt::format("the period of arm {}, {} to {}; 'until' cuts all arms", sweep_.arms.front().name,
                                      engine::format_date(first.start), engine::format_date(first.end)));
        }
        if (sweep_.branch && (*sweep_.branch <= first.start || *sweep_.branch > first.end)) {
            problems_.add(root.find("branch")->where.location(), "branch", engine::format_date(*sweep_.branch),
                          fmt::format("a day after the start, {}, and up to the end, {}",
                                      engine::format_date(first.start), engine::format_date(first.end)));
        }
    }

    /// The whole months that summaries cover: all, after a branch those that follow it, unless the file says otherwise.
    void read_summary(const Node* node, const Node& root) {
        const auto& period = sweep_.arms.front().scenario;
        auto start = sweep_.branch.value_or(period.start);
        auto end = period.end;
        auto where = root.where.location();
        if (node != nullptr) {
            MapReader map(*node, "summary", problems_);
            start = map.date("start", Need::optional).value_or(start);
            end = map.date("end", Need::optional).value_or(end);
            where = map.where();
            map.finish();
        }
        // The month of the simulation's own first or last day counts as whole.
        const auto month_of = [](engine::Date day) { return engine::month_number(day); };
        const bool begins = start == period.start || engine::is_first_of_month(start);
        const bool ends = end == period.end || engine::is_first_of_month(end + std::chrono::days{1});
        sweep_.summary.first = begins ? month_of(start) : month_of(start) + 1;
        sweep_.summary.last = ends ? month_of(end) : month_of(end) - 1;
        if (start >= period.start && end <= period.end && sweep_.summary.first <= sweep_.summary.last) return;
        problems_.add(where, "summary", fmt::format("{} to {}", engine::format_date(start), engine::format_date(end)),
                      fmt::format("at least one whole month between {} and {}", engine::format_date(period.start),
                                  engine::format_date(period.end)));
    }

    void check_size(const Node& root) {
        constexpr double most_runs = 1e7;
        const auto& replicates = sweep_.replicates;
        const double runs = static_cast<double>(sweep_.arms.size()) * sweep_.design.points() *
                            (replicates.until ? replicates.least : replicates.most);
        if (runs <= most_runs) return;
        problems_.add(root.where.location(), "", fmt::format("a sweep of {:.3g} runs", runs),
                      fmt::format("at most {:.0g}: fewer points or replicates", most_runs));
    }

    Source source_;
    scenario::Location until_where_;
    const scenario::Vocabulary& vocabulary_;
    scenario::Problems problems_;
    Sweep sweep_;
};

}  // namespace

Sweep read_sweep(const std::string& path, const scenario::Vocabulary& vocabulary) {
    return SweepReader({scenario::main_file(path), std::nullopt}, vocabulary).read();
}

Sweep read_sweep_folder(const std::filesystem::path& folder, const scenario::Vocabulary& vocabulary) {
    return SweepReader({scenario::main_file((folder / "sweep.yaml").string()), folder}, vocabulary).read();
}

}  // namespace sahelsim::experiment
