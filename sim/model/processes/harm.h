#pragma once
// What civilians suffer. Daily, after the engagements.
//
// Attack on civilians: its length is lognormal, the dead Poisson with mean rate * hours * (1 - restraint) * (1 + w revenge),
// so that massacre sizes follow victims and time and not the number of attackers; nobody dies where defenders beat it
// off. Sweep: a lognormal number of suspects is checked, and each is killed with probability (1 - I)(1 - restraint): poor
// information makes it indiscriminate. Air strike: collateral deaths Poisson with mean m (1 - I)(1 - restraint). Fights in
// inhabited places: crossfire. Devices under civilian traffic. Abductions. The injured follow the killed. Harm falls on one
// community an event, chosen by suspicion where the perpetrator chooses.
//
// Reads: Today, control (information), sympathy, provocations. Changes: cohorts, hostages, units (supply), event log.

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

void harm_civilians(const Setup& setup, const Step& step, State& state);

}  // namespace sahelsim::model
