// deploy: new units of a faction arrive in a cercle, and the faction's aircraft with the first of them.

#include "model/establishment.h"
#include "model/interventions/places.h"
#include "model/interventions/table.h"

namespace sahelsim::model {

bool apply_deploy(const Setup& setup, const Step& step, const scenario::Intervention& intervention, std::size_t number,
                  State& state) {
    const int cercle = find_cercle(setup, intervention.text("cercle"));
    if (cercle < 0) return true;  // outside the simulated regions
    Posting posting;
    posting.faction = setup.actors.find_faction(intervention.text("faction"));
    posting.cercle = cercle;
    posting.persons = static_cast<int>(intervention.integer("personnel"));
    posting.key = engine::name_key(intervention.id);
    const RecruitPool pool(setup, state.cohorts, state.parameters, posting.faction);
    establish_units(setup, posting, pool, state);
    establish_aircraft(setup, posting.faction, state);
    const int seat = setup.geography.seat[static_cast<std::size_t>(cercle)];
    log_intervention(setup, step, EventSubtype::deployment, seat, posting.faction, number, state);
    return true;
}

}  // namespace sahelsim::model
