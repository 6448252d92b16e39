#pragma once
// What a katiba and the villagers' side agree on, if anything: a weighted Nash bargain over a set of terms.

#include <optional>

#include "model/accord_parameters.h"

namespace sahelsim::model {

/// How the two sides are placed.
struct BargainingPosition {
    double control = 0.0;           ///< the katiba's share of control of the villages, 0 ... 1
    double katiba_losses = 0.0;     ///< persons, over accord.war_memory
    double villagers_losses = 0.0;  ///< persons, likewise
    double siege_share = 0.0;       ///< share of recent weeks under siege
    bool armed = false;             ///< villagers have an armed faction on their side
    bool garrison = false;          ///< the state has one there
    bool captives = false;          ///< the katiba holds people who were taken there
};

/// Worth of going on with the war to each side: 0 where it costs nothing, less the more it costs.
[[nodiscard]] double war_value_of_katiba(const AccordParameters& parameters, const BargainingPosition& position);
[[nodiscard]] double war_value_of_villagers(const AccordParameters& parameters, const BargainingPosition& position);

/// The terms that maximise (U_k - W_k)^w (U_v - W_v)^(1 - w), U the sum of what the terms are worth to a side less what an
/// accord as such costs it, W its value of war, w the katiba's share of control; of equally good ones those with the fewest
/// terms. An accord reopens ways, fields or the market, and an unarmed village has no hunters to disarm; a garrison
/// or captives are a matter only where there are any. Nothing where no
/// terms are better than war for both.
[[nodiscard]] std::optional<Terms> bargain(const AccordParameters& parameters, const BargainingPosition& position);

}  // namespace sahelsim::model
