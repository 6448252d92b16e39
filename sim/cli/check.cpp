// sahelsim check FILE

#include <array>
#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/intervention_notes.h"
#include "cli/scenario_argument.h"
#include "model/parameters.h"
#include "world/parameters.h"

namespace sahelsim::cli {

namespace {

using scenario::Scenario;
using scenario::Status;

void print_parameters(const Scenario& scenario) {
    std::array<int, 3> by_status{};
    int overridden = 0;
    for (const auto& [name, record] : scenario.parameters.records()) {
        ++by_status[static_cast<std::size_t>(record.status)];
        overridden += record.overridden ? 1 : 0;
    }
    fmt::print("  parameters     {}: {} reported, {} estimated, {} assumed ({} overridden)\n",
               scenario.parameters.records().size(), by_status[0], by_status[1], by_status[2], overridden);
}

/// An override may leave the plausible range as long as the value makes sense; whoever does it should know.
void print_notes(const Scenario& scenario) {
    for (const auto& [name, record] : scenario.parameters.records()) {
        if (record.value >= record.low && record.value <= record.high) continue;
        fmt::print("  note: {} = {} lies outside its plausible range [{}, {}]\n", name, record.value, record.low,
                   record.high);
    }
    for (const auto& note : intervention_notes(scenario)) fmt::print("  note: {}\n", note);
}

void print_summary(const Scenario& scenario) {
    std::size_t factions = 0;
    for (const auto& organisation : scenario.organisations) factions += organisation.factions.size();
    fmt::print("{}: {}\n", scenario.name, scenario.title);
    fmt::print("  period         {} to {} ({} days)\n", engine::format_date(scenario.start),
               engine::format_date(scenario.end), (scenario.end - scenario.start).count() + 1);
    fmt::print("  world          {} cercles, {} border zones", scenario.world.cercles.size(),
               scenario.world.border_zones.size());
    if (!scenario.world.regions.empty()) fmt::print("; simulated: {}", fmt::join(scenario.world.regions, ", "));
    fmt::print("\n  people         {} communities, {} an agent\n", scenario.communities.size(),
               scenario.persons_per_agent);
    fmt::print("  organisations  {} with {} factions\n", scenario.organisations.size(), factions);
    print_parameters(scenario);
    fmt::print("  interventions  {}\n", scenario.interventions.size());
    for (const auto& [mechanism, on] : scenario.mechanisms) {
        if (!on) fmt::print("  switched off   {}\n", mechanism);
    }
    print_notes(scenario);
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("check", "Check a scenario without running it");
    const auto argument = std::make_shared<ScenarioArgument>();
    add_scenario_argument(*command, *argument);
    command->callback([argument, &exit_code] {
        const auto scenario = read_scenario(*argument);
        // The world and the model say which records they miss.
        static_cast<void>(world::read_parameters(scenario.parameters));
        static_cast<void>(model::read_parameters(scenario));
        print_summary(scenario);
        exit_code = exit_done;
    });
}

}  // namespace sahelsim::cli
