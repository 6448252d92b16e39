// The small tables of the schema: groups, dimensions, attributes of the file, and what codes mean.

#include <cassert>

#include "output/schema.h"

namespace sahelsim::output {

namespace {

template <typename Enumeration>
std::vector<std::string> names_until(Enumeration last) {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) names.emplace_back(model::to_string(static_cast<Enumeration>(i)));
    return names;
}

std::vector<std::string> none_and(const std::vector<std::string>& names) {
    std::vector<std::string> all = {"none"};
    all.insert(all.end(), names.begin(), names.end());
    return all;
}

std::vector<std::string> none_and_cercles(const model::Labels& labels) {
    std::vector<std::string> all = {"none"};
    for (const auto& cercle : labels.cercles) all.push_back(cercle.name);
    return all;
}

}  // namespace

const std::vector<Group>& group_texts() {
    static const std::vector<Group> all = {
        {"/", "The country", "Monthly series of Mali as a whole."},
        {"/cercles", "Cercles", "Monthly series by cercle."},
        {"/events", "Events",
         "One entry an event, of all runs: sorted by run, then in the order of happening. Events of runs that were "
         "stopped are left out."},
        {"/communes", "Communes", "The places that events name."},
        {"/targets", "Targets",
         "Figures from reports, and what their observers would have recorded of each run. Of a sweep, those of its "
         "first "
         "arm's scenario, which all arms share."},
        {"/parameters", "Parameters", "Every parameter of the scenario with what it rests on."},
        {"/scenario", "Scenario", "What was simulated, complete enough to run it again."},
        {"/runtime", "Runtime",
         "When, where and how fast. Two files of the same scenario, seed and program differ in this group only."},
        {"/summary", "Summary",
         "One number a run: of flows the sum over the whole months from the file's attribute `summary_start` to "
         "`summary_end`, of stocks the state at the end of the last of them."},
        {"/design", "Design", "The points of the design: which value each parameter that varies has in each."},
        {"/sweep", "Sweep", "What was asked for."},
        {"/arms", "Arms", "The scenarios that are compared, each complete enough to run it again."},
    };
    return all;
}

const std::vector<Dimension>& dimensions() {
    static const std::vector<Dimension> all = {
        {"run", "Runs: one replicate of a scenario each."},
        {"time", "Calendar months, the first and last of them perhaps in part."},
        {"bounds", "Beginning and end."},
        {"cercle", "Cercles that were simulated."},
        {"event_type", "Types of event."},
        {"perpetrator", "Sides as those who act."},
        {"victim", "Sides as those who suffer, and civilians."},
        {"authority", "Who may control a commune."},
        {"organisation", "Armed organisations."},
        {"other_organisation", "The same organisations, as the other of a pair."},
        {"issue", "What talks between the government and the armed opposition are about."},
        {"collapse_cause", "What breaks a local accord."},
        {"community", "Communities."},
        {"action", "Actions of units."},
        {"event", "Entries of the event log; unlimited."},
        {"commune", "Communes, then border zones abroad."},
        {"parameter", "Parameters."},
        {"faction", "Factions of organisations."},
        {"mechanism", "Mechanisms that can be switched off."},
        {"intervention", "Interventions of the scenario."},
        {"source", "Sources that the scenario cites."},
        {"target", "Figures from reports that runs are compared with."},
        {"point", "Points of a sweep's design."},
        {"factor", "Parameters that a sweep varies."},
    };
    return all;
}

const std::vector<FileAttribute>& file_attributes() {
    static const std::vector<FileAttribute> all = {
        {"Conventions",
         "CF-1.8: the conventions for climate and forecast data, which tools of many fields understand."},
        {"title", "Title of the scenario."},
        {"source", "The program with its version."},
        {"schema_version", "Version of this layout."},
        {"version", "Version of the program."},
        {"git_hash", "Commit that the program was built from."},
        {"scenario", "Name of the scenario file without its ending."},
        {"seed", "Master seed of the random numbers, 64 bits without sign."},
        {"start", "First simulated day, YYYY-MM-DD."},
        {"end", "Last simulated day, YYYY-MM-DD."},
        {"persons_per_agent", "Persons that a cohort of residents stands for."},
        {"complete", "1 if every run is done, 0 if the program was stopped before."},
    };
    return all;
}

const std::vector<FileAttribute>& sweep_attributes() {
    static const std::vector<FileAttribute> all = {
        {"sweep", "Name of the sweep file without its ending. It stands in for `scenario`."},
        {"design", "Kind of design."},
        {"replicates", "How many times each point was simulated in each arm, at most."},
        {"branch", "Day on whose morning the arms part; empty where each is simulated from its start."},
        {"summary_start", "First day of what /summary sums up."},
        {"summary_end", "Last day of it."},
    };
    return all;
}

bool is_unlimited(std::string_view dimension) {
    return dimension == "event";
}

std::vector<std::string> meanings(Codes codes, const model::Labels& labels) {
    switch (codes) {
        case Codes::none:
            return {};
        case Codes::run_status:
            return {"pending", "done", "stopped", "failed"};
        case Codes::event_type:
            return names_until(model::EventType::strategic_development);
        case Codes::event_subtype:
            return names_until(model::last_event_subtype);
        case Codes::violence_type:
            return names_until(model::ViolenceType::one_sided);
        case Codes::cause_kind:
            return names_until(model::CauseKind::intervention);
        case Codes::presence_class:
            return {"none", "marginal", "contested", "hegemonic"};
        case Codes::no_yes:
            return {"no", "yes"};
        case Codes::cercle:
            return none_and_cercles(labels);
        case Codes::organisation:
            return none_and(labels.organisations);
        case Codes::faction:
            return none_and(labels.factions);
        case Codes::community:
            return none_and(labels.communities);
    }
    assert(false);
    return {};
}

bool has_fixed_meanings(Codes codes) {
    return codes != Codes::cercle && codes != Codes::organisation && codes != Codes::faction &&
           codes != Codes::community;
}

int first_code(Codes codes) {
    return has_fixed_meanings(codes) ? 0 : -1;
}

const char* to_string(Type type) {
    switch (type) {
        case Type::int8:
            return "int8";
        case Type::int16:
            return "int16";
        case Type::int32:
            return "int32";
        case Type::int64:
            return "int64";
        case Type::float64:
            return "float64";
        case Type::text:
            return "text";
    }
    assert(false);
    return "";
}

const char* to_string(Codes codes) {
    switch (codes) {
        case Codes::none:
            return "none";
        case Codes::run_status:
            return "run_status";
        case Codes::event_type:
            return "event_type";
        case Codes::event_subtype:
            return "event_subtype";
        case Codes::violence_type:
            return "violence_type";
        case Codes::cause_kind:
            return "cause_kind";
        case Codes::presence_class:
            return "presence_class";
        case Codes::no_yes:
            return "no_yes";
        case Codes::cercle:
            return "cercle";
        case Codes::organisation:
            return "organisation";
        case Codes::faction:
            return "faction";
        case Codes::community:
            return "community";
    }
    assert(false);
    return "";
}

}  // namespace sahelsim::output
