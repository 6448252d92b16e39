// sahelsim trace FILE.h5

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/trace_report.h"
#include "output/errors.h"
#include "scenario/problem.h"

namespace sahelsim::cli {

namespace {

using model::Event;
using output::ResultReader;

constexpr int kDefaultSteps = 5;
constexpr int kDefaultChains = 3;
constexpr int kMostChains = 10'000;
constexpr int kMostNumber = std::numeric_limits<int>::max();

struct Arguments {
    std::string file;
    int event = 0;
    int longest = 0;  ///< 0: the option came without a number
    int run = -1;     ///< -1: the first one for an event, all of them for the longest chains
    int depth = kDefaultSteps;
    std::string region;
    std::string format = "table";
};

[[noreturn]] void refuse(const Arguments& arguments, const char* option, const std::string& found,
                         const std::string& expected, const std::string& nearest = "") {
    throw scenario::InputError({{{arguments.file, 0, 0}, option, found, expected, nearest}});
}

int last_of(std::size_t count) {
    return static_cast<int>(count) - 1;
}

/// The run's number, once it is sure that it has events.
int checked_run(const Arguments& arguments, const ResultReader& file, int run) {
    const auto& runs = file.runs();
    if (run > last_of(runs.size())) {
        refuse(arguments, "--run", fmt::to_string(run), fmt::format("a run from 0 to {}", last_of(runs.size())));
    }
    const auto& chosen = runs[static_cast<std::size_t>(run)];
    if (chosen.status != output::RunStatus::done) {
        refuse(arguments, "--run",
               fmt::format("{}, which {}", run,
                           chosen.status == output::RunStatus::stopped ? "was stopped" : "has not begun"),
               "a run that is done: the event log has those only");
    }
    if (chosen.events == 0)
        refuse(arguments, "--run", fmt::format("{}, which has no events", run), "a run with events");
    return run;
}

experiment::CauseForest forest_of(const std::vector<Event>& events, int run, const Arguments& arguments) {
    try {
        return experiment::cause_forest(events);
    } catch (const std::invalid_argument& error) {
        throw output::FileError(arguments.file, fmt::format("the file is damaged: in run {}, {}", run, error.what()));
    }
}

EventTrace trace_event(const Arguments& arguments, const ResultReader& file) {
    const int run = checked_run(arguments, file, std::max(arguments.run, 0));
    auto events = file.events(run);
    if (arguments.event > last_of(events.size())) {
        refuse(arguments, "--event", fmt::to_string(arguments.event),
               fmt::format("an event of run {}, from 0 to {}", run, last_of(events.size())));
    }
    const auto forest = forest_of(events, run, arguments);
    auto followed = forest.consequences_of(arguments.event, arguments.depth);
    const auto not_shown = forest.consequences_of(arguments.event).size() - followed.size();
    return {run, std::move(events), forest.chain_to(arguments.event), std::move(followed), not_shown};
}

/// The runs that are asked for and have events. Throws where that leaves none.
std::vector<int> chosen_runs(const Arguments& arguments, const ResultReader& file) {
    if (arguments.run >= 0) return {checked_run(arguments, file, arguments.run)};
    std::vector<int> runs;
    for (int run = 0; run <= last_of(file.runs().size()); ++run) {
        if (file.runs()[static_cast<std::size_t>(run)].events > 0) runs.push_back(run);
    }
    if (!runs.empty()) return runs;
    throw output::FileError(
        arguments.file, file.runs_done() == 0 ? "the event log is empty: no run is done" : "the event log is empty");
}

void expect_region(const Arguments& arguments, const ResultReader& file) {
    std::vector<std::string> regions;
    for (const auto& commune : file.names(0).communes) {
        if (commune.region == arguments.region) return;
        const bool known = std::find(regions.begin(), regions.end(), commune.region) != regions.end();
        if (!commune.region.empty() && !known) regions.push_back(commune.region);
    }
    refuse(arguments, "--region", "'" + arguments.region + "'", fmt::format("one of {}", fmt::join(regions, ", ")),
           scenario::nearest_name(arguments.region, regions));
}

/// [event] the side that acted; -1 where nobody did, and outside the region that is asked for.
std::vector<int> acting_sides(const std::vector<Event>& events, const output::EventNames& names,
                              const std::string& region) {
    std::vector<int> sides;
    sides.reserve(events.size());
    for (const auto& event : events) {
        const bool here = region.empty() || names.communes[static_cast<std::size_t>(event.commune)].region == region;
        sides.push_back(here && event.actor1 >= 0 ? names.sides[static_cast<std::size_t>(event.actor1)] : -1);
    }
    return sides;
}

/// The longest chains of one run; no more of them than are printed.
std::vector<RunChain> chains_of(int run, const Arguments& arguments, const ResultReader& file) {
    const auto events = file.events(run);
    const auto sides = acting_sides(events, file.names(run), arguments.region);
    auto chains = forest_of(events, run, arguments).alternating_chains(sides);
    chains.resize(std::min(chains.size(), static_cast<std::size_t>(arguments.longest)));
    std::vector<RunChain> found;
    for (const auto& chain : chains) {
        found.push_back({run, {}});
        for (const auto id : chain) found.back().events.push_back(events[static_cast<std::size_t>(id)]);
    }
    return found;
}

/// The longest of all runs; of equally long ones those of the first run come first.
std::vector<RunChain> longest_chains(const Arguments& arguments, const ResultReader& file) {
    if (!arguments.region.empty()) expect_region(arguments, file);
    std::vector<RunChain> longest;
    for (const int run : chosen_runs(arguments, file)) {
        auto found = chains_of(run, arguments, file);
        std::move(found.begin(), found.end(), std::back_inserter(longest));
        std::stable_sort(longest.begin(), longest.end(),
                         [](const RunChain& a, const RunChain& b) { return a.links() > b.links(); });
        if (longest.size() > static_cast<std::size_t>(arguments.longest))
            longest.erase(longest.begin() + arguments.longest, longest.end());
    }
    return longest;
}

void trace(const Arguments& arguments, bool one_event) {
    const ResultReader file(arguments.file);
    const bool json = arguments.format == "json";
    if (one_event) {
        const auto found = trace_event(arguments, file);
        return json ? print_event_trace_json(found, file) : print_event_trace(found, file);
    }
    const auto found = longest_chains(arguments, file);
    return json ? print_chains_json(found, file) : print_chains(found, file);
}

}  // namespace

void add_trace(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("trace", "Tell what led to an event and what followed, or the longest revenge");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "Result file")->required();
    auto* event = command->add_option("--event", arguments->event, "Number of an event in its run")
                      ->check(CLI::Range(0, kMostNumber));
    auto* longest = command
                        ->add_option("--longest", arguments->longest,
                                     "The longest chains in which sides take turns, each event provoked by the one "
                                     "before it; how many of them (3 unless said otherwise)")
                        ->expected(0, 1)
                        ->check(CLI::Range(1, kMostChains))
                        ->excludes(event);
    command->add_option("--run", arguments->run, "Run; without it, run 0 for an event and all runs for chains")
        ->check(CLI::Range(0, kMostNumber));
    command->add_option("--depth", arguments->depth, "How many steps to follow what came of an event")
        ->check(CLI::Range(0, 1'000'000))
        ->needs(event)
        ->capture_default_str();
    command->add_option("--region", arguments->region, "Only chains within one region")->needs(longest);
    command->add_option("--format", arguments->format, "table or json")->check(CLI::IsMember({"table", "json"}));
    command->callback([arguments, event, longest, &exit_code] {
        if (event->count() + longest->count() == 0) throw CLI::RequiredError("--event or --longest");
        if (arguments->longest == 0) arguments->longest = kDefaultChains;
        try {
            trace(*arguments, event->count() > 0);
            exit_code = exit_done;
        } catch (const output::FileError& error) {
            fmt::print(stderr, "sahelsim: {}\n", error.what());
            exit_code = exit_bad_input;
        }
    });
}

}  // namespace sahelsim::cli
