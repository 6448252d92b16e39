#pragma once
// Clusters of communes: neighbouring villages that talk with armed groups together. Local accords are made by clusters,
// which are larger than a commune and smaller than a cercle ("Niono" in a report is a group of villages).

#include <cstdint>
#include <string>
#include <vector>

#include "world/geography.h"

namespace sahelsim::model {

struct Clusters {
    std::vector<std::vector<int>> communes;  ///< [cluster]: its rural communes, in order
    std::vector<int> centre;                 ///< [cluster]: the commune with most residents at the start
    std::vector<std::string> name;           ///< [cluster]: "cercle/centre"
    std::vector<std::uint64_t> key;          ///< [cluster]: its name in random streams
    std::vector<int> of_commune;             ///< [commune]: cluster; -1 for towns

    [[nodiscard]] int size() const { return static_cast<int>(centre.size()); }
};

/// Cuts the rural communes of each cercle into clusters of at most five, as equal in number as can be: three to five where
/// the cercle has more than five. The commune farthest from the seat of those that are left begins a cluster and its nearest
/// neighbours of those that are left join it. Depends on the map only.
[[nodiscard]] Clusters make_clusters(const world::Geography& geography);

}  // namespace sahelsim::model
