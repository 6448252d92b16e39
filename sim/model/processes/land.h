#pragma once
// Land and pasture (docs/ODD.md, section 7.25). Pasture monthly, disputes and hardship weekly.
//
// Herds go to the pasture around: the herders of places nearby, falling with travel time, press on the land of a commune,
// which feeds so many of them by its ecology and season. Stress on pasture is S = H / (H + K). Where farmers and
// herders of different communities share a commune, disputes over fields, water and passage arise at a rate that
// grows with both, with stress and with what stands in the fields, unless whoever rules there settles them
// (authority.*.arbitration). A dispute is an event that provokes the armed friends of one side in so far as they suspect the
// other. Stress multiplies what harm provokes (provocation), spoils relations of rivals (rivalry) and is hardship,
// together with sieges and the burden of the displaced: a motive to take up arms.
//
// Reads: cohorts, control, sieges, displacement. Changes: pasture stress, hardship, the event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void update_pasture(const Setup& setup, const Step& step, State& state);
void dispute_land(const Setup& setup, const Step& step, double years, State& state);
void update_hardship(const Setup& setup, State& state);

}  // namespace sahelsim::model
