// Reads a sweep file.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "experiment/sweep.h"
#include "experiment/sweep_design.h"
#include "model/recording.h"
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

constexpr long most_replicates = 1'000'000;
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
        read_replicates(map);
        const auto* vary = map.find("vary");
        const auto* design = map.find("design");
        const auto* summary = map.find("summary");
        map.finish();
        // Without scenarios nothing is known of parameters and dates.
        if (sweep_.arms.empty() || !problems_.empty()) problems_.throw_if_any();
        check_periods(root);
        read_summary(summary, root);
        if (vary != nullptr) read_factors(*vary);
        const DesignFile list{source_.file, source_.folder ? *source_.folder / "points.csv" : std::filesystem::path()};
        read_design(design, root.where.location(), list, sweep_, problems_);
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
        if (problem.where.line > 0) return problem;
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

    void read_replicates(MapReader& map) {
        const auto* node = map.find("replicates");
        if (node == nullptr) return;
        auto& replicates = sweep_.replicates;
        if (!node->is_map()) {
            const auto count = scenario::read_integer(*node, "replicates", 1, most_replicates, problems_);
            replicates.least = replicates.most = static_cast<int>(count.value_or(1));
            return;
        }
        MapReader inner(*node, "replicates", problems_);
        const auto least = inner.integer("min", 2, most_replicates, Need::required);
        const auto most = inner.integer("max", 2, most_replicates, Need::required);
        const auto batch = inner.integer("batch", 1, most_replicates, Need::optional);
        replicates.least = static_cast<int>(least.value_or(2));
        replicates.most = static_cast<int>(most.value_or(2));
        replicates.batch = static_cast<int>(batch.value_or(replicates.least));
        if (least && most && *most < *least) {
            problems_.add(inner.find("max")->where.location(), "replicates.max", fmt::to_string(*most),
                          fmt::format("at least min, {}", *least));
        }
        if (const auto* until = inner.find("until", Need::required)) read_precision(*until);
        inner.finish();
    }

    void read_precision(const Node& node) {
        MapReader map(node, "replicates.until", problems_);
        Precision precision;
        std::vector<std::string> names;
        for (const auto& outcome : model::outcomes()) {
            if (!outcome.by_cercle || outcome.national != model::National::none) names.emplace_back(outcome.name);
        }
        precision.outcome =
            map.name_of("outcome", "an outcome of the country (docs/data-dictionary.md)", names, Need::required)
                .value_or("");
        if (const auto text = map.text("half_width", Need::required)) {
            auto number = *text;
            precision.relative = number.ends_with('%');
            if (precision.relative) number = scenario::trimmed(number.substr(0, number.size() - 1));
            const auto value = scenario::parse_number(number);
            if (value && *value > 0.0) {
                precision.half_width = precision.relative ? *value / 100.0 : *value;
            } else {
                problems_.add(map.find("half_width")->where.location(), "replicates.until.half_width",
                              scenario::in_quotes(*text), "a number above 0, or a share of the mean as in 5 %");
            }
        }
        map.finish();
        sweep_.replicates.until = std::move(precision);
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

    void read_factors(const Node& node) {
        MapReader map(node, "vary", problems_);
        for (const auto& entry : node.entries) {
            const auto key = "vary." + entry.key;
            Factor factor;
            factor.parameter = entry.key;
            if (const auto* arms = entry.value.find("arms")) read_factor_arms(*arms, key + ".arms", factor);
            if (const auto* record = find_record(factor, entry.where.location(), key))
                read_factor(entry, *record, key, std::move(factor));
        }
    }

    /// Of the first arm concerned; all of them must have one.
    const scenario::ParameterRecord* find_record(const Factor& factor, const scenario::Location& where,
                                                 const std::string& key) {
        const scenario::ParameterRecord* first = nullptr;
        for (int a = 0; a < static_cast<int>(sweep_.arms.size()); ++a) {
            if (!factor.varies_in(a)) continue;
            const auto& scenario = sweep_.arms[static_cast<std::size_t>(a)].scenario;
            const auto* record = find_parameter(scenario, factor.parameter, where, key, problems_);
            if (record == nullptr) return nullptr;
            if (first == nullptr) first = record;
        }
        return first;
    }

    /// "range", the parameter's own, or a map.
    void read_factor(const scenario::Entry& entry, const scenario::ParameterRecord& record, const std::string& key,
                     Factor factor) {
        factor.distribution = distribution_of(record);
        if (entry.value.is_map()) {
            read_distribution(entry.value, key, factor);
        } else if (entry.value.text != "range") {
            problems_.add(entry.value.where.location(), key, entry.value.describe(),
                          "range, the parameter's own, or a map as in {distribution: uniform, low: 0, high: 1}");
        }
        if (const auto fault = fault_of(factor.distribution); !fault.empty())
            problems_.add(entry.value.where.location(), key, describe(factor.distribution), fault);
        check_start_only(factor, record, entry.where.location(), key);
        check_not_set(factor, entry.where.location(), key);
        check_bounds(factor, record, entry.value.where.location(), key);
        sweep_.factors.push_back(std::move(factor));
    }

    void read_distribution(const Node& node, const std::string& key, Factor& factor) {
        MapReader map(node, key, problems_);
        auto& d = factor.distribution;
        static const std::vector<std::string> kinds = {"uniform", "log_uniform", "triangular",
                                                       "normal",  "beta",        "discrete"};
        if (const auto kind =
                map.name_of("distribution", fmt::format("one of {}", fmt::join(kinds, ", ")), kinds, Need::optional))
            d.kind = parse_distribution_kind(*kind).value_or(d.kind);
        const auto number = [&](const char* name, double& value, Need need) {
            value = map.number(name, need).value_or(value);
        };
        const bool bounded = d.kind != DistributionKind::discrete;
        if (d.kind == DistributionKind::normal) {
            d.low = -std::numeric_limits<double>::infinity();
            d.high = std::numeric_limits<double>::infinity();
            number("mean", d.mean, Need::required);
            number("deviation", d.deviation, Need::required);
        }
        if (bounded) number("low", d.low, Need::optional);
        if (bounded) number("high", d.high, Need::optional);
        if (d.kind == DistributionKind::triangular) {
            d.mode = std::clamp(d.mode, std::min(d.low, d.high), std::max(d.low, d.high));
            number("mode", d.mode, Need::optional);
        }
        if (d.kind == DistributionKind::beta) number("alpha", d.alpha, Need::required);
        if (d.kind == DistributionKind::beta) number("beta", d.beta, Need::required);
        if (!bounded) {
            d.values = numbers(map, "values", Need::required);
            d.weights = numbers(map, "weights", Need::optional);
        }
        constexpr long most_levels = 1000;
        factor.levels = static_cast<int>(map.integer("levels", 1, most_levels, Need::optional).value_or(0));
        map.find("arms");
        map.finish();
    }

    std::vector<double> numbers(MapReader& map, const std::string& key, Need need) {
        std::vector<double> all;
        const auto* node = map.find(key, need);
        if (node == nullptr) return all;
        if (!node->is_sequence())
            problems_.add(node->where.location(), map.path(key), node->describe(), "a list of numbers");
        for (const auto& item : node->items) {
            if (const auto value = scenario::read_number(item, map.path(key), problems_)) all.push_back(*value);
        }
        return all;
    }

    void read_factor_arms(const Node& node, const std::string& key, Factor& factor) {
        std::vector<std::string> names;
        for (const auto& arm : sweep_.arms) names.push_back(arm.name);
        if (!node.is_sequence() || node.items.empty())
            problems_.add(node.where.location(), key, node.describe(), "a list of arms");
        for (const auto& item : node.items) {
            const auto found = std::find(names.begin(), names.end(), item.text);
            if (found == names.end()) {
                problems_.unknown_name(item.where.location(), key, item.text,
                                       fmt::format("one of the arms {}", fmt::join(names, ", ")), names);
            } else {
                factor.arms.push_back(static_cast<int>(found - names.begin()));
            }
        }
    }

    [[nodiscard]] const scenario::ParameterDeclaration& declaration_of(const scenario::ParameterRecord& record) const {
        return sweep_.arms.front().scenario.declarations[record.declaration];  // the same in all scenarios
    }

    /// One value can't both be an arm's own and vary.
    void check_not_set(const Factor& factor, const scenario::Location& where, const std::string& key) {
        for (int a = 0; a < static_cast<int>(sweep_.arms.size()); ++a) {
            const auto& arm = sweep_.arms[static_cast<std::size_t>(a)];
            const bool set = std::any_of(arm.overrides.begin(), arm.overrides.end(),
                                         [&](const auto& override) { return override.name == factor.parameter; });
            if (!set || !factor.varies_in(a)) continue;
            problems_.add(where, key, fmt::format("a parameter that arm {} sets", arm.name),
                          "either: 'arms' here names the arms in which it varies");
        }
    }

    /// The ends have to make sense, not just the values that happen to be drawn.
    void check_bounds(const Factor& factor, const scenario::ParameterRecord& record, const scenario::Location& where,
                      const std::string& key) {
        const auto& declared = declaration_of(record);
        const auto [low, high] = ends_of(factor.distribution);
        const bool open = factor.distribution.kind == DistributionKind::normal;
        if (open || (low >= declared.lower && high <= declared.upper)) return;
        problems_.add(where, key, fmt::format("{} to {}", scenario::number_text(low), scenario::number_text(high)),
                      fmt::format("values from {} to {} {}", scenario::number_text(declared.lower),
                                  scenario::number_text(declared.upper), declared.unit));
    }

    /// Arms that share their past can differ only in what is read after it.
    void check_start_only(const Factor& factor, const scenario::ParameterRecord& record,
                          const scenario::Location& where, const std::string& key) {
        const auto& declared = declaration_of(record);
        if (!sweep_.branch || factor.arms.empty() || !declared.start_only) return;
        problems_.add(where, key, "a parameter that is read at the start only, in some arms",
                      "no 'arms' here, or no 'branch': arms that share their past share this value");
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
