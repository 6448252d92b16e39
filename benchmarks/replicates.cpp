// What a replicate costs, and how much work it was: agents and units touched and decisions taken a day stand beside the
// totals, so that speed is not bought by doing nothing.

#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "engine/random.h"
#include "experiment/replicates.h"
#include "model/schedule.h"
#include "model/tally.h"
#include "model/vocabulary.h"
#include "world/population.h"

namespace {

using namespace sahelsim;

scenario::Scenario read(const std::string& name, const std::string& until,
                        const std::string& persons_per_agent = "100") {
    auto scenario = scenario::read_scenario(std::string(SAHELSIM_SCENARIO_SOURCE_DIR) + "/" + name + ".yaml",
                                            model::vocabulary(), {{"persons_per_agent", persons_per_agent}});
    scenario.end = *engine::parse_date(until);
    return scenario;
}

double total(const model::Recording& recording, const char* outcome) {
    double sum = 0.0;
    for (const double value : recording.series[model::outcome_index(outcome)].values) sum += value;
    return sum;
}

/// Largest resident memory of this process so far, in MB.
double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void simulate(benchmark::State& state, const std::string& name, const std::string& until,
              const std::string& persons_per_agent) {
    const auto setup = model::make_setup(read(name, until, persons_per_agent));
    const double days = static_cast<double>((setup.scenario.end - setup.scenario.start).count() + 1);
    const auto units = model::initial_state(setup, {1, 0}).units.size();
    std::uint32_t replicate = 0;
    model::Recording last;
    for (auto iteration : state) {
        static_cast<void>(iteration);
        last = experiment::run_replicate(setup, 1, replicate++);
    }
    state.counters["days"] = days;
    state.counters["cohorts"] = static_cast<double>(setup.cohorts.size());
    state.counters["cohorts/day"] = total(last, "cohorts_touched") / days;
    state.counters["units"] = units;
    state.counters["units/day"] = total(last, "units_touched") / days;
    state.counters["decisions/day"] = total(last, "decisions") / days;
    state.counters["events"] = static_cast<double>(last.events.size());
    state.counters["peak MB"] = peak_megabytes();
}

void six_years_of_mali(benchmark::State& state) {
    simulate(state, "baseline", "2022-12-31", "100");
}
BENCHMARK(six_years_of_mali)->Unit(benchmark::kMillisecond)->MinTime(5.0);

void two_years_of_one_region(benchmark::State& state) {
    simulate(state, "small", "2018-12-31", "1000");
}
BENCHMARK(two_years_of_one_region)->Unit(benchmark::kMillisecond);

void start_up(benchmark::State& state) {
    for (auto iteration : state) {
        static_cast<void>(iteration);
        const auto setup = model::make_setup(read("baseline", "2022-12-31"));
        benchmark::DoNotOptimize(model::initial_state(setup, {1, 0}).units.size());
    }
}
BENCHMARK(start_up)->Unit(benchmark::kMillisecond);

void one_agent_a_person_for_a_year(benchmark::State& state) {
    simulate(state, "baseline", "2017-12-31", "1");
}
BENCHMARK(one_agent_a_person_for_a_year)->Unit(benchmark::kMillisecond)->Iterations(1);

void philox_stream(benchmark::State& state) {
    std::uint64_t agent = 0;
    for (auto iteration : state) {
        static_cast<void>(iteration);
        engine::RandomStream stream(1, 2, 3, 4, ++agent, 6);
        benchmark::DoNotOptimize(stream());
    }
}
BENCHMARK(philox_stream);

}  // namespace
