#pragma once
// Local accords (docs/ODD.md, section 7.32), weekly: clusters of communes (clusters.h) and katibas come into contact, talk, agree
// on terms, keep or break them. For each cluster and each faction whose leaders may consent:
//
//     none -> contact -> talks -> in force -> renewed | lapsed | collapsed -> embittered -> none
//     contact, 1/year:  h0 (1 + a_k K)(1 + a_m M)(1 + a_w W), then the katiba's leader and the other side consent or not
//
// with K members of the katiba whose homes are in the cluster (their wives stay and carry the first messages), M mediators,
// W recent weeks of siege or of much violence. Talks end in a weighted Nash bargain over nine terms (accord_bargain.h) or fail. While
// an accord is in force its parties are at truce in the cluster's communes (truces.h): everything that it does to the war
// follows from who stands down. Sieges there end, hostages go free, zakat and dress rules make rule stricter, disputes over
// pasture are settled, hunters stay at home, as agreed. The army is no party. Trust is Beta(kept, broken), from weeks without
// and violations with detection; an accord collapses by competing hazards and is renewed with the probability of
// trust when its term ends. A collapse leaves grievance between both sides' people and a time without contact.
//
// Sources: Crisis Group 306, III.B at fn 74-84; FOI 2021 fn 69-78. No factor on violence anywhere: the report's before and
// after is computed from runs (experiment/accord_effect.h) and never imposed.
//
// Reads: presence, control, origins, sieges, events. Changes: accords, truces, sieges, hostages, attitudes, the event log.

#include "model/accords.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void keep_accords(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
