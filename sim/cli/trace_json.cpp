// Traces as JSON.

#include <fmt/format.h>

#include "cli/event_words.h"
#include "cli/json.h"
#include "cli/trace_report.h"

namespace sahelsim::cli {

namespace {

using model::Event;
using output::EventNames;

/// Texts that are empty for lack of something are null.
std::string text_or_null(const std::string& text) {
    return text.empty() ? "null" : json_string(text);
}

std::string cause_of(const Event& event, const EventNames& names) {
    switch (event.cause_kind) {
        case model::CauseKind::none:
            break;
        case model::CauseKind::event:
            return fmt::to_string(event.cause);
        case model::CauseKind::intervention:
            return text_or_null(intervention_of(event, names));
    }
    return "null";
}

/// Names are those of the result file, so that scripts can look further there.
std::string json_of(const Event& event, const EventNames& names) {
    const auto& commune = names.communes[static_cast<std::size_t>(event.commune)];
    const auto date = engine::format_date(engine::Date(std::chrono::days(event.day)));
    auto text = fmt::format("\"event\": {}, \"date\": {}, \"commune\": {}, \"cercle\": {}, \"region\": {}", event.id,
                            json_string(date), json_string(commune.name), text_or_null(commune.cercle),
                            text_or_null(commune.region));
    text += fmt::format(", \"type\": {}, \"subtype\": {}", json_string(to_string(event.type)),
                        json_string(to_string(event.subtype)));
    text += fmt::format(", \"actor1\": {}, \"faction1\": {}, \"actor2\": {}, \"community\": {}",
                        text_or_null(name_at(names.organisations, event.actor1).id),
                        text_or_null(name_at(names.factions, event.faction1).id),
                        text_or_null(name_at(names.organisations, event.actor2).id),
                        text_or_null(name_at(names.communities, event.community).id));
    text += fmt::format(
        ", \"deaths_actor1\": {}, \"deaths_actor2\": {}, \"civilians_killed\": {}, \"civilians_injured\": {}, "
        "\"civilians_abducted\": {}",
        event.deaths_actor1, event.deaths_actor2, event.civilians_killed, event.civilians_injured,
        event.civilians_abducted);
    text += fmt::format(", \"cause_kind\": {}, \"cause\": {}, \"text\": {}", json_string(to_string(event.cause_kind)),
                        cause_of(event, names), json_string(what_happened(event, names)));
    return text;
}

/// Begins the one object that is printed.
void print_beginning(const output::ResultReader& file) {
    fmt::print("{{\n  \"runs\": {}, \"runs_done\": {},\n", file.runs().size(), file.runs_done());
}

std::string run_of(int run, const output::ResultReader& file) {
    const auto& of = file.runs()[static_cast<std::size_t>(run)];
    return fmt::format("\"run\": {}, \"arm\": {}, \"point\": {}, \"replicate\": {}", run, json_string(of.arm), of.point,
                       of.replicate);
}

/// Elements of an array, a line each.
void print_array(const std::vector<std::string>& elements, const char* indent) {
    const char* separator = "\n";
    for (const auto& element : elements) {
        fmt::print("{}{}  {{{}}}", separator, indent, element);
        separator = ",\n";
    }
    fmt::print("{}{}]", elements.empty() ? "" : "\n", elements.empty() ? "" : indent);
}

}  // namespace

void print_event_trace_json(const EventTrace& trace, const output::ResultReader& file) {
    const auto& names = file.names(trace.run);
    const auto event_of = [&](std::int32_t id) { return json_of(trace.events[static_cast<std::size_t>(id)], names); };
    std::vector<std::string> led;
    for (const auto id : trace.led_to_it) led.push_back(event_of(id));
    std::vector<std::string> followed;
    for (const auto& [id, steps] : trace.followed)
        followed.push_back(fmt::format("\"steps\": {}, {}", steps, event_of(id)));
    print_beginning(file);
    fmt::print("  {}, \"event\": {},\n  \"led_to_it\": [", run_of(trace.run, file), trace.led_to_it.back());
    print_array(led, "  ");
    fmt::print(",\n  \"followed\": [");
    print_array(followed, "  ");
    fmt::print(",\n  \"not_shown\": {}\n}}\n", trace.not_shown);
}

void print_chains_json(const std::vector<RunChain>& chains, const output::ResultReader& file) {
    print_beginning(file);
    fmt::print("  \"chains\": [");
    const char* separator = "\n";
    for (const auto& chain : chains) {
        std::vector<std::string> events;
        for (const auto& event : chain.events) events.push_back(json_of(event, file.names(chain.run)));
        fmt::print("{}    {{{}, \"links\": {}, \"events\": [", separator, run_of(chain.run, file), chain.links());
        print_array(events, "    ");
        fmt::print("}}");
        separator = ",\n";
    }
    fmt::print("{}]\n}}\n", chains.empty() ? "" : "\n  ");
}

}  // namespace sahelsim::cli
