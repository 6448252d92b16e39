#pragma once
// What `trace` prints, for people and for scripts.

#include <string>
#include <vector>

#include "experiment/cause_chains.h"
#include "model/recording.h"
#include "output/result_reader.h"

namespace sahelsim::cli {

/// The way to one event and what came of it.
struct EventTrace {
    int run = 0;
    std::vector<model::Event> events;  ///< of the run, by id
    experiment::Chain led_to_it;       ///< with the event itself at the end
    std::vector<experiment::Consequence> followed;
    std::size_t not_shown = 0;  ///< further consequences, after more steps
};

/// One chain with its events, oldest first.
struct RunChain {
    int run = 0;
    std::vector<model::Event> events;

    [[nodiscard]] std::size_t links() const { return events.size() - 1; }
};

void print_event_trace(const EventTrace& trace, const output::ResultReader& file);
void print_event_trace_json(const EventTrace& trace, const output::ResultReader& file);

void print_chains(const std::vector<RunChain>& chains, const output::ResultReader& file);
void print_chains_json(const std::vector<RunChain>& chains, const output::ResultReader& file);

}  // namespace sahelsim::cli
