#include <catch2/catch.hpp>

#include <map>

#include "model/processes/decisions.h"
#include "model/small_world.h"

using namespace sahelsim;
using namespace sahelsim::model;

namespace {

constexpr int kDraws = 6000;

/// How often lone cells of Katiba Macina, based in rural communes in turn, choose each action.
std::map<Action, double> shares(const Setup& setup, State& state) {
    std::vector<int> cells;
    for (int u = 0; u < state.units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (state.units.faction[i] == testing::faction_index(setup, "katiba_macina") &&
            state.units.type[i] == UnitType::cell) {
            cells.push_back(u);
        }
    }
    // What the test has changed since the start is seen.
    update_outlook(setup, state.parameters, state.control, state.presence, state.sympathy, state.outlook);
    const Picture picture{state.parameters,   state.mechanisms, state.control, state.presence, state.sympathy,
                          state.provocations, state.experience, state.random,  state.outlook};
    std::map<Action, double> found;
    for (int k = 0; k < kDraws; ++k) {
        auto step = testing::step_of(state);
        step.day += k;  // another draw, the same world
        ++found[decide(setup, step, picture, state.units, cells[static_cast<std::size_t>(k) % cells.size()]).action];
    }
    for (auto& [action, share] : found) share /= kDraws;
    return found;
}

double attacks(const std::map<Action, double>& shares) {
    double sum = 0.0;
    for (const auto& [action, share] : shares) {
        if (action != Action::rest && action != Action::govern && action != Action::relocate) sum += share;
    }
    return sum;
}

double attacks_with(const std::vector<scenario::Override>& overrides) {
    const auto setup = testing::small_world(overrides);
    auto state = initial_state(setup, {5, 0});
    return attacks(shares(setup, state));
}

}  // namespace

TEST_CASE("longer ways, fewer attacks") {
    const double near = attacks_with({{"travel.winding", "1"}});
    const double usual = attacks_with({{"travel.winding", "1.8"}});
    const double far = attacks_with({{"travel.winding", "4.5"}});
    INFO(near << " " << usual << " " << far);
    CHECK(usual < near);
    CHECK(far < usual);
}

TEST_CASE("a higher cost of losses keeps units at home") {
    CHECK(attacks_with({{"jihadist.decision.loss_weight", "8"}}) <
          attacks_with({{"jihadist.decision.loss_weight", "1"}}));
}

TEST_CASE("the rate of attacks does not depend on how finely the map is cut") {
    const double whole = attacks_with({{"settlement.subdivisions", "1"}});
    const double cut = attacks_with({{"settlement.subdivisions", "4"}});
    INFO(whole << " " << cut);
    CHECK(whole > 0.05);
    CHECK(cut == Approx(whole).epsilon(0.15));
}

TEST_CASE("an action without a record is never chosen") {
    const auto setup = testing::small_world();
    auto state = initial_state(setup, {5, 0});
    const auto found = shares(setup, state);
    CHECK(found.count(Action::sweep) == 0);
    CHECK(found.count(Action::patrol) == 0);
    CHECK(found.count(Action::air_strike) == 0);
}

TEST_CASE("the order in which units decide has no influence") {
    const auto setup = testing::small_world();
    auto forward = initial_state(setup, {5, 0});
    auto backward = forward;
    const auto decide_in = [&](State& state, const std::vector<std::int32_t>& order) {
        for (auto& end : state.units.end) end = engine::day_number(state.date);
        const Picture picture{state.parameters,   state.mechanisms, state.control, state.presence, state.sympathy,
                              state.provocations, state.experience, state.random,  state.outlook};
        return decide_all(setup, testing::step_of(state), picture, state.units, state.experience, order);
    };
    std::vector<std::int32_t> reversed;
    for (int u = backward.units.size() - 1; u >= 0; --u) reversed.push_back(u);
    CHECK(decide_in(forward, {}) == decide_in(backward, reversed));
    CHECK(forward.units.action == backward.units.action);
    CHECK(forward.units.target == backward.units.target);
    CHECK(forward.units.end == backward.units.end);
}

TEST_CASE("revenge draws attacks to where the provocation was, and names it as the cause") {
    const auto setup = testing::small_world();
    auto calm = initial_state(setup, {5, 0});
    auto provoked = calm;
    const int jnim =
        setup.actors.organisation_of[static_cast<std::size_t>(testing::faction_index(setup, "katiba_macina"))];
    provoked.parameters.revenge.half_life = 1e9;  // as fresh in every draw
    for (int place = 0; place < setup.places(); ++place) {
        auto& p = provoked.provocations[static_cast<std::size_t>(jnim * setup.places() + place)];
        p.amount = 1000.0;
        p.day = engine::day_number(provoked.date);
        p.event = 77;
    }
    CHECK(attacks(shares(setup, provoked)) > attacks(shares(setup, calm)));
    const Picture picture{provoked.parameters, provoked.mechanisms, provoked.control,
                          provoked.presence,   provoked.sympathy,   provoked.provocations,
                          provoked.experience, provoked.random,     provoked.outlook};
    int named = 0;
    for (int u = 0; u < provoked.units.size(); ++u) {
        if (provoked.units.organisation[static_cast<std::size_t>(u)] != jnim) continue;
        const auto decision = decide(setup, testing::step_of(provoked), picture, provoked.units, u);
        if (decision.cause_kind == CauseKind::event) {
            CHECK(decision.cause == 77);
            ++named;
        }
    }
    CHECK(named > 0);
}
