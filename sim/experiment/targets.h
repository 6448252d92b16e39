#pragma once
// What a run gives for a figure of a report, as the figure's observer would have counted it.

#include <cstdint>
#include <vector>

#include "model/recording.h"
#include "scenario/scenario.h"

namespace sahelsim::experiment {

/// [target of the scenario]: the target's quantity in one replicate, in its own unit (incidents, people, a class from 0 to 3);
/// not a number where `model::why_unanswered` has a reason. The recording must hold events and series. All counts are of what the observer records, within the simulated country:
///
/// - incidents: see `is_incident`; with perpetrators, those in which one of them acted.
/// - battles: incidents of type battle between the two.
/// - fighters_killed: members of organisations, by perpetrators, of victims, or in fights between two.
/// - deaths: fighters and civilians, by perpetrators or in fights between two.
/// - civilians_killed, civilians_injured, civilians_abducted: by who acted, as the event log counts them.
/// - displaced: mean over the ends of the period's months. The share is applied in expectation, since the displaced are
///   no events that could be drawn for.
/// - schools_closed: mean over the ends of the period's months. state_agents: likewise, as the share of posts that are
///   filled, each commune counting the same. No observer's share applies to either.
/// - presence_class: at the end of the month, or of the run, in which the period ends. No observer's share applies.
[[nodiscard]] std::vector<double> measure(const scenario::Scenario& scenario, const model::Labels& labels,
                                          const model::Recording& recording, std::uint64_t seed);

}  // namespace sahelsim::experiment
