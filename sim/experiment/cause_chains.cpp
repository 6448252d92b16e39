#include "experiment/cause_chains.h"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include <fmt/format.h>

namespace sahelsim::experiment {

namespace {

using Id = std::int32_t;

std::size_t at(Id event) {
    return static_cast<std::size_t>(event);
}

/// [event] its longest way down through consequences of which each is by another side than its cause.
struct WaysDown {
    explicit WaysDown(std::size_t events) : links(events, 0), next(events, -1) {}
    std::vector<int> links;
    std::vector<Id> next;  ///< the consequence with which it goes on; -1: none
};

bool alternates(const std::vector<int>& sides, Id cause, Id event) {
    return cause >= 0 && sides[at(cause)] >= 0 && sides[at(event)] >= 0 && sides[at(cause)] != sides[at(event)];
}

/// Consequences have higher ids, so that each is finished when its cause asks for it. Of equally long ways the one
/// over the lowest id stays, since it comes last.
WaysDown ways_down(const std::vector<Id>& causes, const std::vector<int>& sides) {
    WaysDown ways(causes.size());
    for (auto event = static_cast<Id>(causes.size()) - 1; event >= 0; --event) {
        const Id cause = causes[at(event)];
        if (!alternates(sides, cause, event)) continue;
        const int links = ways.links[at(event)] + 1;
        if (links < ways.links[at(cause)]) continue;
        ways.links[at(cause)] = links;
        ways.next[at(cause)] = event;
    }
    return ways;
}

}  // namespace

CauseForest::CauseForest(std::vector<Id> causes) : causes_(std::move(causes)) {
    for (Id event = 0; event < static_cast<Id>(causes_.size()); ++event) {
        const Id cause = causes_[at(event)];
        if (cause >= -1 && cause < event) continue;
        throw std::invalid_argument(
            fmt::format("event {} names event {} as its cause, which is not an earlier one", event, cause));
    }
}

Chain CauseForest::chain_to(Id event) const {
    Chain chain;
    for (Id link = event; link >= 0; link = causes_[at(link)]) chain.push_back(link);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

std::vector<Consequence> CauseForest::consequences_of(Id event, int steps) const {
    // The youngest first, so that the eldest comes to lie on top of what is to visit.
    std::vector<std::vector<Id>> consequences(causes_.size());
    for (auto e = static_cast<Id>(causes_.size()) - 1; e >= 0; --e) {
        if (causes_[at(e)] >= 0) consequences[at(causes_[at(e)])].push_back(e);
    }
    std::vector<Consequence> found;
    std::vector<Consequence> to_visit = {{event, 0}};
    while (!to_visit.empty()) {
        const auto visited = to_visit.back();
        to_visit.pop_back();
        if (visited.steps > 0) found.push_back(visited);
        if (visited.steps >= steps) continue;
        for (const Id next : consequences[at(visited.event)]) to_visit.push_back({next, visited.steps + 1});
    }
    return found;
}

std::vector<Chain> CauseForest::alternating_chains(const std::vector<int>& sides) const {
    assert(sides.size() == causes_.size());
    // In a forest, to take the longest chain, then the longest of what is left and so on, is to let each event go on
    // with its longest way down, and to begin a chain at each event with which its cause doesn't go on.
    const auto ways = ways_down(causes_, sides);
    std::vector<Chain> chains;
    for (Id event = 0; event < static_cast<Id>(causes_.size()); ++event) {
        const Id cause = causes_[at(event)];
        if (ways.links[at(event)] == 0 || (cause >= 0 && ways.next[at(cause)] == event)) continue;
        Chain chain;
        for (Id link = event; link >= 0; link = ways.next[at(link)]) chain.push_back(link);
        chains.push_back(std::move(chain));
    }
    std::stable_sort(chains.begin(), chains.end(), [](const Chain& a, const Chain& b) { return a.size() > b.size(); });
    return chains;
}

CauseForest cause_forest(const std::vector<model::Event>& events) {
    std::vector<Id> causes;
    causes.reserve(events.size());
    for (const auto& event : events) {
        causes.push_back(event.cause_kind == model::CauseKind::event ? event.cause : -1);
    }
    return CauseForest(std::move(causes));
}

}  // namespace sahelsim::experiment
