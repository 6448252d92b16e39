#pragma once
// An agreement is carried out, watched and perhaps broken. Monthly.
//
// Over `dialogue.implementation_time`, evenly: of the foreign troops whom the precondition means the part x leaves; the part
// x of prisoners goes free; `demobilised_share` (1 - x) of the signatories' fighters go home (x what was agreed on
// integration); in communes where the opposition rules more than the state, the part x of garrisons moves to the seat of the
// cercle (x: autonomy). Recognised courts and what is agreed on schools act while the agreement holds (`reactions`,
// `governance`). The parties stand down towards each other; others fight on.
//
// Trust falls by the factor exp(-w) with each death by the other side's hand, and with part of those by the opposition's
// factions that have not signed, whose acts are laid at the signatories' door (spoilers: Stedman 1997); it grows back with
// time. The agreement collapses at the rate c (1 - trust); an opposition that never meant it breaks it once foreign troops
// have left; those who come to power by a coup keep it with the probability with which anybody keeps his word.
//
// Reads: event log, Dialogue. Changes: Dialogue, units, prisoners, cohorts, truces.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void carry_out(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
