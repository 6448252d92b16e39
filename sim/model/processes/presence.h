#pragma once
// Who is seen where. Weekly.
//
// The strength of a unit spreads over the places around it, falling with travel time: P_io = sum_u s_u exp(-h_ui / reach).
// Openly and covertly present fighters are kept apart, since they are found and fought in different ways. Opponents
// of an organisation are the others weighted by how hostile they are to it. What is seen of them is misjudged by a
// lognormal factor, one draw per organisation, place and week, whose spread the lack of information sets (see decisions).
// Air threat to an organisation falls with the distance to the bases of its opponents' aircraft.
//
// Reads: units, travel times, relations. Changes: Presence, Sympathy.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_presence(const Setup& setup, const Step& step, const Parameters& parameters, const Mechanisms& mechanisms,
                     const Relations& relations, const std::vector<Partner>& partners,
                     const engine::RandomSource& random, const Kernel& kernel, const Units& units, Presence& presence);

/// Shares of each place's residents weighted by every faction's affinity and suspicion; monthly.
void update_sympathy(const Setup& setup, const Parameters& parameters, const world::Cohorts& cohorts,
                     Sympathy& sympathy);

}  // namespace sahelsim::model
