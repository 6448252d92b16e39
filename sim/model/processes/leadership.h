#pragma once
// Leaders are found and killed, and others take their place (docs/ODD.md, section 7.31). Monthly.
//
// A post of leader (head of an organisation, commander of a faction) loses its holder at rate
//   q sum over hostile crews with strikes of  mean over the faction's members of (in range) I H,
// q `leadership.strike_rate`, I = 1 - (1 - technical)(1 - tips) the striker's information where the members are based,
// H its hostility there: he is hunted only while there are aircraft, and where they can reach and somebody knows.
// A loss multiplies the cohesion of the faction by 1 - loss (of all factions of the organisation for a head); it grows
// back with a half-life once the post is filled again. Successors come after an exponential time: the one whom the
// scenario names, or else one without a name whose hardness is drawn around that of the man before, kept in 0 ... 1.
// What losses do to attacks is disputed (Jordan 2009 doi 10.1080/09636410903369068, Johnston 2012 doi
// 10.1162/ISEC_a_00076, Price 2012 doi 10.1162/ISEC_a_00075), so that they act on cohesion alone: how readily groups
// gather, how far cells follow their leaders' weights, how many desert.
//
// Reads: units, relations, information. Changes: State::leadership, the event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The first holders of the scenario's posts, and full cohesion.
void begin_leadership(const Setup& setup, State& state);

/// Successions, losses and recovery of a month, in years.
void lead(const Setup& setup, const Step& step, double years, State& state);

}  // namespace sahelsim::model
