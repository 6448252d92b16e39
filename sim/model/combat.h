#pragma once
// The laws of a fight between two sides, in rounds of fire.

#include "engine/random.h"
#include "model/parameters.h"

namespace sahelsim::model {

/// One side of a fight.
struct Side {
    int fighters = 0;
    double hit_rate = 0.0;     ///< hits per fighter and hour
    double break_point = 1.0;  ///< share of its fighters hit at which the side breaks off
    /// Aimed fire hits a man with every hit; area fire at hidden opponents hits in proportion to how many of them there are.
    bool blind = false;
    int silent_rounds = 0;  ///< rounds before it answers, surprised
};

struct FightOutcome {
    int hit_first = 0, hit_second = 0;  ///< fighters hit: killed or out of the fight
    int rounds = 0;
    bool first_broke = false, second_broke = false;
};

/// How many of `left` men of a side that broke are killed as they flee: the share `rout_share` w^2 / (w^2 + left^2) of them, w
/// the winners who are left to pursue: the ratio of their fighting strengths by Lanchester's square law. So a small post
/// that many overrun is lost with most of its men, and a column that a few ambush gets away.
[[nodiscard]] int draw_killed_in_rout(int left, int winners, double rout_share, engine::RandomStream& stream);

/// A stochastic exchange of fire. In each round of `round_hours` both sides fire at the same time; hits are binomial and never
/// more than there are men. Aimed fire on both sides is Lanchester's square law; with one side blind it is Deitchman's law of
/// the ambush (Deitchman 1962, doi 10.1287/opre.10.6.818), to which they converge as numbers grow and rounds shorten.
[[nodiscard]] FightOutcome fight(const Side& first, const Side& second, double round_hours, int maximum_rounds,
                                 engine::RandomStream& stream);

}  // namespace sahelsim::model
