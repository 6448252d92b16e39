#include "output/schema.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "output/event_columns.h"

namespace sahelsim::output {

namespace {

using model::Axis;

const std::string summary_group = "/summary";

void append(std::vector<Variable>& to, const std::vector<Variable>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Variable text(const std::string& group, const std::string& name, const std::string& dimension,
              const std::string& long_name, const std::string& comment = "") {
    const auto role = name == dimension ? Role::dimension : Role::coordinate;
    return {group, name, Type::text, {dimension}, role, "", long_name, comment};
}

Variable number(const std::string& group, const std::string& name, Type type, const std::string& dimension,
                const std::string& units, const std::string& long_name, const std::string& comment = "") {
    const auto role = name == dimension ? Role::dimension : Role::coordinate;
    return {group, name, type, {dimension}, role, units, long_name, comment};
}

Variable as_data(Variable variable, Codes codes = Codes::none) {
    variable.role = Role::data;
    variable.codes = codes;
    return variable;
}

// clang-format off
/// The coordinates of runs, which every group of outcomes repeats because readers look no further than the group.
std::vector<Variable> run_coordinates(const std::string& group) {
    return {
        number(group, "run", Type::int32, "run", "1", "run", "Position of the run in the file, from 0."),
        text(group, "arm", "run", "scenario of the run", "Name of the scenario file without its ending."),
        number(group, "point", Type::int32, "run", "1", "point of the design",
               "0 where the file holds one setting of the parameters."),
        number(group, "replicate", Type::int32, "run", "1", "replicate",
               "With the seed it determines every random draw. The same replicate of two scenarios is a pair."),
        {group, "status", Type::int8, {"run"}, Role::coordinate, "", "what has become of the run",
         "Series of runs that are not done hold the fill value throughout, and their events are left out.",
         Codes::run_status},
    };
}

std::vector<Variable> time_coordinates(const std::string& group) {
    const std::string days = "days since 1970-01-01";
    return {
        number(group, "time", Type::int32, "time", days, "first day of the month",
               "Flows are sums over the month, stocks the state on the month's last simulated day."),
        {group, "time_bounds", Type::int32, {"time", "bounds"}, Role::data, days, "simulated part of the month",
         "First day, and the day after the last one."},
    };
}

std::vector<Variable> cercle_coordinates() {
    const std::string group = "/cercles";
    return {
        text(group, "cercle", "cercle", "cercle", "District of Mali; Bamako is one."),
        text(group, "region", "cercle", "region"),
        number(group, "longitude", Type::float64, "cercle", "degrees_east", "longitude of the seat"),
        number(group, "latitude", Type::float64, "cercle", "degrees_north", "latitude of the seat"),
        number(group, "area", Type::float64, "cercle", "km2", "area"),
        number(group, "initial_population", Type::int64, "cercle", "person", "residents at the start of the run"),
    };
}

std::vector<Variable> axis_coordinates(const std::string& group, Axis axis) {
    const std::string name = model::to_string(axis);
    const auto label = [&](const std::string& long_name) { return text(group, name + "_label", name, long_name); };
    switch (axis) {
        case Axis::event_type:
            return {text(group, name, name, "type of event", "Types of ACLED's codebook.")};
        case Axis::perpetrator:
            return {text(group, name, name, "side that did it", "Sides of the scenario."), label("name of the side")};
        case Axis::victim:
            return {text(group, name, name, "side that suffered it", "Sides of the scenario, then civilians."),
                    label("name of the side")};
        case Axis::authority:
            return {text(group, name, name, "authority", "Authorities of the scenario."),
                    label("name of the authority")};
        case Axis::organisation:
            return {text(group, name, name, "armed organisation", "Organisations of the scenario."),
                    label("name of the organisation"),
                    text(group, name + "_side", name, "side that the organisation is counted under")};
        case Axis::other_organisation:
            return {text(group, name, name, "the other armed organisation", "The same organisations again."),
                    label("name of the other organisation")};
        case Axis::community:
            return {text(group, name, name, "community", "Communities of the scenario."),
                    label("name of the community")};
        case Axis::action:
            return {text(group, name, name, "action of a unit")};
        case Axis::issue:
            return {text(group, name, name, "issue of talks", "0 is the state's position in full, 1 the armed opposition's.")};
        case Axis::collapse_cause:
            return {text(group, name, name, "what broke a local accord", "strain is that of an accord itself.")};
    }
    assert(false);
    return {};
}
// clang-format on

bool is_shown_in(const model::Outcome& outcome, const std::string& group) {
    if (group == "/cercles") return outcome.by_cercle;
    return !outcome.by_cercle || outcome.national != model::National::none;
}

/// The outcomes that a group shows: with months, but for the summary.
std::vector<Variable> outcomes_of(const std::string& group) {
    std::vector<Variable> shown;
    const auto& registry = model::outcomes();
    for (std::size_t i = 0; i < registry.size(); ++i) {
        const auto& outcome = registry[i];
        if (!is_shown_in(outcome, group)) continue;
        std::vector<std::string> dimensions = {"run"};
        if (group != summary_group) dimensions.emplace_back("time");
        if (group == "/cercles") dimensions.emplace_back("cercle");
        for (const auto axis : outcome.axes) dimensions.emplace_back(model::to_string(axis));
        const auto type = outcome.storage == model::Storage::count ? Type::int64 : Type::float64;
        const auto codes = std::string_view(outcome.name) == "presence_class" ? Codes::presence_class : Codes::none;
        shown.push_back({group, outcome.name, type, dimensions, Role::data, outcome.unit, outcome.long_name,
                         outcome.description, codes, static_cast<int>(i)});
    }
    return shown;
}

/// The outcomes of a group, after the coordinates of the axes that they have.
std::vector<Variable> outcomes_with_axes(const std::string& group) {
    std::vector<Variable> all;
    const auto shown = outcomes_of(group);
    for (int a = 0; a <= static_cast<int>(model::last_axis); ++a) {
        const auto axis = static_cast<Axis>(a);
        const auto has_axis = [&](const Variable& v) {
            return std::find(v.dimensions.begin(), v.dimensions.end(), model::to_string(axis)) != v.dimensions.end();
        };
        if (std::any_of(shown.begin(), shown.end(), has_axis)) append(all, axis_coordinates(group, axis));
    }
    append(all, shown);
    return all;
}

std::vector<Variable> series_group(const std::string& group) {
    auto all = run_coordinates(group);
    append(all, time_coordinates(group));
    if (group == "/cercles") append(all, cercle_coordinates());
    append(all, outcomes_with_axes(group));
    return all;
}

std::vector<Variable> summary_variables() {
    auto all = run_coordinates(summary_group);
    append(all, outcomes_with_axes(summary_group));
    return all;
}

std::vector<Variable> event_variables() {
    std::vector<Variable> all;
    std::transform(event_columns().begin(), event_columns().end(), std::back_inserter(all),
                   [](const EventColumn& column) { return column.variable; });
    return all;
}

// clang-format off
std::vector<Variable> commune_variables() {
    const std::string group = "/communes";
    return {
        number(group, "commune", Type::int32, "commune", "1", "number of the commune",
               "From 0. Border zones abroad follow the communes of Mali."),
        as_data(text(group, "name", "commune", "name", "A name may occur more than once.")),
        as_data(number(group, "cercle", Type::int16, "commune", "", "cercle",
                       "Position in the group /cercles; -1 for a border zone abroad."), Codes::cercle),
        number(group, "longitude", Type::float64, "commune", "degrees_east", "longitude"),
        number(group, "latitude", Type::float64, "commune", "degrees_north", "latitude"),
        as_data(number(group, "town", Type::int8, "commune", "", "whether the commune is a town"), Codes::no_yes),
        as_data(number(group, "cluster", Type::int16, "commune", "", "cluster of communes",
                       "Communes with the same number make local accords together; -1 for towns and border zones.")),
    };
}

std::vector<Variable> parameter_variables(const std::string& group) {
    const auto column = [&](const char* name, Type type, const char* long_name, const char* comment) {
        return as_data(number(group, name, type, "parameter", "", long_name, comment));
    };
    return {
        text(group, "parameter", "parameter", "full name", "In the order of the alphabet."),
        column("value", Type::float64, "value at the start", "Interventions of the scenario may change it later."),
        column("unit", Type::text, "unit of value, low and high", ""),
        column("low", Type::float64, "lower end of the plausible range", ""),
        column("high", Type::float64, "upper end of the plausible range", ""),
        column("distribution", Type::text, "how probability is spread over the range",
               "`uniform`, `log_uniform` or `triangular`."),
        column("status", Type::text, "how well the value is known",
               "`reported`: a source states it; `estimated`: derived from what sources state; `assumed`: neither."),
        column("source", Type::text, "source", "A source of /scenario; empty where the value is assumed."),
        column("place", Type::text, "passage in the source", ""),
        column("note", Type::text, "note", "What the value rests on."),
        column("meaning", Type::text, "what the number does in the model", ""),
        as_data(number(group, "overridden", Type::int8, "parameter", "", "whether the value was replaced",
                       "By a bare value in the scenario or on the command line, which keeps the rest of the record."),
                Codes::no_yes),
    };
}

std::vector<Variable> scenario_variables(const std::string& group) {
    const auto column = [&](const char* dimension, const char* name, const char* long_name, const char* comment) {
        return as_data(text(group, name, dimension, long_name, comment));
    };
    return {
        {group, "text", Type::text, {}, Role::data, "", "the scenario as run",
         "YAML, with everything that the file extends and every override merged into it."},
        {group, "description", Type::text, {}, Role::data, "", "what the scenario is for", ""},
        text(group, "mechanism", "mechanism", "mechanism of the model"),
        as_data(number(group, "mechanism_on", Type::int8, "mechanism", "", "whether the mechanism is on at the start"),
                Codes::no_yes),
        text(group, "faction", "faction", "faction of an organisation", "What events name as faction1, by position."),
        column("faction", "faction_label", "name of the faction", ""),
        text(group, "intervention", "intervention", "intervention", "What events name as a cause, by position."),
        column("intervention", "intervention_type", "type", "See intervention-types.md."),
        column("intervention", "intervention_date", "date", "YYYY-MM-DD; empty where a condition decides."),
        column("intervention", "intervention_until", "last day", "Of what is spread over time; otherwise empty."),
        column("intervention", "intervention_condition", "condition", "Empty where a date decides."),
        column("intervention", "intervention_change", "what it changes", ""),
        column("intervention", "intervention_source", "source", "A source of this group, and the passage in it."),
        column("intervention", "intervention_note", "note", ""),
        text(group, "source", "source", "source that parameters and interventions cite"),
        column("source", "source_title", "title", ""),
        column("source", "source_authors", "authors", ""),
        column("source", "source_year", "year", ""),
        column("source", "source_url", "address", ""),
    };
}

std::vector<Variable> target_variables() {
    const std::string group = "/targets";
    const auto words = [&](const char* name, const char* long_name, const char* comment) {
        return as_data(text(group, name, "target", long_name, comment));
    };
    const auto figure = [&](const char* name, const char* long_name, const char* comment) {
        return as_data(number(group, name, Type::float64, "target", "", long_name, comment));
    };
    auto all = run_coordinates(group);
    append(all, {
        text(group, "target", "target", "target", "In the order of the scenario."),
        words("label", "short name", ""),
        words("role", "what it may be used for", "`calibration`: a model may be fitted to it; `validation`: it judges one."),
        words("quantity", "what was counted", "See scenario-files.md; empty where the model has no counterpart."),
        words("first_day", "first day that the figure covers", "YYYY-MM-DD."),
        words("last_day", "last day that the figure covers", "YYYY-MM-DD."),
        words("places", "where", "Regions and cercles; empty: the country."),
        words("actors", "of whom", "Empty: of anybody."),
        figure("low", "lower end of the figure",
               "As in the source; the same as `high` for a single figure. Not a number where the source gives none."),
        figure("high", "upper end of the figure", "Infinite for \"at least\"."),
        figure("observation_error", "standard deviation of the figure's logarithm",
               "Of a class of presence that of the class itself."),
        figure("area_share", "part of the figure that belongs to the simulated country",
               "What runs give is compared with this share of `low` and `high`."),
        words("observer", "who counted", ""),
        words("source", "source", "A source of the scenario."),
        words("source_place", "passage in the source", ""),
        words("note", "note", ""),
        words("answer", "whether runs of this file answer it",
              "`answered`, or why not: `no_counterpart` in the model, `other_period`, `other_places`."),
        {group, "simulated", Type::float64, {"run", "target"}, Role::data, "", "what the observer would have recorded",
         "After what the observer misses. Not a number where the target isn't answered or the run isn't done."},
    });
    return all;
}

std::vector<Variable> runtime_variables() {
    const std::string group = "/runtime";
    return {
        number(group, "run", Type::int32, "run", "1", "run", "Position of the run in the file, from 0."),
        as_data(number(group, "wall_seconds", Type::float64, "run", "s", "duration of the run",
                       "Not a number for runs that are not done.")),
        {group, "started", Type::text, {}, Role::data, "", "when the program began to write", "ISO 8601, UTC."},
        {group, "finished", Type::text, {}, Role::data, "", "when the program had written everything", "ISO 8601, UTC."},
        {group, "host", Type::text, {}, Role::data, "", "name of the computer", ""},
        {group, "threads", Type::int32, {}, Role::data, "1", "threads that simulated", ""},
    };
}

/// Of a sweep, whose runs may come from many computers.
std::vector<Variable> sweep_runtime_variables() {
    const std::string group = "/runtime";
    return {
        number(group, "run", Type::int32, "run", "1", "run", "Position of the run in the file, from 0."),
        as_data(number(group, "wall_seconds", Type::float64, "run", "s", "duration of the run",
                       "Without the past that arms share, which the first arm is charged with. Not a number for runs "
                       "that are not done.")),
        as_data(number(group, "peak_memory", Type::float64, "run", "MB", "largest memory of the process so far",
                       "When the run ended. Not a number for runs that are not done.")),
        as_data(text(group, "host", "run", "name of the computer", "Empty for runs that are pending.")),
        {group, "merged", Type::text, {}, Role::data, "", "when the runs were put together", "ISO 8601, UTC."},
    };
}

std::vector<Variable> design_variables() {
    const std::string group = "/design";
    const auto of_factor = [&](const char* name, Type type, const char* long_name, const char* comment) {
        return as_data(number(group, name, type, "factor", "", long_name, comment));
    };
    return {
        number(group, "point", Type::int32, "point", "1", "point of the design", "From 0, as in the coordinate of runs."),
        text(group, "factor", "factor", "parameter that varies", "In the order of the sweep file."),
        {group, "value", Type::float64, {"point", "factor"}, Role::data, "", "value of the parameter", "In the factor's unit."},
        as_data(text(group, "block", "point", "part of the design",
                     "Of Saltelli's design A, B, AB or BA; otherwise empty.")),
        as_data(text(group, "exchanged", "point", "parameter that AB or BA takes from the other",
                     "Empty where there is none.")),
        as_data(number(group, "replicates", Type::int32, "point", "1", "replicates of the point", "In each arm.")),
        as_data(text(group, "stopped", "point", "why there are no more replicates",
                     "Of sweeps that simulate until a mean is precise: `precise`, or `most` where it is not and the sweep "
                     "allows no more; empty where all points have as many, or some are left to do.")),
        of_factor("unit", Type::text, "unit of the values", ""),
        of_factor("distribution", Type::text, "what the values are drawn from", ""),
        of_factor("low", Type::float64, "least value that is drawn", "Of a list the least that it has."),
        of_factor("high", Type::float64, "largest value that is drawn", "Of a list the largest that it has."),
        of_factor("arms", Type::text, "arms in which the parameter varies", "Separated by blanks; empty: all."),
        of_factor("plausible_low", Type::float64, "lower end of the plausible range",
                  "Of the parameter's record in the first arm."),
        of_factor("plausible_high", Type::float64, "upper end of the plausible range",
                  "Of the parameter's record in the first arm."),
        of_factor("record_value", Type::float64, "value that the scenario gives", "In the first arm."),
        of_factor("status", Type::text, "how well the value is known", "See /parameters of a result file."),
        of_factor("source", Type::text, "source", ""),
        of_factor("place", Type::text, "passage in the source", ""),
        of_factor("meaning", Type::text, "what the number does in the model", ""),
    };
}

std::vector<Variable> sweep_variables() {
    const std::string group = "/sweep";
    return {
        {group, "text", Type::text, {}, Role::data, "", "the sweep file", ""},
        {group, "description", Type::text, {}, Role::data, "", "what the sweep is for", ""},
    };
}
// clang-format on

Group described(const std::string& path) {
    const auto& all = group_texts();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Group& group) { return group.path == path; });
    assert(found != all.end());
    return *found;
}

Schema make_result_schema() {
    std::vector<Variable> all = series_group("/");
    append(all, series_group("/cercles"));
    append(all, event_variables());
    append(all, commune_variables());
    append(all, parameter_variables("/parameters"));
    append(all, scenario_variables("/scenario"));
    append(all, target_variables());
    append(all, runtime_variables());
    std::vector<Group> groups;
    for (const char* path :
         {"/", "/cercles", "/events", "/communes", "/parameters", "/scenario", "/targets", "/runtime"})
        groups.push_back(described(path));
    return {std::move(groups), std::move(all)};
}

}  // namespace

Schema sweep_schema(const SweepContents& contents) {
    std::vector<Group> groups;
    std::vector<Variable> all;
    const auto add = [&](const std::string& path, const std::vector<Variable>& variables) {
        groups.push_back(described(path));
        append(all, variables);
    };
    auto country = contents.series ? series_group("/") : run_coordinates("/");
    country.push_back(as_data(text("/", "message", "run", "what went wrong", "Empty for runs that did not fail.")));
    add("/", country);
    add(summary_group, summary_variables());
    if (contents.series) {
        add("/cercles", series_group("/cercles"));
    } else if (contents.events) {
        add("/cercles", cercle_coordinates());  // that communes lie in
    }
    if (contents.events) {
        add("/events", event_variables());
        add("/communes", commune_variables());
    }
    add("/targets", target_variables());
    add("/design", design_variables());
    add("/sweep", sweep_variables());
    add("/arms", {});
    for (const auto& arm : contents.arms) {
        const auto path = arm_group(arm);
        groups.push_back({path, "Arm " + arm, "One of the scenarios that are compared."});
        groups.push_back({path + "/parameters", "Parameters", described("/parameters").comment});
        append(all, parameter_variables(path + "/parameters"));
        groups.push_back({path + "/scenario", "Scenario", described("/scenario").comment});
        append(all, scenario_variables(path + "/scenario"));
    }
    add("/runtime", sweep_runtime_variables());
    return {std::move(groups), std::move(all)};
}

std::string arm_group(const std::string& arm) {
    return "/arms/" + arm;
}

const Schema& result_schema() {
    static const Schema schema = make_result_schema();
    return schema;
}

std::vector<Variable> Schema::variables_of(std::string_view group) const {
    std::vector<Variable> chosen;
    std::copy_if(variables_.begin(), variables_.end(), std::back_inserter(chosen),
                 [&](const Variable& variable) { return variable.group == group; });
    return chosen;
}

bool Schema::has(std::string_view path) const {
    return std::any_of(variables_.begin(), variables_.end(),
                       [&](const Variable& variable) { return variable.path() == path; });
}

}  // namespace sahelsim::output
