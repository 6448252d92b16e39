#include "python/simulation.h"

#include <pybind11/pybind11.h>

#include <chrono>
#include <stdexcept>

#include <fmt/format.h>

#include "experiment/replicates.h"
#include "model/branch.h"
#include "model/recording_so_far.h"
#include "model/schedule.h"
#include "model/vocabulary.h"

namespace sahelsim::python {

namespace py = pybind11;

namespace {

using Clock = std::chrono::steady_clock;

/// Seldom enough that waiting for a busy interpreter takes no part of the time worth speaking of.
constexpr auto kBetweenSignals = std::chrono::milliseconds(50);
const std::string kNameOfText = "text";

scenario::Scenario read(const Plan& plan) {
    auto scenario = plan.is_text
                        ? scenario::read_scenario_text(plan.scenario, kNameOfText, model::vocabulary(), plan.overrides)
                        : scenario::read_scenario(plan.scenario, model::vocabulary(), plan.overrides);
    if (!plan.until) return scenario;
    if (*plan.until < scenario.start || *plan.until > scenario.end) {
        const auto expected =
            fmt::format("a day from {} to {}", engine::format_date(scenario.start), engine::format_date(scenario.end));
        throw scenario::InputError({{{}, "until", engine::format_date(*plan.until), expected, ""}});
    }
    scenario.end = *plan.until;
    return scenario;
}

/// Lets signal handlers run now and then. Without the GIL.
class Signals {
   public:
    /// Whether a handler raised an exception, which is then the interpreter's current one.
    bool stop() {
        if (Clock::now() < next_) return false;
        const py::gil_scoped_acquire acquire;
        const bool raised = PyErr_CheckSignals() != 0;
        next_ = Clock::now() + kBetweenSignals;
        return raised;
    }

   private:
    Clock::time_point next_ = Clock::now() + kBetweenSignals;
};

}  // namespace

/// The right to use a run, for one thread at a time. Taken and given back with the GIL.
class Simulation::Turn {
   public:
    explicit Turn(Simulation& simulation) : simulation_(simulation) {
        if (simulation.busy_) throw std::runtime_error("the simulator is in use by another thread");
        if (simulation.failed_) throw std::runtime_error("the simulator ended with an error in the middle of a day");
        simulation.busy_ = true;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { simulation_.busy_ = false; }

   private:
    Simulation& simulation_;
};

Simulation::Simulation(std::shared_ptr<const model::Setup> setup, std::shared_ptr<model::State> state)
    : setup_(std::move(setup)), state_(std::move(state)), today_(engine::day_number(state_->date)) {
}

Simulation::Simulation(const Plan& plan) : today_(0) {
    {
        const py::gil_scoped_release release;
        setup_ = std::make_shared<const model::Setup>(model::make_setup(read(plan)));
        state_ = std::make_shared<model::State>(model::initial_state(*setup_, {plan.seed, plan.replicate}));
    }
    today_ = engine::day_number(state_->date);
}

void Simulation::advance(engine::Date date) {
    const Turn turn(*this);
    if (date <= state_->date) return;
    if (state_.use_count() > 1) state_ = std::make_shared<model::State>(*state_);
    std::atomic<bool> stop{false};
    failed_ = true;  // unless all goes well
    {
        const py::gil_scoped_release release;
        Signals signals;
        experiment::run_until(*setup_, date, *state_, &stop, [&] {
            today_ = engine::day_number(state_->date);
            if (signals.stop()) stop = true;
        });
    }
    failed_ = false;
    if (stop) throw py::error_already_set();
}

void Simulation::apply(const scenario::Node& fields) {
    const Turn turn(*this);
    std::shared_ptr<const model::Setup> setup;
    std::shared_ptr<model::State> state;
    {
        const py::gil_scoped_release release;
        setup = std::make_shared<const model::Setup>(model::make_setup(
            scenario::with_intervention(setup_->scenario, fields, state_->date, model::vocabulary())));
        state = std::make_shared<model::State>(model::continue_as(model::past_of(*setup_), *setup, *state_));
    }
    setup_ = std::move(setup);
    state_ = std::move(state);
}

Results Simulation::results(Level level) {
    const Turn turn(*this);
    const py::gil_scoped_release release;
    const auto& scenario = setup_->scenario;
    const auto [labels, recording] = model::recording_so_far(*setup_, *state_);
    Results results;
    results.setup = setup_;
    results.attributes = output::attributes_of(scenario, state_->random.seed);
    for (auto& attribute : results.attributes) {
        if (std::string_view(attribute.name) == "end") attribute.value = engine::format_date(labels.end);
    }
    auto& complete = results.attributes.emplace_back();
    complete.name = "complete";
    complete.value = std::int64_t{state_->date > scenario.end ? 1 : 0};
    switch (level) {
        case Level::country:
            results.variables = output::country_in_memory(recording, labels, scenario);
            break;
        case Level::cercles:
            results.variables = output::cercles_in_memory(recording, labels, scenario);
            break;
        case Level::events:
            results.variables = output::events_in_memory(recording, labels, scenario);
            break;
    }
    return results;
}

Morning Simulation::morning() {
    const Turn turn(*this);
    return {setup_, state_};
}

std::unique_ptr<Simulation> Simulation::copy() {
    const Turn turn(*this);
    return std::unique_ptr<Simulation>(new Simulation(setup_, state_));
}

}  // namespace sahelsim::python
