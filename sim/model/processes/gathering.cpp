#include "model/processes/gathering.h"

#include <algorithm>
#include <cmath>

#include "engine/mathematics.h"
#include "model/groups.h"

namespace sahelsim::model {

namespace {

constexpr double kCutOff = 3.0;  // merge distances beyond which groups never meet

/// Whether it takes part: a cell with fighters who don't hide for good.
bool can_gather(const Units& units, int unit, std::int32_t day) {
    const auto i = static_cast<std::size_t>(unit);
    return units.type[i] == UnitType::cell && units.strength(unit) > 0 && units.latent_until[i] <= day;
}

/// The units and fighters of a faction that can gather.
struct Mass {
    int units = 0;
    std::int64_t fighters = 0;
};

/// [faction]
std::vector<Mass> masses_of(int factions, const Units& units, std::int32_t day) {
    std::vector<Mass> masses(static_cast<std::size_t>(factions));
    for (int u = 0; u < units.size(); ++u) {
        if (!can_gather(units, u, day)) continue;
        auto& mass = masses[static_cast<std::size_t>(units.faction[static_cast<std::size_t>(u)])];
        ++mass.units;
        mass.fighters += units.strength(u);
    }
    return masses;
}

/// The fighters of one faction that can gather, so that one of them can be drawn.
class Pool {
   public:
    Pool(int faction, const Units& units, std::int32_t day) {
        std::int64_t fighters = 0;
        for (const int u : units.by_key) {
            if (units.faction[static_cast<std::size_t>(u)] != faction || !can_gather(units, u, day)) continue;
            unit_.push_back(u);
            cumulative_.push_back(fighters += units.strength(u));
        }
    }

    [[nodiscard]] int draw(engine::RandomStream& stream) const {
        const std::int64_t chosen = engine::draw_index(stream, cumulative_.back());
        const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), chosen);
        return unit_[static_cast<std::size_t>(found - cumulative_.begin())];
    }

   private:
    std::vector<std::int32_t> unit_;
    std::vector<std::int64_t> cumulative_;  ///< fighters up to and including the unit
};

double air_threat_at(const Presence& presence, const Units& units, int unit) {
    const auto i = static_cast<std::size_t>(unit);
    return static_cast<double>(presence.air_threat(units.place[i], units.organisation[i]));
}

/// The followers take up what the leader is doing.
void follow(Units& units, int leader, std::int32_t day) {
    const auto l = static_cast<std::size_t>(leader);
    for_each_of_group(units, leader, [&](int u) {
        const auto i = static_cast<std::size_t>(u);
        units.action[i] = units.action[l];
        units.place[i] = units.place[l];
        units.target[i] = units.target[l];
        units.arrival[i] = units.arrival[l];
        units.end[i] = units.end[l];
        units.touched[i] = day;
    });
}

void go_home(const DecisionParameters& parameters, std::int32_t day, engine::RandomStream& draws, Units& units,
             int leader) {
    std::vector<std::int32_t> members;
    for_each_of_group(units, leader, [&](int u) { members.push_back(u); });
    scatter_group(units, leader);
    for (const int u : members) {
        const auto i = static_cast<std::size_t>(u);
        units.action[i] = Action::rest;
        units.place[i] = units.target[i] = units.base[i];
        units.arrival[i] = day;
        const double rest_days = engine::draw_exponential(draws, parameters.duration[index(Action::rest)]);
        units.end[i] = day + 1 + static_cast<std::int32_t>(rest_days);
        units.touched[i] = day;
    }
}

class FactionGathering {
   public:
    FactionGathering(const Setup& setup, const Step& step, const Parameters& parameters, const Presence& presence,
                     int faction, Mass mass, double cohesion, engine::RandomStream draws, Units& units)
        : setup_(setup),
          step_(step),
          parameters_(parameters),
          presence_(presence),
          faction_(faction),
          own_(parameters.factions[static_cast<std::size_t>(faction)]),
          merge_rate_(own_.merge_rate * cohesion),
          fighters_(static_cast<double>(mass.fighters)),
          draws_(draws),
          units_(units) {}

    void run() {
        const double strongest_air = parameters_.gathering.air_scatter_weight;
        const int meetings = engine::draw_poisson(draws_, 0.5 * merge_rate_ * fighters_ * fighters_);
        const int scares = engine::draw_poisson(draws_, own_.scatter_rate * fighters_ * (1.0 + strongest_air));
        if (meetings + scares == 0) return;
        const Pool pool(faction_, units_, step_.day);
        // In random order, since both happen all day long.
        int meetings_left = meetings;
        for (int left = meetings + scares; left > 0; --left) {
            if (engine::draw_index(draws_, left) < meetings_left) {
                --meetings_left;
                meet(pool);
            } else {
                scare(pool);
            }
        }
    }

   private:
    [[nodiscard]] int leader_of(int unit) const { return units_.leader[static_cast<std::size_t>(unit)]; }

    void meet(const Pool& pool) {
        int x = leader_of(pool.draw(draws_));
        int y = leader_of(pool.draw(draws_));
        const double chance = engine::draw_uniform(draws_);
        if (x == y) return;
        const int strength_x = group_strength(units_, x);
        const int strength_y = group_strength(units_, y);
        if (strength_x + strength_y > own_.largest_share * fighters_) return;
        // The larger group is joined; of equals the one with the lower key, so that numbering has no influence.
        const bool swap = strength_y > strength_x || (strength_y == strength_x && key(y) < key(x));
        if (swap) std::swap(x, y);
        if (chance >= probability_of_joining(x, y)) return;
        join_groups(units_, x, y);
        follow(units_, x, step_.day);
    }

    void scare(const Pool& pool) {
        const int leader = leader_of(pool.draw(draws_));
        const double chance = engine::draw_uniform(draws_);
        const double weight = parameters_.gathering.air_scatter_weight;
        const double accepted = (1.0 + weight * air_threat_at(presence_, units_, leader)) / (1.0 + weight);
        const bool alone = units_.next[static_cast<std::size_t>(leader)] < 0;
        if (alone || chance >= accepted) return;
        go_home(parameters_.decision, step_.day, draws_, units_, leader);
    }

    [[nodiscard]] std::uint64_t key(int unit) const { return units_.key[static_cast<std::size_t>(unit)]; }

    [[nodiscard]] double probability_of_joining(int x, int y) const {
        const auto& travel = setup_.travel[static_cast<std::size_t>(step_.season)];
        const double hours = travel.hours(units_.base[static_cast<std::size_t>(x)],
                                          units_.base[static_cast<std::size_t>(y)], kCutOff * own_.merge_distance);
        if (std::isinf(hours)) return 0.0;
        const double air = air_threat_at(presence_, units_, x);
        return engine::exponential(-hours / own_.merge_distance) /
               (1.0 + parameters_.gathering.air_threat_weight * air);
    }

    const Setup& setup_;
    const Step& step_;
    const Parameters& parameters_;
    const Presence& presence_;
    int faction_;
    const FactionParameters& own_;
    double merge_rate_;
    double fighters_;  ///< of the faction that can gather
    engine::RandomStream draws_;
    Units& units_;
};

}  // namespace

void gather_and_scatter(const Setup& setup, const Step& step, const Parameters& parameters, const Presence& presence,
                        const engine::RandomSource& random, Units& units, std::span<const double> cohesion) {
    const auto masses = masses_of(setup.actors.factions(), units, step.day);
    for (int faction = 0; faction < setup.actors.factions(); ++faction) {
        const auto f = static_cast<std::size_t>(faction);
        if (parameters.factions[f].merge_rate <= 0.0 || masses[f].units < 2) continue;
        const auto draws =
            stream(random, Process::gathering, static_cast<std::uint64_t>(step.day), setup.actors.faction_key[f]);
        const double holding = cohesion.empty() ? 1.0 : cohesion[f];
        FactionGathering(setup, step, parameters, presence, faction, masses[f], holding, draws, units).run();
    }
}

}  // namespace sahelsim::model
