#pragma once
// Crisis Group's four classes of a group's presence in a cercle (Africa Report 306, appendix A).

#include "model/setup.h"
#include "model/state.h"

namespace sahelsim::model {

/// The authority with the largest share of control; of equals the first.
[[nodiscard]] int ruler_of(const Control& control, int commune);

/// 3 hegemonic: the authority rules most of the countryside; 2 contested: it rules pockets; 1 marginal: it has committed
/// violence there lately, or rules somewhere, but less than that; 0 no open activity. "Most" and "pockets" are shares
/// of rural people (`presence_class.*`). [cercle, authority]
[[nodiscard]] Eigen::ArrayXXi presence_classes(const Setup& setup, const Step& step, const State& state);

}  // namespace sahelsim::model
