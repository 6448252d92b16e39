#pragma once
// Permanent numbers of the processes that draw random numbers: part of a stream's key (see engine/random.h). Never
// change or reuse one. 1 is the layout of communes (world/geography.cpp), which is the same in every replicate;
// 10 was never used.

#include <cstdint>

namespace sahelsim::model {

enum class Process : std::uint32_t {
    establishment = 2,
    perception = 3,
    decisions = 4,
    gathering = 5,
    engagements = 6,
    harm = 7,
    replacement = 8,
    interventions = 9,
    recruitment = 11,
    desertion = 12,
    defection = 13,
    displacement = 14,
    spread = 15,
    rivalry = 16,
    land = 17,
    demography = 18,
    imprisonment = 19,
    dialogue = 23,
    politics = 24,
    partners = 26,
    accords = 22,
    observation = 20,  // what observers see of events (experiment/); never draws for the model
    governance = 21,
    leadership = 25,
    inclination = 28,
    orders = 29,
    designs = 27,  // points of experiments (experiment/); never draws for the model
};

}  // namespace sahelsim::model
