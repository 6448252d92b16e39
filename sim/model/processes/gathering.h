#pragma once
// Home cells gather into task forces and scatter again. Daily.
//
// Within a faction two fighters x and y of different groups meet at rate k each pair and join their groups with probability
// exp(-h / l) / (1 + a A): h hours between their bases, A the air threat; so groups of sizes s_x, s_y merge at rate
// k s_x s_y ... . Each fighter's group scatters into its home cells at rate f (1 + b A) a fighter. Merging by the product
// of sizes and shattering in full give a power law of group sizes with exponent 5/2 (Eguiluz & Zimmermann 2000,
// doi 10.1103/PhysRevLett.85.5659; Bohorquez et al. 2009, doi 10.1038/nature08631). Sampled by thinning: candidates come
// at the bound's rate, so that the cost follows the number of events.
//
// Reads: air threat, travel times. Changes: units (leader, and what followers do).

#include <span>

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// `cohesion` by faction is a factor on k: those who have lost their leaders find together more slowly; empty: 1.
void gather_and_scatter(const Setup& setup, const Step& step, const Parameters& parameters, const Presence& presence,
                        const engine::RandomSource& random, Units& units, std::span<const double> cohesion = {});

}  // namespace sahelsim::model
