// What led to an event, what followed from it, and the longest chains in which sides take turns.

#include <stdexcept>

#include <catch2/catch.hpp>

#include "experiment/cause_chains.h"

using namespace sahelsim;
using Catch::Contains;
using experiment::CauseForest;
using experiment::Chain;

namespace {

using Steps = std::vector<std::pair<std::int32_t, int>>;

Steps consequences(const CauseForest& forest, std::int32_t event, int steps = CauseForest::any_steps) {
    Steps found;
    for (const auto& [id, away] : forest.consequences_of(event, steps)) found.emplace_back(id, away);
    return found;
}

model::Event event(model::CauseKind kind, std::int32_t cause) {
    model::Event made;
    made.cause_kind = kind;
    made.cause = cause;
    return made;
}

// 0 - 1 - 3 - 6
//   \ 2 - 5
// 4
const CauseForest tree({-1, 0, 0, 1, -1, 2, 3});

}  // namespace

TEST_CASE("the chain that led to an event begins with what nothing provoked", "[trace]") {
    CHECK(tree.chain_to(6) == Chain{0, 1, 3, 6});
    CHECK(tree.chain_to(5) == Chain{0, 2, 5});
    CHECK(tree.chain_to(4) == Chain{4});
}

TEST_CASE("what followed from an event comes branch by branch", "[trace]") {
    CHECK(consequences(tree, 0) == Steps{{1, 1}, {3, 2}, {6, 3}, {2, 1}, {5, 2}});
    CHECK(consequences(tree, 3) == Steps{{6, 1}});
    CHECK(consequences(tree, 4).empty());
}

TEST_CASE("what followed is told up to the steps that are asked for", "[trace]") {
    CHECK(consequences(tree, 0, 2) == Steps{{1, 1}, {3, 2}, {2, 1}, {5, 2}});
    CHECK(consequences(tree, 0, 1) == Steps{{1, 1}, {2, 1}});
    CHECK(consequences(tree, 0, 0).empty());
}

TEST_CASE("only events name events as their cause, interventions do not count", "[trace]") {
    using model::CauseKind;
    const auto forest = experiment::cause_forest(
        {event(CauseKind::none, -1), event(CauseKind::intervention, 0), event(CauseKind::event, 1)});
    CHECK(forest.chain_to(2) == Chain{1, 2});
    CHECK(consequences(forest, 0).empty());
}

TEST_CASE("sides take turns along a chain", "[trace]") {
    const CauseForest line({-1, 0, 1, 2, 3});
    CHECK(line.alternating_chains({0, 1, 0, 1, 2}) == std::vector<Chain>{{0, 1, 2, 3, 4}});
    CHECK(line.alternating_chains({0, 1, 1, 0, 1}) == std::vector<Chain>{{2, 3, 4}, {0, 1}});
    CHECK(line.alternating_chains({1, 1, 1, 1, 1}).empty());
}

TEST_CASE("events without a side are in no chain", "[trace]") {
    const CauseForest line({-1, 0, 1, 2, 3});
    CHECK(line.alternating_chains({0, 1, -1, 0, 1}) == std::vector<Chain>{{0, 1}, {3, 4}});
    CHECK(line.alternating_chains({-1, -1, -1, -1, -1}).empty());
}

TEST_CASE("the longest chain takes its events, the next ones have to do with what is left", "[trace]") {
    // The longest way goes over 1; that over 2 begins anew behind 0.
    CHECK(tree.alternating_chains({0, 1, 1, 0, 0, 0, 1}) == std::vector<Chain>{{0, 1, 3, 6}, {2, 5}});
    // A long branch off a longer chain comes before a shorter chain elsewhere.
    const CauseForest branched({-1, 0, 1, 2, 3, 0, 5, 6, -1, 8});
    CHECK(branched.alternating_chains({0, 1, 0, 1, 0, 1, 0, 1, 0, 1}) ==
          std::vector<Chain>{{0, 1, 2, 3, 4}, {5, 6, 7}, {8, 9}});
}

TEST_CASE("of equally long chains the one with the lowest id comes first", "[trace]") {
    const CauseForest fork({-1, 0, 0, -1, 3});
    CHECK(fork.alternating_chains({0, 1, 1, 0, 1}) == std::vector<Chain>{{0, 1}, {3, 4}});
}

TEST_CASE("causes that are no earlier events are refused, so that nothing goes round in circles", "[trace]") {
    CHECK_THROWS_AS(CauseForest({0}), std::invalid_argument);
    CHECK_THROWS_AS(CauseForest({-1, -2}), std::invalid_argument);
    CHECK_THROWS_WITH(CauseForest({-1, 2, 1}), Contains("event 1 names event 2"));
    CHECK_THROWS_WITH(CauseForest({-1, 0, 7}), Contains("event 2 names event 7"));
}

TEST_CASE("a run without events has no chains", "[trace]") {
    CHECK(experiment::cause_forest({}).alternating_chains({}).empty());
}

TEST_CASE("chains of a hundred thousand links are no difficulty", "[trace]") {
    constexpr std::int32_t length = 100'000;
    std::vector<std::int32_t> causes;
    std::vector<int> sides;
    for (std::int32_t id = 0; id < length; ++id) {
        causes.push_back(id - 1);
        sides.push_back(id % 2);
    }
    const CauseForest line(causes);
    CHECK(line.chain_to(length - 1).size() == length);
    CHECK(line.consequences_of(0).size() == length - 1);
    CHECK(line.alternating_chains(sides).front().size() == length);
}
