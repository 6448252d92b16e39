#include "model/combat.h"

#include <algorithm>

#include "engine/mathematics.h"

namespace sahelsim::model {

namespace {

/// Hits that `shooters` of a side land on `targets` men in a round.
int draw_hits(const Side& side, int shooters, int targets, double round_hours, engine::RandomStream& stream) {
    if (shooters <= 0 || targets <= 0) return 0;
    const double rate = side.blind ? side.hit_rate * targets : side.hit_rate;
    return std::min(targets, engine::draw_binomial(stream, shooters, engine::event_probability(rate, round_hours)));
}

bool breaks(const Side& side, int hit) {
    return hit >= side.fighters || hit >= side.break_point * side.fighters;
}

}  // namespace

int draw_killed_in_rout(int left, int winners, double rout_share, engine::RandomStream& stream) {
    if (left <= 0 || winners <= 0) return 0;
    const double pursuers = static_cast<double>(winners) * winners;
    const double fleeing = static_cast<double>(left) * left;
    return engine::draw_binomial(stream, left, rout_share * pursuers / (pursuers + fleeing));
}

FightOutcome fight(const Side& first, const Side& second, double round_hours, int maximum_rounds,
                   engine::RandomStream& stream) {
    FightOutcome outcome;
    while (outcome.rounds < maximum_rounds && !outcome.first_broke && !outcome.second_broke) {
        const int left_first = first.fighters - outcome.hit_first;
        const int left_second = second.fighters - outcome.hit_second;
        const bool first_fires = outcome.rounds >= first.silent_rounds;
        const bool second_fires = outcome.rounds >= second.silent_rounds;
        outcome.hit_second += first_fires ? draw_hits(first, left_first, left_second, round_hours, stream) : 0;
        outcome.hit_first += second_fires ? draw_hits(second, left_second, left_first, round_hours, stream) : 0;
        ++outcome.rounds;
        outcome.first_broke = breaks(first, outcome.hit_first);
        outcome.second_broke = breaks(second, outcome.hit_second);
    }
    return outcome;
}

}  // namespace sahelsim::model
