#include "model/prisoners.h"

#include <vector>

#include "model/tally.h"

namespace sahelsim::model {

int release_prisoners_of(const Setup& setup, const Step& step, int authority, double share, engine::RandomStream& draws,
                         State& state) {
    int released = 0;
    std::erase_if(state.prisoners, [&](const Prisoner& prisoner) {
        const auto organisation = static_cast<std::size_t>(prisoner.organisation);
        if (setup.actors.authority[organisation] != authority || !engine::draw_bernoulli(draws, share)) return false;
        --state.cohorts.prisoners[static_cast<std::size_t>(prisoner.cohort)];
        state.cohorts.remove_residents(prisoner.cohort, -1);
        ++released;
        return true;
    });
    static const std::size_t freed = outcome_index("prisoners_freed");
    add_to_tally(setup, state, freed, step.date, setup.parties.capital, 0, 0, released);
    return released;
}

}  // namespace sahelsim::model
