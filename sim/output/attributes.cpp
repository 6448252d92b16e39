#include "output/attributes.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/version.h"

namespace sahelsim::output {

namespace {

bool is_subset(const std::vector<std::string>& some, const std::vector<std::string>& all) {
    return std::all_of(some.begin(), some.end(),
                       [&](const std::string& name) { return std::find(all.begin(), all.end(), name) != all.end(); });
}

/// flag_meanings are separated by blanks, so that a name can't hold one.
std::string flag_meanings(const std::vector<std::string>& names) {
    std::string joined;
    for (auto name : names) {
        std::replace(name.begin(), name.end(), ' ', '_');
        if (!joined.empty()) joined += ' ';
        joined += name;
    }
    return joined;
}

std::string standard_name(const Variable& variable) {
    if (variable.name == "time" || variable.name == "longitude" || variable.name == "latitude") return variable.name;
    return "";
}

/// Attributes with something to say.
class List {
   public:
    void text(const char* name, const std::string& text) {
        if (!text.empty()) all_.push_back({name, text});
    }
    void codes(Codes codes, const model::Labels& labels) {
        if (codes == Codes::none) return;
        const auto names = meanings(codes, labels);
        std::vector<std::int64_t> values;
        for (std::size_t i = 0; i < names.size(); ++i)
            values.push_back(first_code(codes) + static_cast<std::int64_t>(i));
        all_.push_back({"flag_values", values});
        text("flag_meanings", flag_meanings(names));
    }
    std::vector<Attribute> take() { return std::move(all_); }

   private:
    std::vector<Attribute> all_;
};

}  // namespace

std::vector<Attribute> attributes_of(const Variable& variable, const model::Labels& labels) {
    List list;
    list.text("long_name", variable.long_name);
    list.text("standard_name", standard_name(variable));
    list.text("units", variable.units);
    if (variable.units.starts_with("days since")) list.text("calendar", "proleptic_gregorian");
    if (variable.name == "time" && variable.role == Role::dimension) {
        list.text("axis", "T");
        list.text("bounds", "time_bounds");
    }
    list.text("comment", variable.comment);
    list.codes(variable.codes, labels);
    if (variable.outcome >= 0) {
        const auto& outcome = model::outcomes()[static_cast<std::size_t>(variable.outcome)];
        const bool flow = outcome.kind == model::OutcomeKind::flow;
        list.text("kind", flow ? "flow" : "stock");
        if (flow) list.text("cell_methods", "time: sum");
    }
    return list.take();
}

std::string coordinates_of(const Variable& variable, const std::vector<Variable>& group) {
    std::string names;
    for (const auto& other : group) {
        if (other.role != Role::coordinate || !is_subset(other.dimensions, variable.dimensions)) continue;
        if (!names.empty()) names += ' ';
        names += other.name;
    }
    return names;
}

std::vector<Attribute> attributes_of(const scenario::Scenario& scenario, std::uint64_t seed) {
    return {
        {"Conventions", "CF-1.8"},
        {"title", scenario.title},
        {"source", fmt::format("sahelsim {}", engine::version())},
        {"schema_version", std::int64_t{schema_version}},
        {"version", std::string(engine::version())},
        {"git_hash", std::string(engine::git_hash())},
        {"scenario", scenario.name},
        {"seed", seed},
        {"start", engine::format_date(scenario.start)},
        {"end", engine::format_date(scenario.end)},
        {"persons_per_agent", std::int64_t{scenario.persons_per_agent}},
    };
}

}  // namespace sahelsim::output
