#include "model/leadership.h"

#include <algorithm>

#include "model/event_log.h"
#include "model/setup.h"
#include "model/state.h"
#include "model/tally.h"

namespace sahelsim::model {

namespace {

constexpr std::uint64_t kVacancy = 1;  // purpose of the draw; 0 is the hazard

double hardness_of(const State& state, const LeadershipPost& post) {
    return post.leader < 0 ? post.hardness
                           : state.parameters.leadership.hardness[static_cast<std::size_t>(post.leader)];
}

/// A head is missed by the whole organisation, a commander by his own faction.
void shake(const Actors& actors, const LeadershipParameters& p, const LeadershipPost& post, Leadership& leadership) {
    for (std::size_t f = 0; f < leadership.cohesion.size(); ++f) {
        const bool own = static_cast<int>(f) == post.faction;
        double loss = 0.0;
        if (own) {
            loss = post.head ? p.head_loss : p.commander_loss;
        } else if (post.head && actors.organisation_of[f] == post.organisation) {
            loss = p.head_reach * p.head_loss;
        }
        leadership.cohesion[f] *= 1.0 - loss;
    }
}

}  // namespace

std::vector<std::int64_t> members_by_base(const Setup& setup, const State& state, int faction) {
    std::vector<std::int64_t> members(static_cast<std::size_t>(setup.places()), 0);
    const auto& units = state.units;
    for (int u = 0; u < units.size(); ++u) {
        const auto i = static_cast<std::size_t>(u);
        if (units.faction[i] == faction) members[static_cast<std::size_t>(units.base[i])] += units.strength(u);
    }
    return members;
}

void lose_holder(const Setup& setup, const Step& step, std::size_t number, int striker, int intervention, State& state) {
    static const std::size_t leaders_lost = outcome_index("leaders_lost");
    auto& post = state.leadership.posts[number];
    const auto& p = state.parameters.leadership;
    auto draws = stream(state.random, Process::leadership, static_cast<std::uint64_t>(step.day), post.key, kVacancy);
    const double days = engine::draw_exponential(draws, post.head ? p.head_vacancy : p.commander_vacancy);
    post.vacant = true;
    post.vacant_until = step.day + 1 + static_cast<std::int32_t>(days);
    if (post.leader >= 0) state.leadership.lost[static_cast<std::size_t>(post.leader)] = 1;
    post.hardness = hardness_of(state, post);  // what a successor without a name starts from
    ++post.losses;
    shake(setup.actors, p, post, state.leadership);
    add_to_tally(setup, state, leaders_lost, step.date, 0, post.organisation, 0, 1.0);

    const auto members = members_by_base(setup, state, post.faction);
    Event event;
    event.day = step.day;
    event.commune = static_cast<std::int32_t>(std::max_element(members.begin(), members.end()) - members.begin());
    event.type = EventType::strategic_development;
    event.subtype = EventSubtype::leader_killed;
    event.actor1 = static_cast<std::int16_t>(striker);
    event.actor2 = post.organisation;
    if (intervention >= 0) event.cause_kind = CauseKind::intervention;
    event.cause = intervention;
    log_event(setup, state, event);
}

void lose_leader(const Setup& setup, const Step& step, std::size_t intervention, State& state) {
    if (!state.mechanisms.leadership) return;
    const auto& leader = setup.scenario.interventions[intervention].text("leader");
    const auto& all = setup.scenario.leaders;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& named) { return named.id == leader; });
    state.leadership.lost[static_cast<std::size_t>(found - all.begin())] = 1;
    for (std::size_t k = 0; k < state.leadership.posts.size(); ++k) {
        const auto& post = state.leadership.posts[k];
        if (post.vacant || post.leader < 0) continue;
        if (all[static_cast<std::size_t>(post.leader)].id != leader) continue;
        lose_holder(setup, step, k, -1, static_cast<int>(intervention), state);
    }
}

double hardness(const Setup& setup, const State& state, int faction) {
    const auto& p = state.parameters.leadership;
    const auto& leadership = state.leadership;
    double head = 0.0;
    double commanders = 0.0;
    int heads = 0;
    int others = 0;
    for (const auto& post : leadership.posts) {
        if (post.vacant) continue;
        if (post.head && post.organisation == setup.actors.organisation_of[static_cast<std::size_t>(faction)]) {
            head += hardness_of(state, post);
            ++heads;
        } else if (!post.head && post.faction == faction) {
            commanders += hardness_of(state, post);
            ++others;
        }
    }
    if (heads == 0 && others == 0) return p.usual_hardness;
    const double weight = others == 0 ? 1.0 : heads == 0 ? 0.0 : p.head_weight;
    return weight * head / std::max(1, heads) + (1.0 - weight) * commanders / std::max(1, others);
}

double cohesion(const State& state, int faction) {
    const auto all = cohesion_of_factions(state);
    return all.empty() ? 1.0 : all[static_cast<std::size_t>(faction)];
}

std::span<const double> cohesion_of_factions(const State& state) {
    if (!state.mechanisms.leadership) return {};
    return state.leadership.cohesion;
}

}  // namespace sahelsim::model
