#include "model/processes/leadership.h"

#include <algorithm>

#include "engine/date.h"
#include "engine/mathematics.h"
#include "model/leadership.h"
#include "model/truces.h"

namespace sahelsim::model {

namespace {

constexpr std::uint64_t kHazard = 0;      // purposes of draws
constexpr std::uint64_t kSuccession = 2;  // 1 is the length of a vacancy

/// Number of the leader whom the scenario names as successor; -1: none.
int successor_of(const scenario::Scenario& scenario, int leader) {
    if (leader < 0) return -1;
    const auto& id = scenario.leaders[static_cast<std::size_t>(leader)].id;
    const auto found = std::find_if(scenario.leaders.begin(), scenario.leaders.end(),
                                    [&id](const auto& other) { return other.follows == id; });
    return found == scenario.leaders.end() ? -1 : static_cast<int>(found - scenario.leaders.begin());
}

void succeed(const Setup& setup, const Step& step, State& state, LeadershipPost& post) {
    post.vacant = false;
    do {
        post.leader = successor_of(setup.scenario, post.leader);
    } while (post.leader >= 0 && state.leadership.lost[static_cast<std::size_t>(post.leader)] != 0);
    if (post.leader >= 0) return;
    auto draws = stream(state.random, Process::leadership, static_cast<std::uint64_t>(step.day), post.key, kSuccession);
    const double spread = state.parameters.leadership.succession_spread;
    post.hardness = std::clamp(post.hardness + spread * engine::draw_normal(draws), 0.0, 1.0);
}

/// Crews that strike from a base, with how much the leader's organisation is their enemy where they look.
struct Crew {
    int organisation = 0;
    int faction = 0;
    int base = 0;
    double range = 0.0;      ///< km
    double technical = 0.0;  ///< information
};

std::vector<Crew> crews_with_strikes(const State& state) {
    std::vector<Crew> crews;
    const auto& units = state.units;
    for (const int u : units.by_key) {
        const auto i = static_cast<std::size_t>(u);
        if (units.type[i] != UnitType::air) continue;
        const auto& own = state.parameters.factions[static_cast<std::size_t>(units.faction[i])];
        if (!own.available[index(Action::air_strike)]) continue;
        crews.push_back(
            {units.organisation[i], units.faction[i], units.base[i], own.strike_range, own.technical_information});
    }
    return crews;
}

/// [organisation]: how much of the crews of each finds a leader of the faction, before `strike_rate`.
std::vector<double> exposure(const Setup& setup, const State& state, const LeadershipPost& post,
                             const std::vector<Crew>& crews) {
    const auto members = members_by_base(setup, state, post.faction);
    std::vector<double> found(static_cast<std::size_t>(setup.actors.organisations), 0.0);
    std::int64_t all = 0;
    for (int place = 0; place < setup.places(); ++place) {
        const auto there = members[static_cast<std::size_t>(place)];
        all += there;
        if (there == 0) continue;
        for (const Crew& crew : crews) {
            const double hostility = -state.relations.at(setup, place, crew.organisation, post.organisation);
            if (hostility <= 0.0 || setup.air_km(crew.base, place) > crew.range) continue;
            if (at_truce(state.truces, crew.faction, post.faction, place)) continue;
            const int authority = setup.actors.authority[static_cast<std::size_t>(crew.organisation)];
            const bool tips = authority >= 0 && place < setup.communes();
            const double known = tips ? state.control.information(place, authority) : 0.0;
            found[static_cast<std::size_t>(crew.organisation)] +=
                static_cast<double>(there) * hostility * (1.0 - (1.0 - crew.technical) * (1.0 - known));
        }
    }
    for (double& part : found) part = all > 0 ? part / static_cast<double>(all) : 0.0;
    return found;
}

void hunt(const Setup& setup, const Step& step, double years, State& state) {
    const double rate = state.parameters.leadership.strike_rate;
    if (rate <= 0.0 || !state.mechanisms.air_power) return;
    const auto crews = crews_with_strikes(state);
    if (crews.empty()) return;
    for (std::size_t k = 0; k < state.leadership.posts.size(); ++k) {
        const auto& post = state.leadership.posts[k];
        if (post.vacant) continue;
        const auto found = exposure(setup, state, post, crews);
        double sum = 0.0;
        for (const double part : found) sum += part;
        auto draws = stream(state.random, Process::leadership, static_cast<std::uint64_t>(step.day), post.key, kHazard);
        if (!engine::draw_bernoulli(draws, engine::event_probability(rate * sum, years))) continue;
        lose_holder(setup, step, k, engine::draw_weighted(draws, found), -1, state);
    }
}

/// Whether the faction, or the organisation that it belongs to, waits for somebody to lead it.
bool waits(const Actors& actors, const Leadership& leadership, std::size_t faction) {
    return std::any_of(leadership.posts.begin(), leadership.posts.end(), [&](const LeadershipPost& post) {
        const bool concerned = post.head ? post.organisation == actors.organisation_of[faction]
                                         : post.faction == static_cast<int>(faction);
        return post.vacant && concerned;
    });
}

}  // namespace

void begin_leadership(const Setup& setup, State& state) {
    auto& leadership = state.leadership;
    leadership.posts.clear();
    leadership.lost.assign(setup.scenario.leaders.size(), 0);
    leadership.cohesion.assign(static_cast<std::size_t>(setup.actors.factions()), 1.0);
    const auto& leaders = setup.scenario.leaders;
    for (std::size_t k = 0; k < leaders.size(); ++k) {
        if (!leaders[k].follows.empty()) continue;
        LeadershipPost post;
        post.leader = static_cast<std::int32_t>(k);
        post.faction = static_cast<std::int16_t>(setup.actors.find_faction(leaders[k].faction));
        post.organisation =
            static_cast<std::int16_t>(setup.actors.organisation_of[static_cast<std::size_t>(post.faction)]);
        post.key = engine::name_key(leaders[k].id);
        post.head = leaders[k].role == scenario::LeaderRole::head;
        leadership.posts.push_back(post);
    }
}

void lead(const Setup& setup, const Step& step, double years, State& state) {
    auto& leadership = state.leadership;
    for (auto& post : leadership.posts) {
        if (post.vacant && post.vacant_until <= step.day) succeed(setup, step, state, post);
    }
    const double kept =
        engine::half_life_decay(years * engine::days_per_year, state.parameters.leadership.recovery_half_life);
    for (std::size_t f = 0; f < leadership.cohesion.size(); ++f) {
        if (!waits(setup.actors, leadership, f)) leadership.cohesion[f] = 1.0 - (1.0 - leadership.cohesion[f]) * kept;
    }
    hunt(setup, step, years, state);
}

}  // namespace sahelsim::model
