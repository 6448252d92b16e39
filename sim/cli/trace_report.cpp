// Traces as tables.

#include "cli/trace_report.h"

#include <fmt/format.h>

#include "cli/event_words.h"
#include "cli/table.h"

namespace sahelsim::cli {

namespace {

using experiment::Consequence;
using model::Event;
using output::EventNames;

const TableLine kHeading = {"event", "date", "after", "where", "what"};

const Event& event_of(const EventTrace& trace, std::int32_t id) {
    return trace.events[static_cast<std::size_t>(id)];
}

std::string date_of(const Event& event) {
    return engine::format_date(engine::Date(std::chrono::days(event.day)));
}

/// Days since the cause; empty where `cause` is no event.
std::string days_after(const Event& event, const Event* cause) {
    if (cause == nullptr) return "";
    const int days = event.day - cause->day;
    return days == 1 ? "1 day" : fmt::format("{} days", days);
}

TableLine line_of(const Event& event, const Event* cause, const EventNames& names, int indent = 0) {
    return {fmt::to_string(event.id), date_of(event), days_after(event, cause), where_it_happened(event, names),
            std::string(2 * static_cast<std::size_t>(indent), ' ') + what_happened(event, names)};
}

void print_run(int run, const output::ResultReader& file) {
    const auto& of = file.runs()[static_cast<std::size_t>(run)];
    fmt::print("run {} (scenario {}, ", run, of.arm);
    if (of.point > 0) fmt::print("point {}, ", of.point);
    fmt::print("replicate {})", of.replicate);
}

void print_notes(const output::ResultReader& file) {
    const auto done = file.runs_done();
    if (done == static_cast<int>(file.runs().size())) return;
    fmt::print("\nThe file is incomplete: {} of {} runs are done.\n", done, file.runs().size());
}

void print_way(const EventTrace& trace, const EventNames& names) {
    fmt::print("\nWhat led to it\n");
    std::vector<TableLine> lines = {kHeading};
    const Event* cause = nullptr;
    for (const auto id : trace.led_to_it) {
        const auto& event = event_of(trace, id);
        lines.push_back(line_of(event, cause, names));
        cause = &event;
    }
    print_table(lines);
}

void print_consequences(const EventTrace& trace, const EventNames& names) {
    if (trace.followed.empty() && trace.not_shown == 0) {
        fmt::print("\nNothing followed from it.\n");
        return;
    }
    fmt::print("\nWhat followed from it\n");
    std::vector<TableLine> lines = {kHeading};
    for (const auto& [id, steps] : trace.followed) {
        const auto& event = event_of(trace, id);
        lines.push_back(line_of(event, &event_of(trace, event.cause), names, steps - 1));
    }
    print_table(lines);
    if (trace.not_shown > 0) fmt::print("and {} more after further steps; --depth shows them\n", trace.not_shown);
}

}  // namespace

void print_event_trace(const EventTrace& trace, const output::ResultReader& file) {
    fmt::print("Event {} of ", trace.led_to_it.back());
    print_run(trace.run, file);
    fmt::print("\n");
    print_way(trace, file.names(trace.run));
    print_consequences(trace, file.names(trace.run));
    print_notes(file);
}

void print_chains(const std::vector<RunChain>& chains, const output::ResultReader& file) {
    if (chains.empty()) fmt::print("No event was answered by another side.\n");
    const char* separator = "";
    for (const auto& chain : chains) {
        fmt::print("{}{} {} in ", separator, chain.links(), chain.links() == 1 ? "link" : "links");
        print_run(chain.run, file);
        fmt::print(", {} days\n", chain.events.back().day - chain.events.front().day);
        std::vector<TableLine> lines = {kHeading};
        const Event* cause = nullptr;
        for (const auto& event : chain.events) {
            lines.push_back(line_of(event, cause, file.names(chain.run)));
            cause = &event;
        }
        print_table(lines);
        separator = "\n";
    }
    print_notes(file);
}

}  // namespace sahelsim::cli
