#pragma once
// A run that Python holds: goes on as far as it is told, takes interventions, shows its state and its results.
//
// Every function is called with the interpreter's lock (GIL) and lets go of it while it works. A State that somebody else
// holds too, as a view or a copy of the run, is never changed: the run goes on with a copy.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/setup.h"
#include "model/state.h"
#include "output/attributes.h"
#include "output/in_memory.h"
#include "scenario/node.h"
#include "scenario/scenario.h"

namespace sahelsim::python {

/// What a run is of.
struct Plan {
    std::string scenario;  ///< path or "sahelsim:NAME"; a scenario's text
    bool is_text = false;
    std::vector<scenario::Override> overrides = {};
    std::uint64_t seed = 1;
    std::uint32_t replicate = 0;
    std::optional<engine::Date> until = {};  ///< last day to simulate; else the scenario's
};

/// A morning of a run, which stays as it is.
struct Morning {
    std::shared_ptr<const model::Setup> setup;
    std::shared_ptr<const model::State> state;
};

enum class Level { country, cercles, events };

struct Results {
    std::shared_ptr<const model::Setup> setup;
    std::vector<output::Attribute> attributes;  ///< of the whole
    std::vector<output::VariableInMemory> variables;
};

class Simulation {
   public:
    /// Throws scenario::InputError.
    explicit Simulation(const Plan& plan);

    /// The next day to simulate. Of all functions, this one answers while another thread uses the run.
    [[nodiscard]] engine::Date date() const { return engine::Date(std::chrono::days(today_.load())); }
    [[nodiscard]] engine::Date end() const { return setup_->scenario.end; }
    [[nodiscard]] std::shared_ptr<const model::Setup> setup() const { return setup_; }

    /// Simulates up to the morning of `date`, at most to the end. Signals such as Ctrl-C are seen to several times a second;
    /// where their handler raises an exception the run stays at a morning and can go on.
    void advance(engine::Date date);

    /// Takes an intervention that begins on the next day to simulate. Throws scenario::InputError and changes nothing then.
    void apply(const scenario::Node& fields);

    /// Of the days simulated so far.
    [[nodiscard]] Results results(Level level);

    [[nodiscard]] Morning morning();

    /// A run of its own in the same state.
    [[nodiscard]] std::unique_ptr<Simulation> copy();

   private:
    class Turn;

    Simulation(std::shared_ptr<const model::Setup> setup, std::shared_ptr<model::State> state);

    std::shared_ptr<const model::Setup> setup_;
    std::shared_ptr<model::State> state_;
    std::atomic<int> today_;
    // Both are read and written with the GIL.
    bool busy_ = false;
    bool failed_ = false;
};

}  // namespace sahelsim::python
