#pragma once
// Groups settle in new areas (docs/ODD.md, section 7.24). Monthly.
//
// Cells of a faction, those in border zones included, send a few members to settle elsewhere at the faction's rate. Where to:
// mostly near, by exp(-hours / reach), rarely anywhere in the country; in proportion to the people of the place, those
// close to the faction counting more (mosques and kin are its network), and to what the state does not control. The
// settlers hide for a latent time, do nothing and are not seen; then they are a cell like others, that recruits and fights.
//
// Reads: units, control, affinities (Sympathy::kin). Changes: units.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void settle_new_areas(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
