#include "model/clusters.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "engine/random.h"

namespace sahelsim::model {

namespace {

constexpr std::size_t kLargest = 5;  // communes

const world::Place& place_of(const world::Geography& geography, int commune) {
    return geography.places[static_cast<std::size_t>(commune)];
}

/// Communes by distance from a place, of equally far ones the first in order first.
void sort_by_distance(const world::Geography& geography, int from, std::vector<int>& communes) {
    std::vector<std::pair<double, int>> far;
    for (const int i : communes)
        far.emplace_back(world::distance_km(place_of(geography, from), place_of(geography, i)), i);
    std::sort(far.begin(), far.end());
    for (std::size_t k = 0; k < far.size(); ++k) communes[k] = far[k].second;
}

void add_cluster(const world::Geography& geography, std::vector<int> members, Clusters& clusters) {
    std::sort(members.begin(), members.end());
    const int centre = *std::max_element(members.begin(), members.end(), [&](int a, int b) {
        return place_of(geography, a).residents < place_of(geography, b).residents;
    });
    const auto& place = place_of(geography, centre);
    for (const int i : members) clusters.of_commune[static_cast<std::size_t>(i)] = clusters.size();
    clusters.name.push_back(geography.cercles[static_cast<std::size_t>(place.cercle)].name + "/" + place.name);
    clusters.key.push_back(engine::name_key("cluster of " + clusters.name.back()));
    clusters.centre.push_back(centre);
    clusters.communes.push_back(std::move(members));
}

}  // namespace

Clusters make_clusters(const world::Geography& geography) {
    Clusters clusters;
    clusters.of_commune.assign(static_cast<std::size_t>(geography.communes), -1);
    for (std::size_t c = 0; c < geography.cercles.size(); ++c) {
        std::vector<int> left;
        for (int i = 0; i < geography.communes; ++i) {
            if (place_of(geography, i).cercle == static_cast<int>(c) && !place_of(geography, i).town) left.push_back(i);
        }
        std::size_t parts = (left.size() + kLargest - 1) / kLargest;
        for (; parts > 0; --parts) {
            sort_by_distance(geography, geography.seat[c], left);
            sort_by_distance(geography, left.back(), left);
            const auto size = static_cast<std::ptrdiff_t>((left.size() + parts - 1) / parts);
            add_cluster(geography, {left.begin(), left.begin() + size}, clusters);
            left.erase(left.begin(), left.begin() + size);
        }
    }
    return clusters;
}

}  // namespace sahelsim::model
