#include "scenario/intervention_types.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/scalars.h"

namespace sahelsim::scenario {

namespace {

constexpr double most_personnel = 1'000'000;
constexpr double any_count = 1e9;

// Rows of the table below.

FieldSchema field(const char* name, FieldKind kind) {
    FieldSchema f;
    f.name = name;
    f.kind = kind;
    return f;
}

FieldSchema named(const char* name, const char* of) {
    auto f = field(name, FieldKind::name);
    f.of = of;
    return f;
}

FieldSchema between(const char* name, FieldKind kind, double lower, double upper) {
    auto f = field(name, kind);
    f.lower = lower;
    f.upper = upper;
    return f;
}

FieldSchema optional(FieldSchema f) {
    f.required = false;
    return f;
}

FieldSchema faction() {
    return field("faction", FieldKind::faction);
}

FieldSchema cercle() {
    return field("cercle", FieldKind::cercle);
}

FieldSchema cercles() {
    return field("cercles", FieldKind::cercles);
}

FieldSchema region() {
    return named("region", "region");
}

FieldSchema personnel() {
    return between("personnel", FieldKind::integer, 1, most_personnel);
}

FieldSchema share() {
    return between("share", FieldKind::number, 0.0, 1.0);
}

FieldSchema until() {
    return optional(field("until", FieldKind::last_day));
}

std::vector<InterventionType> make_types() {
    return {
        {"set",
         "gives a parameter another value",
         "{parameter} = {value}",
         {field("parameter", FieldKind::parameter), field("value", FieldKind::value)}},
        {"switch",
         "switches a rule on or off",
         "{mechanism} {on}",
         {named("mechanism", "mechanism"), field("on", FieldKind::boolean)}},
        {"deploy", "sends new units", "{personnel} of {faction} to {cercle}", {faction(), cercle(), personnel()}},
        {"withdraw",
         "takes units away, all of them or `personnel`, on one day or spread evenly up to `until`",
         "{personnel|all} of {faction} from {cercle|everywhere}",
         {faction(), optional(cercle()), optional(personnel()), until()}},
        {"disarm",
         "makes a share of a faction's members hand in their arms and go home, on one day or at an even rate up to "
         "`until`; "
         "they may take up arms again like anybody else",
         "{share} of {faction} in {cercles|region|all places}",
         {faction(), share(), optional(cercles()), optional(region()), until()},
         {{{"cercles", "region"}, false}}},
        {"mediate",
         "sends mediators for local accords to each cluster of communes, for good or up to `until`",
         "{mediators} mediators to each cluster of {cercles|region|the country}",
         {between("mediators", FieldKind::integer, 1, 1000), optional(cercles()), optional(region()), until()},
         {{{"cercles", "region"}, false}},
         "local_accords"},
        {"lose_leader",
         "takes a named leader away; one who does not lead yet never will",
         "{leader} is lost",
         {named("leader", "leader")},
         {},
         "leadership"},
        {"coup", "officers take power", "coup", {}, {}, "politics"},
        {"sanctions",
         "sets the sanctions against the government, 0 none to 1 full",
         "sanctions at {level}",
         {between("level", FieldKind::number, 0.0, 1.0)},
         {},
         "politics"},
        {"dialogue",
         "takes a measure for talks with the armed opposition (ease_resistance, name_teams, public_debate, mediator, "
         "open, guarantee, way_out) as far as `strength` says, for good or up to `until`",
         "{measure} at {strength}",
         {named("measure", "measure"), between("strength", FieldKind::number, 0.0, 1.0), until()},
         {},
         "dialogue"},
    };
}

const std::vector<ConditionOutcome> outcomes = {
    {"deaths_90_days", "dead of the last 90 days, fighters and civilians", any_count, false, true, 90},
    {"civilians_killed_90_days", "civilians killed in the last 90 days", any_count, false, true, 90},
    {"events_90_days", "violent events of the last 90 days", any_count, false, true, 90},
    {"dialogue_stage",
     "how far talks have come: 0 none, 1 signals, 2 channel, 3 teams, 4 negotiation, 5 an agreement, 6 a durable one, "
     "7 one that collapsed",
     7.0, false, false, 0},
    {"control", "share of places that an authority holds, weighted by residents", 1.0, true, true, 0},
};

template <class Entry>
const Entry* find(const std::vector<Entry>& entries, std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

/// A field's value on screen and in results.
std::string text_of(const FieldValue& value) {
    struct Text {
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(double number) const { return fmt::format("{}", number); }
        std::string operator()(long number) const { return fmt::format("{}", number); }
        std::string operator()(bool on) const { return on ? "on" : "off"; }
        std::string operator()(engine::Date date) const { return engine::format_date(date); }
        std::string operator()(const std::vector<std::string>& names) const {
            return fmt::format("{}", fmt::join(names, ", "));
        }
    };
    return std::visit(Text{}, value);
}

/// "personnel|all": the value of the first that the intervention has, or the last itself.
std::string fill(const Intervention& intervention, std::string_view alternatives) {
    while (true) {
        const auto bar = alternatives.find('|');
        const auto name = alternatives.substr(0, bar);
        const auto found = intervention.fields.find(name);
        if (found != intervention.fields.end()) return text_of(found->second);
        if (bar == std::string_view::npos) return std::string(name);
        alternatives.remove_prefix(bar + 1);
    }
}

/// What a field may hold, for a reader of the documentation; empty where its name says it.
std::string domain_of(const FieldSchema& f) {
    switch (f.kind) {
        case FieldKind::word:
            return fmt::format(" ({})", fmt::join(f.words, ", "));
        case FieldKind::number:
            return fmt::format(" ({} to {})", number_text(f.lower), number_text(f.upper));
        default:
            return "";
    }
}

std::string row_of(const InterventionType& type) {
    std::vector<std::string> required;
    std::vector<std::string> left_out;
    for (const auto& f : type.fields) {
        (f.required ? required : left_out).push_back(fmt::format("`{}`{}", f.name, domain_of(f)));
    }
    auto row = fmt::format("| `{}` | {} | {} | {}", type.name, fmt::join(required, ", "), fmt::join(left_out, ", "),
                           type.meaning);
    for (const auto& choice : type.choices) {
        row += fmt::format("; {} of `{}`", choice.required ? "one" : "at most one", fmt::join(choice.fields, "`, `"));
    }
    return row + " |\n";
}

std::string row_of(const ConditionOutcome& outcome) {
    std::string keys = outcome.of_authority ? "`authority`" : "";
    if (outcome.in_region) keys += keys.empty() ? "optionally `region`" : ", optionally `region`";
    return fmt::format("| `{}` | {} | {} |\n", outcome.name, keys, outcome.meaning);
}

}  // namespace

const std::vector<InterventionType>& intervention_types() {
    static const auto types = make_types();
    return types;
}

const InterventionType* find_intervention_type(std::string_view name) {
    return find(intervention_types(), name);
}

const std::vector<ConditionOutcome>& condition_outcomes() {
    return outcomes;
}

const ConditionOutcome* find_condition_outcome(std::string_view name) {
    return find(condition_outcomes(), name);
}

std::string change_text(const Intervention& intervention) {
    const auto* type = find_intervention_type(intervention.type);
    std::string text;
    std::string_view rest = type == nullptr ? std::string_view{} : std::string_view{type->change};
    while (!rest.empty()) {
        const auto open = rest.find('{');
        text += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        text += fill(intervention, rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return text;
}

std::string intervention_tables() {
    std::string text = "| type | fields | optional fields | what it does |\n|---|---|---|---|\n";
    for (const auto& type : intervention_types()) text += row_of(type);
    text += "\n| outcome of a condition | with | what it is |\n|---|---|---|\n";
    for (const auto& outcome : condition_outcomes()) text += row_of(outcome);
    return text;
}

}  // namespace sahelsim::scenario
