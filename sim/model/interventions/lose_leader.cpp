// lose_leader: a named leader is killed or taken, by whomever.

#include "model/interventions/table.h"
#include "model/leadership.h"

namespace sahelsim::model {

bool apply_lose_leader(const Setup& setup, const Step& step, const scenario::Intervention& /*intervention*/,
                       std::size_t number, State& state) {
    lose_leader(setup, step, number, state);
    return true;
}

}  // namespace sahelsim::model
