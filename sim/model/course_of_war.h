#pragma once
// Reading the course of the war over the last year (see processes/course_of_war.h, which records it).

#include "model/politics.h"

namespace sahelsim::model {

/// Members killed within the last `months`, at most twelve.
[[nodiscard]] double losses_within(const CourseOfWar& course, int organisation, int months);

/// Civilians killed in the month that was recorded last; 0 where nothing was.
[[nodiscard]] double civilians_of_last_month(const CourseOfWar& course);

/// A number of people per million residents.
[[nodiscard]] double per_million(const CourseOfWar& course, double people);

/// Change of an authority's share of residents over a year, or since the beginning where that is shorter; 0 at first.
[[nodiscard]] double yearly_change(const std::array<double, CourseOfWar::months + 1>& monthly, std::int32_t recorded);

/// What was recorded last; 0 where nothing was.
[[nodiscard]] double newest(const std::array<double, CourseOfWar::months + 1>& monthly, std::int32_t recorded);

}  // namespace sahelsim::model
