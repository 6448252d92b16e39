#pragma once
// What an accord between a cluster of communes and a katiba would rest on: who could stand on the villagers' side, what
// the last months of war were like, how often the two sides come into contact.

#include "model/accord_bargain.h"
#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

[[nodiscard]] const std::vector<int>& communes_of(const Setup& setup, int cluster);

/// What armed people of the faction are felt in the cluster, fighters in the commune where most are.
[[nodiscard]] double felt_presence(const Setup& setup, const State& state, int cluster, int faction);

/// Whether the faction could sign on the villagers' side: it consents to talks, is the katiba's enemy there, and is present.
[[nodiscard]] bool may_stand_by_villagers(const Setup& setup, const State& state, int cluster, int katiba, int faction);

/// The militia or signatory faction that is strongest in the cluster among the katiba's opponents; -1: none, so that
/// the villagers make their own pact.
[[nodiscard]] int find_counterpart(const Setup& setup, const State& state, int cluster, int katiba);

/// Whether a post of the state in the cluster is manned.
[[nodiscard]] bool has_garrison(const Setup& setup, const State& state, int cluster);

/// Whether the katiba took the hostage in the cluster.
[[nodiscard]] bool is_captive_of(const Setup& setup, const Hostage& hostage, int cluster, int faction);

/// What the last months of war were like for both sides.
[[nodiscard]] BargainingPosition position_of(const Setup& setup, const Step& step, const State& state, int cluster,
                                             int faction, int counterpart);

/// Rate of contact of a cluster and a faction, 1/year.
[[nodiscard]] double contact_rate(const Setup& setup, const Step& step, const State& state, int cluster, int faction);

}  // namespace sahelsim::model
